// Tables from outside, as rows of texts: CSV as spreadsheet programs and business systems write it, and Excel
// workbooks (XLSX, ECMA-376). Read a row at a time, so that a million rows take no more room than the file.
//
//   TRY(const auto sheet, Spreadsheet::open(bytes));
//   sheet.rows([&](const SheetRow& row) { … return true; });     false ends it
//
// A formula is never run: the value that was kept beside it is taken, with a remark. A text that begins with
// = + - or @ is a text.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "formats/archive.h"

namespace postgang::formats {

struct SpreadsheetLimits {
  std::int64_t rows = 1'000'000;  // with something in them, the heading not counted
  std::size_t columns = 200;
  std::size_t cellBytes = 10'000;
  ArchiveLimits archive = {.entries = 1'000, .bytes = 500'000'000, .entryBytes = 400'000'000};
};

enum class CellRemark {
  none,
  formula,        // what stands here was calculated; it is taken as it was kept
  formula_empty,  // … and nothing was kept
  error_value,    // #N/A and its kin
  encoding        // its line is written otherwise than the others (CSV)
};

struct Cell {
  std::string text;  // trimmed; dates as YYYY-MM-DD, numbers plainly: 4500123456
  CellRemark remark = CellRemark::none;
};

struct SheetRow {
  std::int64_t number = 0;  // as the program that wrote it counts: the first is 1
  std::vector<Cell> cells;  // without empty ones at the end
};
using RowVisitor = std::function<bool(const SheetRow&)>;

class Spreadsheet {
 public:
  // Codes: spreadsheet-empty; spreadsheet-unknown (neither); text-damaged; archive-damaged and its kin;
  // spreadsheet-damaged (a workbook without a sheet, or with one that is not well-formed).
  static Result<Spreadsheet> open(std::string_view bytes, const SpreadsheetLimits& limits = {});

  const std::string& encoding() const { return encoding_; }    // as DecodedText; empty of a workbook
  const std::string& separator() const { return separator_; }  // ";", ",", "\t"; empty of a workbook, or none

  // Rows with something in them, in order. Codes: spreadsheet-too-long, spreadsheet-too-wide,
  // spreadsheet-cell-too-long (too_large); spreadsheet-quote-open; spreadsheet-damaged.
  Outcome rows(const RowVisitor& visit) const { return read_(visit); }

 private:
  std::string encoding_, separator_;
  std::function<Outcome(const RowVisitor&)> read_;
};

// A field of a CSV file that spreadsheet programs open without running it: quoted where need be, and with '
// before what they would take for a formula. Reading takes that ' away again.
std::string csvField(std::string_view text, char separator = ';');
// A line of such fields with semicolons between, and its end.
void addCsvLine(std::string& csv, const std::vector<std::string>& cells);
// What such a file begins with, or Excel takes it for Windows-1252.
inline constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";

// --- What the two readers share
tl::unexpected<Problem> spreadsheetDamaged(std::string detail, std::string where = {});
// Holds the limits on rows, columns and cells; skips rows with nothing in them.
class RowGate {
 public:
  RowGate(const SpreadsheetLimits& limits, const RowVisitor& visit) : limits_(limits), visit_(visit) {}
  Outcome pass(SheetRow& row);
  bool ended() const { return ended_; }  // the visitor has had enough

 private:
  const SpreadsheetLimits& limits_;
  const RowVisitor& visit_;
  std::int64_t rows_ = 0;
  bool ended_ = false;
};

}  // namespace postgang::formats
