// Files to fetch: the original as it came, what left the house, and what lies inside the document. All as
// downloads that a browser does nothing with by itself.
#include <charconv>

#include "api/fetching.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/seen.h"
#include "formats/format.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

std::string etagOf(const Digest& digest) {
  return "\"" + hex(view(digest)).substr(0, 32) + "\"";
}

std::string nameOf(const store::DocumentRow& row) {
  return safeFileName(row.fileName,
                      (row.entry.number.empty() ? row.entry.document.text() : row.entry.number) + ".xml");
}

std::string sentNameOf(const store::DocumentRow& row, std::string_view channel) {
  const auto number = row.entry.number.empty() ? row.entry.document.text() : row.entry.number;
  if (channel == "print" || channel == "bank") return safeFileName(number + ".pdf", "letter.pdf");
  if (channel == "email") return safeFileName(number + ".eml", "mail.eml");
  return nameOf(row);
}

struct Original {
  store::DocumentRow row;
  std::string bytes;
};

Result<Original> originalOf(store::Reader& reader, const Call& call, DocumentId id) {
  Original original;
  TRY(original.row, seenDocument(reader, call, id));
  TRY(original.bytes, store::blob(reader, original.row.digest));
  return original;
}

Result<net::Reply> getOriginal(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(auto original,
      readFrom(parts.context.store, [&](store::Reader& reader) { return originalOf(reader, call, id); }));
  CHECK_OK(recordFetch(parts, call, id, "original"));
  auto reply = download(originalMediaType(original.row.mediaType, original.row.format),
                        std::move(original.bytes), nameOf(original.row));
  return net::withEtag(call.request, std::move(reply), etagOf(original.row.digest));
}

Result<net::Reply> getSentBytes(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  const auto wanted = DeliveryId::parse(call.request.parameter("deliveryId"));
  if (!wanted) return notFound();
  return readFrom(parts.context.store, [&](store::Reader& reader) -> Result<net::Reply> {
    TRY(const auto row, seenDocument(reader, call, id));
    TRY(const auto deliveries, store::deliveriesOf(reader, call.viewer(), id));
    for (const auto& delivery : deliveries) {
      if (delivery.id != *wanted || !delivery.sentDigest) continue;
      TRY(auto bytes, store::blob(reader, *delivery.sentDigest));
      auto reply = download(sentMediaType(delivery.channel, row.mediaType, row.format), std::move(bytes),
                            sentNameOf(row, delivery.channel));
      return net::withEtag(call.request, std::move(reply), etagOf(*delivery.sentDigest));
    }
    return notFound();
  });
}

// The attachment's bytes stand in the original; the parsed form has left them out.
Result<net::Reply> attachmentReply(const std::string& original, std::size_t index) {
  TRY(const auto reading, formats::readDocument(original));
  const auto attachments = reading.document.attachments();
  if (index >= attachments.size() || attachments[index].base64.empty()) return notFound();
  const auto& attachment = attachments[index];
  auto bytes = fromBase64(attachment.base64);
  if (!bytes)
    return fail(ProblemKind::conflict, "attachment-damaged", "The attachment is not whole in the document.",
                {}, "Fetch the original and look at it there.");
  return download(safeMediaType(attachment.mimeCode), std::move(*bytes), attachmentName(attachment, index));
}

Result<net::Reply> getAttachment(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  const auto text = call.request.parameter("index");
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  if (error != std::errc() || end != text.data() + text.size()) return notFound();
  TRY(const auto original,
      readFrom(parts.context.store, [&](store::Reader& reader) { return originalOf(reader, call, id); }));
  if (original.row.format.empty()) return notFound();
  TRY(auto reply, attachmentReply(original.bytes, index));
  CHECK_OK(recordFetch(parts, call, id, "attachment"));
  return reply;
}

}  // namespace

void addFileRoutes(net::Router& router, Parts& parts) {
  using access::Scope;
  const auto add = [&](std::string_view path, Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add("GET", path, parts.guard.scoped(Scope::documents_read, [&parts, handle](const Call& call) {
      return handle(parts, call);
    }));
  };
  add("/api/v1/documents/{id}/original", getOriginal);
  add("/api/v1/documents/{id}/deliveries/{deliveryId}/sent", getSentBytes);
  add("/api/v1/documents/{id}/attachments/{index}", getAttachment);
}

}  // namespace postgang::api
