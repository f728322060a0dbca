// Tickets that have been closed for long enough, erased: what was said and done in them, their attachments,
// and the numbers by which their documents were found. Bytes stay that a document, or something else, has
// too.
#pragma once

#include <optional>

#include "store/tickets.h"

namespace postgang::store {

// The first company after `after` that has closed tickets.
Result<std::optional<CompanyId>> companyWithClosedTickets(Reader& reader, CompanyId after);
// Of this company, closed before then; the oldest first, at most so many; how many.
Result<std::int64_t> eraseClosedTickets(Transaction& tx, CompanyId company, Instant before, int most);

}  // namespace postgang::store
