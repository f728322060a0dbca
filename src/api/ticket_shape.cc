#include "api/ticket_shape.h"

#include "access/ticket_viewer.h"
#include "api/problem_reply.h"
#include "api/shapes.h"
#include "base/bytes.h"
#include "store/companies.h"
#include "store/sql/session.h"

namespace postgang::api {
namespace {

namespace json = boost::json;
using store::Ticket;

constexpr std::size_t content_max = 14'000'000;  // base64 of one file
constexpr std::size_t documents_max = 100;       // in one request

json::value personOrNull(const std::optional<UserId>& id, std::string_view name) {
  if (!id) return nullptr;
  return json::object{{"id", id->text()}, {"name", name}};
}

json::object requesterShape(const Ticket& ticket) {
  return {{"id", ticket.requester ? json::value(ticket.requester->text()) : json::value(nullptr)},
          {"name", textOrNull(ticket.requesterName)},
          {"email", textOrNull(ticket.requesterMail)}};
}

json::array documentShapes(const Ticket& ticket) {
  json::array items;
  for (const auto& document : ticket.documents)
    items.push_back({{"id", document.document.text()},
                     {"number", textOrNull(document.number)},
                     {"type", document::name(document.kind)},
                     {"direction", store::name(document.direction)},
                     {"counterpart", textOrNull(document.counterpartName)},
                     {"attachedAt", document.attachedAt.text()},
                     {"attachedBy", textOrNull(document.attachedBy)}});
  return items;
}

json::object messageShape(const store::TicketMessage& message) {
  json::array attachments, leftOut;
  for (const auto& attachment : message.attachments)
    attachments.push_back({{"id", attachment.id.text()},
                           {"name", attachment.name},
                           {"mediaType", attachment.mediaType},
                           {"size", attachment.size}});
  for (const auto& name : message.leftOut) leftOut.push_back(json::value(name));
  return {{"id", message.id.text()},
          {"at", message.at.text()},
          {"source", store::name(message.source)},
          {"author", {{"name", textOrNull(message.authorName)}, {"email", textOrNull(message.authorMail)}}},
          {"fromDesk", message.fromDesk},
          {"internal", message.internal},
          {"unverified", message.unverified},
          {"text", message.text},
          {"quoted", textOrNull(message.quoted)},
          {"attachments", std::move(attachments)},
          {"leftOut", std::move(leftOut)}};
}

json::object changeShape(const store::TicketChange& change) {
  return {{"at", change.at.text()},
          {"what", change.what},
          {"before", textOrNull(change.before)},
          {"after", textOrNull(change.after)},
          {"by", textOrNull(change.by)}};
}

Result<flow::TicketFile> fileIn(const json::value& value, std::string pointer) {
  TRY(const auto body, JsonBody::of(value, pointer, {"fileName", "mediaType", "content"}));
  flow::TicketFile file;
  TRY(file.name, body.text("fileName", 255));
  TRY(const auto mediaType, body.maybeText("mediaType", 100));
  file.mediaType = mediaType.value_or("");
  TRY(const auto content, body.text("content", content_max));
  auto bytes = fromBase64(content);
  if (!bytes) return fieldInvalid(pointer + "/content", "This is not base64.");
  file.bytes = std::move(*bytes);
  return file;
}

}  // namespace

store::TicketViewer ticketViewer(const Call& call) {
  return access::ticketViewerOf(*call.caller);
}

flow::TicketAuthor ticketAuthor(const Call& call) {
  flow::TicketAuthor author;
  author.viewer = ticketViewer(call);
  author.actor = call.caller->viewer.actor();
  author.source = call.caller->isPerson() ? store::TicketSource::portal : store::TicketSource::api;
  if (call.caller->user) {
    author.mail = call.caller->user->email;
    author.language = call.caller->user->language;
  }
  return author;
}

Result<store::TicketId> ticketIdIn(const net::Request& request) {
  const auto id = store::TicketId::parse(request.parameter("ticketId"));
  if (!id) return notFound();
  return *id;
}

Result<std::string> CompanyNamesSeen::of(store::Reader& reader, CompanyId company) {
  const auto [place, isNew] = names_.try_emplace(company);
  if (isNew) {
    TRY(const auto found, store::company(reader, company));
    place->second = found.name;
  }
  return place->second;
}

json::object ticketShape(const Ticket& ticket, const std::string& company, Instant now) {
  return {{"id", ticket.id.text()},
          {"number", store::ticketNumberText(ticket.number)},
          {"company", {{"id", companyIdText(ticket.company)}, {"name", company}}},
          {"desk", ticket.desk ? "own" : "operator"},
          {"subject", ticket.subject},
          {"status", store::name(ticket.status)},
          {"priority", store::name(ticket.priority)},
          {"assignee", personOrNull(ticket.assignee, ticket.assigneeName)},
          {"requester", requesterShape(ticket)},
          {"counterpart",
           {{"identifier", textOrNull(ticket.counterpart)}, {"name", textOrNull(ticket.counterpartName)}}},
          {"cause", textOrNull(ticket.cause)},
          {"channel", textOrNull(ticket.channel)},
          {"createdAt", ticket.createdAt.text()},
          {"changedAt", ticket.changedAt.text()},
          {"answerDue", ticket.answerDue.text()},
          {"solutionDue", ticket.solutionDue.text()},
          {"answeredAt", instantOrNull(ticket.answeredAt)},
          {"solvedAt", instantOrNull(ticket.solvedAt)},
          {"closedAt", instantOrNull(ticket.closedAt)},
          {"overdue", store::isOverdue(ticket, now)},
          {"documents", documentShapes(ticket)}};
}

Result<json::array> ticketShapes(store::Reader& reader, const std::vector<Ticket>& tickets) {
  CompanyNamesSeen names;
  json::array items;
  for (const auto& ticket : tickets) {
    TRY(const auto company, names.of(reader, ticket.company));
    items.push_back(ticketShape(ticket, company, reader.clock().now()));
  }
  return items;
}

Result<json::object> ticketDetail(store::Reader& reader, const Call& call, store::TicketId id) {
  const auto viewer = ticketViewer(call);
  TRY(const auto ticket, store::ticket(reader, viewer, id));
  TRY(const auto messages, store::messagesOf(reader, viewer, ticket));
  TRY(const auto changes, store::ticketChanges(reader, id));
  TRY(const auto company, store::company(reader, ticket.company));
  auto shape = ticketShape(ticket, company.name, reader.clock().now());
  json::array said, done, assignees;
  for (const auto& message : messages) said.push_back(messageShape(message));
  for (const auto& change : changes) done.push_back(changeShape(change));
  const bool isDesk = viewer.isDeskOf(ticket);
  if (isDesk) {
    TRY(const auto people, flow::deskPeople(reader, ticket));
    for (const auto& [user, answersFor] : people)
      assignees.push_back({{"id", user.id.text()}, {"name", user.name}});
  }
  shape["messages"] = std::move(said);
  shape["changes"] = std::move(done);
  shape["may"] =
      json::object{{"write", viewer.mayWriteIn(ticket) && call.caller->may(access::Scope::tickets_write)},
                   {"answer", isDesk}};
  shape["assignees"] = std::move(assignees);
  return shape;
}

Result<std::vector<flow::KeptFile>> ticketFilesIn(const JsonBody& body) {
  std::vector<flow::TicketFile> files;
  TRY(const auto items, body.array("attachments", flow::TicketFileLimits::files_max));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    TRY(auto file, fileIn((*items)[i], body.pointerTo("attachments", i)));
    files.push_back(std::move(file));
  }
  return flow::keptFiles(files);
}

Result<std::vector<DocumentId>> ticketDocumentsIn(const JsonBody& body) {
  std::vector<DocumentId> documents;
  TRY(const auto texts, body.texts("documents", documents_max, 36));
  for (const auto& text : texts) {
    const auto id = DocumentId::parse(text);
    if (!id) return notFound();
    documents.push_back(*id);
  }
  return documents;
}

}  // namespace postgang::api
