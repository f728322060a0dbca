#include "insight/overview.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "insight/channel_activity.h"
#include "store/handovers.h"
#include "store/notices.h"
#include "store/smartmail.h"
#include "store/statistics.h"

namespace postgang::insight {

namespace {

using store::Dimension;
using store::Direction;
using store::Status;

constexpr int latest_shown = 12;
constexpr int newest_looked_at = 200;
constexpr std::size_t shown_max = 3;

constexpr std::array statuses_that_need = {
    std::tuple(Status::failed, Direction::sent), std::tuple(Status::stopped, Direction::sent),
    std::tuple(Status::returned, Direction::sent), std::tuple(Status::rejected, Direction::sent),
    std::tuple(Status::held, Direction::received)};

Outcome addVolumes(store::Reader& reader, const store::Viewer& viewer, Overview& result) {
  store::StatisticsQuery query;
  query.groupBy = {Dimension::direction};
  query.from = result.from;
  query.to = result.to;
  TRY(const auto rows, store::statistics(reader, viewer, query));
  for (const auto& row : rows) {
    auto& volume = row.values.at(0) == store::name(Direction::sent) ? result.sent : result.received;
    CHECK_OK(volume.add(row.documents, row.amount, row.currency));
  }
  return {};
}

// Documents that were taken in from..to, by status.
Result<std::map<Status, std::int64_t>> countByStatus(store::Reader& reader, const store::Viewer& viewer,
                                                     Direction direction, std::optional<Date> from,
                                                     std::optional<Date> to) {
  store::StatisticsQuery query;
  query.groupBy = {Dimension::status};
  query.direction = direction;
  query.from = from;
  query.to = to;
  TRY(const auto rows, store::statistics(reader, viewer, query));
  std::map<Status, std::int64_t> counts;
  for (const auto& row : rows)
    if (const auto status = document::statusFromName(row.values.at(0))) counts[*status] += row.documents;
  return counts;
}

Outcome addShares(store::Reader& reader, const store::Viewer& viewer, Overview& result) {
  const Date first = result.today.plusDays(1 - overview_days);
  TRY(const auto sent, countByStatus(reader, viewer, Direction::sent, first, result.today));
  for (const auto& [status, documents] : sent) {
    if (hasLeft(status)) result.delivered.total += documents;
    if (isDelivered(status)) result.delivered.part += documents;
  }
  TRY(const auto earlier, countByStatus(reader, viewer, Direction::sent, first.plusDays(-opened_within_days),
                                        result.today.plusDays(-opened_within_days)));
  for (const auto& [status, documents] : earlier) {
    if (isDelivered(status)) result.opened.total += documents;
    if (isDelivered(status) && status != Status::delivered) result.opened.part += documents;
  }
  return {};
}

void addName(NeedsYou& need, const std::string& name) {
  if (!name.empty() && need.counterparts.size() < shown_max &&
      std::ranges::find(need.counterparts, name) == need.counterparts.end())
    need.counterparts.push_back(name);
}

Result<NeedsYou> needing(store::Reader& reader, const store::Viewer& viewer, Status status,
                         Direction direction, std::int64_t documents) {
  NeedsYou need;
  need.status = status;
  need.direction = direction;
  need.documents = documents;
  store::EntryQuery query;
  query.statuses = {status};
  query.direction = direction;
  query.limit = newest_looked_at;
  TRY(const auto newest, store::listEntries(reader, viewer, query));
  std::map<std::string, std::int64_t> reasons;
  for (const auto& entry : newest.items) {
    if (!entry.lastEventDetail.empty()) ++reasons[entry.lastEventDetail];
    addName(need, entry.counterpartName);
    need.oldest = entry.receivedAt;
  }
  for (const auto& [code, count] : reasons) need.reasons.push_back({code, count});
  std::ranges::stable_sort(need.reasons, std::ranges::greater(), &NeedsYou::Reason::documents);
  if (need.reasons.size() > shown_max) need.reasons.resize(shown_max);
  if (!newest.nextCursor) return need;
  query.ascending = true;
  query.limit = 1;
  TRY(const auto oldest, store::listEntries(reader, viewer, query));
  if (!oldest.items.empty()) need.oldest = oldest.items.front().receivedAt;
  return need;
}

// Senders who don't know that their document was stopped: somebody here must find an address, or ring.
Outcome addUnreachable(store::Reader& reader, const store::Viewer& viewer, Overview& result) {
  TRY(const auto found, store::unreachableNotices(reader, viewer));
  if (found.documents == 0) return {};
  NeedsYou need;
  need.status = Status::returned;
  need.direction = Direction::received;
  need.documents = found.documents;
  need.counterparts = found.counterparts;
  need.oldest = found.oldest;
  need.isUnreachable = true;
  std::map<std::string, std::int64_t> reasons;
  for (const auto& missing : found.missing) ++reasons["missing-" + missing];
  for (const auto& [code, count] : reasons) need.reasons.push_back({code, count});
  std::ranges::stable_sort(need.reasons, std::ranges::greater(), &NeedsYou::Reason::documents);
  result.needsYou.push_back(std::move(need));
  return {};
}

// Smartmail that goes to paper within a day unless it is opened, or its sender does something.
Outcome addNearDeadlines(store::Reader& reader, const store::Viewer& viewer, Instant now, Overview& result) {
  TRY(const auto soon,
      store::smartmailDueBefore(reader, viewer, now.plusSeconds(deadline_near_seconds), newest_looked_at));
  if (soon.documents == 0) return {};
  NeedsYou need;
  need.status = Status::sent;
  need.direction = Direction::sent;
  need.documents = soon.documents;
  need.oldest = soon.first;
  need.goesToPaper = true;
  for (const auto& row : soon.rows) addName(need, row.buyer.name);
  result.needsYou.push_back(std::move(need));
  return {};
}

// Both sides see it: the receiver, whose system stands still, and the sender, who may ring.
Outcome addNotFetched(store::Reader& reader, const store::Viewer& viewer, Overview& result) {
  for (const auto direction : {Direction::received, Direction::sent}) {
    TRY(const auto overdue, store::overdueHandovers(reader, viewer, direction, newest_looked_at));
    if (overdue.documents == 0) continue;
    NeedsYou need;
    need.status = Status::sent;
    need.direction = direction;
    need.documents = overdue.documents;
    need.oldest = overdue.oldest;
    need.counterparts = overdue.counterparts;
    need.isNotFetched = true;
    result.needsYou.push_back(std::move(need));
  }
  return {};
}

Outcome addWhatNeeds(store::Reader& reader, const store::Viewer& viewer, Instant now, Overview& result) {
  TRY(const auto sent, countByStatus(reader, viewer, Direction::sent, {}, {}));
  TRY(const auto received, countByStatus(reader, viewer, Direction::received, {}, {}));
  const auto unopened = received.find(Status::delivered);
  result.unopenedReceived = unopened == received.end() ? 0 : unopened->second;
  for (const auto& [status, direction] : statuses_that_need) {
    const auto& counts = direction == Direction::sent ? sent : received;
    const auto found = counts.find(status);
    if (found == counts.end() || found->second < 1) continue;
    TRY(auto need, needing(reader, viewer, status, direction, found->second));
    result.needsYou.push_back(std::move(need));
  }
  CHECK_OK(addUnreachable(reader, viewer, result));
  CHECK_OK(addNearDeadlines(reader, viewer, now, result));
  CHECK_OK(addNotFetched(reader, viewer, result));
  std::ranges::stable_sort(result.needsYou, std::ranges::greater(), &NeedsYou::documents);
  return {};
}

int daysOf(Period period) {
  switch (period) {
    case Period::today:
      return 1;
    case Period::seven_days:
      return 7;
    case Period::thirty_days:
      return 30;
  }
  return 1;
}

}  // namespace

std::string_view name(Period period) {
  switch (period) {
    case Period::today:
      return "today";
    case Period::seven_days:
      return "7d";
    case Period::thirty_days:
      return "30d";
  }
  return "today";
}

std::optional<Period> periodFromName(std::string_view text) {
  for (const Period period : {Period::today, Period::seven_days, Period::thirty_days})
    if (name(period) == text) return period;
  return std::nullopt;
}

Result<Overview> overview(store::Reader& reader, const store::Viewer& viewer, Instant now, Period period) {
  Overview result;
  result.period = period;
  result.today = result.to = dateInStockholm(now);
  result.from = result.today.plusDays(1 - daysOf(period));
  CHECK_OK(addVolumes(reader, viewer, result));
  CHECK_OK(addShares(reader, viewer, result));
  CHECK_OK(addWhatNeeds(reader, viewer, now, result));
  TRY(result.channels, channelActivity(reader, viewer, result.today));
  TRY(result.latest, store::latest(reader, viewer, latest_shown));
  return result;
}

}  // namespace postgang::insight
