// GET /stopped, /stopped/senders, /stopped/corrected: what filters have stopped, whose, and what has been put
// right.
#include "insight/stopped.h"

#include <charconv>

#include "api/correction_shape.h"
#include "api/finding_shape.h"
#include "api/notice_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using store::Direction;

// A share or an hour is no amount: a plain JSON number.
json::value numberShape(const Decimal& value) {
  return json::parse(value.text());
}

json::array weeksShape(const insight::Weeks& weeks) {
  json::array values;
  for (const auto week : weeks) values.push_back(week);
  return values;
}

json::array amountsShape(const std::map<std::string, Decimal>& amounts) {
  json::array values;
  for (const auto& [currency, amount] : amounts) values.push_back(amountShape(amount, currency));
  return values;
}

Result<Direction> sideIn(const net::Request& request, std::optional<Direction> otherwise) {
  TRY(const auto side, textParameter(request, "side", 20));
  if (side == "sent") return Direction::sent;
  if (side == "received") return Direction::received;
  if (side.empty() && otherwise) return *otherwise;
  return parameterInvalid("side", "This is sent or received.");
}

Result<json::object> itemShape(store::Reader& reader, const Call& call, const insight::StoppedItem& item) {
  auto shape = summaryShape(item.entry);
  TRY(auto notice, latestNoticeShape(reader, call.viewer(), item.entry.document));
  shape["cause"] = causeShape(item.stop.cause, item.stop.term);
  shape["finding"] = findingShape(item.finding);
  shape["notice"] = std::move(notice);
  shape["putRightBy"] = dateOrNull(item.putRightBy);
  shape["held"] = item.entry.status == store::Status::held;
  return shape;
}

Result<json::object> groupShape(store::Reader& reader, const Call& call, const insight::StoppedGroup& group,
                                insight::StoppedBy by) {
  json::array items;
  for (const auto& item : group.items) {
    TRY(auto shape, itemShape(reader, call, item));
    items.push_back(std::move(shape));
  }
  json::object shape;
  shape["key"] = group.key;
  shape["cause"] =
      by == insight::StoppedBy::cause ? json::value(causeShape(group.cause, group.term)) : nullptr;
  shape["counterpart"] = group.counterpart ? json::value(partyShape(*group.counterpart)) : nullptr;
  shape["documents"] = group.documents;
  shape["amounts"] = amountsShape(group.amounts);
  shape["trend"] = weeksShape(group.trend);
  shape["items"] = std::move(items);
  return shape;
}

Result<json::object> overviewShapeOf(store::Reader& reader, const Call& call, Direction side,
                                     insight::StoppedBy by, Instant now) {
  TRY(const auto overview, insight::stoppedOverview(reader, call.viewer(), side, by, now));
  json::array groups;
  for (const auto& group : overview.groups) {
    TRY(auto shape, groupShape(reader, call, group, by));
    groups.push_back(std::move(shape));
  }
  json::value median = nullptr;
  if (overview.medianMinutes) median = numberShape(Decimal::fromScaled(*overview.medianMinutes * 10 / 60, 1));
  return json::object{{"total", overview.total},
                      {"amount", amountsShape(overview.amounts)},
                      {"groups", std::move(groups)},
                      {"putRight", {{"count", overview.putRight}, {"medianHours", median}}},
                      {"stoppedShare",
                       {{"stopped", overview.stopped},
                        {"total", overview.documents},
                        {"weeks", weeksShape(overview.weeks)}}}};
}

Result<net::Reply> stopped(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"side", "groupBy"}));
  TRY(const auto side, sideIn(call.request, std::nullopt));
  TRY(const auto group, textParameter(call.request, "groupBy", 20));
  const auto by = insight::stoppedByFromName(group.empty() ? "cause" : group);
  if (!by) return parameterInvalid("groupBy", "This is cause, counterpart or due.");
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return overviewShapeOf(reader, call, side, *by, parts.context.clock.now());
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> senders(Parts& parts, const Call& call) {
  TRY(const auto found, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::stoppedSenders(reader, call.viewer(), parts.context.clock.now());
      }));
  json::array items;
  for (const auto& sender : found)
    items.push_back({{"identifier", textOrNull(sender.identifier)},
                     {"name", textOrNull(sender.name)},
                     {"documents", sender.documents},
                     {"stopped", sender.stopped},
                     {"share", numberShape(sender.share())},
                     {"rightFirstTime", numberShape(sender.rightFirstTime())},
                     {"trend", weeksShape(sender.trend)}});
  return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
}

// The cursor is how many have been seen; what is corrected meanwhile comes on top and is seen by asking anew.
Result<int> offsetIn(const net::Request& request) {
  TRY(const auto cursor, textParameter(request, "cursor", 10));
  int offset = 0;
  if (cursor.empty()) return offset;
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), offset);
  if (error != std::errc() || end != cursor.data() + cursor.size() || offset < 0)
    return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
                "Use nextCursor of an earlier answer, or leave it out.");
  return offset;
}

Result<net::Reply> corrected(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"side", "limit", "cursor"}));
  TRY(const auto side, sideIn(call.request, Direction::sent));
  TRY(const int limit, limitParameter(call.request));
  TRY(const int offset, offsetIn(call.request));
  TRY(const auto list, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::corrected(reader, call.viewer(), side, parts.context.clock.now(), offset, limit);
      }));
  json::array items;
  for (const auto& item : list.items) {
    auto shape = summaryShape(item.row.entry);
    shape["version"] = item.row.version;
    shape["correctedAt"] = item.at.text();
    shape["correctedBy"] = textOrNull(item.by);
    shape["difference"] = differenceShape(item.changes);
    items.push_back(std::move(shape));
  }
  json::value next = nullptr;
  if (offset + limit < list.total) next = std::to_string(offset + limit);
  return net::Reply::json(json::serialize(
      json::object{{"items", std::move(items)}, {"total", list.total}, {"nextCursor", std::move(next)}}));
}

}  // namespace

void addStoppedRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string_view path, Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add("GET", path,
               parts.guard.scoped(access::Scope::documents_read,
                                  [&parts, handle](const Call& call) { return handle(parts, call); }));
  };
  add("/api/v1/stopped", stopped);
  add("/api/v1/stopped/senders", senders);
  add("/api/v1/stopped/corrected", corrected);
}

}  // namespace postgang::api
