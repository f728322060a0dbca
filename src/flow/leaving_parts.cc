#include "flow/leaving_parts.h"

#include <boost/json.hpp>

#include "flow/exports.h"
#include "flow/leaving_tickets.h"
#include "formats/spreadsheet.h"
#include "render/html.h"
#include "store/audit.h"
#include "store/filters.h"
#include "store/handovers.h"
#include "store/policies.h"
#include "store/registers.h"
#include "store/retention.h"
#include "store/smartmail.h"
#include "store/sql/session.h"
#include "store/watched_folders.h"

namespace postgang::flow {

namespace {

namespace json = boost::json;

constexpr int trail_page = 1'000;

// Text that is JSON already, as a value; text as it is where it is none.
json::value valueOf(const std::string& text) {
  if (text.empty()) return nullptr;
  boost::system::error_code fault;
  auto value = json::parse(text, fault);
  return fault ? json::value(text) : value;
}

class Parts {
 public:
  Parts(store::Reader& reader, const LeavingOrder& order, const LeavingPart& take)
      : reader_(reader), order_(order), take_(take) {}

  Outcome run() {
    for (const auto kind : {ImportKind::partners, ImportKind::companies, ImportKind::users}) {
      TRY(const auto rows, exportedRows(reader_, order_.viewer, order_.company, kind));
      CHECK_OK(take_(std::string(name(kind)) + ".csv", csvFile(exportHeading(kind, order_.language), rows)));
    }
    CHECK_OK(filters());
    CHECK_OK(registers());
    CHECK_OK(settings());
    CHECK_OK(eachLeavingTicket(reader_, order_, take_));
    return trail();
  }

 private:
  Outcome filters() {
    TRY(const auto all, store::listFilters(reader_, order_.viewer, order_.company));
    for (const auto& one : all) {
      TRY(const auto versions, store::filterVersions(reader_, order_.viewer, order_.company, one.id));
      for (const auto& version : versions)
        CHECK_OK(take_("filters/" + one.id.text() + "-" + std::to_string(version.version) + ".json",
                       json::serialize(json::object{{"name", version.content.name},
                                                    {"version", version.version},
                                                    {"active", version.content.active},
                                                    {"at", version.at.text()},
                                                    {"by", version.by.name},
                                                    {"comment", version.content.comment},
                                                    {"rules", valueOf(version.content.rules)}})));
    }
    return {};
  }

  Outcome registers() {
    TRY(const auto all, store::listRegisters(reader_, order_.viewer, order_.company));
    for (const auto& one : all) {
      std::vector<TableRow> rows;
      CHECK_OK(store::eachRegisterRow(
          reader_, order_.viewer, order_.company, one.id, [&](const store::RegisterRow& row) {
            rows.push_back({row.value, row.label, row.supplier, row.from ? row.from->text() : "",
                            row.to ? row.to->text() : ""});
          }));
      CHECK_OK(take_("registers/" + one.id.text() + ".csv",
                     csvFile({"value", "label", "supplier", "from", "to"}, rows)));
    }
    return {};
  }

  Outcome settings() {
    TRY(const auto company, store::company(reader_, order_.company));
    TRY(const auto policy, store::channelPolicy(reader_, order_.company));
    TRY(const auto smartmail, store::smartmailSettings(reader_, order_.company, ""));
    TRY(const auto morning, store::morningList(reader_, order_.company));
    TRY(const auto handovers, store::handoverSettings(reader_, order_.company));
    TRY(const auto folder, store::watchedFolder(reader_, order_.company));
    TRY(const auto retention, store::retentionPolicy(reader_, order_.company));
    json::array identifiers, handed;
    for (const auto& identifier : company.identifiers) identifiers.emplace_back(identifier);
    for (const auto& one : handovers)
      handed.push_back({{"kind", one.kind}, {"settings", valueOf(one.settings)}});
    return take_("settings.json",
                 json::serialize(json::object{
                     {"name", company.name},
                     {"identifiers", std::move(identifiers)},
                     {"design", valueOf(company.design)},
                     {"channelPolicy", valueOf(policy)},
                     {"smartmail", valueOf(smartmail.company)},
                     {"morningList", valueOf(morning)},
                     {"handovers", std::move(handed)},
                     {"watchedFolder", folder ? valueOf(folder->settings) : json::value(nullptr)},
                     {"financialYearEnd", retention.yearEnd}}));
  }

  // A page of it is a line each; the whole is told in one file, newest first.
  Outcome trail() {
    store::AuditQuery query;
    query.company = order_.company;
    query.limit = trail_page;
    std::string lines;
    for (;;) {
      TRY(const auto page, store::listAudit(reader_, order_.viewer, query));
      for (const auto& row : page.items)
        lines += json::serialize(json::object{{"sequence", row.sequence},
                                              {"at", row.at.text()},
                                              {"actor", row.actor.name},
                                              {"actorId", row.actor.id},
                                              {"reason", row.reason},
                                              {"action", row.action},
                                              {"object", row.object},
                                              {"objectId", row.objectId},
                                              {"objectName", row.objectName},
                                              {"detail", valueOf(row.detail)},
                                              {"hash", hex(view(row.hash))}}) +
                 "\n";
      if (!page.nextCursor) break;
      query.cursor = *page.nextCursor;
    }
    return take_("audit.jsonl", lines);
  }

  store::Reader& reader_;
  const LeavingOrder& order_;
  const LeavingPart& take_;
};

}  // namespace

Outcome eachLeavingPart(store::Store& store, const LeavingOrder& order, const LeavingPart& take) {
  return store.read([&](store::Reader& reader) { return Parts(reader, order, take).run(); });
}

std::string leavingPage(Language language, std::string_view company, Instant madeAt, std::int64_t documents) {
  const auto& texts = Texts::of(language);
  const auto word = [&](std::string_view key) {
    return render::escapedHtml(texts.word("portal.archives.page." + std::string(key)));
  };
  std::string page = "<!doctype html>\n<html lang=\"" + std::string(code(language)) +
                     "\"><head><meta charset=\"utf-8\"><title>" + render::escapedHtml(company) +
                     "</title></head><body><h1>" + render::escapedHtml(company) + "</h1><p>" + word("made") +
                     " " + render::escapedHtml(madeAt.text()) + ". " + word("documents") + ": " +
                     std::to_string(documents) + ".</p><dl>";
  for (const auto* file : {"documents.csv", "partners.csv", "companies.csv", "users.csv", "settings.json",
                           "tickets.csv", "audit.jsonl", "SHA256SUMS"}) {
    std::string key(file);
    key.erase(key.find_first_of('.') == std::string::npos ? key.size() : key.find_first_of('.'));
    page +=
        std::string("<dt><a href=\"") + file + "\">" + file + "</a></dt><dd>" + word("file." + key) + "</dd>";
  }
  for (const auto* folder : {"documents", "filters", "registers", "tickets"})
    page += std::string("<dt>") + folder + "/</dt><dd>" + word(std::string("folder.") + folder) + "</dd>";
  return page + "</dl></body></html>\n";
}

}  // namespace postgang::flow
