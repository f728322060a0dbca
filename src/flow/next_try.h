// When a delivery is tried the next time, as the queue has it.
#pragma once

#include <optional>

#include "store/documents.h"

namespace postgang::flow {

// When this delivery, which failed for a while, is tried again; nullopt: it is not.
Result<std::optional<Instant>> nextTryOf(store::Reader& reader, DocumentId document,
                                         const store::Delivery& delivery);

}  // namespace postgang::flow
