// UTF-8 as code points (RFC 3629: no surrogates, no over-long forms, nothing past U+10FFFF).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace postgang {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // in bytes; 0 where the bytes are not UTF-8 (value is then U+FFFD)
};
CodePoint codePointAt(std::string_view text, std::size_t at);
void appendUtf8(std::string& out, char32_t codePoint);
std::size_t firstInvalidUtf8(std::string_view text);  // offset of the first byte that is wrong, or npos

}  // namespace postgang
