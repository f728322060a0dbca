// What must be unique over time (store/documents.h, claimKey), as versions take it: a later version of a
// chain has what an earlier one had, and nobody else's.
#pragma once

#include <optional>
#include <string_view>

#include "store/documents.h"
#include "store/events.h"

namespace postgang::flow {

// The document of another chain that holds the key, if there is one; otherwise `document` holds it from here
// on.
Result<std::optional<DocumentId>> takeKey(store::Transaction& tx, CompanyId company, std::string_view kind,
                                          std::string_view key, DocumentId document, DocumentId root);

// Both keys that its events name, once more: what came to nothing gave them back, and what is sent again
// after that must hold them. As takeKey answers.
Result<std::optional<DocumentId>> takeKeysAgain(store::Transaction& tx,
                                                const std::vector<store::Event>& events, DocumentId document,
                                                DocumentId root);

}  // namespace postgang::flow
