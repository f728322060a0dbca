// /filters/trials: demands tried on what the company has had.
#include <charconv>

#include "api/filter_shape.h"
#include "api/finding_shape.h"
#include "api/idempotency.h"
#include "api/json_body.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "flow/demands.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t body_bytes_max = 1024 * 1024;

std::string_view stateOf(const insight::TrialResult& trial) {
  using State = insight::TrialResult::State;
  return trial.state == State::running ? "running" : trial.state == State::done ? "done" : "failed";
}

json::object documentShape(const insight::TrialDocument& one) {
  const auto& document = one.document;
  return {{"id", document.id.text()},
          {"number", textOrNull(document.number)},
          {"sender", partyShape(document.sender)},
          {"issueDate", dateOrNull(document.issueDate)},
          {"amount", amountOrNull(document.amount, document.currency)},
          {"finding", findingShape(flow::demandFinding(one.finding, {}))}};
}

// "12.40": on in the thirteenth slice, behind its first forty.
json::value cursorOrNull(const std::optional<insight::TrialPosition>& position) {
  if (!position) return nullptr;
  return json::value(std::to_string(position->slice) + '.' + std::to_string(position->behind));
}

Result<insight::TrialPosition> positionOf(std::string_view cursor) {
  insight::TrialPosition position;
  const auto* const end = cursor.data() + cursor.size();
  const auto slice = std::from_chars(cursor.data(), end, position.slice);
  if (slice.ec == std::errc() && slice.ptr != end && *slice.ptr == '.') {
    const auto behind = std::from_chars(slice.ptr + 1, end, position.behind);
    if (behind.ec == std::errc() && behind.ptr == end) return position;
  }
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
              "Start again without a cursor.");
}

json::object trialShape(const insight::TrialResult& trial) {
  json::array senders, demands, documents;
  for (const auto& one : trial.senders)
    senders.push_back({{"identifier", textOrNull(one.sender.identifier)},
                       {"name", textOrNull(one.sender.name)},
                       {"documents", one.documents},
                       {"stopped", one.stopped}});
  for (const auto& [id, count] : trial.demands) demands.push_back({{"id", id}, {"stopped", count}});
  for (const auto& one : trial.documents) documents.push_back(documentShape(one));
  return {{"id", trial.id},
          {"state", stateOf(trial)},
          {"done", trial.done},
          {"total", trial.total},
          {"from", trial.from.text()},
          {"to", trial.to.text()},
          {"stopped", trial.stopped},
          {"held", trial.held},
          {"warned", trial.warned},
          {"senders", std::move(senders)},
          {"demands", std::move(demands)},
          {"documents", std::move(documents)},
          {"documentsCursor", cursorOrNull(trial.next)}};
}

Result<net::Reply> startTrial(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"rules", "months", "filterId"}, body_bytes_max));
  if (!body.has("rules")) return fieldInvalid("/rules", "This is missing.");
  const auto* months = body.has("months") ? body.at("months").if_int64() : nullptr;
  if (months == nullptr || *months < 1 || *months > 12)
    return fieldInvalid("/months", "This is a number from 1 to 12.");
  const auto read = readRules(body.at("rules"));
  if (!read.problems.empty()) return rulesInvalid(read.problems);
  TRY(auto filter, rules::Filter::compile(read.demands));
  TRY(const auto trial, parts.trials.start({.viewer = call.viewer(),
                                            .company = call.company(),
                                            .filter = std::move(filter),
                                            .months = static_cast<int>(*months)}));
  return net::Reply::json(json::serialize(trialShape(trial)), 202);
}

Result<net::Reply> getTrial(Parts& parts, const Call& call) {
  const auto trial = parts.trials.find(call.company(), call.request.parameter("trialId"));
  if (!trial) return notFound();
  return net::Reply::json(json::serialize(trialShape(*trial)));
}

Result<net::Reply> trialDocuments(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"limit", "cursor"}));
  TRY(const auto limit, limitParameter(call.request));
  TRY(const auto cursor, textParameter(call.request, "cursor", 40));
  insight::TrialPosition from;
  if (!cursor.empty()) {
    TRY(from, positionOf(cursor));
  }
  const auto id = call.request.parameter("trialId");
  TRY(const auto page, parts.trials.caughtAfter(call.company(), id, from, limit));
  json::array items;
  for (const auto& one : page.documents) items.push_back(documentShape(one));
  return net::Reply::json(
      json::serialize(json::object{{"items", std::move(items)}, {"nextCursor", cursorOrNull(page.next)}}));
}

Result<net::Reply> endTrial(Parts& parts, const Call& call) {
  if (!parts.trials.end(call.company(), call.request.parameter("trialId"))) return notFound();
  return net::Reply::empty();
}

}  // namespace

void addTrialRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  router.add("POST", "/api/v1/filters/trials",
             parts.guard.scoped(Scope::filters_read,
                                [&](const Call& call) {
                                  return answeredOnce(parts.context.store, parts.context.clock, call,
                                                      [&] { return startTrial(parts, call); });
                                }),
             body_bytes_max);
  router.add(
      "GET", "/api/v1/filters/trials/{trialId}",
      parts.guard.scoped(Scope::filters_read, [&](const Call& call) { return getTrial(parts, call); }));
  router.add(
      "GET", "/api/v1/filters/trials/{trialId}/documents",
      parts.guard.scoped(Scope::filters_read, [&](const Call& call) { return trialDocuments(parts, call); }));
  router.add(
      "DELETE", "/api/v1/filters/trials/{trialId}",
      parts.guard.scoped(Scope::filters_read, [&](const Call& call) { return endTrial(parts, call); }));
}

}  // namespace postgang::api
