#include "xml/position.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::xml {

std::string Position::text() const {
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

std::vector<std::uint32_t> lineStarts(std::string_view utf8) {
  std::vector<std::uint32_t> starts{0};
  for (std::size_t at = 0; at < utf8.size(); ++at) {
    const bool lone = utf8[at] == '\r' && (at + 1 == utf8.size() || utf8[at + 1] != '\n');
    if (utf8[at] == '\n' || lone) starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

Position positionOf(std::string_view utf8, const std::vector<std::uint32_t>& lineStarts, std::size_t offset) {
  const auto next = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - lineStarts.begin());
  const std::size_t start = *(next - 1);
  const std::size_t before = codePoints(utf8.substr(start, offset - start));
  return {line, static_cast<std::uint32_t>(before + 1)};
}

Position positionOf(std::string_view utf8, std::size_t offset) {
  // Up to the place only: the line break after it is none of its business.
  return positionOf(utf8, lineStarts(utf8.substr(0, offset)), offset);
}

Problem problemAt(ProblemKind kind, std::string code, std::string detail, Position position,
                  std::string advice) {
  return Problem{kind,
                 std::move(code),
                 std::move(detail),
                 position.text(),
                 std::move(advice),
                 {{"line", std::to_string(position.line)}, {"column", std::to_string(position.column)}}};
}

}  // namespace postgang::xml
