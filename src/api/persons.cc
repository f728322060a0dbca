// GET /persons/report: what is held about a person. That it was asked stands in the company's trail, with
// what was asked for by its kind and length alone: the trail is no place for what people look up.
#include "api/parameters.h"
#include "api/partner_shape.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/safe_file.h"
#include "api/shapes.h"
#include "flow/exports.h"
#include "insight/person_report.h"
#include "store/audit.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t query_max = 200;

json::object shapeOf(const insight::PersonReport& report) {
  json::array documents, partners, users, mails, tickets;
  for (const auto& one : report.documents) documents.push_back(summaryShape(one));
  for (const auto& one : report.partners) partners.push_back(partnerShape(one));
  for (const auto& one : report.users)
    users.push_back(
        {{"id", one.id.text()}, {"name", one.name}, {"email", one.email}, {"active", one.active}});
  for (const auto& one : report.mails)
    mails.push_back({{"document", one.document.text()}, {"address", one.address}, {"link", one.link}});
  for (const auto& one : report.tickets)
    tickets.push_back({{"id", one.ticket.text()},
                       {"number", store::ticketNumberText(one.number)},
                       {"subject", one.subject},
                       {"createdAt", one.createdAt.text()}});
  return {
      {"query", report.query},           {"masked", report.masked},       {"documents", std::move(documents)},
      {"partners", std::move(partners)}, {"users", std::move(users)},     {"mails", std::move(mails)},
      {"tickets", std::move(tickets)},   {"auditRows", report.auditRows}, {"more", report.more}};
}

// One row a thing: what it is, what it is known by, and whom it names.
std::string csvOf(const insight::PersonReport& report, Language language) {
  const auto& texts = Texts::of(language);
  const auto word = [&](const char* name) {
    return std::string(texts.word(std::string("portal.persons.") + name));
  };
  std::vector<flow::TableRow> rows;
  for (const auto& one : report.documents)
    rows.push_back({word("document"), one.number.empty() ? one.document.text() : one.number,
                    one.counterpartName, dateInStockholm(one.receivedAt).text(), one.document.text()});
  for (const auto& one : report.partners)
    rows.push_back({word("partner"), one.identifier, one.name,
                    one.lastActivityAt ? dateInStockholm(*one.lastActivityAt).text() : "", one.email});
  for (const auto& one : report.users) rows.push_back({word("user"), one.email, one.name, "", one.id.text()});
  for (const auto& one : report.mails)
    rows.push_back({word("mail"), one.document.text(), one.address, "", one.delivery.text()});
  for (const auto& one : report.tickets)
    rows.push_back({word("ticket"), store::ticketNumberText(one.number), one.subject,
                    dateInStockholm(one.createdAt).text(), one.ticket.text()});
  rows.push_back({word("audit"), std::to_string(report.auditRows), "", "", ""});
  return flow::csvFile({word("what"), word("number"), word("name"), word("date"), word("id")}, rows);
}

Outcome record(store::Transaction& tx, const Call& call, const insight::PersonReport& report) {
  store::AuditEntry entry;
  entry.company = call.company();
  entry.actor = call.viewer().actor();
  if (call.caller->session) entry.reason = call.caller->session->reason;
  entry.action = "person.reported";
  entry.object = "person";
  entry.detail = json::serialize(json::object{{"by", report.masked ? "personnummer"
                                                     : report.query.find('@') != std::string::npos ? "email"
                                                                                                   : "text"},
                                              {"documents", report.documents.size()},
                                              {"partners", report.partners.size()},
                                              {"users", report.users.size()},
                                              {"mails", report.mails.size()},
                                              {"tickets", report.tickets.size()}});
  entry.address = call.request.remoteAddress;
  return store::recordAudit(tx, entry);
}

Result<net::Reply> report(Parts& parts, const Call& call) {
  CHECK_OK(onlyParameters(call.request, {"query", "format", "language"}));
  TRY(const auto query, textParameter(call.request, "query", query_max));
  const auto format = call.request.queryValue("format").value_or("json");
  if (format != "json" && format != "csv") return parameterInvalid("format", "The format is json or csv.");
  const auto language = call.request.queryValue("language").value_or("sv");
  if (language != "sv" && language != "en") return parameterInvalid("language", "The language is sv or en.");
  TRY(const auto found, readFrom(parts.context.store, [&](store::Reader& reader) {
        return insight::personReport(reader, call.viewer(), call.company(), query);
      }));
  CHECK_OK(parts.context.store.write(store::Priority::background,
                                     [&](store::Transaction& tx) { return record(tx, call, found); }));
  if (format == "json") return net::Reply::json(json::serialize(shapeOf(found)));
  return download("text/csv; charset=utf-8", csvOf(found, languageFromTag(language)), "person.csv");
}

}  // namespace

// Under a scope to write, since only administrators have it and reading here is an act of its own.
void addPersonRoutes(net::Router& router, Parts& parts) {
  router.add("GET", "/api/v1/persons/report",
             parts.guard.scoped(access::Scope::users_write,
                                [&parts](const Call& call) { return report(parts, call); }));
}

}  // namespace postgang::api
