// Tickets (ärenden): somebody asks for help, somebody answers, until it is solved. Subjects of their own, no
// projections. How one is made, answered and closed is flow/tickets.h's; here is what is kept, and who sees
// and may do what. One place for that rule:
//
//   belongs to   one company: whose people asked, or about whose documents it is
//   is answered  by its desk: the operator's staff, or, where the company or one above it has said so
//   by           (company setting `ticketDesk`), the people of the company that said it and of those that
//                see this company's traffic by Delad insyn with the right to act, in the role support or
//                above
//   is seen by   who sees the company whole; who sees a part of its traffic (Delad insyn, by direction and
//                type), where every document of the ticket is of that part, and it has one; operator staff
//   internal     are seen by the operator's staff and by the desk that answers, by nobody else: not by its
//   notes        requester, whatever the role
//   is written   everybody who sees the company whole, readers too: whoever may read may ask. Of what is
//   in by        another's, who may act on it. Operator staff where theirs is the desk
//   is assigned  by its desk alone, to one of its own; so is its priority changed
//
// A desk of a company's own can hand a ticket on to the operator, who thereby sees its internal notes. There
// is no way back: what the operator's staff have written among themselves stays there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "store/documents.h"
#include "store/operator.h"

namespace postgang::store {

using TicketId = Id<struct TicketNoun>;
using TicketMessageId = Id<struct TicketMessageNoun>;
using TicketAttachmentId = Id<struct TicketAttachmentNoun>;

enum class TicketStatus {
  fresh,        // "new": nobody has taken it up
  in_progress,  // the desk's turn
  waiting,      // the requester's turn
  solved,       // the requester may open it again for some days …
  closed        // … then nobody: what comes now is a new one
};
std::string_view name(TicketStatus status);  // "new", "in-progress", "waiting", "solved", "closed"
std::optional<TicketStatus> ticketStatusFromName(std::string_view name);
inline bool isOpen(TicketStatus status) {
  return status != TicketStatus::solved && status != TicketStatus::closed;
}

enum class TicketPriority { low, normal, high, urgent };
std::string_view name(TicketPriority priority);
std::optional<TicketPriority> ticketPriorityFromName(std::string_view name);

struct TicketLimits {
  static constexpr std::size_t subject_points_max = 200;
  static constexpr std::size_t text_points_max = 20'000;
  static constexpr std::size_t messages_max = 500;   // of one ticket, beside the system's own notes
  static constexpr std::size_t documents_max = 200;  // of one ticket
};

// A document that a ticket is about, as the ticket's company sees it.
struct TicketDocument {
  DocumentId document;
  Direction direction{};
  document::Kind kind{};
  std::string number, counterpartName;
  std::string snapshot = {};  // JSON: what was known of it then; empty in lists
  Instant attachedAt;
  std::string attachedBy;  // by name
};

struct Ticket {
  TicketId id;
  std::int64_t number = 0;  // of the house; given by createTicket
  CompanyId company;
  std::optional<CompanyId> desk;  // absent: the operator
  std::string subject;
  TicketStatus status = TicketStatus::fresh;
  TicketPriority priority = TicketPriority::normal;
  std::optional<UserId> assignee = {};
  std::string assigneeName = {};
  std::optional<UserId> requester = {};  // absent: a program, or somebody known by the address alone
  std::string requesterName, requesterMail;
  std::string language = "sv";               // that the requester is written to in
  std::string counterpart, counterpartName;  // of its first document; its identifier as a partner's
  // Why its first document does not come through: the finding's id or the failure's code; empty: it does, or
  // there is no document.
  std::string cause, channel;
  std::string mailKey;  // in the address that answers come to
  Instant createdAt, changedAt;
  std::string createdBy;  // by name
  // Targets. The time in which it waits for its requester is added to the second. No working hours: nights
  // and Sundays count.
  Instant answerDue, solutionDue;
  std::optional<Instant> waitingSince = {}, answeredAt = {}, solvedAt = {}, closedAt = {};
  std::int64_t changes = 0;
  std::vector<TicketDocument> documents = {};  // as they were attached; read only
};
std::string ticketNumberText(std::int64_t number);  // "Ä-10234"
bool isOverdue(const Ticket& ticket, Instant now);

struct TicketAttachment {
  TicketAttachmentId id;
  std::string name, mediaType;
  std::int64_t size = 0;
  Digest digest{};
};

enum class TicketSource { portal, api, mail, system };
std::string_view name(TicketSource source);

struct TicketMessage {
  TicketMessageId id;
  TicketId ticket;
  Instant at;
  TicketSource source = TicketSource::portal;
  std::string author;  // user or key id; empty: somebody by mail, or the system
  std::string authorName, authorMail;
  bool fromDesk = false;
  bool internal = false;    // a note
  bool unverified = false;  // by mail, and nobody vouches for its being from this address
  std::string text;
  std::string quoted;                     // what it quotes of earlier ones, and the signature
  std::vector<std::string> leftOut = {};  // names of files that were not kept
  std::string mailId = {};
  std::vector<TicketAttachment> attachments = {};
};

// What was done to it beside its messages: "status", "priority", "assignee", "subject", "document", "desk".
struct TicketChange {
  Instant at;
  std::string what, before, after, by;
};

// Who asks.
struct TicketViewer {
  Viewer viewer = Viewer::system();
  Viewer acting = Viewer::system();
  CompanyId company = {};  // acted for
  std::optional<UserId> user = {};
  bool answers = false;  // in the role support or above
  bool staff = false;    // operator staff, acting for the operator

