// A program's fetch becomes the event `fetched` (once per key and document), never `opened`; a person's GET
// becomes nothing: what a person has seen, the portal says by POST …/opened.
#pragma once

#include <string_view>

#include "api/guard.h"

namespace postgang::api {

struct Parts;
// `what`: "original", "copy", "pdf", "attachment". HEAD brings nothing home and is not recorded.
Outcome recordFetch(Parts& parts, const Call& call, DocumentId id, std::string_view what);

}  // namespace postgang::api
