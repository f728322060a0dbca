#include "api/correction_copy.h"

#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "flow/copy_design.h"
#include "flow/fault_marks.h"

namespace postgang::api {

Result<CorrectionCopyAsked> correctionCopyAsked(const net::Request& request, DocumentId document) {
  CHECK_OK(onlyParameters(request, {"format", "language"}));
  CorrectionCopyAsked asked;
  const auto format = request.queryValue("format").value_or("html");
  if (format != "html" && format != "pdf") return parameterInvalid("format", "The format is html or pdf.");
  asked.asHtml = format == "html";
  const auto language = request.queryValue("language").value_or("");
  if (!language.empty() && language != "sv" && language != "en")
    return parameterInvalid("language", "The language is sv or en.");
  if (!language.empty()) asked.language = languageFromTag(language);
  TRY(auto wanted, correctionAsked(request, document));
  if (wanted.send) return fieldInvalid("/send", "This shows the correction and sends nothing: false.");
  asked.request = std::move(wanted.request);
  return asked;
}

Result<net::Reply> correctionCopy(store::Store& store, const flow::Proposed& proposed,
                                  const CorrectionCopyAsked& asked) {
  TRY(const auto text,
      readFrom(store, [&](store::Reader& reader) { return flow::designTextOf(reader, proposed.row); }));
  const auto design = flow::designFrom(text, proposed.row.entry.document);
  TRY(const auto document, document::BusinessDocument::restored(proposed.walked.parsed));
  const auto language = asked.language.value_or(render::languageFor(document, design));
  const auto marks = flow::faultMarks(proposed.findings(), language);
  const auto make = asked.asHtml ? render::renderHtml : render::renderPdf;
  TRY(auto bytes, make(document, design, render::Channel::readable, language, marks));
  auto policy = asked.asHtml ? render::htmlContentSecurityPolicy(bytes)
                             : std::string("default-src 'none'; object-src 'self'; frame-ancestors 'self'");
  auto reply =
      net::Reply::bytes(asked.asHtml ? "text/html; charset=utf-8" : "application/pdf", std::move(bytes));
  reply.headers.set("Content-Security-Policy", std::move(policy));
  reply.headers.set("Content-Disposition", "inline");
  reply.compressible = asked.asHtml;
  return reply;
}

}  // namespace postgang::api
