// GET /leads/export: what the list shows by the same filter, as CSV in UTF-8 with semicolons.
#include "api/export_pages.h"
#include "api/lead_shape.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "base/text.h"
#include "formats/spreadsheet.h"

namespace postgang::api {

namespace {

constexpr int page_rows = 1'000;
constexpr std::string_view columns[] = {"state",      "name",     "company", "phone",     "email",
                                        "message",    "language", "source",  "consent",   "assignedTo",
                                        "lostReason", "remindOn", "times",   "createdAt", "lastAt"};

std::string dayText(const std::optional<Instant>& instant) {
  return instant ? dateInStockholm(*instant).text() : std::string();
}

std::vector<std::string> rowOf(const store::Lead& lead, const UserNames& names, const Texts& texts) {
  const auto assigned = lead.assignedTo ? names.find(*lead.assignedTo) : names.end();
  return {std::string(texts.word("leadExport.state." + std::string(store::name(lead.state)))),
          lead.name,
          lead.company,
          lead.phone,
          lead.email,
          lead.message,
          lead.language,
          lead.source,
          dayText(lead.consentedAt),
          assigned == names.end() ? std::string() : assigned->second,
          lead.lostReason,
          lead.remindOn ? lead.remindOn->text() : std::string(),
          std::to_string(lead.times),
          dayText(lead.createdAt),
          dayText(lead.lastAt)};
}

Result<net::Reply> exported(Parts& parts, const Call& call) {
  CHECK_OK(leadStaffOnly(call));
  CHECK_OK(onlyParameters(call.request, {"state", "query", "assignedTo", "language"}));
  TRY(const auto query, leadQueryIn(call));
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  const auto& texts = Texts::of(languageFromTag(language));
  std::vector<std::string> headings;
  for (const auto column : columns)
    headings.emplace_back(texts.word("leadExport.column." + std::string(column)));
  std::string csv;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    csv = formats::csv_byte_order_mark;
    formats::addCsvLine(csv, headings);
    TRY(const auto names, staffNames(reader));
    return eachOfPages(
        query, page_rows,
        [&](const store::LeadQuery& page) { return store::listLeads(reader, call.viewer(), page); },
        [&](const store::Lead& lead) { formats::addCsvLine(csv, rowOf(lead, names, texts)); });
  }));
  auto reply = net::Reply::bytes("text/csv; charset=utf-8", std::move(csv));
  reply.headers.set("Content-Disposition", "attachment; filename=\"leads.csv\"");
  return reply;
}

}  // namespace

void addLeadExportRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/leads/export",
             parts.guard.person([&parts](const Call& call) { return exported(parts, call); }));
}

}  // namespace postgang::api
