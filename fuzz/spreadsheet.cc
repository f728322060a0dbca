// Any bytes as a table, CSV or workbook: refused, or rows within the limits, the same each time they are
// read; and what is written of them as CSV reads back as it was.
//
//   cmake --preset fuzz && ninja -C build/fuzz fuzz_spreadsheet && build/fuzz/fuzz_spreadsheet
//   -max_total_time=60 FOLDER-OF-TABLES
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "formats/spreadsheet.h"

namespace {

using namespace postgang;
using namespace postgang::formats;

// Small, so that a bomb is met soon.
constexpr SpreadsheetLimits limits{.rows = 2'000,
                                   .columns = 50,
                                   .cellBytes = 1'000,
                                   .archive = {.entries = 50, .bytes = 2'000'000, .entryBytes = 1'000'000}};

void demand(bool holds) {
  if (!holds) std::abort();
}

using Rows = std::vector<std::vector<std::string>>;

Rows rowsOf(const Spreadsheet& sheet, bool& whole) {
  Rows rows;
  std::int64_t last = 0;
  const auto read = sheet.rows([&](const SheetRow& row) {
    demand(row.number > last && row.cells.size() <= limits.columns && !row.cells.empty());
    last = row.number;
    auto& texts = rows.emplace_back();
    for (const auto& cell : row.cells) {
      demand(cell.text.size() <= limits.cellBytes);
      texts.push_back(cell.text);
    }
    return true;
  });
  whole = read.has_value();
  demand(static_cast<std::int64_t>(rows.size()) <= limits.rows + 1);
  return rows;
}

// As csvField writes them: without control characters and blanks around, and without what is empty then.
Rows clean(const Rows& rows) {
  Rows cleaned;
  for (const auto& row : rows) {
    std::vector<std::string> texts;
    for (const auto& text : row) texts.emplace_back(trimmed(withoutControls(text)));
    while (!texts.empty() && texts.back().empty()) texts.pop_back();
    if (!texts.empty()) cleaned.push_back(std::move(texts));
  }
  return cleaned;
}

void checkWritten(const Rows& rows) {
  if (rows.empty()) return;
  std::string text = "\xEF\xBB\xBFsep=;\n";
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) text += (i == 0 ? "" : ";") + csvField(row[i]);
    text += '\n';
  }
  const auto again = Spreadsheet::open(text, limits);
  demand(again.has_value());
  bool whole = false;
  demand(rowsOf(*again, whole) == rows && whole);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto sheet = Spreadsheet::open(bytes, limits);
  if (!sheet) return 0;
  bool whole = false, wholeAgain = false;
  const auto rows = rowsOf(*sheet, whole);
  demand(rowsOf(*sheet, wholeAgain) == rows && wholeAgain == whole);
  if (whole) checkWritten(clean(rows));
  return 0;
}
