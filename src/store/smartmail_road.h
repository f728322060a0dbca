// What is known of a mail or letter, without the rest of its document.
#pragma once
#include <optional>

#include "store/documents.h"

namespace postgang::store {

// nullopt where none has this id.
Result<std::optional<Road>> roadOf(Reader& reader, DocumentId document, DeliveryId delivery);

}  // namespace postgang::store
