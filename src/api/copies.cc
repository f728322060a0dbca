// GET /documents/{id}/copies/{kind}: the document as its recipient sees it, as HTML or PDF.
#include "api/fetching.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/seen.h"
#include "flow/copy_design.h"
#include "flow/fault_marks.h"
#include "render/render.h"
#include "store/blobs.h"

namespace postgang::api {

namespace {

constexpr std::string_view html = "text/html";
constexpr std::string_view pdf = "application/pdf";

struct Asked {
  render::Channel channel{};
  bool asHtml = false;
  std::optional<Language> language;  // absent: the design's
  bool asDownload = false;
  bool withFaults = false;  // what the caller may see of its findings, marked
};

Result<Asked> askedIn(const net::Request& request) {
  CHECK_OK(onlyParameters(request, {"format", "language", "download", "faults"}));
  Asked asked;
  const auto channel = render::channelFromName(request.parameter("kind"));
  if (!channel) return notFound();
  asked.channel = *channel;
  const auto format = request.queryValue("format").value_or("");
  if (!format.empty() && format != "html" && format != "pdf")
    return parameterInvalid("format", "The format is html or pdf.");
  asked.asHtml =
      format.empty() ? net::preferredType(request.header("Accept"), {pdf, html}) == html : format == "html";
  const auto language = request.queryValue("language").value_or("");
  if (!language.empty() && language != "sv" && language != "en")
    return parameterInvalid("language", "The language is sv or en.");
  if (!language.empty()) asked.language = languageFromTag(language);
  asked.asDownload = request.queryValue("download").value_or("") == "1";
  asked.withFaults = request.queryValue("faults").value_or("") == "1";
  return asked;
}

struct Source {
  store::DocumentRow row;
  std::string parsed;
  std::string design;  // JSON; empty: the plain one
  std::vector<store::FindingFact> findings;
};

Result<Source> sourceOf(store::Reader& reader, const Call& call, DocumentId id, const Asked& asked) {
  Source source;
  TRY(source.row, seenDocument(reader, call, id));
  TRY(auto parsed, store::parsed(reader, id));
  if (!parsed)
    return fail(ProblemKind::conflict, "document-unreadable",
                "The file could not be read: there is only the original.", {},
                "Fetch the original, or look at the findings.");
  source.parsed = std::move(*parsed);
  if (asked.withFaults) {
    TRY(source.findings, store::findingsOf(reader, call.viewer(), id));
  }
  TRY(source.design, flow::designTextOf(reader, source.row));
  return source;
}

std::string cacheKey(const Source& source, const Asked& asked) {
  const std::string language(asked.language ? code(*asked.language) : std::string_view("-"));
  std::string key =
      hex(view(source.row.digest)) + "|" + std::string(render::name(asked.channel)) + "|" + language;
  key += asked.asHtml ? "|html|" : "|pdf|";
  return key + hex(view(sha256(source.design)));
}

Result<CopyCache::Copy> copyOf(CopyCache& cache, const Source& source, const Asked& asked) {
  const auto key = cacheKey(source, asked);
  if (!asked.withFaults) {
    if (auto known = cache.find(key)) return known;
  }
  TRY(const auto document, document::BusinessDocument::restored(source.parsed));
  const auto design = flow::designFrom(source.design, source.row.entry.document);
  const auto language = asked.language.value_or(render::languageFor(document, design));
  const auto marks = flow::faultMarks(source.findings, language);
  TRY(auto bytes, asked.asHtml ? render::renderHtml(document, design, asked.channel, language, marks)
                               : render::renderPdf(document, design, asked.channel, language, marks));
  if (asked.withFaults) return std::make_shared<const std::string>(std::move(bytes));
  return cache.put(key, std::move(bytes));
}

net::Reply replyWith(CopyCache::Copy copy, const Source& source, const Asked& asked) {
  net::Reply reply;
  reply.shared = std::move(copy);
  const auto number =
      source.row.entry.number.empty() ? source.row.entry.document.text() : source.row.entry.number;
  const auto fileName = safeFileName(number + (asked.asHtml ? ".html" : ".pdf"), "copy");
  reply.headers.set("Content-Disposition", disposition(asked.asDownload ? "attachment" : "inline", fileName));
  reply.headers.set("Vary", "Accept");
  if (asked.asHtml) {
    reply.headers.set("Content-Type", "text/html; charset=utf-8");
    reply.headers.set("Content-Security-Policy", render::htmlContentSecurityPolicy(reply.bytes()));
  } else {
    reply.headers.set("Content-Type", std::string(pdf));
    reply.headers.set("Content-Security-Policy",
                      "default-src 'none'; object-src 'self'; frame-ancestors 'self'");
    reply.compressible = false;
  }
  return reply;
}

Result<net::Reply> getCopy(Parts& parts, const Call& call) {
  TRY(const auto id, documentIdIn(call.request));
  TRY(const auto asked, askedIn(call.request));
  TRY(const auto source, readFrom(parts.context.store,
                                  [&](store::Reader& reader) { return sourceOf(reader, call, id, asked); }));
  TRY(auto copy, copyOf(parts.copies, source, asked));
  CHECK_OK(recordFetch(parts, call, id, asked.asHtml ? "copy" : "pdf"));
  return replyWith(std::move(copy), source, asked);
}

}  // namespace

void addCopyRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/documents/{id}/copies/{kind}",
             parts.guard.scoped(access::Scope::documents_read,
                                [&](const Call& call) { return getCopy(parts, call); }));
}

}  // namespace postgang::api
