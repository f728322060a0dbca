#include "xml/characters.h"

#include <algorithm>

#include "base/utf8.h"

namespace postgang::xml {
namespace {

struct Range {
  char32_t first, last;
};

// Productions [4] NameStartChar and [4a] NameChar past ASCII.
constexpr std::array<Range, 12> name_starts{{{0xC0, 0xD6},
                                             {0xD8, 0xF6},
                                             {0xF8, 0x2FF},
                                             {0x370, 0x37D},
                                             {0x37F, 0x1FFF},
                                             {0x200C, 0x200D},
                                             {0x2070, 0x218F},
                                             {0x2C00, 0x2FEF},
                                             {0x3001, 0xD7FF},
                                             {0xF900, 0xFDCF},
                                             {0xFDF0, 0xFFFD},
                                             {0x10000, 0xEFFFF}}};
constexpr std::array<Range, 3> name_continuations{{{0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}}};

template <std::size_t count>
bool within(const std::array<Range, count>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool startsName(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return within(name_starts, c);
}
bool continuesName(char32_t c) {
  if (c < 0x80) return startsName(c) || (c >= '0' && c <= '9') || c == '-' || c == '.';
  return within(name_starts, c) || within(name_continuations, c);
}

}  // namespace

bool isCharacter(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n' || c == '\r';
  return c <= 0xD7FF || (c >= 0xE000 && c <= 0xFFFD) || (c >= 0x10000 && c <= 0x10FFFF);
}

bool isNcName(std::string_view name) {
  for (std::size_t at = 0; at < name.size();) {
    const CodePoint point = codePointAt(name, at);
    if (point.length == 0 || !(at == 0 ? startsName(point.value) : continuesName(point.value))) return false;
    at += point.length;
  }
  return !name.empty();
}

}  // namespace postgang::xml
