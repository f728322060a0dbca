// UBL 2.1 Invoice and CreditNote read to the business document: one walk over the tree beside the elements
// that terms.def knows. Lenient: the file need not be valid, malformed values stay texts, repeated ones are
// all kept; rules/ judges.
#pragma once

#include "base/problem.h"
#include "document/business_document.h"
#include "xml/tree.h"

namespace postgang::formats {

// The root is an Invoice or CreditNote of UBL 2.1. Code document-too-complex (too_large): what no term covers
// would take many times the room of the file.
Result<document::BusinessDocument> readUbl(const xml::Tree& tree);

}  // namespace postgang::formats
