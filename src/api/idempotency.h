// Idempotency-Key: the same key with the same request gives the first answer again, marked
// Idempotency-Replayed: true; with another request it is refused. Keys belong to their caller and live for a
// day.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "api/guard.h"
#include "base/bytes.h"
#include "store/access_rows.h"

namespace postgang::api {

inline constexpr std::int64_t idempotency_kept_seconds = 24 * 3600;

// The header, or nothing. Code parameter-invalid: longer than 200 or not printable ASCII.
Result<std::optional<std::string>> idempotencyKeyIn(const net::Request& request);
// Tells one request from another: method, target, what `parts` say, body.
Digest requestDigest(const net::Request& request);

net::Reply replayed(const store::StoredReply& stored);

// For requests whose effect may be done twice without harm: runs `handler` unless the key was answered
// before, and stores its answer when it is not a Problem. POST /documents does better: there the answer is in
// the effect's commit.
Result<net::Reply> answeredOnce(store::Store& store, const Clock& clock, const Call& call,
                                const std::function<Result<net::Reply>()>& handler);

}  // namespace postgang::api
