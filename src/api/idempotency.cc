#include "api/idempotency.h"

#include <algorithm>

#include "api/parts.h"
#include "api/problem_reply.h"

namespace postgang::api {

Result<std::optional<std::string>> idempotencyKeyIn(const net::Request& request) {
  if (!request.headers.has("Idempotency-Key")) return std::optional<std::string>{};
  std::string key(request.header("Idempotency-Key"));
  const bool printable = std::ranges::all_of(key, [](char c) { return c >= 0x20 && c < 0x7f; });
  if (key.empty() || key.size() > 200 || !printable)
    return parameterInvalid("Idempotency-Key", "The key is 1 to 200 printable ASCII characters.");
  return std::optional(std::move(key));
}

Digest requestDigest(const net::Request& request) {
  return sha256({request.method, "\n", request.target, "\n", request.header("X-File-Name"), "\n",
                 request.header("Content-Encoding"), "\n", request.body});
}

net::Reply replayed(const store::StoredReply& stored) {
  auto reply =
      stored.body.empty() ? net::Reply::empty(stored.status) : net::Reply::json(stored.body, stored.status);
  reply.headers.set("Idempotency-Replayed", "true");
  return reply;
}

Result<net::Reply> answeredOnce(store::Store& store, const Clock& clock, const Call& call,
                                const std::function<Result<net::Reply>()>& handler) {
  TRY(const auto key, idempotencyKeyIn(call.request));
  if (!key) return handler();
  const auto digest = requestDigest(call.request);
  TRY(const auto known, readFrom(store, [&](store::Reader& reader) {
        return store::storedReply(reader, call.caller->id(), *key);
      }));
  if (known && known->requestDigest != digest)
    return fail(ProblemKind::conflict, "idempotency-key-reused",
                "This Idempotency-Key belongs to another request.", "Idempotency-Key",
                "Use a new key for a new request.");
  if (known) return replayed(*known);
  TRY(auto reply, handler());
  CHECK_OK(store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::storeReply(tx, call.caller->id(), *key, {digest, reply.status, reply.body},
                             clock.now().plusSeconds(idempotency_kept_seconds));
  }));
  return reply;
}

}  // namespace postgang::api
