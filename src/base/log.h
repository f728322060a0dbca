// Structured log: one JSON line an event on standard error: time, level, message, fields (a document id where
// there is one). Never the content of a document, a password, a token.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

namespace postgang::log {

enum class Level { debug, info, warning, error };
using Field = std::pair<std::string_view, std::string_view>;

std::string_view name(Level level);  // "debug", "info", "warning", "error"
std::optional<Level> levelFromName(std::string_view name);
void setLevel(Level level);
void write(Level level, std::string_view message, std::initializer_list<Field> fields = {});
inline void info(std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::info, message, fields);
}
inline void warning(std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::warning, message, fields);
}
inline void error(std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::error, message, fields);
}
inline void debug(std::string_view message, std::initializer_list<Field> fields = {}) {
  write(Level::debug, message, fields);
}

}  // namespace postgang::log
