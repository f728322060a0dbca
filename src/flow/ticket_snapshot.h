// What support needs to know of a document, as it was when the ticket was made: it stays when the document
// has been corrected and sent anew since.
//
//   {"at", "document": {"number", "kind", "status", "direction", "sender", "receiver", "amount", "currency",
//    "issueDate", "dueDate", "receivedAt", "channel"},
//    "timeline": [{"at", "event", "by", "detail"}],        the latest 100
//    "deliveries": [{"channel", "status", "address", "evidence", "attempts"}],
//    "findings": [{"id", "severity", "term", "detail"}]}
#pragma once

#include "store/tickets.h"

namespace postgang::flow {

// As the company sees it whose ticket it is: it must be one of the document's two sides. Code not_found.
struct DocumentSeen {
  store::Entry entry;
  store::TicketDocument document;  // with its snapshot; by whom it is attached is the caller's to say
};
Result<DocumentSeen> documentForTicket(store::Reader& reader, CompanyId company, DocumentId document,
                                       Instant now);

}  // namespace postgang::flow
