// Tickets in JSON (openapi.json: Ticket, TicketDetail), and what of them is said in requests.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "api/guard.h"
#include "api/json_body.h"
#include "flow/tickets.h"

namespace postgang::api {

store::TicketViewer ticketViewer(const Call& call);
flow::TicketAuthor ticketAuthor(const Call& call);
// Codes: not-found's.
Result<store::TicketId> ticketIdIn(const net::Request& request);

// Names of companies, each read once.
class CompanyNamesSeen {
 public:
  Result<std::string> of(store::Reader& reader, CompanyId company);

 private:
  std::map<CompanyId, std::string> names_;
};

// Ticket; `company` by name.
boost::json::object ticketShape(const store::Ticket& ticket, const std::string& company, Instant now);
Result<boost::json::array> ticketShapes(store::Reader& reader, const std::vector<store::Ticket>& tickets);
// TicketDetail: what is said in it, what was done to it, and what the caller may do.
Result<boost::json::object> ticketDetail(store::Reader& reader, const Call& call, store::TicketId id);

// "attachments" of a body. Codes: field-invalid, flow/ticket_files.h's.
Result<std::vector<flow::KeptFile>> ticketFilesIn(const JsonBody& body);
// "documents": ids; one that is none is like one that does not exist.
Result<std::vector<DocumentId>> ticketDocumentsIn(const JsonBody& body);

inline constexpr std::size_t ticket_body_bytes_max = std::size_t{30} * 1024 * 1024;

}  // namespace postgang::api
