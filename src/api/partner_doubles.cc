// Doubles among partners, merged and split, or said to be two; payment identifiers confirmed.
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/partner_identifier.h"
#include "api/partner_shape.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "store/partner_distinctions.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t identifier_points_max = 200;

Result<net::Reply> shown(Parts& parts, const Call& call, std::string_view identifier) {
  TRY(const auto detail, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::partnerDetail(reader, call.viewer(), call.company(), identifier,
                                      parts.context.flow.channels());
      }));
  if (!detail) return notFound();
  return net::Reply::json(json::serialize(partnerShape(*detail)));
}

json::object distinctionShape(const store::Distinction& said) {
  return {{"identifier", said.identifier}, {"name", textOrNull(said.name)},
          {"other", said.other},           {"otherName", textOrNull(said.otherName)},
          {"saidAt", said.saidAt.text()},  {"saidBy", said.saidBy}};
}

Result<net::Reply> listDoubles(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"partner"}));
  TRY(const auto only, textParameter(call.request, "partner", identifier_points_max));
  TRY(const auto doubles, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::partnerDoubles(reader, call.viewer(), call.company(), only);
      }));
  json::array items;
  for (const auto& one : doubles) items.push_back(doubleShape(one));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> merge(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"other"}));
  TRY(const auto other, body.text("other", identifier_points_max));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto kept, store::partner(tx, call.viewer(), call.company(), *identifier));
    TRY(const auto gone, store::partner(tx, call.viewer(), call.company(), other));
    if (kept) call.note->objectName = kept->name;
    if (gone)
      call.note->detail = json::serialize(json::object{{"other", gone->identifier}, {"name", gone->name}});
    return store::mergePartners(tx, call.viewer(), call.company(), *identifier, other);
  }));
  return shown(parts, call, *identifier);
}

Result<net::Reply> split(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"alias"}));
  TRY(const auto alias, body.text("alias", identifier_points_max));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto kept, store::partner(tx, call.viewer(), call.company(), *identifier));
    if (kept) call.note->objectName = kept->name;
    call.note->detail = json::serialize(json::object{{"alias", alias}});
    return store::splitPartner(tx, call.viewer(), call.company(), *identifier, alias);
  }));
  return shown(parts, call, *identifier);
}

Result<net::Reply> listDistinctions(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"partner"}));
  TRY(const auto only, textParameter(call.request, "partner", identifier_points_max));
  TRY(const auto said, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::partnerDistinctions(reader, call.viewer(), call.company(), only);
      }));
  json::array items;
  for (const auto& one : said) items.push_back(distinctionShape(one));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<net::Reply> distinguish(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"other"}));
  TRY(const auto other, body.text("other", identifier_points_max));
  store::Distinction said;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(said, store::distinguishPartners(tx, call.viewer(), call.company(), *identifier, other));
    return {};
  }));
  call.note->objectName = said.name;
  call.note->detail = json::serialize(json::object{{"other", said.other}, {"name", said.otherName}});
  return net::Reply::json(json::serialize(distinctionShape(said)));
}

Result<net::Reply> takeBack(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  const std::string other(call.request.parameter("other"));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto one, store::partner(tx, call.viewer(), call.company(), *identifier));
    if (one) call.note->objectName = one->name;
    call.note->detail = json::serialize(json::object{{"other", other}});
    return store::takeBackDistinction(tx, call.viewer(), call.company(), *identifier, other);
  }));
  return net::Reply::empty();
}

Result<net::Reply> confirm(Parts& parts, const Call& call) {
  const auto identifier = partnerIdentifierIn(call.request);
  if (!identifier) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"account"}));
  TRY(const auto account, body.text("account", identifier_points_max));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto partner, store::partner(tx, call.viewer(), call.company(), *identifier));
    if (!partner) return notFound();
    call.note->objectName = partner->name;
    call.note->detail = json::serialize(json::object{{"account", account}});
    return store::confirmAccount(tx, call.viewer(), call.company(), partner->identifier, account);
  }));
  return shown(parts, call, *identifier);
}

}  // namespace

void addPartnerDoubleRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto add = [&](const char* method, const char* path, Scope scope, auto handle) {
    router.add(method, path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/partners/doubles", Scope::partners_read, listDoubles);
  add("POST", "/api/v1/partners/{identifier}/merge", Scope::partners_write, merge);
  add("POST", "/api/v1/partners/{identifier}/split", Scope::partners_write, split);
  add("GET", "/api/v1/partners/distinctions", Scope::partners_read, listDistinctions);
  add("POST", "/api/v1/partners/{identifier}/distinctions", Scope::partners_write, distinguish);
  add("DELETE", "/api/v1/partners/{identifier}/distinctions/{other}", Scope::partners_write, takeBack);
  add("POST", "/api/v1/partners/{identifier}/payment-identifiers/confirmation", Scope::partners_write,
      confirm);
}

}  // namespace postgang::api
