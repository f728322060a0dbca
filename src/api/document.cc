// GET /documents/{id}: one document, with the answer for the phone, its attachments and its copies.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/seen.h"
#include "api/shapes.h"
#include "insight/answer.h"
#include "render/channel.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

json::array attachmentShapes(const document::BusinessDocument& document) {
  json::array items;
  std::int64_t index = 0;
  for (const auto& attachment : document.attachments()) {
    const auto at = index++;
    if (attachment.size == 0) continue;  // only an address elsewhere: shown as a term, never fetched
    items.push_back({{"index", at},
                     {"name", attachmentName(attachment, static_cast<std::size_t>(at))},
                     {"mediaType", safeMediaType(attachment.mimeCode)},
                     {"size", static_cast<std::int64_t>(attachment.size)},
                     {"description", textOrNull(attachment.description)}});
  }
  return items;
}

// No channel of today sends a display copy: each is how it would have looked.
json::array copyShapes() {
  using render::Channel;
  json::array items;
  for (const auto channel : {Channel::email, Channel::print, Channel::bank, Channel::readable})
    items.push_back({{"kind", render::name(channel)}, {"sent", false}});
  return items;
}

void addDetails(json::object& shape, const store::DocumentRow& row) {
  shape["format"] = textOrNull(row.format);
  shape["mediaType"] = row.mediaType.empty() ? "application/octet-stream" : row.mediaType.c_str();
  shape["size"] = row.size;
  shape["fileName"] = textOrNull(row.fileName);
  shape["sha256"] = hex(view(row.digest));
  shape["orderReference"] = textOrNull(row.orderReference);
  shape["buyerReference"] = textOrNull(row.buyerReference);
  shape["paymentReference"] = textOrNull(row.paymentReference);
  shape["version"] = row.version;
  shape["root"] = row.root.text();
  shape["supersedes"] = row.supersedes ? json::value(row.supersedes->text()) : json::value(nullptr);
  shape["supersededBy"] = row.supersededBy ? json::value(row.supersededBy->text()) : json::value(nullptr);
}

Result<json::object> documentShape(store::Reader& reader, const Call& call, DocumentId id) {
  TRY(const auto row, seenDocument(reader, call, id));
  TRY(const auto events, store::eventsOf(reader, call.viewer(), id));
  TRY(const auto parsed, store::parsed(reader, id));
  auto shape = summaryShape(row.entry);
  addDetails(shape, row);
  shape["answer"] = answerShape(insight::answerFor(row, events));
  shape["attachments"] = json::array();
  shape["copies"] = json::array();
  if (!parsed) return shape;
  TRY(const auto document, document::BusinessDocument::restored(*parsed));
  shape["attachments"] = attachmentShapes(document);
  shape["copies"] = copyShapes();
  return shape;
}

}  // namespace

Result<net::Reply> documentReply(Parts& parts, const Call& call, DocumentId id) {
  TRY(const auto shape,
      readFrom(parts.context.store, [&](store::Reader& reader) { return documentShape(reader, call, id); }));
  return net::Reply::json(json::serialize(shape));
}

namespace {

Result<net::Reply> getDocument(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  return documentReply(parts, call, id);
}

}  // namespace

void addDocumentRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/documents/{id}",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return getDocument(parts, call); }));
}

}  // namespace postgang::api
