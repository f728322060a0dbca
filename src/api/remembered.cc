// GET /rules-remembered, DELETE /rules-remembered/{ruleId}: what is put right by itself, and how to end that.
#include "store/remembered.h"

#include "api/correction_shape.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::object ruleShape(const store::Remembered& rule) {
  store::PartyFact counterpart;
  counterpart.identifier = rule.counterpart;
  counterpart.name = rule.counterpartName;
  const auto term = document::termFromName(rule.term);
  const auto title = [&](Language language) {
    return term ? document::title(*term, language) : std::string_view(rule.term);
  };
  return {{"id", rule.id.text()},
          {"counterpart", partyShape(counterpart)},
          {"term", rule.term},
          {"title", json::object{{"sv", title(Language::swedish)}, {"en", title(Language::english)}}},
          {"value", textOrNull(rule.value)},
          {"cause", causeShape(rule.cause, rule.term)},
          {"createdAt", rule.createdAt.text()},
          {"createdBy", textOrNull(rule.createdBy)},
          {"withdrawnAt", instantOrNull(rule.withdrawnAt)},
          {"used", rule.used}};
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  TRY(const auto rules, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::listRemembered(reader, call.viewer(), call.company());
      }));
  json::array items;
  for (const auto& rule : rules) items.push_back(ruleShape(rule));
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

Result<net::Reply> withdraw(Parts& parts, const Call& call) {
  const auto id = RememberedId::parse(call.request.parameter("ruleId"));
  if (!id) return notFound();
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) {
    return store::withdraw(tx, call.viewer(), *id, parts.context.clock.now());
  }));
  return net::Reply::empty();
}

}  // namespace

void addRememberedRoutes(net::Router& router, Parts& parts) {
  router.add(
      "GET", "/api/v1/rules-remembered",
      parts.guard.scoped(access::Scope::documents_read, [&](const Call& call) { return list(parts, call); }));
  router.add("DELETE", "/api/v1/rules-remembered/{ruleId}",
             parts.guard.scoped(access::Scope::documents_write,
                                [&](const Call& call) { return withdraw(parts, call); }));
}

}  // namespace postgang::api
