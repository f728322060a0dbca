#include "formats/csv.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::formats {
namespace {

constexpr std::size_t lines_looked_at = 20;

std::size_t countOutsideQuotes(std::string_view line, char separator) {
  std::size_t count = 0;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (c == separator && !quoted) ++count;
  }
  return count;
}

// The one that the first lines agree on: as often in each as in the heading.
char guessedSeparator(std::string_view text) {
  std::vector<std::string_view> lines;
  for (const auto line : split(text.substr(0, 64 * 1024), '\n')) {
    if (!trimmed(line).empty()) lines.push_back(line);
    if (lines.size() == lines_looked_at) break;
  }
  char best = '\0';
  std::pair<std::size_t, std::size_t> bestScore{0, 0};
  for (const char separator : {';', '\t', ','}) {
    const auto inHeading = lines.empty() ? 0 : countOutsideQuotes(lines.front(), separator);
    if (inHeading == 0) continue;
    const auto agreeing = static_cast<std::size_t>(std::ranges::count_if(
        lines, [&](auto line) { return countOutsideQuotes(line, separator) == inHeading; }));
    if (std::pair(agreeing, inHeading) > bestScore) {
      bestScore = {agreeing, inHeading};
      best = separator;
    }
  }
  return best;
}

// Reads one record at a time from the text.
class Records {
 public:
  Records(std::string_view text, char separator, std::int64_t line)
      : text_(text), separator_(separator), line_(line) {}

  bool atEnd() const { return at_ >= text_.size(); }
  std::int64_t line() const { return line_; }

  // The cells of `row` are used again: a million rows need no million allocations.
  Outcome read(SheetRow& row, const SpreadsheetLimits& limits) {
    row.number = line_;
    std::size_t used = 0;
    for (;;) {
      if (used == row.cells.size()) row.cells.emplace_back();
      auto& cell = row.cells[used++];
      cell.text.clear();
      cell.remark = CellRemark::none;
      CHECK_OK(readField(cell.text, limits));
      if (used > limits.columns || at_ >= text_.size() || text_[at_] != separator_) break;
      ++at_;
      if (at_ == text_.size()) break;
    }
    row.cells.resize(used);
    endLine();
    return {};
  }

 private:
  bool atLineEnd() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

  void endLine() {
    while (at_ < text_.size() && !atLineEnd()) ++at_;
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
  }

  Outcome readField(std::string& field, const SpreadsheetLimits& limits) {
    if (at_ < text_.size() && text_[at_] == '"') CHECK_OK(readQuoted(field, limits));
    const auto start = at_;
    while (at_ < text_.size() && !atLineEnd() && (text_[at_] != separator_ || separator_ == '\0')) ++at_;
    field += text_.substr(start, at_ - start);
    return {};
  }

  Outcome readQuoted(std::string& field, const SpreadsheetLimits& limits) {
    const auto openedAt = line_;
    ++at_;
    while (at_ < text_.size() && field.size() <= limits.cellBytes) {
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c != '"') {
        field += c;
      } else if (at_ < text_.size() && text_[at_] == '"') {
        field += '"';
        ++at_;
      } else {
        return {};
      }
    }
    return fail(Problem{ProblemKind::invalid,
                        "spreadsheet-quote-open",
                        "A quotation mark is opened and never closed.",
                        "row " + std::to_string(openedAt),
                        "Close it, or write it twice where it belongs to the text.",
                        {{"row", std::to_string(openedAt)}}});
  }

  std::string_view text_;
  char separator_;
  std::int64_t line_;
  std::size_t at_ = 0;
};

}  // namespace

Csv::Csv(DecodedText decoded) : decoded_(std::move(decoded)) {
  const std::string_view text = decoded_.text;
  const auto end = std::min(text.find('\n'), text.size());
  const auto first = trimmed(text.substr(0, end));
  if (first.size() == 5 && lowered(first.substr(0, 4)) == "sep=") {
    separator_ = first[4];
    start_ = std::min(end + 1, text.size());
  } else {
    separator_ = guessedSeparator(text);
  }
}

Outcome Csv::rows(const RowVisitor& visit, const SpreadsheetLimits& limits) const {
  RowGate gate(limits, visit);
  Records records(std::string_view(decoded_.text).substr(start_), separator_, start_ > 0 ? 2 : 1);
  const auto& others = decoded_.otherLines;
  SheetRow row;
  while (!records.atEnd() && !gate.ended()) {
    CHECK_OK(records.read(row, limits));
    if (!others.empty() && std::ranges::binary_search(others, row.number))
      for (auto& cell : row.cells) cell.remark = CellRemark::encoding;
    CHECK_OK(gate.pass(row));
  }
  return {};
}

}  // namespace postgang::formats
