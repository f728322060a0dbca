// Corrections of the caller's own documents: the form, a try, the sending, many at once, the corrected file,
// and the credit note and new invoice for what no correction may change.
#include "api/correction_copy.h"
#include "api/correction_shape.h"
#include "api/finding_shape.h"
#include "api/idempotency.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "flow/decide.h"
#include "formats/credit_note.h"
#include "formats/format.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;

constexpr int created_status = 201;
constexpr std::size_t documents_max = 200;

Result<store::DocumentRow> ownDocument(store::Reader& reader, const Call& call, DocumentId id) {
  return flow::documentOf(reader, call.viewer(), id, store::Direction::sent);
}

Result<net::Reply> form(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<json::object> {
        TRY(const auto row, ownDocument(reader, call, id));
        return correctionOf(reader, row);
      }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> correct(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto asked, correctionAsked(call.request, id));
  call.note->nothingDone = !asked.send;
  if (!asked.send) {
    TRY(const auto proposed, parts.context.flow.propose(call.viewer(), asked.request));
    TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
          return previewShape(reader, proposed, asked.request);
        }));
    return net::Reply::json(json::serialize(shape));
  }
  return answeredOnce(parts.context.store, parts.context.clock, call, [&]() -> Result<net::Reply> {
    TRY(const auto made, parts.context.flow.correct(call.viewer(), asked.request));
    return net::Reply::json(json::serialize(madeShape(made)), created_status);
  });
}

Result<net::Reply> shownBefore(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto asked, correctionCopyAsked(call.request, id));
  TRY(const auto proposed, parts.context.flow.propose(call.viewer(), asked.request));
  return correctionCopy(parts.context.store, proposed, asked);
}

json::object resultShape(DocumentId id) {
  return {{"id", id.text()},           {"ok", false},
          {"newId", nullptr},          {"problem", nullptr},
          {"findings", json::array()}, {"difference", json::array()}};
}

// One of many: its problem is its own, and stops no other.
json::object correctOne(Parts& parts, const Call& call, const flow::CorrectionRequest& request, bool send) {
  auto shape = resultShape(request.document);
  const auto proposed = parts.context.flow.propose(call.viewer(), request);
  if (!proposed) {
    shape["problem"] = problemShape(proposed.error());
    return shape;
  }
  for (const auto& finding : proposed->findings())
    shape.at("findings").as_array().push_back(findingShape(finding));
  shape["difference"] = differenceShape(proposed->difference);
  shape["ok"] = proposed->valid();
  if (!send || !proposed->valid()) return shape;
  const auto made = parts.context.flow.correct(call.viewer(), request);
  if (made) {
    shape["newId"] = made->id.text();
    call.note->objectIds.push_back(request.document.text());
  } else {
    shape["ok"] = false;
    shape["problem"] = problemShape(made.error());
  }
  return shape;
}

Result<net::Reply> correctMany(Parts& parts, const Call& call) {
  TRY(const auto body,
      JsonBody::of(call.request, {"documents", "changes", "attachments", "remember", "send", "reason"},
                   correction_bytes_max));
  flow::CorrectionRequest request;
  TRY(request.changes, changesIn(body));
  TRY(request.attachments, attachmentsIn(body));
  TRY(request.remember, body.yes("remember", false));
  TRY(const auto reason, body.maybeText("reason", 500));
  request.reason = reason.value_or("");
  TRY(const bool send, body.yes("send", false));
  TRY(const auto ids, body.texts("documents", documents_max, 36));
  if (ids.empty()) return fieldInvalid("/documents", "There is no document here.");
  std::vector<DocumentId> documents;
  for (const auto& text : ids) {
    const auto id = DocumentId::parse(text);
    if (!id) return fieldInvalid("/documents", "This is no document's id.");
    documents.push_back(*id);
  }
  return answeredOnce(parts.context.store, parts.context.clock, call, [&]() -> Result<net::Reply> {
    json::array items;
    for (const auto id : documents) {
      request.document = id;
      items.push_back(correctOne(parts, call, request, send));
      request.remember = false;  // once is enough
    }
    call.note->nothingDone = call.note->objectIds.empty();
    return net::Reply::json(json::serialize(json::object{{"items", std::move(items)}}));
  });
}

// The newest version's file, as it left here: for the sender's own system.
Result<net::Reply> correctedFile(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  std::string bytes;
  store::DocumentRow row;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    TRY(row, ownDocument(reader, call, id));
    while (row.supersededBy) {
      TRY(row, ownDocument(reader, call, *row.supersededBy));
    }
    TRY(bytes, store::blob(reader, row.digest));
    return {};
  }));
  const auto otherwise = (row.entry.number.empty() ? row.entry.document.text() : row.entry.number) + ".xml";
  return download(originalMediaType(row.mediaType, row.format), std::move(bytes),
                  safeFileName(row.fileName, otherwise));
}

// The draft of a credit note, or of the invoice again: what a mistake takes that no correction may touch.
// Nothing is kept; who wants it sent sends it.
Result<std::string> draftOf(const document::BusinessDocument& invoice, bool asCreditNote, std::string number,
                            Date today) {
  if (asCreditNote) {
    TRY(const auto made, formats::creditNoteFor(invoice, {std::move(number), today, {}}));
    return formats::writeDocument(made, "ubl-credit-note");
  }
  TRY(const auto made, formats::newInvoiceFrom(invoice, {std::move(number), today, std::nullopt}));
  return formats::writeDocument(made, "ubl-invoice");
}

Result<net::Reply> credit(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  CHECK_OK(onlyParameters(call.request, {"kind", "number"}));
  TRY(const auto kind, textParameter(call.request, "kind", 20));
  if (kind != "credit-note" && kind != "new-invoice")
    return parameterInvalid("kind", "This is credit-note or new-invoice.");
  TRY(const auto number, textParameter(call.request, "number", 100));
  TRY(const auto original, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<std::string> {
        TRY(const auto row, ownDocument(reader, call, id));
        return store::blob(reader, row.digest);
      }));
  TRY(const auto reading, formats::readDocument(original));
  const auto today = dateInStockholm(parts.context.clock.now());
  TRY(auto draft, draftOf(reading.document, kind == "credit-note", number, today));
  return download("application/xml", std::move(draft), safeFileName(number + ".xml", "draft.xml"));
}

}  // namespace

void addCorrectionRoutes(net::Router& router, Parts& parts) {
  const auto& guard = parts.guard;
  router.add("GET", "/api/v1/documents/{id}/correction",
             guard.scoped(Scope::documents_read, [&](const Call& call) { return form(parts, call); }));
  router.add("POST", "/api/v1/documents/{id}/corrections",
             guard.scoped(Scope::documents_write, [&](const Call& call) { return correct(parts, call); }),
             correction_bytes_max);
  router.add("POST", "/api/v1/documents/{id}/corrections/preview",
             guard.scoped(Scope::documents_write, [&](const Call& call) { return shownBefore(parts, call); }),
             correction_bytes_max);
  router.add("POST", "/api/v1/corrections",
             guard.scoped(Scope::documents_write, [&](const Call& call) { return correctMany(parts, call); }),
             correction_bytes_max);
  router.add("POST", "/api/v1/documents/{id}/credit",
             guard.scoped(Scope::documents_write, [&](const Call& call) { return credit(parts, call); }));
  router.add(
      "GET", "/api/v1/documents/{id}/corrected-file",
      guard.scoped(Scope::documents_read, [&](const Call& call) { return correctedFile(parts, call); }));
}

}  // namespace postgang::api
