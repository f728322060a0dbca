#include "formats/spreadsheet.h"

#include <algorithm>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/decoded_text.h"
#include "formats/workbook.h"

namespace postgang::formats {
namespace {

tl::unexpected<Problem> tooLarge(std::string code, std::string detail, std::int64_t row, std::int64_t limit) {
  return fail(Problem{ProblemKind::too_large,
                      std::move(code),
                      std::move(detail),
                      "row " + std::to_string(row),
                      "Send the file in parts, with the columns that are needed.",
                      {{"row", std::to_string(row)}, {"limit", std::to_string(limit)}}});
}

bool looksLikeFormula(std::string_view text) {
  return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

}  // namespace

tl::unexpected<Problem> spreadsheetDamaged(std::string detail, std::string where) {
  return fail(ProblemKind::invalid, "spreadsheet-damaged", std::move(detail), std::move(where),
              "Save the file again in the program it comes from, and send it again.");
}

Outcome RowGate::pass(SheetRow& row) {
  if (row.cells.size() > limits_.columns)
    return tooLarge("spreadsheet-too-wide", "A row has more columns than are taken.", row.number,
                    static_cast<std::int64_t>(limits_.columns));
  for (auto& cell : row.cells) {
    cell.text = trimmed(cell.text);
    if (cell.text.size() > 1 && cell.text.front() == '\'' &&
        (looksLikeFormula(std::string_view(cell.text).substr(1)) || cell.text[1] == '\''))
      cell.text.erase(0, 1);
    if (cell.text.size() > limits_.cellBytes)
      return tooLarge("spreadsheet-cell-too-long", "A cell holds more than is taken.", row.number,
                      static_cast<std::int64_t>(limits_.cellBytes));
  }
  const auto isEmpty = [](const Cell& cell) {
    return cell.text.empty() && (cell.remark == CellRemark::none || cell.remark == CellRemark::encoding);
  };
  while (!row.cells.empty() && isEmpty(row.cells.back())) row.cells.pop_back();
  if (row.cells.empty()) return {};
  if (rows_++ > limits_.rows)
    return tooLarge("spreadsheet-too-long", "The file has more rows than are taken.", row.number,
                    limits_.rows);
  ended_ = !visit_(row);
  return {};
}

Result<Spreadsheet> Spreadsheet::open(std::string_view bytes, const SpreadsheetLimits& limits) {
  using namespace std::string_view_literals;
  if (trimmed(bytes).empty())
    return fail(ProblemKind::invalid, "spreadsheet-empty", "There is nothing in the file.", {},
                "Choose a file with at least a heading and a row.");
  Spreadsheet sheet;
  if (isZip(bytes)) {
    TRY(auto workbook, Workbook::open(bytes, limits));
    sheet.read_ = [book = std::make_shared<const Workbook>(std::move(workbook)),
                   limits](const RowVisitor& visit) { return book->rows(visit, limits); };
    return sheet;
  }
  if (bytes.starts_with("\xD0\xCF\x11\xE0"sv) || bytes.starts_with("%PDF"sv))
    return fail(ProblemKind::unsupported, "spreadsheet-unknown",
                "This is neither a CSV file nor an Excel workbook (.xlsx).", {},
                "Save it as .xlsx or CSV and send it again.");
  TRY(auto decoded, decodeText(bytes));
  auto csv = std::make_shared<Csv>(std::move(decoded));
  sheet.encoding_ = csv->encoding();
  sheet.separator_ = csv->separator();
  sheet.read_ = [csv, limits](const RowVisitor& visit) { return csv->rows(visit, limits); };
  return sheet;
}

std::string csvField(std::string_view text, char separator) {
  std::string field;
  if (looksLikeFormula(text) || text.starts_with('\'')) field += '\'';
  field += withoutControls(text);
  const bool needsQuotes = std::ranges::any_of(
      field, [&](char c) { return c == separator || c == '"' || c == '\n' || c == '\r'; });
  if (!needsQuotes) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

void addCsvLine(std::string& csv, const std::vector<std::string>& cells) {
  std::string_view between;
  for (const auto& cell : cells) {
    csv += between;
    csv += csvField(cell);
    between = ";";
  }
  csv += "\r\n";
}

}  // namespace postgang::formats
