#include "api/ticket_watch.h"

#include <algorithm>
#include <utility>

#include "access/ticket_viewer.h"
#include "store/sandboxes.h"

namespace postgang::api {

namespace {

// How late a commit may be seen after the instant that its rows say.
constexpr std::int64_t late_seconds = 30;
constexpr int rows_max = 1000;

}  // namespace

bool TicketWatch::News::concerns(const access::Caller& caller) const {
  const auto viewer = access::ticketViewerOf(caller);
  if (!caller.may(access::Scope::tickets_read) || !viewer.sees(ticket)) return false;
  if (sandbox && caller.viewer.seesAll()) return false;
  return !noted || viewer.seesNotesOf(ticket);
}

Result<std::vector<TicketWatch::News>> TicketWatch::changed(store::Reader& reader) {
  if (!begun_) {
    TRY(since_, store::newestTicketChange(reader));
    seen_.clear();
  }
  const auto from = since_.plusSeconds(-late_seconds);
  TRY(const auto stands, store::ticketStandsSince(reader, from, rows_max));
  std::vector<News> news;
  for (const auto& stand : stands) {
    const auto [place, isNew] = seen_.try_emplace(stand.ticket, stand);
    const auto before = std::exchange(place->second, stand);
    since_ = std::max(since_, stand.changedAt);
    if (!begun_ || (!isNew && before.changes >= stand.changes)) continue;
    auto& one = news.emplace_back();
    TRY(one.ticket, store::ticket(reader, store::ticketSystem(), stand.ticket));
    TRY(one.sandbox, store::isSandbox(reader, one.ticket.company));
    // One that is new here had not changed since `from` at the last look.
    one.noted = isNew ? stand.toldAt < from : before.told == stand.told;
  }
  begun_ = true;
  std::erase_if(seen_,
                [&](const auto& each) { return each.second.changedAt < since_.plusSeconds(-late_seconds); });
  return news;
}

}  // namespace postgang::api
