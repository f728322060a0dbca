#include "flow/leaving_tickets.h"

#include <boost/json.hpp>

#include "flow/exports.h"
#include "formats/spreadsheet.h"
#include "formats/zip_file.h"
#include "store/blobs.h"
#include "store/tickets.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;

constexpr int page_size = 200;

std::string textOf(const std::optional<Instant>& at) {
  return at ? at->text() : "";
}

json::value valueOf(const std::optional<Instant>& at) {
  return at ? json::value(at->text()) : json::value(nullptr);
}

class Tickets {
 public:
  Tickets(store::Reader& reader, const LeavingOrder& order, const LeavingPart& take)
      : reader_(reader), order_(order), take_(take) {
    viewer_.viewer = order.viewer;
    viewer_.acting = order.viewer.acting();
    viewer_.company = order.company;
    viewer_.answers = true;  // an archive is its administrators'
  }

  Outcome run() {
    store::TicketQuery query;
    query.company = order_.company;
    query.limit = page_size;
    for (;;) {
      TRY(const auto page, store::listTickets(reader_, viewer_, query));
      for (const auto& ticket : page.items) CHECK_OK(addTicket(ticket));
      if (!page.nextCursor) break;
      query.cursor = *page.nextCursor;
    }
    const auto& texts = Texts::of(order_.language);
    TableRow heading;
    for (const auto* column :
         {"number", "subject", "status", "requester", "counterpart", "created", "solved", "closed", "folder"})
      heading.emplace_back(texts.word(std::string("portal.archives.column.") + column));
    return take_("tickets.csv", csvFile(heading, rows_));
  }

 private:
  Outcome addTicket(const store::Ticket& ticket) {
    const auto folder = "tickets/" + std::to_string(ticket.number);
    json::array messages;
    TRY(const auto said, store::messagesOf(reader_, viewer_, ticket));
    for (const auto& message : said) {
      TRY(auto shape, addMessage(message, folder));
      messages.push_back(std::move(shape));
    }
    TRY(auto changes, changesOf(ticket.id));
    CHECK_OK(
        take_(folder + "/ticket.json", json::serialize(ticketShape(ticket, std::move(messages), changes))));
    rows_.push_back({store::ticketNumberText(ticket.number), ticket.subject,
                     std::string(store::name(ticket.status)), ticket.requesterName, ticket.counterpartName,
                     ticket.createdAt.text(), textOf(ticket.solvedAt), textOf(ticket.closedAt), folder});
    return {};
  }

  // Its files lie beside the ticket; two of them may have one name.
  Result<json::object> addMessage(const store::TicketMessage& message, const std::string& folder) {
    json::array attachments, leftOut;
    for (const auto& attachment : message.attachments) {
      const auto name = attachment.id.text() + "-" + formats::plainFileName(attachment.name, "attachment");
      TRY(const auto bytes, store::blob(reader_, attachment.digest));
      CHECK_OK(take_(folder + "/" + name, bytes));
      attachments.push_back({{"name", attachment.name}, {"mediaType", attachment.mediaType}, {"file", name}});
    }
    for (const auto& name : message.leftOut) leftOut.emplace_back(name);
    return json::object{{"at", message.at.text()},
                        {"source", store::name(message.source)},
                        {"author", {{"name", message.authorName}, {"email", message.authorMail}}},
                        {"fromDesk", message.fromDesk},
                        {"internal", message.internal},
                        {"unverified", message.unverified},
                        {"text", message.text},
                        {"quoted", message.quoted},
                        {"attachments", std::move(attachments)},
                        {"leftOut", std::move(leftOut)}};
  }

  Result<json::array> changesOf(store::TicketId id) {
    TRY(const auto done, store::ticketChanges(reader_, id));
    json::array changes;
    for (const auto& change : done)
      changes.push_back({{"at", change.at.text()},
                         {"what", change.what},
                         {"before", change.before},
                         {"after", change.after},
                         {"by", change.by}});
    return changes;
  }

  static json::object ticketShape(const store::Ticket& ticket, json::array messages, json::array changes) {
    json::array documents;
    for (const auto& document : ticket.documents)
      documents.push_back({{"id", document.document.text()},
                           {"number", document.number},
                           {"type", document::name(document.kind)},
                           {"direction", store::name(document.direction)},
                           {"counterpart", document.counterpartName}});
    return {{"id", ticket.id.text()},
            {"number", store::ticketNumberText(ticket.number)},
            {"desk", ticket.desk ? "own" : "operator"},
            {"subject", ticket.subject},
            {"status", store::name(ticket.status)},
            {"priority", store::name(ticket.priority)},
            {"assignee", ticket.assigneeName},
            {"requester", {{"name", ticket.requesterName}, {"email", ticket.requesterMail}}},
            {"counterpart", {{"identifier", ticket.counterpart}, {"name", ticket.counterpartName}}},
            {"cause", ticket.cause},
            {"channel", ticket.channel},
            {"createdAt", ticket.createdAt.text()},
            {"createdBy", ticket.createdBy},
            {"changedAt", ticket.changedAt.text()},
            {"answeredAt", valueOf(ticket.answeredAt)},
            {"solvedAt", valueOf(ticket.solvedAt)},
            {"closedAt", valueOf(ticket.closedAt)},
            {"documents", std::move(documents)},
            {"messages", std::move(messages)},
            {"changes", std::move(changes)}};
  }

  store::Reader& reader_;
  const LeavingOrder& order_;
  const LeavingPart& take_;
  store::TicketViewer viewer_;
  std::vector<TableRow> rows_;
};

}  // namespace

Outcome eachLeavingTicket(store::Reader& reader, const LeavingOrder& order, const LeavingPart& take) {
  return Tickets(reader, order, take).run();
}

}  // namespace postgang::flow
