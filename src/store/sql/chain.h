// The hash chain of a document. Each event's hash covers the one before it, so that nothing can be changed,
// taken away or put between afterwards without every later hash being wrong.
//
//   hash = SHA-256(previous hash ‖ header ‖ SHA-256(payload))        previous of the first event: 32 zero
//   bytes header = "postgang-event-1\n" ‖ document (16 bytes) ‖ sequence (8, big-endian) ‖ at (8, µs,
//   big-endian) ‖ type's name
//
// The payload (facts.h: what happened, by whom) enters through its digest alone: personal data can be erased
// from it and the chain still proves itself. A corrected document's first event carries its predecessor's
// head in its payload, which ties the chains of versions together.
#pragma once

#include <string_view>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"

namespace postgang::store::sql {

Digest chained(const Digest& previous, DocumentId document, std::int64_t sequence, Instant at,
               std::string_view type, const Digest& payloadDigest);

}  // namespace postgang::store::sql
