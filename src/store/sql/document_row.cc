#include "store/sql/document_row.h"

#include <unordered_map>

#include "store/sql/dialect.h"
#include "store/sql/sandbox_rows.h"
#include "store/sql/seen.h"

namespace postgang::store::sql {
namespace {

// Of documents only what a list shows.
constexpr std::string_view select_entries =
    "SELECT e.id, e.document, e.company, e.counterpart_company, e.direction, e.status, e.channel, "
    "e.received_at, e.last_event, "
    "e.last_event_at, e.last_event_detail, d.kind, d.number, d.seller_identifier, d.seller_name, "
    "d.seller_customer_number, d.seller_person, d.seller_email, d.buyer_identifier, d.buyer_name, "
    "d.buyer_customer_number, d.buyer_person, d.buyer_email, d.issue_date, d.due_date, d.amount, d.currency, "
    "CASE WHEN {internal} THEN 1 ELSE 0 END "
    "FROM entries e JOIN documents d ON d.id = e.document WHERE ";

PartyFact readParty(Columns& c) {
  PartyFact party;
  party.identifier = c.text();
  party.name = c.text();
  party.customerNumber = c.text();
  party.person = c.yes();
  party.email = c.text();
  return party;
}

Entry readEntry(Columns& c) {
  Entry entry;
  entry.document = c.id<DocumentId>();
  entry.company = c.company();
  if (const auto other = c.company(); other.value != 0) entry.counterpartCompany = other;
  entry.direction = c.view() == "received" ? Direction::received : Direction::sent;
  entry.status = document::statusFromName(c.view()).value_or(Status::received);
  entry.channel = c.text();
  entry.receivedAt = c.instant();
  entry.lastEvent = document::eventTypeFromName(c.view()).value_or(EventType::received);
  entry.lastEventAt = c.instant();
  entry.lastEventDetail = c.text();
  entry.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
  entry.number = c.text();
  entry.sender = readParty(c);
  entry.receiver = readParty(c);
  entry.counterpartName = entry.direction == Direction::sent ? entry.receiver.name : entry.sender.name;
  entry.issueDate = c.maybe([](Columns& column) { return column.date(); });
  entry.dueDate = c.maybe([](Columns& column) { return column.date(); });
  entry.amount = c.maybe([](Columns& column) { return column.decimal(); });
  entry.currency = c.text();
  entry.internal = c.yes();
  return entry;
}

}  // namespace

Result<std::vector<CompanyId>> companiesSeen(Reader& reader, const Viewer& viewer) {
  if (!viewer.seesAll()) return std::vector<CompanyId>(viewer.companies().begin(), viewer.companies().end());
  std::vector<CompanyId> companies;
  CHECK_OK(
      reader.connection().run("SELECT id FROM companies WHERE " + realClause(viewer, "id") + " ORDER BY id",
                              {}, [&](const Row& row) { companies.push_back(CompanyId{row.number(0)}); }));
  return companies;
}

bool seesSide(const Viewer& viewer, const Rows& rows, const EntryView& side) {
  return viewer.sees(side.company, side.direction, rows.recognised.kind);
}

const EntryView* entrySeen(const Rows& rows, const Viewer& viewer, std::optional<CompanyId> as) {
  const auto* sent = seesSide(viewer, rows, rows.sent) ? &rows.sent : nullptr;
  const auto* inbox = rows.inbox && seesSide(viewer, rows, *rows.inbox) ? &*rows.inbox : nullptr;
  if (sent && as == sent->company) return sent;
  if (inbox && as == inbox->company) return inbox;
  return sent ? sent : inbox;
}

Entry entryOf(const Rows& rows, const EntryView& view) {
  const auto& facts = rows.recognised;
  const bool sent = view.direction == Direction::sent;
  const auto counterpart = counterpartCompany(rows, view);
  return {.document = rows.id,
          .company = view.company,
          .counterpartCompany = counterpart.value == 0 ? std::nullopt : std::optional(counterpart),
          .direction = view.direction,
          .status = view.status,
          .kind = facts.kind,
          .number = facts.number,
          .sender = facts.seller,
          .receiver = facts.buyer,
          .counterpartName = sent ? facts.buyer.name : facts.seller.name,
          .issueDate = facts.issueDate,
          .dueDate = facts.dueDate,
          .amount = facts.amount,
          .currency = facts.currency,
          .channel = view.channel,
          .receivedAt = view.receivedAt,
          .lastEvent = view.lastEvent,
          .lastEventAt = view.lastEventAt,
          .lastEventDetail = view.lastEventDetail};
}

Result<std::vector<Entry>> loadEntries(Connection& connection, std::span<const EntryKey> keys) {
  if (keys.empty()) return std::vector<Entry>();
  const auto dialect = connection.dialect();
  std::vector<std::int64_t> ids;
  std::vector<CompanyId> companies;
  for (const auto& key : keys) {
    ids.push_back(key.id);
    if (companies.empty() || companies.back() != key.company) companies.push_back(key.company);
  }
  static const auto select = [](Dialect of) {
    std::string text(select_entries);
    constexpr std::string_view internal = "{internal}";
    text.replace(text.find(internal), internal.size(), internalClause("e."));
    return text + numbersClause(of, "e.id", "?1") + " AND " + companiesClause(of, "e.company", "?2");
  };
  static const std::string for_sqlite = select(Dialect::sqlite), for_postgres = select(Dialect::postgres);
  std::unordered_map<std::int64_t, Entry> found;
  CHECK_OK(connection.run(dialect == Dialect::postgres ? for_postgres : for_sqlite,
                          {numbersValue(dialect, ids), companiesValue(dialect, companies)},
                          [&](const Row& row) {
                            Columns c(row);
                            const auto id = c.number();
                            found.emplace(id, readEntry(c));
                          }));
  std::vector<Entry> entries;
  for (const auto id : ids)
    if (const auto entry = found.find(id); entry != found.end()) entries.push_back(std::move(entry->second));
  return entries;
}

tl::unexpected<Problem> documentNotFound() {
  return postgang::fail(ProblemKind::not_found, "document-not-found", "There is no such document.", {},
                        "Check the id, and for which company you ask.");
}

}  // namespace postgang::store::sql
