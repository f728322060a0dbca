#include "store/peppol_groups.h"

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr std::string_view select_groups =
    "SELECT direction, company, CASE WHEN company IS NULL AND direction = 'out' THEN sender ELSE '' END AS "
    "our_sender, CASE WHEN company IS NULL AND direction = 'in' THEN receiver ELSE '' END AS our_receiver, "
    "document_scheme, document_type, process_scheme, process, sender_country, receiver_country, "
    "sender_access_point, receiver_access_point, transport, MIN(confirmed_at), MIN(instance), COUNT(*) FROM "
    "peppol_exchanges WHERE confirmed_at >= ?1 AND confirmed_at < ?2 GROUP BY direction, company, "
    "our_sender, "
    "our_receiver, document_scheme, document_type, process_scheme, process, sender_country, "
    "receiver_country, sender_access_point, receiver_access_point, transport ORDER BY 15";

ExchangeGroup readGroup(const sql::Row& row) {
  sql::Columns c(row);
  ExchangeGroup group;
  auto& alike = group.alike;
  alike.direction = c.view() == "in" ? ExchangeDirection::in : ExchangeDirection::out;
  alike.company = c.maybe([](sql::Columns& column) { return column.company(); });
  alike.sender = c.text();
  alike.receiver = c.text();
  alike.documentType.scheme = c.text();
  alike.documentType.value = c.text();
  alike.process.scheme = c.text();
  alike.process.value = c.text();
  alike.senderCountry = c.text();
  alike.receiverCountry = c.text();
  alike.senderAccessPoint = c.text();
  alike.receiverAccessPoint = c.text();
  alike.transport = c.text();
  alike.confirmedAt = c.instant();
  alike.instance = c.text();
  group.exchanges = c.number();
  return group;
}

}  // namespace

Outcome exchangeGroupsOfMonth(Reader& reader, int year, int month,
                              const std::function<void(const ExchangeGroup&)>& visit) {
  const auto first = Date::of(year, month, 1);
  CHECK_OK(reader.connection().run(select_groups,
                                   {Instant::atMidnight(first), Instant::atMidnight(first.plusMonths(1))},
                                   [&](const sql::Row& row) { visit(readGroup(row)); }));
  return {};
}

}  // namespace postgang::store
