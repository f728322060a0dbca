// Lines and columns of many places in a file, asked for front to back: one pass over the file in all. Asking
// for each by itself would count a file without line breaks from its start every time.
#pragma once

#include <cassert>
#include <cstring>
#include <string_view>

#include "document/business_document.h"

namespace postgang::formats {

class PlaceCounter {
 public:
  explicit PlaceCounter(std::string_view utf8)
      : text_(utf8), hasCarriageReturns_(utf8.find('\r') != std::string_view::npos) {}

  // Offsets must not fall. Counts as xml/position.h does: from 1, in characters; a line ends with LF, CR or
  // CRLF.
  document::Place at(std::size_t offset) {
    assert(offset >= offset_ && offset <= text_.size());
    if (hasCarriageReturns_)
      countEveryByte(offset);
    else
      jumpLines(offset);
    return {line_, column_};
  }

 private:
  void jumpLines(std::size_t offset) {
    while (const void* found = std::memchr(text_.data() + offset_, '\n', offset - offset_)) {
      offset_ = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data()) + 1;
      ++line_;
      column_ = 1;
    }
    for (; offset_ < offset; ++offset_) column_ += startsCharacter(text_[offset_]);
  }

  void countEveryByte(std::size_t offset) {
    for (; offset_ < offset; ++offset_) {
      const char c = text_[offset_];
      const bool lone = c == '\r' && (offset_ + 1 == text_.size() || text_[offset_ + 1] != '\n');
      if (c == '\n' || lone) {
        ++line_;
        column_ = 1;
      } else {
        column_ += startsCharacter(c);
      }
    }
  }

  static std::uint32_t startsCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }

  std::string_view text_;
  bool hasCarriageReturns_;
  std::size_t offset_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
};

}  // namespace postgang::formats
