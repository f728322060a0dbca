#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <string>

#include "base/json_text.h"
#include "base/time.h"

namespace postgang::log {
namespace {

std::atomic<Level> lowest{Level::info};

void field(std::string& line, std::string_view name, std::string_view value) {
  line.push_back(',');
  appendJsonString(line, name);
  line.push_back(':');
  appendJsonString(line, value);
}

}  // namespace

std::string_view name(Level level) {
  switch (level) {
    case Level::debug:
      return "debug";
    case Level::info:
      return "info";
    case Level::warning:
      return "warning";
    case Level::error:
      return "error";
  }
  return "error";
}

std::optional<Level> levelFromName(std::string_view text) {
  for (const Level level : {Level::debug, Level::info, Level::warning, Level::error})
    if (name(level) == text) return level;
  return std::nullopt;
}

void setLevel(Level level) {
  lowest = level;
}

void write(Level level, std::string_view message, std::initializer_list<Field> fields) {
  if (level < lowest) return;
  // The log's time is the machine's even where the server lives in simulated time: logs are read beside other
  // logs.
  std::string line = "{\"time\":\"" + SystemClock().now().text() + "\"";
  field(line, "level", name(level));
  field(line, "message", message);
  for (const auto& [key, value] : fields) field(line, key, value);
  line += "}\n";
  // One write, so that lines of several threads and processes don't mix; a log that can't be written is not
  // retried.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace postgang::log
