// An Excel workbook being written (Office Open XML, ECMA-376 part 1) by libxlsxwriter: a sheet of rows, its
// heading bold and held fast, and others of plain lines beside it. A text is a text: so an organisation
// number keeps its zeros, and what begins with = is no formula. Amounts, dates and moments are what Excel
// sums and sorts. The same cells made at the same instant give the same bytes.
//
// The library writes to a file: one in memory that has no name in any folder, so nothing of what it holds is
// left on a disk, or the one that is named. Its rows are kept by the library in unnamed temporary files while
// it is written.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"
#include "base/time.h"

namespace postgang::formats {

// An amount is shown with two decimals; one of more digits than Excel reckons with (15) is written as a text,
// and so is a date of a year that it does not know. A moment is shown as clocks in Sweden show it, to the
// minute.
struct WorkbookCount {
  std::int64_t value = 0;  // shown without decimals
};
struct WorkbookShare {
  std::int64_t tenThousandths = 0;  // shown in per cent with one decimal
};
struct WorkbookDuration {
  std::int64_t seconds = 0;  // shown in hours, minutes and seconds
};
using WorkbookCell =
    std::variant<std::string, Decimal, Date, Instant, WorkbookCount, WorkbookShare, WorkbookDuration>;

class WorkbookWriter {
 public:
  // `sheet` is what its tab says: 1 to 31 characters without []:*?/\ (asserted). `made`: what its
  // properties say of when it was made.
  WorkbookWriter(std::string_view sheet, Instant made) : WorkbookWriter(sheet, made, {}) {}
  // Into this file, instead of one that is there; then finishFile() ends it.
  WorkbookWriter(std::string_view sheet, Instant made, const std::string& file);
  ~WorkbookWriter();
  WorkbookWriter(const WorkbookWriter&) = delete;
  WorkbookWriter& operator=(const WorkbookWriter&) = delete;

  // The first is the heading. At most 1,048,576 rows and 200 columns (asserted); characters that XML has no
  // way to say become blanks, and a text of over 32,767 characters, which is Excel's limit, is cut.
  void add(const std::vector<std::string>& cells);
  void addCells(const std::vector<WorkbookCell>& cells);  // the same, with values
  // Another sheet, its first line bold; after the last row of the first one. `sheet` as the constructor's.
  void addSheet(std::string_view sheet, const std::vector<std::string>& lines);
  // Code workbook-not-written (internal): no room for it.
  Result<std::string> finish() &&;
  Outcome finishFile() &&;  // codes as finish()'s

 private:
  struct Book;
  Outcome end();
  std::unique_ptr<Book> book_;
};

}  // namespace postgang::formats
