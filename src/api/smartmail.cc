// /smartmail: what was sent by e-mail, what became of it, and what its sender does about it.
#include <array>

#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/smartmail_query.h"
#include "api/smartmail_shape.h"
#include "base/calendar.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t documents_max = 200;
constexpr std::size_t action_bytes_max = 64 * 1024;

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request,
                          {"state", "from", "to", "counterpart", "query", "sort", "limit", "cursor"}));
  TRY(auto query, smartmailQueryIn(call.request));
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", 200));
  const auto now = parts.context.clock.now();
  json::array items;
  std::optional<std::string> next;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    items.clear();
    TRY(auto page, store::listSmartmail(reader, call.viewer(), query));
    for (const auto& row : page.items) {
      TRY(const auto choices, flow::smartmailChoices(reader, row.document, row.delivery, row.dueDate, now));
      items.push_back(smartmailShape(row, choices));
    }
    next = std::move(page.nextCursor);
    return {};
  }));
  return net::Reply::json(json::serialize(listShape(std::move(items), next)));
}

json::value nextShape(const std::optional<store::NearestDeadline>& next) {
  if (!next) return nullptr;
  json::value price = nullptr;
  if (next->letters.size() == 1) price = letterSumsShape(next->letters).front();
  return {{"at", next->at.text()}, {"documents", next->documents}, {"price", std::move(price)}};
}

Result<json::object> summaryOf(store::Reader& reader, const Call& call, const store::SmartmailQuery& query) {
  TRY(const auto counts, store::countSmartmail(reader, call.viewer(), query));
  json::array states, saved;
  for (const auto state : smartmail_states) {
    const auto count = std::ranges::find(counts, state, &store::SmartmailCount::state);
    states.push_back({{"state", state}, {"documents", count == counts.end() ? 0 : count->documents}});
    if (state == "opened" && count != counts.end()) saved = letterSumsShape(count->letters);
  }
  TRY(const auto next, store::nearestDeadline(reader, call.viewer()));
  TRY(const auto settings, channels::smartmailSettingsFor(reader, call.company(), {}));
  TRY(const auto own, store::partnersWithSmartmailSettings(reader, call.company(), 10'000));
  return json::object{{"states", std::move(states)},
                      {"saved", std::move(saved)},
                      {"next", nextShape(next)},
                      {"settings", settingsShape(settings)},
                      {"ownSettings", own.size()}};
}

Result<net::Reply> summary(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"from", "to", "counterpart", "query"}));
  TRY(const auto query, smartmailQueryIn(call.request));
  TRY(const auto shape,
      readFrom(parts.context.store, [&](store::Reader& reader) { return summaryOf(reader, call, query); }));
  return net::Reply::json(json::serialize(shape));
}

Result<std::vector<DocumentId>> documentsIn(const JsonBody& body) {
  TRY(const auto texts, body.texts("documents", documents_max, 36));
  if (texts.empty()) return fieldInvalid("/documents", "Name one document at least.");
  std::vector<DocumentId> documents;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto id = DocumentId::parse(texts[i]);
    if (!id) return fieldInvalid(body.pointerTo("documents", i), "This is no document's id.");
    documents.push_back(*id);
  }
  return documents;
}

Result<flow::SmartmailRequest> requestIn(const JsonBody& body) {
  TRY(const auto action, body.text("action", 20));
  const auto verb = flow::smartmailVerbFromName(action);
  if (!verb) return fieldInvalid("/action", "The action is remind, extend, post-now or stop.");
  flow::SmartmailRequest request{*verb, 0};
  if (*verb != flow::SmartmailVerb::extend) {
    if (body.has("days")) return fieldInvalid("/days", "Days go with extend alone.");
    return request;
  }
  const auto* days = body.has("days") ? body.at("days").if_int64() : nullptr;
  if (days == nullptr || *days < 1 || *days > flow::extension_days_max)
    return fieldInvalid("/days", "This is a number from 1 to 60.");
  request.days = static_cast<int>(*days);
  return request;
}

