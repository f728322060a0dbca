#include "insight/channel_activity.h"

#include <algorithm>
#include <map>

#include "store/statistics.h"

namespace postgang::insight {

namespace {

using store::Dimension;
using store::Status;

constexpr int deliveries_looked_at = 25;

// The time from taking a document in to the evidence of its delivery, and what that cost, over the latest
// ones. A sample: percentiles over everything are a cube of their own.
Outcome addReceiptTimes(store::Reader& reader, const store::Viewer& viewer, ChannelActivity& activity) {
  store::EntryQuery query;
  query.direction = store::Direction::sent;
  query.channels = {activity.channel};
  query.statuses = {Status::delivered, Status::opened, Status::accepted, Status::rejected};
  query.limit = deliveries_looked_at;
  TRY(const auto page, store::listEntries(reader, viewer, query));
  std::vector<std::int64_t> seconds;
  for (const auto& entry : page.items) {
    TRY(const auto deliveries, store::deliveriesOf(reader, viewer, entry.document));
    for (const auto& delivery : deliveries) {
      if (delivery.channel != activity.channel) continue;
      if (!activity.price && delivery.price && !delivery.currency.empty())
        activity.price = Money{*delivery.price, delivery.currency};
      for (const auto& attempt : delivery.attempts)
        if (attempt.result == document::name(document::EventType::delivered) && attempt.endedAt)
          seconds.push_back((attempt.endedAt->microseconds - entry.receivedAt.microseconds) / 1'000'000);
    }
  }
  if (seconds.empty()) return {};
  const auto middle = seconds.begin() + static_cast<std::ptrdiff_t>(seconds.size() / 2);
  std::ranges::nth_element(seconds, middle);
  activity.medianSecondsToReceipt = std::max<std::int64_t>(*middle, 0);
  return {};
}

}  // namespace

bool isDelivered(Status status) {
  return status == Status::delivered || status == Status::opened || status == Status::accepted ||
         status == Status::rejected;
}

bool hasLeft(Status status) {
  return isDelivered(status) || status == Status::sending || status == Status::sent ||
         status == Status::failed;
}

Result<std::vector<ChannelActivity>> channelActivity(store::Reader& reader, const store::Viewer& viewer,
                                                     Date today) {
  const Date first = today.plusDays(1 - overview_days);
  store::StatisticsQuery query;
  query.groupBy = {Dimension::channel, Dimension::day, Dimension::status};
  query.direction = store::Direction::sent;
  query.from = first;
  query.to = today;
  TRY(const auto rows, store::statistics(reader, viewer, query));
  std::map<std::string, ChannelActivity> byName;
  for (const auto& row : rows) {
    const auto day = Date::parse(row.values.at(1));
    const auto status = document::statusFromName(row.values.at(2));
    const auto& channel = row.values.at(0);
    if (channel.empty() || !day || *day < first || today < *day || !status || !hasLeft(*status)) continue;
    auto& activity = byName[channel];
    activity.days.at(static_cast<std::size_t>(day->daysSinceEpoch - first.daysSinceEpoch)) += row.documents;
    activity.delivered.total += row.documents;
    if (isDelivered(*status)) activity.delivered.part += row.documents;
  }
  std::vector<ChannelActivity> channels;
  for (auto& [channel, activity] : byName) {
    activity.channel = channel;
    CHECK_OK(addReceiptTimes(reader, viewer, activity));
    channels.push_back(std::move(activity));
  }
  std::ranges::stable_sort(channels, std::ranges::greater(),
                           [](const ChannelActivity& activity) { return activity.delivered.total; });
  return channels;
}

}  // namespace postgang::insight
