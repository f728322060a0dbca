// Comma-separated values (RFC 4180) as they come: ; , or tab between fields, guessed from the first lines;
// lines that end in any way; a field in quotes may hold all of it, and "" for a quote.
#pragma once

#include <string>
#include <string_view>

#include "formats/decoded_text.h"
#include "formats/spreadsheet.h"

namespace postgang::formats {

class Csv {
 public:
  explicit Csv(DecodedText decoded);
  const std::string& encoding() const { return decoded_.encoding; }
  std::string separator() const { return separator_ == '\0' ? std::string() : std::string(1, separator_); }
  Outcome rows(const RowVisitor& visit, const SpreadsheetLimits& limits) const;

 private:
  DecodedText decoded_;
  char separator_ = '\0';  // '\0': one column alone
  std::size_t start_ = 0;  // after a first line "sep=;", as Excel writes
};

}  // namespace postgang::formats
