// A JSON string literal, for the few places that write JSON by hand (log lines, JSON lines).
#pragma once

#include <string>
#include <string_view>

namespace postgang {

// Appends `text` in quotes, escaped; bytes that are not UTF-8 become U+FFFD, so the line is always valid
// JSON.
void appendJsonString(std::string& out, std::string_view text);

}  // namespace postgang
