// GET /documents/{id}/evidence: what is known of one document, as one zip that proves itself.
#include "flow/evidence.h"

#include "api/fetching.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/seen.h"

namespace postgang::api {

namespace {

Result<net::Reply> getEvidence(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"language"}));
  TRY(const auto id, documentIdIn(call.request));
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  std::string number;
  TRY(auto zip, readFrom(parts.context.store, [&](store::Reader& reader) -> Result<std::string> {
        TRY(const auto row, seenDocument(reader, call, id));
        number = row.entry.number;
        return flow::evidenceZip(reader, call.viewer(), id, languageFromTag(language),
                                 parts.context.clock.now());
      }));
  CHECK_OK(recordFetch(parts, call, id, "evidence"));
  const auto word = language == "sv" ? std::string("bevispaket-") : std::string("evidence-");
  return download(
      "application/zip", std::move(zip),
      safeFileName(word + (number.empty() ? id.text() : number) + ".zip", word + id.text() + ".zip"));
}

}  // namespace

void addEvidenceRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/documents/{id}/evidence",
             parts.guard.scoped(access::Scope::documents_read,
                                [&parts](const Call& call) { return getEvidence(parts, call); }));
}

}  // namespace postgang::api
