// Corrections of UBL 2.1 invoices and credit notes; correct.h says what they promise.
#pragma once

#include "formats/correct.h"
#include "formats/format.h"

namespace postgang::formats {

// All that one correction does, already judged value by value: `value` and `qualifier` are as they are to be
// written.
struct Correction {
  std::vector<TermChange> changes;
  std::vector<NewAttachment> attachments;
  std::vector<std::string> removedAttachments;
};

Result<std::string> correctUbl(const xml::Tree& tree, const document::BusinessDocument& document,
                               const Correction& correction);

}  // namespace postgang::formats
