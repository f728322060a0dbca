// What is said in tickets, and what is done to them.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "store/sql/session.h"
#include "store/tickets.h"

namespace postgang::store {
namespace {

constexpr std::array sources = {TicketSource::portal, TicketSource::api, TicketSource::mail,
                                TicketSource::system};

TicketSource sourceFrom(std::string_view text) {
  const auto found = std::ranges::find_if(sources, [&](auto source) { return name(source) == text; });
  return found == sources.end() ? TicketSource::system : *found;
}

TicketMessage readMessage(const sql::Row& row) {
  sql::Columns c(row);
  TicketMessage message;
  message.id = c.id<TicketMessageId>();
  message.ticket = c.id<TicketId>();
  message.at = c.instant();
  message.source = sourceFrom(c.view());
  message.author = c.text();
  message.authorName = c.text();
  message.authorMail = c.text();
  message.fromDesk = c.yes();
  message.internal = c.yes();
  message.unverified = c.yes();
  message.text = c.text();
  message.quoted = c.text();
  for (const auto name : split(c.view(), '\n'))
    if (!name.empty()) message.leftOut.emplace_back(name);
  message.mailId = c.text();
  return message;
}

TicketAttachment readAttachment(sql::Columns& c) {
  TicketAttachment attachment;
  attachment.id = c.id<TicketAttachmentId>();
  attachment.name = c.text();
  attachment.mediaType = c.text();
  attachment.size = c.number();
  attachment.digest = c.digest();
  return attachment;
}

}  // namespace

Outcome addTicketMessage(Transaction& tx, const TicketMessage& message) {
  auto& connection = tx.connection();
  TRY(const auto known,
      connection.run("SELECT id FROM ticket_messages WHERE ticket = ?1 AND source <> 'system'",
                     {message.ticket}, [](const sql::Row&) {}));
  if (message.source != TicketSource::system &&
      known >= static_cast<std::int64_t>(TicketLimits::messages_max))
    return fail(ProblemKind::conflict, "ticket-messages-too-many",
                "A ticket has at most " + std::to_string(TicketLimits::messages_max) + " messages.", {},
                "Make a new ticket and name this one in it.");
  CHECK_OK(connection.run(
      "INSERT INTO ticket_messages (id, ticket, at, source, author, author_name, author_mail, from_desk, "
      "internal, unverified, text, quoted, left_out, mail_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
      "?10, ?11, ?12, ?13, ?14)",
      {message.id, message.ticket, message.at, name(message.source), message.author, message.authorName,
       message.authorMail, message.fromDesk, message.internal, message.unverified, message.text,
       message.quoted, joined(message.leftOut, "\n"), message.mailId}));
  for (const auto& attachment : message.attachments)
    CHECK_OK(
        connection.run("INSERT INTO ticket_attachments (id, ticket, message, name, media_type, size, digest) "
                       "VALUES (?1, ?2, "
                       "?3, ?4, ?5, ?6, ?7)",
                       {attachment.id, message.ticket, message.id, attachment.name, attachment.mediaType,
                        attachment.size, attachment.digest}));
  return {};
}

Outcome setTicketMailId(Transaction& tx, TicketMessageId message, std::string_view mailId) {
  CHECK_OK(tx.connection().run("UPDATE ticket_messages SET mail_id = ?2 WHERE id = ?1", {message, mailId}));
  return {};
}

Result<std::vector<TicketMessage>> messagesOf(Reader& reader, const TicketViewer& viewer,
                                              const Ticket& ticket) {
  auto& connection = reader.connection();
  const bool notes = viewer.seesNotesOf(ticket);
  std::vector<TicketMessage> messages;
  CHECK_OK(connection.run(
      "SELECT id, ticket, at, source, author, author_name, author_mail, from_desk, internal, unverified, "
      "text, "
      "quoted, left_out, mail_id FROM ticket_messages WHERE ticket = ?1 AND internal <= ?2 ORDER BY id",
      {ticket.id, notes}, [&](const sql::Row& row) { messages.push_back(readMessage(row)); }));
  std::map<TicketMessageId, TicketMessage*> byId;
  for (auto& message : messages) byId[message.id] = &message;
  CHECK_OK(connection.run(
      "SELECT message, id, name, media_type, size, digest FROM ticket_attachments WHERE ticket = ?1 ORDER BY "
      "id",
      {ticket.id}, [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto message = byId.find(c.id<TicketMessageId>());
        if (message != byId.end()) message->second->attachments.push_back(readAttachment(c));
      }));
  return messages;
}

Result<TicketAttachment> ticketAttachment(Reader& reader, const TicketViewer& viewer, const Ticket& ticket,
                                          TicketAttachmentId id) {
  std::optional<TicketAttachment> found;
  CHECK_OK(reader.connection().run(
      "SELECT a.id, a.name, a.media_type, a.size, a.digest FROM ticket_attachments a JOIN ticket_messages m "
      "ON m.id = a.message WHERE a.id = ?1 AND a.ticket = ?2 AND m.internal <= ?3",
      {id, ticket.id, viewer.seesNotesOf(ticket)}, [&](const sql::Row& row) {
        sql::Columns c(row);
        found = readAttachment(c);
      }));
  if (!found) return fail(ProblemKind::not_found, "not-found", "There is no such attachment.");
  return std::move(*found);
}

Outcome noteTicketChange(Transaction& tx, TicketId ticket, const TicketChange& change) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO ticket_changes (ticket, number, at, what, before, after, changed_by) SELECT ?1, "
      "COALESCE((SELECT MAX(number) FROM ticket_changes WHERE ticket = ?1), 0) + 1, ?2, ?3, ?4, ?5, ?6",
      {ticket, change.at, change.what, change.before, change.after, change.by}));
  return {};
}

Result<std::vector<TicketChange>> ticketChanges(Reader& reader, TicketId ticket) {
  std::vector<TicketChange> changes;
  CHECK_OK(reader.connection().run(
      "SELECT at, what, before, after, changed_by FROM ticket_changes WHERE ticket = ?1 ORDER BY number",
      {ticket}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& change = changes.emplace_back();
        change.at = c.instant();
        change.what = c.text();
        change.before = c.text();
        change.after = c.text();
        change.by = c.text();
      }));
  return changes;
}

}  // namespace postgang::store
