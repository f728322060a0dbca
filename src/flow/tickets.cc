#include "flow/tickets.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "channels/mail_keys.h"
#include "flow/ticket_snapshot.h"
#include "flow/ticket_targets.h"
#include "flow/ticket_telling.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/partner_facts.h"
#include "store/sql/session.h"

namespace postgang::flow {
namespace {

using store::Ticket;
using store::TicketPriority;
using store::TicketStatus;

bool isOutside(const TicketAuthor& author) {
  return author.source == store::TicketSource::mail || author.source == store::TicketSource::system;
}

// The desk's own question, put to itself, is a question all the same.
bool writesForDesk(const TicketAuthor& author, const Ticket& ticket) {
  const bool asked = author.viewer.user && ticket.requester == author.viewer.user;
  return !isOutside(author) && !asked && author.viewer.isDeskOf(ticket);
}

Outcome checkWriting(const TicketAuthor& author, const Ticket& ticket) {
  if (isOutside(author) || author.viewer.mayWriteIn(ticket)) return {};
  return fail(problem(ProblemKind::forbidden, "ticket-read-only"));
}

Problem deskOnly() {
  return problem(ProblemKind::forbidden, "ticket-desk-only");
}

// Moves it and what is reckoned by it.
void move(Ticket& ticket, TicketStatus status, Instant now) {
  if (ticket.status == TicketStatus::waiting && ticket.waitingSince)
    ticket.solutionDue =
        ticket.solutionDue.plusMicroseconds(now.microseconds - ticket.waitingSince->microseconds);
  ticket.waitingSince.reset();
  if (store::isOpen(status)) {
    ticket.solvedAt.reset();
    ticket.closedAt.reset();
  }
  if (status == TicketStatus::waiting) ticket.waitingSince = now;
  if (!store::isOpen(status) && !ticket.solvedAt) ticket.solvedAt = now;
  if (status == TicketStatus::closed) ticket.closedAt = now;
  ticket.status = status;
}

store::NewJob closingJob(const Ticket& ticket) {
  store::NewJob job;
  job.kind = "ticket-close";
  job.key = "ticket-close:" + ticket.id.text() + ":" + std::to_string(ticket.solvedAt->microseconds);
  job.company = ticket.company;
  job.runAt = ticket.solvedAt->plusSeconds(ticket_reopens_seconds);
  job.payload = boost::json::serialize(
      boost::json::object{{"ticket", ticket.id.text()}, {"solvedAt", ticket.solvedAt->microseconds}});
  return job;
}

// One change, being made: what it is noted as, and what is told of it.
class Changing {
 public:
  Changing(store::Transaction& tx, const TicketAuthor& author, Ticket ticket)
      : tx_(tx), author_(author), ticket(std::move(ticket)), now(tx.clock().now()) {
    told_.by = author.viewer.user;
    told_.byDesk = writesForDesk(author, this->ticket);
  }

  bool byDesk() const { return told_.byDesk; }
  void tell(TicketHappening happening) { told_.happenings.push_back(happening); }
  void tellMessage(store::TicketMessageId message) { told_.message = message; }
  void note(std::string what, std::string before, std::string after) {
    changes_.push_back({now, std::move(what), std::move(before), std::move(after), author_.actor.name});
  }
  void moveTo(TicketStatus status) {
    if (ticket.status == status) return;
    note("status", std::string(store::name(ticket.status)), std::string(store::name(status)));
    move(ticket, status, now);
    if (status == TicketStatus::solved) jobs_.push_back(closingJob(ticket));
    tell(TicketHappening::moved);
  }
  Result<Ticket> done() {
    if (changes_.empty() && told_.happenings.empty()) return std::move(ticket);
    ++ticket.changes;
    ticket.changedAt = now;
    CHECK_OK(store::updateTicket(tx_, ticket));
    for (const auto& change : changes_) CHECK_OK(store::noteTicketChange(tx_, ticket.id, change));
    for (const auto& job : jobs_) CHECK_OK(store::enqueue(tx_, job));
    if (!told_.happenings.empty()) CHECK_OK(store::enqueue(tx_, ticketToldJob(ticket, told_, now)));
    return std::move(ticket);
  }

 private:
  store::Transaction& tx_;
  const TicketAuthor& author_;
  TicketTold told_;
  std::vector<store::TicketChange> changes_;
  std::vector<store::NewJob> jobs_;

