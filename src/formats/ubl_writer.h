// The business document written as UBL 2.1 with the customisation that it names (BT-24): Peppol BIS Billing 3
// where the document has what that asks for. Elements stand in the order of the schema.
#pragma once

#include <string>

#include "base/problem.h"
#include "document/business_document.h"

namespace postgang::formats {

// A credit note by the document's kind, otherwise an invoice. Terms only: what no term covers (extras) is not
// written, because its meaning depends on elements that may have changed; a correction alters the original
// file instead. Code xml-unwritable-character.
Result<std::string> writeUbl(const document::BusinessDocument& document);

}  // namespace postgang::formats
