// Places in a file as people count them: lines and columns from 1, a column being a character, whatever its
// bytes. A line ends with LF, CR or CRLF.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::xml {

struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::string text() const;  // "line 12, column 7"
  friend bool operator==(const Position&, const Position&) = default;
};

std::vector<std::uint32_t> lineStarts(std::string_view utf8);
Position positionOf(std::string_view utf8, const std::vector<std::uint32_t>& lineStarts, std::size_t offset);
// For once: goes through the text from its start.
Position positionOf(std::string_view utf8, std::size_t offset);

// A Problem at a place; its parameters hold `line` and `column`.
Problem problemAt(ProblemKind kind, std::string code, std::string detail, Position position,
                  std::string advice);

}  // namespace postgang::xml
