// A JSON string literal, for the few places that write JSON by hand (log lines, JSON lines); and how deep
// JSON from outside may nest, whichever door it comes through.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace postgang {

// Appends `text` in quotes, escaped; bytes that are not UTF-8 become U+FFFD, so the line is always valid
// JSON.
void appendJsonString(std::string& out, std::string_view text);

// Arrays and objects within each other. What has a lower limit of its own says so itself.
inline constexpr std::size_t json_depth_max = 64;

}  // namespace postgang
