#include "store/sql/smartmail_rows.h"

#include <algorithm>

#include "base/text.h"
#include "store/sql/facts.h"
#include "store/sql/rows.h"
#include "store/sql/search_terms.h"

namespace postgang::store::sql {

namespace {

void readBuyer(Columns& c, PartyFact& buyer) {
  buyer.identifier = c.text();
  buyer.name = c.text();
  buyer.customerNumber = c.text();
  buyer.person = c.yes();
  buyer.email = c.text();
}

SmartmailRow readRow(Columns& c) {
  SmartmailRow found;
  found.document = c.id<DocumentId>();
  found.delivery.id = c.id<DeliveryId>();
  found.delivery.channel = c.text();
  found.delivery.status = document::deliveryStatusFromName(c.view()).value_or(DeliveryStatus::queued);
  found.delivery.address = c.text();
  found.delivery.evidence = c.text();
  found.delivery.price = c.maybe([](Columns& column) { return column.decimal(); });
  found.delivery.currency = c.text();
  found.delivery.road = decodedRoad(c.view());
  found.state = c.text();
  found.number = c.text();
  found.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
  readBuyer(c, found.buyer);
  found.dueDate = c.maybe([](Columns& column) { return column.date(); });
  found.amount = c.maybe([](Columns& column) { return column.decimal(); });
  found.currency = c.text();
  return found;
}

// Any part of it, whatever the case; what means something to LIKE is taken as it is.
std::string containing(std::string_view text) {
  std::string pattern = "%";
  for (const char c : lowered(text)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

}  // namespace

void addSmartmail(Statement& statement, const Sender& sender, const SmartmailQuery& query) {
  statement << " FROM deliveries v";
  addSmartmailConditions(statement, sender, query);
}

void addSmartmailConditions(Statement& statement, const Sender& sender, const SmartmailQuery& query) {
  // SQLite knows no statistics and would pass over all of the company's entries.
  const std::string_view index =
      statement.dialect() == Dialect::sqlite ? " INDEXED BY entries_counterpart" : "";
  statement << " WHERE v.channel = 'email' AND v.sender = " << statement.place(sender.company);
  if (!sender.kinds.empty()) {
    statement << " AND EXISTS (SELECT 1 FROM documents k WHERE k.id = v.document";
    addKinds(statement, sender.kinds, "k.kind");
    statement << ")";
  }
  if (query.from) statement << " AND v.sent_at >= " << statement.place(*query.from);
  if (query.to) statement << " AND v.sent_at < " << statement.place(*query.to);
  if (!query.counterpart.empty())
    statement << " AND v.document IN (SELECT e.document FROM entries e" << index
              << " WHERE e.company = " << statement.place(sender.company)
              << " AND e.counterpart <> '' AND e.counterpart = " << statement.keep(indexed(query.counterpart))
              << ")";
  Search search;
  search.hits = searchTerms(query.text);
  if (search.hits.empty()) return;
  statement << " AND (v.document IN (SELECT e.document FROM entries e WHERE e.company = "
            << statement.place(sender.company) << " AND e.id IN ";
  addHits(statement, std::span(&sender.company, 1), search, hits_max);
  statement << ") OR LOWER(v.address) LIKE " << statement.keep(containing(query.text)) << " ESCAPE '\\')";
}

Result<SmartmailRow> smartmailRow(Connection& connection, DocumentId document, DeliveryId delivery) {
  std::optional<SmartmailRow> found;
  CHECK_OK(connection.run(
      "SELECT v.document, v.id, v.channel, v.status, v.address, v.evidence, v.price, v.currency, v.road, "
      "v.state, d.number, d.kind, d.buyer_identifier, d.buyer_name, d.buyer_customer_number, d.buyer_person, "
      "d.buyer_email, d.due_date, d.amount, d.currency FROM deliveries v JOIN documents d ON d.id = "
      "v.document WHERE v.document = ?1 AND v.id = ?2",
      {document, delivery}, [&](const Row& row) {
        Columns c(row);
        found = readRow(c);
      }));
  if (!found) return fail(ProblemKind::internal, "delivery-gone", "A delivery is gone within one snapshot.");
  return std::move(*found);
}

void addTo(std::vector<LetterSum>& sums, std::string_view currency, std::int64_t hundredths) {
  if (hundredths == 0) return;
  auto sum = std::ranges::find(sums, currency, &LetterSum::currency);
  if (sum == sums.end()) sum = sums.insert(sums.end(), LetterSum{std::string(currency), 0});
  sum->hundredths += hundredths;
}

}  // namespace postgang::store::sql
