#include "app/simulated_time.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/file.h"
#include "base/text.h"

namespace postgang::app {

namespace {

std::string fileIn(const std::string& dataFolder) {
  return (std::filesystem::path(dataFolder) / "simulated-time").string();
}

bool synced(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool done = file >= 0 && ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return done;
}

}  // namespace

Outcome keepTime(const std::string& dataFolder, Instant simulated, Instant real) {
  const auto file = fileIn(dataFolder), part = file + ".part";
  CHECK_OK(writeFile(part, simulated.text() + " " + real.text() + "\n"));
  if (synced(part, O_WRONLY) && std::rename(part.c_str(), file.c_str()) == 0 &&
      synced(dataFolder, O_RDONLY | O_DIRECTORY))
    return {};
  return fail(ProblemKind::unavailable, "file-unwritable", "The simulated time cannot be kept.", file,
              "See that there is room and that we may write there.");
}

Result<Instant> timeGoesOn(const std::string& dataFolder, Instant otherwise, Instant real) {
  const auto file = fileIn(dataFolder);
  if (!std::filesystem::exists(file)) return otherwise;
  TRY(const auto text, readFile(file));
  const auto parts = split(trimmed(text), ' ');
  const auto simulated = Instant::parse(parts.front());
  const auto keptAt = parts.size() == 2 ? Instant::parse(parts.back()) : std::nullopt;
  if (!simulated || !keptAt)
    return fail(ProblemKind::invalid, "simulated-time-malformed", "The time that was kept cannot be read.",
                file, "Remove the file: time then goes on from the last thing that happened.");
  const auto passed = std::max<std::int64_t>(0, real.microseconds - keptAt->microseconds);
  return std::max(otherwise, simulated->plusMicroseconds(passed));
}

}  // namespace postgang::app
