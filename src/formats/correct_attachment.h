// What a person may add to an invoice as a file.
#pragma once

#include "document/business_document.h"
#include "formats/correct.h"

namespace postgang::formats {

// The attachments as they are to be written. Codes as correct.h says them.
Result<std::vector<NewAttachment>> checkedAttachments(const std::vector<NewAttachment>& attachments,
                                                      const document::BusinessDocument& document,
                                                      const std::vector<std::string>& removed);

}  // namespace postgang::formats
