#include "api/news_watch.h"

#include <algorithm>

namespace postgang::api {

namespace {

// How late a commit may be seen after the instant that its rows say.
constexpr std::int64_t late_seconds = 30;
constexpr int rows_max = 1000;

}  // namespace

Result<std::set<UserId>> NewsWatch::changed(store::Reader& reader) {
  if (!begun_) {
    TRY(since_, store::newestNotification(reader));
    seen_.clear();
  }
  const auto from = since_.plusSeconds(-late_seconds);
  TRY(const auto rows, store::notificationsSince(reader, from, rows_max));
  std::set<UserId> users;
  for (const auto& row : rows) {
    auto& seen = seen_[row.id];
    if (begun_ && seen.count < row.count) users.insert(row.user);
    seen = {row.count, row.at};
    since_ = std::max(since_, row.at);
  }
  begun_ = true;
  std::erase_if(seen_, [&](const auto& each) { return each.second.at < since_.plusSeconds(-late_seconds); });
  return users;
}

}  // namespace postgang::api
