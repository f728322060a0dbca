// The document in the path, as the company that is acted for sees it.
#pragma once

#include "api/guard.h"
#include "store/documents.h"

namespace postgang::api {

// A group's parent sees both sides of its internal traffic: its own side goes first, then the sender's.
Result<store::DocumentRow> seenDocument(store::Reader& reader, const Call& call, DocumentId id);

// The Document as it stands: what GET /documents/{id} answers.
struct Parts;
Result<net::Reply> documentReply(Parts& parts, const Call& call, DocumentId id);

}  // namespace postgang::api
