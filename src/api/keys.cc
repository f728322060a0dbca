// /keys: API keys of the companies that an administrator answers for: made, changed, taken over, revoked. The
// secret is in the answer that makes the key and nowhere else: that answer is not kept for an Idempotency-Key
// either.
#include "access/keys.h"
#include "api/company_rights.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::int64_t day_seconds = 24 * 3600;
constexpr std::size_t scopes_max = 50;

json::array namesOf(access::Scopes scopes) {
  json::array names;
  for (const auto scope : access::all_scopes)
    if (scopes.has(scope)) names.emplace_back(access::name(scope));
  return names;
}

json::value makerOf(const access::KeyStanding& standing) {
  if (!standing.key.madeBy) return nullptr;
  return json::object{{"id", standing.key.madeBy->text()}, {"name", textOrNull(standing.madeByName)}};
}

json::object keyShape(const access::KeyStanding& standing) {
  const auto& key = standing.key;
  return {{"id", key.id.text()},
          {"name", key.name},
          {"company", {{"id", companyIdText(key.company)}, {"name", standing.companyName}}},
          {"state", access::name(standing.state)},
          {"scopes", namesOf(access::scopesFromNames(key.scopes))},
          {"effectiveScopes", namesOf(standing.effective)},
          {"madeBy", makerOf(standing)},
          {"createdAt", key.createdAt.text()},
          {"expiresAt", instantOrNull(key.expiresAt)},
          {"endsSoon", standing.endsSoon},
          {"revokedAt", instantOrNull(key.revokedAt)},
          {"lastUsedAt", instantOrNull(key.lastUsedAt)},
          {"lastUsedFrom", textOrNull(standing.lastUsedFrom)}};
}

Result<json::object> shapeOf(Parts& parts, const Call& call, KeyId id) {
  TRY(const auto viewer, administeredBy(parts, call));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
    TRY(const auto standing, access::keySeen(reader, viewer, id, parts.context.access.now()));
    return keyShape(standing);
  });
}

// 30, 90 or 365 days from now; null: no end.
Result<std::optional<Instant>> endIn(const JsonBody& body, Instant now) {
  if (body.isNull("expiresInDays")) return std::optional<Instant>();
  const auto* days = body.at("expiresInDays").if_int64();
  if (days == nullptr || (*days != 30 && *days != 90 && *days != 365))
    return fieldInvalid("/expiresInDays",
                        "A key lasts 30, 90 or 365 days, or with null until it is revoked.");
  return std::optional(now.plusSeconds(*days * day_seconds));
}

Result<CompanyId> ownerIn(Parts& parts, const Call& call, const JsonBody& body) {
  TRY(const auto text, body.maybeText("companyId", 64));
  if (!text) return call.company();
  const auto company = companyIdFrom(*text);
  TRY(const auto viewer, administeredBy(parts, call));
  if (!company || !viewer.sees(*company)) return notFound();
  return *company;
}

Result<KeyId> keyIdOf(const Call& call) {
  const auto id = KeyId::parse(call.request.parameter("keyId"));
  if (!id) return notFound();
  return *id;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto viewer, administeredBy(parts, call));
  TRY(const auto keys, readFrom(parts.context.store, [&](store::Reader& reader) {
        return access::keysSeen(reader, viewer, parts.context.access.now());
      }));
  json::array items;
  for (const auto& standing : keys) items.push_back(keyShape(standing));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> make(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"name", "scopes", "expiresInDays", "companyId"}));
  access::NewKey key;
  TRY(key.name, body.text("name", access::key_name_codePoints_max));
  TRY(key.scopes, body.texts("scopes", scopes_max, 64));
  if (!body.has("expiresInDays"))
    return fieldInvalid("/expiresInDays",
                        "Say how long the key lasts: 30, 90 or 365 days, or null for no end.");
  TRY(key.expiresAt, endIn(body, parts.context.access.now()));
  TRY(key.company, ownerIn(parts, call, body));
  key.madeBy = call.caller->user->id;
  TRY(const auto made, parts.context.access.createKey(parts.ids, key));
  TRY(auto shape, shapeOf(parts, call, made.id));
  auto reply = net::Reply::json(
      json::serialize(json::object{{"key", std::move(shape)}, {"secret", made.secret}}), 201);
  reply.compressible = false;  // a secret beside a name that others choose
  return reply;
}

// What is done to a key in the store, forgotten of it here, and how it stands then.
template <typename Function>
Result<store::Key> changed(Parts& parts, Function&& function) {
  std::optional<store::Key> key;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(key, function(tx));
    return {};
  }));
  parts.context.access.forget(key->secretDigest);
  return std::move(*key);
}

Result<net::Reply> change(Parts& parts, const Call& call) {
  TRY(const auto id, keyIdOf(call));
  TRY(const auto body, JsonBody::of(call.request, {"name", "scopes", "expiresInDays"}));
  const auto now = parts.context.access.now();
  access::KeyChange change;
  if (body.has("name")) {
    TRY(change.name, body.text("name", access::key_name_codePoints_max));
  }
  if (body.has("scopes")) {
    TRY(change.scopes, body.texts("scopes", scopes_max, 64));
  }
  change.setsEnd = body.has("expiresInDays");
  if (change.setsEnd) {
    TRY(change.expiresAt, endIn(body, now));
  }
  TRY(const auto viewer, administeredBy(parts, call));
  CHECK_OK(changed(parts, [&](auto& tx) { return access::changeKey(tx, viewer, id, change, now); }));
  TRY(const auto shape, shapeOf(parts, call, id));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> takeOver(Parts& parts, const Call& call) {
  TRY(const auto id, keyIdOf(call));
  const auto now = parts.context.access.now();
  const auto by = call.caller->user->id;
  TRY(const auto viewer, administeredBy(parts, call));
  CHECK_OK(changed(parts, [&](auto& tx) { return access::takeOverKey(tx, viewer, id, by, now); }));
  TRY(const auto shape, shapeOf(parts, call, id));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> revoke(Parts& parts, const Call& call) {
  TRY(const auto id, keyIdOf(call));
  const auto now = parts.context.access.now();
  TRY(const auto viewer, administeredBy(parts, call));
  CHECK_OK(changed(parts, [&](auto& tx) { return access::revokeKey(tx, viewer, id, now); }));
  return net::Reply::empty();
}

}  // namespace

// No key has keys:write, so that a person asks, always.
void addKeyRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(Scope::keys_write,
                                  [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/keys", list);
  add("POST", "/api/v1/keys", make);
  add("PATCH", "/api/v1/keys/{keyId}", change);
  add("POST", "/api/v1/keys/{keyId}/take-over", takeOver);
  add("DELETE", "/api/v1/keys/{keyId}", revoke);
}

}  // namespace postgang::api
