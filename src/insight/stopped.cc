#include "insight/stopped.h"

#include <algorithm>

#include "store/statistics.h"

namespace postgang::insight {

namespace {

using store::Direction;
using store::Stop;

constexpr std::size_t items_max = 200;
constexpr int senders_max = 200;
// Shares are told in ten thousandths.
constexpr int share_digits = 4;
constexpr std::int64_t share_scale = 10'000;
constexpr std::int64_t day_seconds = 24 * 3600;
constexpr std::int64_t week_seconds = 7 * day_seconds;

Instant firstInstant(Instant now) {
  return now.plusSeconds(-stopped_weeks * week_seconds);
}

// Which of the weeks that end now; nullopt before the first.
std::optional<std::size_t> weekOf(Instant at, Instant now) {
  const auto ago = (now.microseconds - at.microseconds) / 1'000'000 / week_seconds;
  if (ago < 0) return stopped_weeks - 1;
  if (ago >= stopped_weeks) return std::nullopt;
  return static_cast<std::size_t>(stopped_weeks - 1 - ago);
}

void count(Weeks& weeks, Instant at, Instant now) {
  if (const auto week = weekOf(at, now)) ++weeks[*week];
}

const store::PartyFact& counterpartOf(const Stop& stop, Direction side) {
  return side == Direction::sent ? stop.buyer : stop.seller;
}

std::string keyOf(const store::PartyFact& party) {
  if (!party.identifier.empty()) return party.identifier;
  return party.customerNumber.empty() ? party.name : "customer:" + party.customerNumber;
}

std::string keyOf(const Stop& stop, Direction side, StoppedBy by) {
  switch (by) {
    case StoppedBy::cause:
      return stop.term.empty() ? stop.cause : stop.cause + ":" + stop.term;
    case StoppedBy::counterpart:
      return keyOf(counterpartOf(stop, side));
    case StoppedBy::due: {
      const auto day = putRightBy(stop, put_right_days);
      return day ? day->text() : "none";
    }
  }
  return {};
}

void add(std::map<std::string, Decimal>& amounts, const Stop& stop) {
  if (!stop.amount || stop.currency.empty()) return;
  auto& sum = amounts[stop.currency];
  sum = sum.plus(*stop.amount).value_or(sum);
}

store::StopQuery queryOf(Direction side) {
  store::StopQuery query;
  query.side = side;
  return query;
}

// Whose view of the document that is.
CompanyId companyOf(const Stop& stop, Direction side) {
  return side == Direction::received && stop.receiver ? *stop.receiver : stop.sender;
}

Result<StoppedItem> itemOf(store::Reader& reader, const store::Viewer& viewer, Direction side,
                           const Stop& stop) {
  TRY(auto row, store::findDocument(reader, viewer, stop.document, companyOf(stop, side)));
  TRY(const auto findings, store::findingsOf(reader, viewer, stop.document));
  StoppedItem item{std::move(row.entry), stop, {}, putRightBy(stop, put_right_days)};
  if (!findings.empty()) item.finding = findings.front();
  return item;
}

std::vector<StoppedGroup> inOrder(std::map<std::string, StoppedGroup> groups, StoppedBy by) {
  std::vector<StoppedGroup> ordered;
  for (auto& [key, group] : groups)
    if (group.documents > 0) ordered.push_back(std::move(group));
  if (by != StoppedBy::due)
    std::ranges::stable_sort(ordered, std::ranges::greater(), &StoppedGroup::documents);
  return ordered;
}

Outcome addHistory(store::Reader& reader, const store::Viewer& viewer, Direction side, StoppedBy by,
                   Instant now, StoppedOverview& overview, std::map<std::string, StoppedGroup>& groups) {
  auto query = queryOf(side);
  query.from = firstInstant(now);
  query.limit = 100'000;
  TRY(const auto stops, store::listStops(reader, viewer, query));
  std::vector<std::int64_t> seconds;
  for (const auto& stop : stops) {
    ++overview.stopped;
    count(overview.weeks, stop.at, now);
    if (const auto group = groups.find(keyOf(stop, side, by)); group != groups.end())
      count(group->second.trend, stop.at, now);
    if (stop.settledAt && stop.settledHow == "corrected")
      seconds.push_back((stop.settledAt->microseconds - stop.at.microseconds) / 1'000'000);
  }
  overview.putRight = static_cast<std::int64_t>(seconds.size());
  if (seconds.empty()) return {};
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::ranges::nth_element(seconds, middle);
  overview.medianMinutes = *middle / 60;
  return {};
}

Outcome countDocuments(store::Reader& reader, const store::Viewer& viewer, Direction side, Instant now,
                       StoppedOverview& overview) {
  store::StatisticsQuery query;
  query.groupBy = {store::Dimension::direction};
  query.direction = side;
  query.from = dateInStockholm(firstInstant(now));
  query.to = dateInStockholm(now);
  TRY(const auto rows, store::statistics(reader, viewer, query));
  for (const auto& row : rows) overview.documents += row.documents;
  return {};
}

}  // namespace

std::optional<StoppedBy> stoppedByFromName(std::string_view name) {
  if (name == "cause") return StoppedBy::cause;
  if (name == "counterpart") return StoppedBy::counterpart;
  if (name == "due") return StoppedBy::due;
  return std::nullopt;
}

std::optional<Date> putRightBy(const Stop& stop, int days) {
  const auto day = dateInStockholm(stop.at).plusDays(days);
  return stop.dueDate && *stop.dueDate < day ? *stop.dueDate : day;
}

Result<StoppedOverview> stoppedOverview(store::Reader& reader, const store::Viewer& viewer, Direction side,
                                        StoppedBy by, Instant now) {
  StoppedOverview overview;
  auto query = queryOf(side);
  query.openOnly = true;
  TRY(const auto open, store::listStops(reader, viewer, query));
  std::map<std::string, StoppedGroup> groups;
  for (const auto& stop : open) {
    auto& group = groups[keyOf(stop, side, by)];
    if (group.documents == 0) {
      group.key = keyOf(stop, side, by);
      group.cause = stop.cause;
      group.term = stop.term;
      if (by == StoppedBy::counterpart) group.counterpart = counterpartOf(stop, side);
    }
    ++group.documents;
    ++overview.total;
    add(group.amounts, stop);
    add(overview.amounts, stop);
    if (group.items.size() >= items_max) continue;
    TRY(auto item, itemOf(reader, viewer, side, stop));
    group.items.push_back(std::move(item));
  }
  CHECK_OK(addHistory(reader, viewer, side, by, now, overview, groups));
  CHECK_OK(countDocuments(reader, viewer, side, now, overview));
  overview.groups = inOrder(std::move(groups), by);
  return overview;
}

Decimal StoppedSender::share() const {
  return documents == 0 ? Decimal() : Decimal::fromScaled(stopped * share_scale / documents, share_digits);
}
Decimal StoppedSender::rightFirstTime() const {
  const auto right = documents == 0 ? share_scale : (documents - stopped) * share_scale / documents;
  return Decimal::fromScaled(right, share_digits);
}

Result<std::vector<StoppedSender>> stoppedSenders(store::Reader& reader, const store::Viewer& viewer,
                                                  Instant now) {
  auto query = queryOf(Direction::received);
  query.from = firstInstant(now);
  query.limit = 100'000;
  TRY(const auto stops, store::listStops(reader, viewer, query));
  std::map<std::string, StoppedSender> senders;
  for (const auto& stop : stops) {
    auto& sender = senders[keyOf(stop.seller)];
    sender.identifier = stop.seller.identifier;
    sender.name = stop.seller.name;
    ++sender.stopped;
    if (stop.settledHow == "corrected") ++sender.putRightLater;
    count(sender.trend, stop.at, now);
  }
  TRY(const auto counts,
      store::documentsBySender(reader, viewer, firstInstant(now), now.plusSeconds(1), 100'000));
  // A corrected invoice is two documents of one business: what is put right later has its stopped version
  // counted once.
  for (const auto& counted : counts)
    if (const auto found = senders.find(counted.identifier); found != senders.end())
      found->second.documents = counted.documents - found->second.putRightLater;
  std::vector<StoppedSender> ordered;
  for (auto& [key, sender] : senders) {
    sender.documents = std::max(sender.documents, sender.stopped);
    ordered.push_back(std::move(sender));
  }
  std::ranges::stable_sort(ordered, std::ranges::greater(), &StoppedSender::stopped);
  if (ordered.size() > senders_max) ordered.resize(senders_max);
  return ordered;
}

Result<CorrectedList> corrected(store::Reader& reader, const store::Viewer& viewer, Direction side,
                                Instant now, int offset, int limit) {
  auto query = queryOf(side);
  query.from = now.plusSeconds(-366 * day_seconds);
  query.settledOnly = true;
  query.limit = 100'000;
  TRY(auto stops, store::listStops(reader, viewer, query));
  std::erase_if(stops, [](const Stop& stop) { return stop.settledHow != "corrected"; });
  std::ranges::stable_sort(stops, std::ranges::greater(), [](const Stop& stop) { return *stop.settledAt; });
  CorrectedList list;
  list.total = static_cast<std::int64_t>(stops.size());
  const auto from = std::min(stops.size(), static_cast<std::size_t>(offset));
  const auto to = std::min(stops.size(), from + static_cast<std::size_t>(limit));
  for (auto i = from; i < to; ++i) {
    CorrectedItem item;
    item.at = *stops[i].settledAt;
    TRY(item.row, store::findDocument(reader, viewer, stops[i].document, companyOf(stops[i], side)));
    if (item.row.supersededBy) {
      const auto newer = *item.row.supersededBy;
      TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), newer));
      item.by = events.front().actor.name;
      item.changes = std::get<store::ReceivedFact>(events.front().fact).changes;
      TRY(item.row, store::findDocument(reader, viewer, newer, companyOf(stops[i], side)));
    }
    list.items.push_back(std::move(item));
  }
  return list;
}

}  // namespace postgang::insight
