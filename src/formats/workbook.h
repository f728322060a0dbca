// An Excel workbook (Office Open XML, ECMA-376 part 1, section 18): its first sheet, with shared strings,
// kept results of formulas, and dates by the cells' number formats. The sheet is read some thousand rows at a
// time, each with our own XML reader: no entities, no DTD, nothing outside the file is looked at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "formats/spreadsheet.h"

namespace postgang::formats {

class Workbook {
 public:
  static Result<Workbook> open(std::string_view bytes, const SpreadsheetLimits& limits);
  Outcome rows(const RowVisitor& visit, const SpreadsheetLimits& limits) const;

  enum class NumberForm : std::uint8_t { plain, date, padded };
  struct Format {
    NumberForm form = NumberForm::plain;
    std::size_t digits = 0;  // of `padded`: 0000 shows 12 as 0012
  };

 private:
  std::string sheet_;                 // its XML, UTF-8
  std::vector<std::string> strings_;  // shared
  std::vector<Format> formats_;       // by a cell's style
  bool from1904_ = false;             // days are counted from 1904, as old Macs do
};

// --- Its parts, for tests
// Numbers as Excel writes them, "4.5001234560000003E9" rounded to the 15 digits that it knows, plainly.
std::string plainNumber(std::string_view written);
// The date that a number stands for; empty where it is none. 60 is the day that 1900 never had.
std::string dateOfSerial(std::string_view written, bool from1904);
bool isDateFormat(std::string_view code);  // "yyyy-mm-dd", "d/m/yy h:mm"; not "0.00" or "[Red]0"

}  // namespace postgang::formats