  bool sees(const Ticket& ticket) const;
  bool isDeskOf(const Ticket& ticket) const;
  bool seesNotesOf(const Ticket& ticket) const { return staff || isDeskOf(ticket); }
  bool mayWriteIn(const Ticket& ticket) const;
};
TicketViewer ticketSystem();  // the flow itself: sees all, notes too

// --- One ticket
// Gives its number and keeps it, without its documents.
Result<std::int64_t> createTicket(Transaction& tx, const Ticket& ticket);
// What is told of a ticket goes by here too: changedAt, changes and the words that are searched.
Outcome updateTicket(Transaction& tx, const Ticket& ticket);
// Code not_found: absent, or not seen.
Result<Ticket> ticket(Reader& reader, const TicketViewer& viewer, TicketId id);
Result<Ticket> ticketToChange(Transaction& tx, const TicketViewer& viewer, TicketId id);  // locked
Result<std::optional<TicketId>> ticketOfMailKey(Reader& reader, std::string_view key);
Result<std::optional<TicketId>> ticketOfMailId(Reader& reader, std::string_view mailId);

// Whether it is new to the ticket. Code ticket-documents-too-many (conflict).
Result<bool> attachDocument(Transaction& tx, TicketId ticket, const TicketDocument& document);
Result<std::string> snapshotOf(Reader& reader, TicketId ticket, DocumentId document);  // JSON

// Code ticket-messages-too-many (conflict). The bytes of attachments are put by the caller (blobs.h).
Outcome addTicketMessage(Transaction& tx, const TicketMessage& message);
Outcome setTicketMailId(Transaction& tx, TicketMessageId message, std::string_view mailId);
// The oldest first; notes only for who sees them.
Result<std::vector<TicketMessage>> messagesOf(Reader& reader, const TicketViewer& viewer,
                                              const Ticket& ticket);
// Code not_found, also for one of a note that is not seen.
Result<TicketAttachment> ticketAttachment(Reader& reader, const TicketViewer& viewer, const Ticket& ticket,
                                          TicketAttachmentId id);
Outcome noteTicketChange(Transaction& tx, TicketId ticket, const TicketChange& change);
Result<std::vector<TicketChange>> ticketChanges(Reader& reader, TicketId ticket);

// Against floods: how many have been made since then. Of somebody with this address; of a company, by anybody
// with an address; by all together who have an address and no account; by this user or key, told by its id.
Result<std::int64_t> ticketsMailedBy(Reader& reader, std::string_view address, Instant since);
Result<std::int64_t> ticketsOf(Reader& reader, CompanyId company, Instant since);
Result<std::int64_t> ticketsOfStrangers(Reader& reader, Instant since);
Result<std::int64_t> ticketsMadeBy(Reader& reader, std::string_view author, Instant since);

// --- Lists
struct TicketQuery {
  std::vector<TicketStatus> statuses = {};
  std::vector<TicketPriority> priorities = {};
  std::optional<CompanyId> company = {};
  std::optional<UserId> assignee = {};
  bool unassigned = false;
  bool needsMe = false;  // my turn: assigned to me, waiting for me, or new at my desk and nobody's
  bool overdue = false;
  std::optional<DocumentId> document = {};
  std::string counterpart = {};  // identifier, exactly
  std::string text = {};         // in number, subject, requester and counterpart
  int limit = 50;                // 1..200
  std::string cursor = {};       // opaque; code "cursor-malformed"
};
struct TicketPage {
  std::vector<Ticket> items;  // the last changed first
  std::optional<std::string> nextCursor;
};
Result<TicketPage> listTickets(Reader& reader, const TicketViewer& viewer, const TicketQuery& query);

struct TicketFacets {
  struct Count {
    std::string value;  // a status, a priority, a company's identifier, a user's id
    std::string name;   // of companies and people
    std::int64_t tickets = 0;
  };
  // Each counted as if it were not filtered by. The fifty most of companies and assignees.
  std::vector<Count> status, priority, company, assignee;
  std::int64_t tickets = 0, overdue = 0, needsMe = 0;  // overdue and needsMe of all that are seen
};
Result<TicketFacets> ticketFacets(Reader& reader, const TicketViewer& viewer, const TicketQuery& query);

// --- The same trouble elsewhere
// Why the document does not come through, as a ticket's `cause` has it.
std::string causeOf(const Entry& entry);
// Solved and closed ones: of the same cause first, then of the same counterpart; the latest first.
Result<std::vector<Ticket>> similarTickets(Reader& reader, const TicketViewer& viewer, const Entry& entry,
                                           int limit);
// Other documents on this side of the same company that are in the same trouble: of the same cause (rejected
// ones by the same counterpart, too); where it is not known, with the same counterpart. Received within
// `days` of it; the latest first. One more than `limit` at most: whether there are more.
inline constexpr int alike_days = 14;
Result<std::vector<Entry>> alikeDocuments(Reader& reader, const Viewer& viewer, const Entry& entry,
                                          int limit);

}  // namespace postgang::store
