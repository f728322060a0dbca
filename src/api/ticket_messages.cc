// What is written in a ticket, done to it, attached to it; and its files.
#include "api/idempotency.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/ticket_shape.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::TicketId;

Result<std::optional<store::TicketStatus>> statusIn(const JsonBody& body) {
  TRY(const auto text, body.maybeText("status", 20));
  if (!text) return std::optional<store::TicketStatus>();
  const auto status = store::ticketStatusFromName(*text);
  if (!status || *status == store::TicketStatus::fresh)
    return fieldInvalid("/status", "This is in-progress, waiting, solved or closed.");
  return status;
}

// Does it, and answers with the ticket as it stands then.
Result<net::Reply> changed(Parts& parts, const Call& call, int status,
                           const std::function<Outcome(store::Transaction&, TicketId)>& change) {
  TRY(const auto id, ticketIdIn(call.request));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(change(tx, id));
    TRY(shape, ticketDetail(tx, call, id));
    return {};
  }));
  call.note->objectName = std::string(std::string_view(shape.at("number").get_string()));
  return net::Reply::json(json::serialize(shape), status);
}

Result<net::Reply> write(Parts& parts, const Call& call) {
  TRY(const auto body,
      JsonBody::of(call.request, {"text", "internal", "status", "attachments"}, ticket_body_bytes_max));
  flow::NewTicketMessage message;
  TRY(const auto text, body.maybeText("text", store::TicketLimits::text_points_max));
  message.text = text.value_or("");
  TRY(message.internal, body.yes("internal", false));
  TRY(message.status, statusIn(body));
  TRY(message.files, ticketFilesIn(body));
  return answeredOnce(parts.context.store, parts.context.clock, call, [&] {
    return changed(parts, call, 201, [&](store::Transaction& tx, TicketId id) -> Outcome {
      CHECK_OK(flow::writeInTicket(tx, parts.ids, ticketAuthor(call), id, message));
      return {};
    });
  });
}

Result<flow::TicketPatch> patchIn(const JsonBody& body) {
  flow::TicketPatch patch;
  TRY(patch.status, statusIn(body));
  TRY(const auto priority, body.maybeText("priority", 20));
  if (priority) {
    patch.priority = store::ticketPriorityFromName(*priority);
    if (!patch.priority) return fieldInvalid("/priority", "This is low, normal, high or urgent.");
  }
  if (body.has("assignee")) {
    TRY(const auto assignee, body.maybeText("assignee", 36));
    const auto id = assignee ? UserId::parse(*assignee) : std::nullopt;
    if (assignee && !id) return fieldInvalid("/assignee", "This is a user's id, or null.");
    patch.assignee.emplace(id);
  }
  TRY(patch.subject, body.maybeText("subject", store::TicketLimits::subject_points_max));
  TRY(const auto desk, body.maybeText("desk", 20));
  if (desk && *desk != "operator")
    return fieldInvalid("/desk", "A ticket is handed on to the operator only.");
  patch.toOperator = desk.has_value();
  return patch;
}

Result<net::Reply> change(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"status", "priority", "assignee", "subject", "desk"}));
  TRY(const auto patch, patchIn(body));
  return changed(parts, call, 200, [&](store::Transaction& tx, TicketId id) -> Outcome {
    CHECK_OK(flow::changeTicket(tx, ticketAuthor(call), id, patch));
    return {};
  });
}

Result<net::Reply> attach(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"documents"}));
  TRY(const auto documents, ticketDocumentsIn(body));
  return changed(parts, call, 200, [&](store::Transaction& tx, TicketId id) -> Outcome {
    CHECK_OK(flow::attachToTicket(tx, ticketAuthor(call), id, documents));
    return {};
  });
}

Result<net::Reply> snapshot(Parts& parts, const Call& call) {
  TRY(const auto id, ticketIdIn(call.request));
  const auto document = DocumentId::parse(call.request.parameter("documentId"));
  if (!document) return notFound();
  TRY(const auto text, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<std::string> {
        TRY(const auto ticket, store::ticket(reader, ticketViewer(call), id));
        return store::snapshotOf(reader, ticket.id, *document);
      }));
  if (text.empty()) return notFound();
  return net::Reply::json(text);
}

Result<net::Reply> file(Parts& parts, const Call& call) {
  TRY(const auto id, ticketIdIn(call.request));
  const auto attachment = store::TicketAttachmentId::parse(call.request.parameter("attachmentId"));
  if (!attachment) return notFound();
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    const auto viewer = ticketViewer(call);
    TRY(const auto ticket, store::ticket(reader, viewer, id));
    TRY(const auto found, store::ticketAttachment(reader, viewer, ticket, *attachment));
    TRY(auto bytes, store::blob(reader, found.digest));
    return download(safeMediaType(found.mediaType), std::move(bytes), safeFileName(found.name, "attachment"));
  });
}

}  // namespace

void addTicketMessageRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&), std::size_t bytes_max) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               bytes_max);
  };
  constexpr auto one = "/api/v1/tickets/{ticketId}";
  constexpr auto small = JsonBody::bytes_max;
  add("PATCH", one, Scope::tickets_write, change, small);
  add("POST", "/api/v1/tickets/{ticketId}/messages", Scope::tickets_write, write, ticket_body_bytes_max);
  add("POST", "/api/v1/tickets/{ticketId}/documents", Scope::tickets_write, attach, small);
  add("GET", "/api/v1/tickets/{ticketId}/documents/{documentId}", Scope::tickets_read, snapshot, small);
  add("GET", "/api/v1/tickets/{ticketId}/attachments/{attachmentId}", Scope::tickets_read, file, small);
}

}  // namespace postgang::api
