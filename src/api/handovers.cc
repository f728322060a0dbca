// /handovers: what waits for the company's own system, its answers, and test documents.
#include <map>

#include "api/handover_shape.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/shapes.h"
#include "flow/handover_try.h"
#include "flow/handovers.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr int tests_shown = 20, accepted_status = 202;
constexpr std::size_t cursor_max = 36;

// A test that waits stands before the documents, on the first page: its program takes it as one of them.
json::object testAsWaiting(const store::HandoverTest& test, int hours) {
  auto shape = handoverTestShape(test);
  return {{"id", shape["id"]},
          {"test", true},
          {"kind", test.kind == "credit-note" ? "credit-note" : "invoice"},
          {"number", test.number},
          {"sender", {{"identifier", nullptr}, {"name", "Postgång test"}}},
          {"dueDate", nullptr},
          {"amount", nullptr},
          {"handedOverAt", test.startedAt.text()},
          {"fetchBy", test.startedAt.plusSeconds(hours * std::int64_t{3600}).text()},
          {"overdue", false},
          {"evidence", "waiting"},
          {"original", shape["original"]},
          {"copy", nullptr},
          {"confirmation", shape["confirmation"]}};
}

class Hours {
 public:
  Hours(store::Reader& reader, CompanyId company) : reader_(reader), company_(company) {}
  Result<int> of(std::string_view kind) {
    const auto known = known_.find(kind);
    if (known != known_.end()) return known->second;
    TRY(const auto kept, channels::handoverFor(reader_, company_, kind));
    return known_.emplace(std::string(kind), kept.handover.hours).first->second;
  }

 private:
  store::Reader& reader_;
  CompanyId company_;
  std::map<std::string, int, std::less<>> known_;
};

Result<json::object> waitingList(store::Reader& reader, CompanyId company, std::optional<DeliveryId> after,
                                 int limit) {
  Hours hours(reader, company);
  json::array items;
  if (!after) {
    TRY(const auto tests, store::handoverTests(reader, company, tests_shown));
    for (const auto& test : tests) {
      if (test.state != "waiting") continue;
      TRY(const auto within, hours.of(test.kind));
      items.push_back(testAsWaiting(test, within));
    }
  }
  TRY(const auto page, store::waitingHandovers(reader, company, after, limit + 1));
  std::optional<std::string> next;
  for (std::size_t i = 0; i < page.size() && i < static_cast<std::size_t>(limit); ++i) {
    TRY(const auto within, hours.of(channels::handoverKind(page[i].kind)));
    items.push_back(waitingShape(page[i], within));
    next = page[i].delivery.text();
  }
  if (page.size() <= static_cast<std::size_t>(limit)) next.reset();
  return listShape(std::move(items), next);
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"limit", "cursor"}));
  TRY(const auto limit, limitParameter(call.request));
  TRY(const auto cursor, textParameter(call.request, "cursor", cursor_max));
  const auto after = DeliveryId::parse(cursor);
  if (!cursor.empty() && !after)
    return parameterInvalid("cursor", "The cursor is the one that was answered.");
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return waitingList(reader, call.company(), after, limit);
      }));
  return net::Reply::json(json::serialize(shape));
}

// {"result": "taken"} or {"result": "refused", "reason": "…"}; no body is "taken".
Result<std::optional<std::string>> refusalIn(const net::Request& request) {
  if (request.body.empty()) return std::nullopt;
  TRY(const auto body, JsonBody::of(request, {"result", "reason"}));
  const auto result = body.has("result") ? body.text("result", 10) : Result<std::string>("taken");
  if (!result) return fail(result.error());
  if (*result != "taken" && *result != "refused")
    return fieldInvalid("/result", "The result is taken or refused.");
  TRY(const auto reason, body.maybeText("reason", flow::refusal_codePoints_max));
  if (*result == "taken") return std::nullopt;
  if (!reason) return fieldInvalid("/reason", "Say why: whoever sent it reads it.");
  return reason;
}

net::Reply answeredReply(std::string_view id, bool refused, std::string_view evidence, Instant at) {
  return net::Reply::json(json::serialize(json::object{{"id", id},
                                                       {"result", refused ? "refused" : "taken"},
                                                       {"evidence", textOrNull(evidence)},
                                                       {"at", at.text()}}));
}

Result<net::Reply> confirm(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto refusal, refusalIn(call.request));
  auto& context = parts.context;
  TRY(const auto test, flow::answerHandoverTest(context.store, context.clock, call.company(),
                                                store::HandoverTestId(Uuid(id)), refusal));
  if (test)
    return answeredReply(test->id.text(), test->evidence == "refused", test->evidence,
                         test->endedAt.value_or(context.clock.now()));
  TRY(const auto answered, flow::answerHandover(context.store, context.clock, parts.ids, call.viewer(),
                                                call.company(), id, refusal));
  return answeredReply(id.text(), answered.refused, answered.evidence, answered.at);
}

Result<net::Reply> startTest(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"kind"}));
  TRY(const auto kind, body.maybeText("kind", 20));
  if (kind && !channels::isHandoverKind(*kind))
    return fieldInvalid("/kind", "The kind is default, invoice, credit-note or other.");
  auto& context = parts.context;
  TRY(const auto test,
      flow::startHandoverTest(context.store, context.clock, parts.ids, context.flow.channels(),
                              call.company(), kind.value_or("invoice")));
  return net::Reply::json(json::serialize(handoverTestShape(test)), accepted_status);
}

Result<net::Reply> listTests(Parts& parts, const Call& call) {
  TRY(const auto tests, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::handoverTests(reader, call.company(), tests_shown);
      }));
  json::array items;
  for (const auto& test : tests) items.push_back(handoverTestShape(test));
  return net::Reply::json(json::serialize(listShape(std::move(items))));
}

Result<store::HandoverTest> testIn(Parts& parts, const Call& call) {
  const auto id = store::HandoverTestId::parse(call.request.parameter("testId"));
  if (!id) return notFound();
  TRY(auto test, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::handoverTest(reader, call.company(), *id);
      }));
  if (!test) return notFound();
  return std::move(*test);
}

Result<net::Reply> getTest(Parts& parts, const Call& call) {
  TRY(const auto test, testIn(parts, call));
  return net::Reply::json(json::serialize(handoverTestShape(test)));
}

Result<net::Reply> getTestOriginal(Parts& parts, const Call& call) {
  TRY(auto test, testIn(parts, call));
  if (!test.fetchedAt && !call.caller->isPerson() && call.request.method == "GET") {
    test.fetchedAt = parts.context.clock.now();
    CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(auto now, store::handoverTest(tx, test.company, test.id));
      if (!now || now->fetchedAt) return {};
      now->fetchedAt = test.fetchedAt;
      return store::updateHandoverTest(tx, *now);
    }));
  }
  return download("application/xml", std::move(test.original), test.number + ".xml");
}

}  // namespace

void addHandoverRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  add("GET", "/api/v1/handovers", Scope::documents_read, list);
  add("POST", "/api/v1/handovers/{id}/confirmation", Scope::documents_write, confirm);
  add("POST", "/api/v1/handovers/test", Scope::documents_write, startTest);
  add("GET", "/api/v1/handovers/tests", Scope::documents_read, listTests);
  add("GET", "/api/v1/handovers/tests/{testId}", Scope::documents_read, getTest);
  add("GET", "/api/v1/handovers/tests/{testId}/original", Scope::documents_read, getTestOriginal);
}

}  // namespace postgang::api
