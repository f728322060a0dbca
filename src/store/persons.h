// Where somebody's address stands outside documents, partners and users.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/tickets.h"
#include "store/viewer.h"

namespace postgang::store {

struct MailTo {
  DocumentId document;
  DeliveryId delivery;
  std::string address;
  bool link = false;  // it has a link that opens the document's page
};
// Smartmails of the company to this address, whole and in any case; at most `limit`.
Result<std::vector<MailTo>> mailsTo(Reader& reader, const Viewer& viewer, CompanyId company,
                                    std::string_view address, int limit);
struct TicketBy {
  TicketId ticket;
  std::int64_t number = 0;
  std::string subject;
  Instant createdAt;
};
// Tickets of the company that the address asked, or has written in; the latest first, at most `limit`.
Result<std::vector<TicketBy>> ticketsBy(Reader& reader, const Viewer& viewer, CompanyId company,
                                        std::string_view address, int limit);
// Partners of the company with this e-mail address.
Result<std::vector<std::string>> partnersWithEmail(Reader& reader, const Viewer& viewer, CompanyId owner,
                                                   std::string_view address);

}  // namespace postgang::store
