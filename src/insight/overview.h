// Översikt: today's traffic and what needs somebody, as the viewer's companies see it.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "insight/volume.h"
#include "store/documents.h"
#include "store/feed.h"

namespace postgang::insight {

enum class Period { today, seven_days, thirty_days };
std::string_view name(Period period);  // "today", "7d", "30d"
std::optional<Period> periodFromName(std::string_view name);

inline constexpr int overview_days = 30;
inline constexpr int opened_within_days = 3;
inline constexpr std::int64_t deadline_near_seconds = 24 * 3600;

struct Share {
  std::int64_t part = 0;
  std::int64_t total = 0;
};

struct NeedsYou {
  store::Status status{};
  store::Direction direction{};
  std::int64_t documents = 0;
  struct Reason {
    std::string code;  // Entry::lastEventDetail
    std::int64_t documents = 0;
  };
  std::vector<Reason> reasons;            // of the newest 200, the most frequent first, at most three
  std::vector<std::string> counterparts;  // the latest first, at most three
  Instant oldest;
  bool goesToPaper = false;    // Smartmail whose deadline is near; `oldest` is the nearest deadline
  bool isNotFetched = false;   // handed over to the receiver's system, which has not taken it in time
  bool isUnreachable = false;  // stopped by me, and nobody could be told of it: reasons are what is missing
};

struct ChannelActivity {
  std::string channel;
  std::array<std::int64_t, overview_days> days{};      // today last
  Share delivered;                                     // over those days, with evidence of delivery
  std::optional<std::int64_t> medianSecondsToReceipt;  // of the latest deliveries
  std::optional<Money> price;                          // of the latest delivery
};

struct Overview {
  Period period{};
  Date today, from, to;
  Volume sent, received;  // over the period
  Share delivered;        // of what was sent over overview_days
  Share opened;           // of what was delivered over overview_days that ended opened_within_days ago
  std::int64_t unopenedReceived = 0;
  std::vector<NeedsYou> needsYou;         // the most first
  std::vector<ChannelActivity> channels;  // the busiest first
  std::vector<store::FeedItem> latest;    // twelve
};

Result<Overview> overview(store::Reader& reader, const store::Viewer& viewer, Instant now, Period period);

}  // namespace postgang::insight