Result<net::Reply> act(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"action", "documents", "days"}, action_bytes_max));
  TRY(const auto documents, documentsIn(body));
  TRY(const auto request, requestIn(body));
  return answeredOnce(parts.context.store, parts.context.clock, call, [&]() -> Result<net::Reply> {
    TRY(const auto done, parts.context.flow.actOnSmartmail(call.viewer(), documents, request));
    for (std::size_t i = 0; i < done.size(); ++i)
      if (!done[i].problem) call.note->objectIds.push_back(documents[i].text());
    call.note->nothingDone = call.note->objectIds.empty();
    call.note->detail = json::serialize(json::object{{"action", body.at("action")}});
    json::array items;
    for (std::size_t i = 0; i < done.size(); ++i)
      items.push_back({{"id", documents[i].text()},
                       {"done", !done[i].problem.has_value()},
                       {"deadline", instantOrNull(done[i].deadline)},
                       {"problem", done[i].problem ? json::value(problemShape(*done[i].problem))
                                                   : json::value(nullptr)}});
    return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

Result<int> numberIn(const JsonBody& body, std::string_view field, int least, int most, int otherwise) {
  if (!body.has(field)) return otherwise;
  const auto* number = body.at(field).if_int64();
  if (number != nullptr && *number >= least && *number <= most) return static_cast<int>(*number);
  return fieldInvalid("/" + std::string(field),
                      "This is a number from " + std::to_string(least) + " to " + std::to_string(most) + ".");
}

Result<net::Reply> tryOnHistory(Parts& parts, const Call& call) {
  using Limits = channels::SmartmailLimits;
  TRY(const auto body, JsonBody::of(call.request, {"days", "bankDays", "daysBeforeDue", "months"}));
  if (!body.has("days")) return fieldInvalid("/days", "This is missing.");
  TRY(const auto trial,
      readFrom(parts.context.store, [&](store::Reader& reader) -> Result<insight::SmartmailTrial> {
        insight::SmartmailTrialOrder order;
        TRY(order.settings, channels::smartmailSettingsFor(reader, call.company(), {}));
        auto& settings = order.settings;
        settings.toPaper = true;
        TRY(settings.days, numberIn(body, "days", 1, Limits::days_max, settings.days));
        TRY(settings.bankDays, body.yes("bankDays", settings.bankDays));
        TRY(settings.daysBeforeDue,
            numberIn(body, "daysBeforeDue", 0, Limits::daysBeforeDue_max, settings.daysBeforeDue));
        TRY(order.months, numberIn(body, "months", 1, 12, 12));
        order.cutOffMinute = parts.context.cutOffMinute;
        return insight::trySmartmail(reader, call.viewer(), order, parts.context.clock.now());
      }));
  return net::Reply::json(json::serialize(smartmailTrialShape(trial)));
}

}  // namespace

Result<store::SmartmailQuery> smartmailQueryIn(const net::Request& request) {
  store::SmartmailQuery query;
  query.states = listParameter(request, "state");
  for (const auto& state : query.states)
    if (std::ranges::find(smartmail_states, state) == smartmail_states.end())
      return parameterInvalid("state", "The state is waiting, opened, posted, bounced or failed.");
  std::ranges::sort(query.states);
  const auto repeated = std::ranges::unique(query.states);
  query.states.erase(repeated.begin(), repeated.end());
  TRY(const auto from, dateParameter(request, "from"));
  TRY(const auto to, dateParameter(request, "to"));
  if (from) query.from = inStockholm(*from, 0);
  if (to) query.to = inStockholm(to->plusDays(1), 0);
  TRY(query.counterpart, textParameter(request, "counterpart", 200));
  TRY(query.text, textParameter(request, "query", 400));
  const auto sort = request.queryValue("sort").value_or("sentAt");
  if (sort != "deadline" && sort != "sentAt") return parameterInvalid("sort", "Sort by deadline or sentAt.");
  query.sort = sort == "deadline" ? store::SmartmailSort::deadline : store::SmartmailSort::sent_at;
  return query;
}

void addSmartmailRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               action_bytes_max);
  };
  add("GET", "/api/v1/smartmail", Scope::documents_read, list);
  add("GET", "/api/v1/smartmail/summary", Scope::documents_read, summary);
  add("POST", "/api/v1/smartmail/actions", Scope::documents_write, act);
  add("POST", "/api/v1/smartmail/trials", Scope::documents_read, tryOnHistory);
}

}  // namespace postgang::api
