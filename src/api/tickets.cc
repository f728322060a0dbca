// /tickets: finding them, counting them, making and reading one. Who sees and may what: store/tickets.h; it
// is asked with what the caller sees, not with what it may act on, since whoever may read may ask.
#include "api/company_parameter.h"
#include "api/idempotency.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/ticket_shape.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

template <typename T>
Result<std::vector<T>> namesIn(const net::Request& request, std::string_view parameter,
                               std::optional<T> (*fromName)(std::string_view)) {
  std::vector<T> values;
  for (const auto& text : listParameter(request, parameter)) {
    const auto value = fromName(text);
    if (!value) return parameterInvalid(parameter, "One of the values is not known.");
    values.push_back(*value);
  }
  return values;
}

Result<bool> yesIn(const net::Request& request, std::string_view name) {
  const auto text = request.queryValue(name).value_or("");
  if (text.empty() || text == "false") return false;
  if (text == "true") return true;
  return parameterInvalid(name, "This is true or false.");
}

// "me", "none", or a user's id.
Outcome readAssignee(const Call& call, store::TicketQuery& query) {
  const auto text = call.request.queryValue("assignee").value_or("");
  if (text.empty()) return {};
  query.unassigned = text == "none";
  if (query.unassigned) return {};
  query.assignee = text == "me" ? ticketViewer(call).user : UserId::parse(text);
  if (!query.assignee) return parameterInvalid("assignee", "This is me, none, or a user's id.");
  return {};
}

struct Asked {
  store::TicketQuery query;
  bool nobody = false;  // of a company of which the caller sees nothing
};

Result<Asked> askedIn(Parts& parts, const Call& call) {
  Asked asked;
  auto& query = asked.query;
  const auto& request = call.request;
  TRY(query.statuses, namesIn(request, "status", store::ticketStatusFromName));
  TRY(query.priorities, namesIn(request, "priority", store::ticketPriorityFromName));
  CHECK_OK(readAssignee(call, query));
  TRY(query.needsMe, yesIn(request, "needsMe"));
  TRY(query.overdue, yesIn(request, "overdue"));
  TRY(query.counterpart, textParameter(request, "counterpart", 200));
  TRY(query.text, textParameter(request, "query", 200));
  TRY(const auto document, textParameter(request, "document", 36));
  if (!document.empty()) {
    query.document = DocumentId::parse(document);
    asked.nobody = !query.document;
  }
  TRY(const auto company, companyParameter(parts.context.store, call));
  query.company = company.company;
  asked.nobody = asked.nobody || company.nobody;
  return asked;
}

Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"status", "priority", "company", "assignee", "needsMe", "overdue",
                                         "document", "counterpart", "query", "limit", "cursor"}));
  TRY(auto asked, askedIn(parts, call));
  TRY(asked.query.limit, limitParameter(call.request));
  TRY(asked.query.cursor, textParameter(call.request, "cursor", 1000));
  if (asked.nobody) return net::Reply::json(json::serialize(listShape({})));
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto page, store::listTickets(reader, ticketViewer(call), asked.query));
    TRY(auto items, ticketShapes(reader, page.items));
    return net::Reply::json(json::serialize(listShape(std::move(items), page.nextCursor)));
  });
}

json::array countsShape(const std::vector<store::TicketFacets::Count>& counts, bool named) {
  json::array items;
  for (const auto& count : counts) {
    json::object item{{"value", count.value}, {"count", count.tickets}};
    if (named) item["name"] = count.name;
    items.push_back(std::move(item));
  }
  return items;
}

Result<net::Reply> facets(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"status", "priority", "company", "assignee", "needsMe", "overdue",
                                         "document", "counterpart", "query"}));
  TRY(const auto asked, askedIn(parts, call));
  store::TicketFacets found;
  if (!asked.nobody) {
    TRY(found, readFrom(parts.context.store, [&](store::Reader& reader) {
          return store::ticketFacets(reader, ticketViewer(call), asked.query);
        }));
  }
  return net::Reply::json(json::serialize(json::object{{"total", found.tickets},
                                                       {"overdue", found.overdue},
                                                       {"needsMe", found.needsMe},
                                                       {"status", countsShape(found.status, false)},
                                                       {"priority", countsShape(found.priority, false)},
                                                       {"company", countsShape(found.company, true)},
                                                       {"assignee", countsShape(found.assignee, true)}}));
}

// That the body names, or the first document's as the caller sees it, or the caller's own.
Result<CompanyId> companyIn(store::Reader& reader, const Call& call, const std::optional<std::string>& text,
                            const std::vector<DocumentId>& documents) {
  if (text) {
    // Asked before it is looked for: one that there is not and one that is another's are answered alike.
    const auto id = companyIdFrom(*text);
    if (!id || !call.caller->viewer.seesAnyOf(*id)) return notFound();
    const auto company = store::company(reader, *id);
    if (!company && company.error().kind == ProblemKind::not_found) return notFound();
    if (!company) return fail(company.error());
    return company->id;
  }
  if (documents.empty()) return call.company();
  const auto& viewer = call.caller->viewer;
  auto own = store::findDocument(reader, viewer, documents.front(), call.company());
  if (own) return own->entry.company;
  TRY(const auto seen, store::findDocument(reader, viewer, documents.front()));
  return seen.entry.company;
}

Result<flow::NewTicket> newTicketIn(const JsonBody& body) {
  flow::NewTicket made;
  TRY(made.subject, body.text("subject", store::TicketLimits::subject_points_max));
  TRY(made.text, body.text("text", store::TicketLimits::text_points_max));
  TRY(const auto priority, body.maybeText("priority", 20));
  if (priority) {
    const auto known = store::ticketPriorityFromName(*priority);
    if (!known) return fieldInvalid("/priority", "This is low, normal, high or urgent.");
    made.priority = *known;
  }
  TRY(made.documents, ticketDocumentsIn(body));
  TRY(made.files, ticketFilesIn(body));
  return made;
}

Result<net::Reply> create(Parts& parts, const Call& call) {
  TRY(const auto body,
      JsonBody::of(call.request, {"subject", "text", "priority", "companyId", "documents", "attachments"},
                   ticket_body_bytes_max));
  TRY(auto made, newTicketIn(body));
  TRY(const auto company, body.maybeText("companyId", 20));
  return answeredOnce(parts.context.store, parts.context.clock, call, [&]() -> Result<net::Reply> {
    json::object shape;
    CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(made.company, companyIn(tx, call, company, made.documents));
      TRY(const auto ticket, flow::makeTicket(tx, parts.ids, ticketAuthor(call), made));
      TRY(shape, ticketDetail(tx, call, ticket.id));
      return {};
    }));
    return net::Reply::json(json::serialize(shape), 201);
  });
}

Result<net::Reply> show(Parts& parts, const Call& call) {
  TRY(const auto id, ticketIdIn(call.request));
  TRY(const auto shape,
      readFrom(parts.context.store, [&](store::Reader& reader) { return ticketDetail(reader, call, id); }));
  return net::Reply::json(json::serialize(shape));
}

}  // namespace

void addTicketRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               ticket_body_bytes_max);
  };
  add("GET", "/api/v1/tickets", Scope::tickets_read, list);
  add("GET", "/api/v1/tickets/facets", Scope::tickets_read, facets);
  add("POST", "/api/v1/tickets", Scope::tickets_write, create);
  add("GET", "/api/v1/tickets/{ticketId}", Scope::tickets_read, show);
}

}  // namespace postgang::api
