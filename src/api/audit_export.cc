// GET /audit/export: the trail as a file. CSV is for people and spreadsheets; JSON lines have every field of
// the hash, so that whoever has the file can work the chain out again.
#include "api/audit_shape.h"
#include "api/company_rights.h"
#include "api/export_pages.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/calendar.h"
#include "base/json_text.h"
#include "base/text.h"
#include "formats/spreadsheet.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr int page_rows = 1'000;
constexpr std::string_view columns[] = {"at",       "person",     "what",   "object",  "objectName",
                                        "objectId", "reason",     "detail", "address", "company",
                                        "row",      "actionCode", "hash"};

// As clocks in Sweden show it, to the second: "2026-11-27 16:00:07".
std::string timeText(Instant instant) {
  const int minute = minuteInStockholm(instant);
  const auto second = static_cast<int>(instant.microseconds / 1'000'000 % 60);
  const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return dateInStockholm(instant).text() + " " + two(minute / 60) + ":" + two(minute % 60) + ":" +
         two(second);
}

class Csv {
 public:
  explicit Csv(Language language) : texts_(Texts::of(language)) {
    std::vector<std::string> headings;
    for (const auto column : columns)
      headings.emplace_back(texts_.word("audit.export." + std::string(column)));
    formats::addCsvLine(text_, headings);
  }
  void add(const store::AuditEntry& entry) {
    const auto who = entry.actor.name.empty()
                         ? texts_.word("audit.actor." + std::string(store::name(entry.actor.kind)))
                         : std::string_view(entry.actor.name);
    const auto object =
        entry.object.empty() ? std::string_view() : texts_.word("audit.object." + entry.object);
    formats::addCsvLine(
        text_,
        {timeText(entry.at), std::string(who), std::string(texts_.word("audit.did." + entry.action)),
         std::string(object), entry.objectName, entry.objectId, entry.reason, entry.detail, entry.address,
         companyIdText(entry.company), std::to_string(entry.sequence), entry.action, hex(view(entry.hash))});
  }
  std::string taken() && { return std::move(text_); }

 private:
  const Texts& texts_;
  std::string text_ = std::string(formats::csv_byte_order_mark);
};

// `detail` as the text that was hashed, not as the object that it says.
void addJsonLine(std::string& lines, const store::AuditEntry& entry) {
  auto shape = auditEntryShape(entry);
  shape["detail"] = textOrNull(entry.detail);
  lines += json::serialize(shape) + "\n";
}

template <typename Add>
Outcome each(store::Reader& reader, const Call& call, const store::AuditQuery& query, const Add& add) {
  TRY(const auto viewer, administeredBy(reader, call));
  return eachOfPages(
      query, page_rows, [&](const store::AuditQuery& page) { return store::listAudit(reader, viewer, page); },
      add);
}

Result<net::Reply> exported(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"format", "language", "from", "to", "person", "action", "object",
                                         "objectId", "text", "company"}));
  TRY(const auto query, auditQueryIn(call.request));
  const auto format = call.request.queryValue("format").value_or("csv");
  if (format != "csv" && format != "jsonl") return parameterInvalid("format", "The format is csv or jsonl.");
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  CHECK_OK(parts.recorder.flush());
  const bool isCsv = format == "csv";
  std::string bytes;
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    Csv csv(languageFromTag(language));
    bytes.clear();
    CHECK_OK(each(reader, call, query, [&](const store::AuditEntry& entry) {
      if (isCsv)
        csv.add(entry);
      else
        addJsonLine(bytes, entry);
    }));
    if (isCsv) bytes = std::move(csv).taken();
    return {};
  }));
  auto reply = net::Reply::bytes(isCsv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
                                 std::move(bytes));
  reply.headers.set("Content-Disposition",
                    isCsv ? "attachment; filename=\"audit.csv\"" : "attachment; filename=\"audit.jsonl\"");
  return reply;
}

}  // namespace

void addAuditExportRoutes(net::Router& router, Parts& parts) {
  router.add(
      "GET", "/api/v1/audit/export",
      parts.guard.scoped(access::Scope::audit_read, [&](const Call& call) { return exported(parts, call); }));
}

}  // namespace postgang::api
