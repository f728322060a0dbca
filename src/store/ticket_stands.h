// How far tickets have come, for who waits to hear that one has changed (api/ticket_watch.h).
#pragma once

#include <cstdint>
#include <vector>

#include "store/tickets.h"

namespace postgang::store {

struct TicketStand {
  TicketId ticket;
  Instant changedAt;
  std::int64_t changes = 0;  // internal notes, too
  // What all who see the ticket see: messages and changes.
  std::int64_t told = 0;  // only grows
  Instant toldAt;
};
// Those that have changed since; at most `limit`, the last changed.
Result<std::vector<TicketStand>> ticketStandsSince(Reader& reader, Instant since, int limit);
Result<Instant> newestTicketChange(Reader& reader);

}  // namespace postgang::store
