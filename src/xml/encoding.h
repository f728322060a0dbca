// From a file's bytes to UTF-8 (XML 1.0, appendix F): byte order mark, first bytes and the encoding
// declaration must agree. Read are UTF-8, US-ASCII, UTF-16 of both orders, ISO-8859-1, ISO-8859-15 and
// Windows-1252.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::xml {

// The text without its byte order mark. Codes: xml-bad-encoding (invalid: bytes that the encoding cannot
// hold, or a declaration that the bytes contradict), xml-unsupported-encoding (unsupported).
Result<std::string> toUtf8(std::string_view bytes);

// The character that a byte is in Windows-1252; 0 where it has none.
char32_t fromWindows1252(unsigned char byte);

}  // namespace postgang::xml
