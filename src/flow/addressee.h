// Whom a document is for, with what of it the roads ask.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "channels/recipient.h"
#include "document/header_facts.h"

namespace postgang::flow {

// `format`: RecognisedFact::format.
Result<channels::Recipient> addresseeOf(store::Reader& reader, CompanyId sender,
                                        const document::HeaderFacts& facts, std::string format);

struct KeptAddressee {
  channels::Recipient recipient;
  std::optional<std::string_view> notByPeppol;  // why this document never goes there (channels/peppol.h)
};
// Of a document that is kept; nullopt where it could not be read.
Result<std::optional<KeptAddressee>> addresseeOf(store::Reader& reader, CompanyId sender,
                                                 DocumentId document);

}  // namespace postgang::flow
