// What XML 1.0 (fifth edition) says of single characters, as a table over bytes. Bytes from 0x80 are parts of
// UTF-8 sequences; they may stand in a name, whose letters are then looked at one by one.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace postgang::xml {

enum ByteClass : std::uint8_t {
  stops_text = 1,     // < & ] carriage return, and what may not stand there at all
  stops_value = 2,    // the same for attribute values: < & quotes, white space but the blank
  in_name = 4,        // letters, digits, . - _ : and everything from 0x80
  is_space = 8,       // blank, tab, line feed, carriage return
  is_forbidden = 16,  // control characters that XML 1.0 cannot hold, escaped or not
};

constexpr std::array<std::uint8_t, 256> makeByteClasses() {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    const bool forbidden = c < 0x20 && !space;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool name =
        letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':' || c >= 0x80;
    unsigned bits = 0;
    if (forbidden || c == '<' || c == '&' || c == ']' || c == '\r') bits |= stops_text;
    if (forbidden || c == '<' || c == '&' || c == '"' || c == '\'' || (space && c != ' '))
      bits |= stops_value;
    if (name) bits |= in_name;
    if (space) bits |= is_space;
    if (forbidden) bits |= is_forbidden;
    table[c] = static_cast<std::uint8_t>(bits);
  }
  return table;
}
inline constexpr auto byte_classes = makeByteClasses();
inline bool has(char c, ByteClass what) {
  return (byte_classes[static_cast<unsigned char>(c)] & what) != 0;
}

bool isCharacter(char32_t c);          // production [2] Char
bool isNcName(std::string_view name);  // Namespaces in XML 1.0, [4]: a name without colons

}  // namespace postgang::xml
