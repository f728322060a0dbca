#include "base/json_text.h"

#include "base/utf8.h"

namespace postgang {
namespace {

void appendEscaped(std::string& out, unsigned char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      break;
  }
  if (c >= 0x20 && c != 0x7F) {
    out.push_back(static_cast<char>(c));
    return;
  }
  out += "\\u00";
  out.push_back(digits[c >> 4]);
  out.push_back(digits[c & 15]);
}

}  // namespace

void appendJsonString(std::string& out, std::string_view text) {
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = codePointAt(text, at);
    if (point.length == 1) {
      appendEscaped(out, static_cast<unsigned char>(point.value));
    } else {
      appendUtf8(out, point.value);
    }
    at += point.length > 0 ? point.length : 1;
  }
  out.push_back('"');
}

}  // namespace postgang
