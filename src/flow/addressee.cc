#include "flow/addressee.h"

#include "channels/peppol.h"
#include "flow/filter.h"
#include "store/blobs.h"
#include "store/documents.h"

namespace postgang::flow {

Result<channels::Recipient> addresseeOf(store::Reader& reader, CompanyId sender,
                                        const document::HeaderFacts& facts, std::string format) {
  TRY(auto recipient, channels::recipientOf(reader, sender, recipientOf(facts)));
  recipient.kind = facts.kind;
  recipient.format = std::move(format);
  return recipient;
}

Result<std::optional<KeptAddressee>> addresseeOf(store::Reader& reader, CompanyId sender,
                                                 DocumentId document) {
  TRY(const auto kept, store::parsed(reader, document));
  if (!kept) return std::optional<KeptAddressee>();
  TRY(const auto parsed, document::BusinessDocument::restored(*kept));
  TRY(const auto row, store::findDocument(reader, store::Viewer::system(), document));
  TRY(auto recipient, addresseeOf(reader, sender, document::headerFactsOf(parsed), row.format));
  return std::optional(KeptAddressee{std::move(recipient), channels::whyNotByPeppol(parsed)});
}

}  // namespace postgang::flow
