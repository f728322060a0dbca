// /audit: who saw, changed, downloaded and sent what. Of the companies that the caller sees whole: a group's
// administrator reads the trails beneath, too.
#include <algorithm>

#include "api/audit_shape.h"
#include "api/company_rights.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/seen.h"
#include "api/shapes.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t name_max = 200;
constexpr int rows_of_document = 200;

Result<store::AuditPage> pageOf(Parts& parts, const Call& call, const store::AuditQuery& query) {
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<store::AuditPage> {
    TRY(const auto viewer, administeredBy(reader, call));
    return store::listAudit(reader, viewer, query);
  });
}

json::object pageShape(const store::AuditPage& page) {
  json::array items;
  for (const auto& entry : page.items) items.push_back(auditEntryShape(entry));
  return listShape(std::move(items), page.nextCursor);
}

// What this server itself has seen until now is in the answer.
Result<net::Reply> list(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"from", "to", "person", "action", "object", "objectId", "text",
                                         "company", "limit", "cursor"}));
  TRY(auto query, auditQueryIn(call.request));
  TRY(query.limit, limitParameter(call.request));
  TRY(query.cursor, textParameter(call.request, "cursor", name_max));
  CHECK_OK(parts.recorder.flush());
  TRY(const auto page, pageOf(parts, call, query));
  return net::Reply::json(json::serialize(pageShape(page)));
}

Result<net::Reply> ofDocument(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto row,
      readFrom(parts.context.store, [&](store::Reader& reader) { return seenDocument(reader, call, id); }));
  CHECK_OK(parts.recorder.flush());
  store::AuditQuery query;
  query.object = "document";
  query.objectId = row.entry.document.text();
  query.limit = rows_of_document;
  TRY(const auto page, pageOf(parts, call, query));
  return net::Reply::json(json::serialize(pageShape(page)));
}

// Where each trail ends now. Whoever keeps the answer elsewhere can show later that nothing before it
// changed.
Result<net::Reply> proof(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {}));
  CHECK_OK(parts.recorder.flush());
  TRY(const auto viewer, administeredBy(parts, call));
  TRY(const auto heads, readFrom(parts.context.store,
                                 [&](store::Reader& reader) { return store::auditHeads(reader, viewer); }));
  json::array items;
  for (const auto& head : heads)
    items.push_back({{"company", companyIdText(head.company)},
                     {"sequence", head.sequence},
                     {"hash", hex(view(head.hash))}});
  return net::Reply::json(
      json::serialize(json::object{{"at", parts.context.clock.now().text()}, {"items", std::move(items)}}));
}

}  // namespace

void addAuditRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string_view path, Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add("GET", path, parts.guard.scoped(access::Scope::audit_read, [&parts, handle](const Call& call) {
      return handle(parts, call);
    }));
  };
  add("/api/v1/audit", list);
  add("/api/v1/audit/proof", proof);
  add("/api/v1/documents/{id}/audit", ofDocument);
}

}  // namespace postgang::api
