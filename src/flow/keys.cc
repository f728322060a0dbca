#include "flow/keys.h"

#include "base/bytes.h"
#include "store/sql/session.h"

namespace postgang::flow {

Result<std::optional<DocumentId>> takeKey(store::Transaction& tx, CompanyId company, std::string_view kind,
                                          std::string_view key, DocumentId document, DocumentId root) {
  TRY(const auto holder, store::claimKey(tx, company, kind, key, document));
  if (!holder || *holder == document) return std::optional<DocumentId>();
  TRY(const auto row, store::findDocument(tx, store::Viewer::system(), *holder));
  if (row.root != root) return holder;
  CHECK_OK(store::moveKey(tx, company, kind, key, document));
  return std::optional<DocumentId>();
}

Result<std::optional<DocumentId>> takeKeysAgain(store::Transaction& tx,
                                                const std::vector<store::Event>& events, DocumentId document,
                                                DocumentId root) {
  for (const auto& event : events) {
    std::optional<DocumentId> holder;
    if (const auto* received = std::get_if<store::ReceivedFact>(&event.fact)) {
      TRY(holder, takeKey(tx, received->sender, "bytes", hex(view(received->digest)), document, root));
    } else if (const auto* read = std::get_if<store::RecognisedFact>(&event.fact); read && read->keyOwner) {
      TRY(holder, takeKey(tx, *read->keyOwner, "number", read->key, document, root));
    }
    if (holder) return holder;
  }
  return std::optional<DocumentId>();
}

}  // namespace postgang::flow
