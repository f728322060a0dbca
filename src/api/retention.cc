// /retention: how long the company keeps its documents, what holds them, and what is erased when.
#include "store/retention.h"

#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "store/audit.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr std::size_t reason_max = 500;
constexpr std::string_view everything = "all";

json::object ruleShape(const store::RetentionRule& rule) {
  return {{"kind", document::name(rule.kind)},
          {"accountingRecord", store::isAccountingRecord(rule.kind)},
          {"years", rule.days ? json::value(nullptr) : json::value(rule.years)},
          {"days", rule.days ? json::value(*rule.days) : json::value(nullptr)},
          {"changedAt", instantOrNull(rule.changedAt)},
          {"changedBy", textOrNull(rule.changedBy)}};
}

json::object holdShape(const store::RetentionHold& hold) {
  return {{"document", hold.document ? json::value(hold.document->text()) : json::value(nullptr)},
          {"reason", hold.reason},
          {"since", hold.since.text()},
          {"by", textOrNull(hold.by)}};
}

Result<json::object> shapeOf(store::Reader& reader, CompanyId company) {
  TRY(const auto policy, store::retentionPolicy(reader, company));
  TRY(const auto kept, store::retentionHolds(reader, company));
  TRY(const auto erased, store::erasedCount(reader, company));
  TRY(const auto last, store::lastRetentionRun(reader));
  json::array rules, holds;
  for (const auto& rule : policy.rules) rules.push_back(ruleShape(rule));
  for (const auto& hold : kept) holds.push_back(holdShape(hold));
  return json::object{{"yearEnd", policy.yearEnd},
                      {"rules", std::move(rules)},
                      {"holds", std::move(holds)},
                      {"erased", erased},
                      {"lastRunOn", last == Date() ? json::value(nullptr) : json::value(last.text())}};
}

Result<net::Reply> get(Parts& parts, const Call& call) {
  TRY(const auto shape,
      readFrom(parts.context.store, [&](store::Reader& reader) { return shapeOf(reader, call.company()); }));
  return net::Reply::json(json::serialize(shape));
}

Result<int> numberIn(const JsonBody& body, std::string_view field) {
  const auto* number = body.has(field) ? body.at(field).if_int64() : nullptr;
  constexpr std::int64_t most = 1'000'000;
  if (!number || *number < 0 || *number > most)
    return fieldInvalid("/" + std::string(field), "This is a whole number.");
  return static_cast<int>(*number);
}

// What a change was, for the company's trail.
Outcome record(store::Transaction& tx, const Call& call, std::string_view action, std::string_view object,
               json::object detail) {
  store::AuditEntry entry;
  entry.company = call.company();
  entry.actor = call.viewer().actor();
  if (call.caller->session) entry.reason = call.caller->session->reason;
  entry.action = action;
  entry.object = "retention";
  entry.objectId = object;
  entry.objectName = object;
  entry.detail = json::serialize(detail);
  entry.address = call.request.remoteAddress;
  return store::recordAudit(tx, entry);
}

Outcome write(Parts& parts, const std::function<Outcome(store::Transaction&)>& body) {
  return parts.context.store.write(store::Priority::background, body);
}

Result<net::Reply> putYear(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"yearEnd"}));
  TRY(const int month, numberIn(body, "yearEnd"));
  CHECK_OK(write(parts, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto before, store::retentionPolicy(tx, call.company()));
    CHECK_OK(store::setFinancialYearEnd(tx, call.company(), month));
    return record(tx, call, "retention.changed", "yearEnd",
                  {{"yearEnd", json::array{before.yearEnd, month}}});
  }));
  return get(parts, call);
}

Result<net::Reply> putRule(Parts& parts, const Call& call) {
  const auto kind = document::kindFromName(call.request.parameter("kind"));
  if (!kind) return notFound();
  TRY(const auto body, JsonBody::of(call.request, {"years", "days"}));
  store::RetentionRule rule{.kind = *kind};
  const bool byDays = body.has("days") && !body.isNull("days");
  if (byDays) {
    TRY(rule.days, numberIn(body, "days"));
  } else {
    TRY(rule.years, numberIn(body, "years"));
  }
  CHECK_OK(write(parts, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto policy, store::retentionPolicy(tx, call.company()));
    CHECK_OK(store::setRetentionRule(tx, call.company(), rule, call.viewer().actor().name));
    const auto said = [](const store::RetentionRule& one) -> json::value {
      return {{one.days ? "days" : "years", one.days.value_or(one.years)}};
    };
    return record(tx, call, "retention.changed", document::name(*kind),
                  {{"kept", json::array{said(policy.of(*kind)), said(rule)}}});
  }));
  return get(parts, call);
}

Result<net::Reply> preview(Parts& parts, const Call& call) {
  TRY(const auto forecast, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::retentionForecast(reader, call.company());
      }));
  json::array items;
  for (const auto& one : forecast)
    items.push_back(
        {{"kind", document::name(one.kind)}, {"from", one.from.text()}, {"documents", one.documents}});
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

// "all", or a document's id; nullopt inside: everything.
Result<std::optional<DocumentId>> heldIn(const net::Request& request) {
  const auto text = request.parameter("held");
  if (text == everything) return std::optional<DocumentId>();
  const auto id = DocumentId::parse(text);
  if (!id) return notFound();
  return std::optional(*id);
}

Result<net::Reply> putHold(Parts& parts, const Call& call) {
  TRY(const auto held, heldIn(call.request));
  TRY(const auto body, JsonBody::of(call.request, {"reason"}));
  store::RetentionHold hold{held, {}, {}, call.viewer().actor().name};
  TRY(hold.reason, body.text("reason", reason_max));
  CHECK_OK(write(parts, [&](store::Transaction& tx) -> Outcome {
    if (held) CHECK_OK(store::findDocument(tx, call.viewer(), *held));
    CHECK_OK(store::hold(tx, call.company(), hold));
    return record(tx, call, "retention.held", held ? held->text() : std::string(everything),
                  {{"reason", hold.reason}});
  }));
  return get(parts, call);
}

Result<net::Reply> removeHold(Parts& parts, const Call& call) {
  TRY(const auto held, heldIn(call.request));
  CHECK_OK(write(parts, [&](store::Transaction& tx) -> Outcome {
    TRY(const bool was, store::release(tx, call.company(), held));
    if (!was) return notFound();
    return record(tx, call, "retention.released", held ? held->text() : std::string(everything), {});
  }));
  return net::Reply::empty();
}

}  // namespace

void addRetentionRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), "/api/v1/retention" + path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "", Scope::companies_read, get);
  add("PUT", "", Scope::companies_write, putYear);
  add("GET", "/preview", Scope::companies_read, preview);
  add("PUT", "/{kind}", Scope::companies_write, putRule);
  add("PUT", "/holds/{held}", Scope::companies_write, putHold);
  add("DELETE", "/holds/{held}", Scope::companies_write, removeHold);
}

}  // namespace postgang::api
