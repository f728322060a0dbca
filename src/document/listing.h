// A document as lines of text, for people and for tests: one line a group or term, indented as they nest,
// then what no term covers.
//
//   BT-1 2026-117
//   BG-4
//     BT-34 5599900122 [0007]
//   + /Invoice/UBLVersionID 2.1
#pragma once

#include <string>

#include "document/business_document.h"

namespace postgang::document {

enum class ListedExtras { yes, no };
// Binary objects are told by their size in bytes. Line breaks within a value are written \n.
std::string listing(const BusinessDocument& document, ListedExtras extras = ListedExtras::yes);

}  // namespace postgang::document