 public:
  Ticket ticket;
  const Instant now;
};

store::TicketMessage messageBy(IdMaker& ids, const TicketAuthor& author, const Ticket& ticket, Instant now) {
  store::TicketMessage message;
  message.id = ids.next<store::TicketMessageId>();
  message.ticket = ticket.id;
  message.at = now;
  message.source = author.source;
  message.author = author.actor.id;
  message.authorName = author.actor.name;
  message.authorMail = author.mail;
  message.unverified = author.unverified;
  return message;
}

Outcome keep(store::Transaction& tx, IdMaker& ids, store::TicketMessage& message,
             const std::vector<KeptFile>& files) {
  for (const auto& file : files) {
    auto row = file.row;
    row.id = ids.next<store::TicketAttachmentId>();
    CHECK_OK(store::putBlob(tx, row.digest, file.compressed, row.size));
    message.attachments.push_back(std::move(row));
  }
  return store::addTicketMessage(tx, message);
}

Outcome attach(Changing& changing, store::Transaction& tx, const TicketAuthor& author, DocumentId id) {
  auto& ticket = changing.ticket;
  const bool known =
      std::ranges::any_of(ticket.documents, [&](const auto& document) { return document.document == id; });
  if (known) return {};
  TRY(auto seen, documentForTicket(tx, ticket.company, id, changing.now));
  seen.document.attachedBy = author.actor.name;
  const bool isFirst = ticket.documents.empty();
  ticket.documents.push_back(seen.document);
  if (!isOutside(author) && !author.viewer.sees(ticket))
    return fail(ProblemKind::not_found, "not-found", "There is no such document.");
  TRY(const bool isNew, store::attachDocument(tx, ticket.id, seen.document));
  if (!isNew) return {};
  if (isFirst) {
    const bool sent = seen.entry.direction == store::Direction::sent;
    const auto& other = sent ? seen.entry.receiver : seen.entry.sender;
    ticket.counterpart = store::partnerIdentifierOf(other);
    ticket.counterpartName = seen.entry.counterpartName;
    ticket.cause = store::causeOf(seen.entry);
    ticket.channel = seen.entry.channel;
  }
  changing.note("document", {}, seen.document.number.empty() ? id.text() : seen.document.number);
  return {};
}

bool mayGive(const TicketAuthor& author, const Ticket& ticket, TicketStatus status) {
  if (status == TicketStatus::fresh) return false;
  if (isOutside(author) || author.viewer.isDeskOf(ticket)) return true;
  if (status == TicketStatus::solved) return store::isOpen(ticket.status);
  return status == TicketStatus::in_progress &&
         (ticket.status == TicketStatus::solved || ticket.status == TicketStatus::waiting);
}

// Or it has been solved so lately that it can be opened again.
Outcome checkStillOpen(const Ticket& ticket, Instant now) {
  return isOver(ticket, now) ? fail(problem(ProblemKind::conflict, "ticket-closed")) : Outcome();
}

Outcome checkStatus(const TicketAuthor& author, const Ticket& ticket, TicketStatus status, Instant now) {
  if (ticket.status == status) return {};
  if (status != TicketStatus::closed) CHECK_OK(checkStillOpen(ticket, now));
  if (!mayGive(author, ticket, status)) return fail(deskOnly());
  return {};
}

// What comes by mail has limits of its own (ticket_mail.h).
Outcome checkRoom(store::Transaction& tx, const TicketAuthor& author, Instant now) {
  constexpr std::int64_t day_seconds = 24 * 3600;
  if (isOutside(author) || author.actor.id.empty()) return {};
  TRY(const auto made, store::ticketsMadeBy(tx, author.actor.id, now.plusSeconds(-day_seconds)));
  if (made < tickets_a_day_max) return {};
  return fail(problem(ProblemKind::rate_limited, "tickets-too-many",
                      {{"most", std::to_string(tickets_a_day_max)}, {"seconds", "3600"}}));
}

// What a message of this kind does to the ticket by itself.
void moveByMessage(Changing& changing, const NewTicketMessage& message) {
  auto& ticket = changing.ticket;
  if (message.internal) return;
  if (changing.byDesk()) {
    if (!ticket.answeredAt) ticket.answeredAt = changing.now;
    if (!message.status && ticket.status == TicketStatus::fresh) changing.moveTo(TicketStatus::in_progress);
  } else if (ticket.status == TicketStatus::waiting || ticket.status == TicketStatus::solved) {
    changing.moveTo(TicketStatus::in_progress);
  }
}

Outcome retarget(store::Transaction& tx, Ticket& ticket, TicketPriority priority) {
  constexpr std::int64_t minute_us = 60'000'000;
  TRY(const auto before, ticketTargetsOf(tx, ticket.company, ticket.priority));
  TRY(const auto after, ticketTargetsOf(tx, ticket.company, priority));
  ticket.answerDue =
      ticket.answerDue.plusMicroseconds((after.answer_minutes - before.answer_minutes) * minute_us);
  ticket.solutionDue =
      ticket.solutionDue.plusMicroseconds((after.solution_minutes - before.solution_minutes) * minute_us);
  ticket.priority = priority;
  return {};
}

Outcome assign(store::Transaction& tx, Changing& changing, const std::optional<UserId>& assignee) {
  auto& ticket = changing.ticket;
  if (ticket.assignee == assignee) return {};
  const auto before = ticket.assigneeName;
  ticket.assigneeName.clear();
  if (assignee) {
    TRY(const auto people, deskPeople(tx, ticket));
    const auto found =
        std::ranges::find_if(people, [&](const auto& person) { return person.user.id == *assignee; });
    if (found == people.end()) return fail(problem(ProblemKind::invalid, "ticket-assignee-unknown"));
    ticket.assigneeName = found->user.name;
  }
  ticket.assignee = assignee;
  changing.note("assignee", before, ticket.assigneeName);
  changing.tell(TicketHappening::assigned);
  if (assignee && ticket.status == TicketStatus::fresh) changing.moveTo(TicketStatus::in_progress);
  return {};
}

// Its own people's work ends here; the operator's begins.
void handOver(Changing& changing) {
  auto& ticket = changing.ticket;
  changing.note("desk", "own", "operator");
  ticket.desk.reset();
  ticket.assignee.reset();
  ticket.assigneeName.clear();
  if (store::isOpen(ticket.status)) changing.moveTo(TicketStatus::fresh);
  changing.tell(TicketHappening::created);
}

Outcome applyPatch(store::Transaction& tx, Changing& changing, const TicketAuthor& author,
                   const TicketPatch& patch) {
  auto& ticket = changing.ticket;
  const bool isDesk = author.viewer.isDeskOf(ticket);
  if ((patch.priority || patch.assignee || patch.toOperator) && !isDesk) return fail(deskOnly());
  if (patch.subject && *patch.subject != ticket.subject) {
    changing.note("subject", ticket.subject, *patch.subject);
    ticket.subject = *patch.subject;
  }
  if (patch.priority && *patch.priority != ticket.priority) {
    changing.note("priority", std::string(store::name(ticket.priority)),
                  std::string(store::name(*patch.priority)));
    CHECK_OK(retarget(tx, ticket, *patch.priority));
  }
  if (patch.assignee) CHECK_OK(assign(tx, changing, *patch.assignee));
  if (patch.status) {
    CHECK_OK(checkStatus(author, ticket, *patch.status, changing.now));
    changing.moveTo(*patch.status);
  }
  if (patch.toOperator && ticket.desk) handOver(changing);
  return {};
}

}  // namespace

bool isOver(const Ticket& ticket, Instant now) {
  return ticket.status == TicketStatus::closed ||
         (ticket.solvedAt && ticket.solvedAt->plusSeconds(ticket_reopens_seconds) < now);
}

TicketAuthor authorByMail(const std::string& name, const std::string& address,
                          const std::optional<store::User>& user) {
  TicketAuthor author;
  author.viewer = store::ticketSystem();
  author.source = store::TicketSource::mail;
  author.mail = address;
  author.actor = {store::ActorKind::channel, {}, name.empty() ? address : name};
  if (user) {
    author.viewer.user = user->id;
    author.actor = {store::ActorKind::channel, user->id.text(), user->name};
    author.language = user->language;
  }
  return author;
}

Result<Ticket> makeTicket(store::Transaction& tx, IdMaker& ids, const TicketAuthor& author,
                          const NewTicket& made) {
  if (trimmed(made.text).empty() && made.files.empty())
    return fail(problem(ProblemKind::invalid, "ticket-without-words"));
  const auto now = tx.clock().now();
  CHECK_OK(checkRoom(tx, author, now));
  TRY(const auto targets, ticketTargetsOf(tx, made.company, made.priority));
  Ticket ticket;
  ticket.id = ids.next<store::TicketId>();
  ticket.company = made.company;
  ticket.desk = targets.desk;
  ticket.subject =
      truncated(collapsed(withoutControls(made.subject)), store::TicketLimits::subject_points_max);
  ticket.priority = made.priority;
  ticket.requester = author.viewer.user;
  ticket.requesterName = author.actor.name;
  ticket.requesterMail = author.mail;
  ticket.language = author.language;
  ticket.mailKey = channels::newBounceKey();
  ticket.createdAt = ticket.changedAt = now;
  ticket.createdBy = author.actor.name;
  ticket.answerDue = now.plusSeconds(targets.answer_minutes * 60);
  ticket.solutionDue = now.plusSeconds(targets.solution_minutes * 60);
  TRY(ticket.number, store::createTicket(tx, ticket));
  Changing changing(tx, author, std::move(ticket));
  for (const auto document : made.documents) CHECK_OK(attach(changing, tx, author, document));
  if (!isOutside(author) && !author.viewer.mayWriteIn(changing.ticket))
    return fail(ProblemKind::not_found, "not-found", "There is no such company.");
  auto message = messageBy(ids, author, changing.ticket, now);
  message.text = made.text;
  message.quoted = made.quoted;
  message.leftOut = made.leftOut;
  message.mailId = made.mailId;
  CHECK_OK(keep(tx, ids, message, made.files));
  changing.tellMessage(message.id);
  changing.tell(TicketHappening::created);
  return changing.done();
}

Result<Ticket> writeInTicket(store::Transaction& tx, IdMaker& ids, const TicketAuthor& author,
                             store::TicketId id, const NewTicketMessage& given) {
  if (trimmed(given.text).empty() && given.files.empty())
    return fail(problem(ProblemKind::invalid, "ticket-without-words"));
  TRY(auto found, store::ticketToChange(tx, author.viewer, id));
  CHECK_OK(checkWriting(author, found));
  Changing changing(tx, author, std::move(found));
  auto& ticket = changing.ticket;
  const bool fromSystem = author.source == store::TicketSource::system;
  if (given.internal && !fromSystem && !author.viewer.isDeskOf(ticket)) return fail(deskOnly());
  if (!given.internal) CHECK_OK(checkStillOpen(ticket, changing.now));
  if (given.status) CHECK_OK(checkStatus(author, ticket, *given.status, changing.now));
  auto message = messageBy(ids, author, ticket, changing.now);
  message.fromDesk = changing.byDesk();
  message.internal = given.internal;
  message.text = given.text;
  message.quoted = given.quoted;
  message.leftOut = given.leftOut;
  message.mailId = given.mailId;
  CHECK_OK(keep(tx, ids, message, given.files));
  changing.tellMessage(message.id);
  changing.tell(given.internal ? TicketHappening::noted : TicketHappening::replied);
  moveByMessage(changing, given);
  if (given.status) changing.moveTo(*given.status);
  return changing.done();
}

Result<Ticket> changeTicket(store::Transaction& tx, const TicketAuthor& author, store::TicketId id,
                            const TicketPatch& patch) {
  TRY(auto found, store::ticketToChange(tx, author.viewer, id));
  CHECK_OK(checkWriting(author, found));
  Changing changing(tx, author, std::move(found));
  CHECK_OK(applyPatch(tx, changing, author, patch));
  return changing.done();
}

Result<Ticket> attachToTicket(store::Transaction& tx, const TicketAuthor& author, store::TicketId id,
                              const std::vector<DocumentId>& documents) {
  TRY(auto found, store::ticketToChange(tx, author.viewer, id));
  CHECK_OK(checkWriting(author, found));
  Changing changing(tx, author, std::move(found));
  CHECK_OK(checkStillOpen(changing.ticket, changing.now));
  for (const auto document : documents) CHECK_OK(attach(changing, tx, author, document));
  return changing.done();
}

}  // namespace postgang::flow
