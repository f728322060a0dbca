// A long XML file of many alike elements (a sheet's rows, a workbook's texts), parsed some thousand of them
// at a time: as trees whose root carries the file's own namespaces, and whose children are the next elements.
// What stands around them is passed over.
#pragma once

#include <string>
#include <string_view>

#include "base/problem.h"
#include "xml/tree.h"

namespace postgang::formats {

class XmlPieces {
 public:
  static constexpr std::size_t piece_bytes = 1'000'000;  // about; an element is never cut

  // `element` is its local name; the prefix is the root's. `text` is UTF-8 and outlives this.
  XmlPieces(std::string_view text, std::string_view element);
  bool more() const { return at_ < end_; }
  Result<xml::Tree> next();  // code spreadsheet-damaged

 private:
  std::size_t startOfElement(std::size_t from) const;
  std::string_view text_;
  std::string rootStart_, rootEnd_;  // of each piece
  std::string open_, close_;         // "<row", "</row>"
  std::size_t at_ = 0, end_ = 0;     // from the first element to the end of the last
};

}  // namespace postgang::formats
