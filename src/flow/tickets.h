// What people do with tickets (store/tickets.h has who may), each in one commit with the job that tells of it
// (ticket_telling.h):
//
//   made        new; a target for the first answer and one for the solution (ticket_targets.h)
//   answered    by its desk: its first answer, if it is; new → in progress, unless the desk says which
//   written in  by anybody else: waiting → in progress; solved, within 14 days → in progress again. Closed:
//               code ticket-closed
//   noted       internal: nothing moves, nobody outside is told
//   solved      by its desk, or by whoever asked; closed by itself after 14 days (job "ticket-close")
//
// While it waits for its requester, the target for its solution waits too.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flow/step.h"
#include "flow/ticket_files.h"
#include "store/access_rows.h"
#include "store/tickets.h"

namespace postgang::flow {

inline constexpr std::int64_t ticket_reopens_seconds = 14LL * 24 * 3600;

// Who does it.
struct TicketAuthor {
  store::TicketViewer viewer;
  store::Actor actor;
  std::string mail = {};    // address
  bool unverified = false;  // nobody vouches for it
  std::string language = "sv";
  store::TicketSource source = store::TicketSource::portal;
};
inline constexpr int tickets_a_day_max = 100;  // of one user or key

// Somebody who is known by the address alone: sees nothing, and is the ticket's other side.
TicketAuthor authorByMail(const std::string& name, const std::string& address,
                          const std::optional<store::User>& user);

struct NewTicket {
  CompanyId company;
  std::string subject, text;
  store::TicketPriority priority = store::TicketPriority::normal;
  std::vector<DocumentId> documents = {};
  std::vector<KeptFile> files = {};
  std::string quoted = {};
  std::vector<std::string> leftOut = {};  // names of files that were not taken
  std::string mailId = {};                // of the mail that it came by
};
// Codes: not_found (the company, or a document that is not on its side); ticket-without-words (invalid);
// tickets-too-many (rate_limited): as many as one caller makes in a day.
Result<store::Ticket> makeTicket(store::Transaction& tx, IdMaker& ids, const TicketAuthor& author,
                                 const NewTicket& made);

struct NewTicketMessage {
  std::string text;
  bool internal = false;
  std::optional<store::TicketStatus> status = {};  // that the desk leaves it in
  std::vector<KeptFile> files = {};
  std::string quoted = {};
  std::vector<std::string> leftOut = {};
  std::string mailId = {};
};
// Codes: not_found; ticket-read-only (forbidden); ticket-desk-only (forbidden: a note, a status that only the
// desk gives); ticket-closed (conflict); ticket-without-words (invalid).
Result<store::Ticket> writeInTicket(store::Transaction& tx, IdMaker& ids, const TicketAuthor& author,
                                    store::TicketId id, const NewTicketMessage& message);

struct TicketPatch {
  std::optional<store::TicketStatus> status = {};
  std::optional<store::TicketPriority> priority = {};
  std::optional<std::optional<UserId>> assignee = {};  // nobody, too
  std::optional<std::string> subject = {};
  bool toOperator = false;  // handed on by a desk of a company's own
};
// Codes besides the above: ticket-assignee-unknown (invalid: not one of the desk's people).
Result<store::Ticket> changeTicket(store::Transaction& tx, const TicketAuthor& author, store::TicketId id,
                                   const TicketPatch& patch);
// Those that are attached already are passed over.
Result<store::Ticket> attachToTicket(store::Transaction& tx, const TicketAuthor& author, store::TicketId id,
                                     const std::vector<DocumentId>& documents);

// Nobody opens it again, its job to close it run or not.
bool isOver(const store::Ticket& ticket, Instant now);

// Who may be given the ticket, and hears of it: active people of its desk, each once, with the company that
// each answers for: the desk's, or one that the desk's rule lets answer with it.
struct DeskPerson {
  store::User user;
  CompanyId company;
};
Result<std::vector<DeskPerson>> deskPeople(store::Reader& reader, const store::Ticket& ticket);

// The job "ticket-close".
Result<Decision> closeTicket(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
