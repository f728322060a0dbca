#include "render/unlinked.h"

#include <cctype>

namespace postgang::render {

namespace {

bool isLetter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}

}  // namespace

std::string unlinked(std::string_view text) {
  constexpr std::string_view joiner = "\xE2\x81\xA0";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    const bool hasNext = i + 1 < text.size();
    const bool dot = text[i] == '.' && hasNext && isLetter(text[i + 1]);
    if (dot || text[i] == '@' || (text[i] == ':' && hasNext && text[i + 1] == '/')) out += joiner;
  }
  return out;
}

}  // namespace postgang::render
