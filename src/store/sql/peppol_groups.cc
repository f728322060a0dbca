#include "store/peppol_groups.h"

#include "store/sql/session.h"

namespace postgang::store {

namespace {

// The columns of readGroup, each as these groups have it; the ones that differ first.
constexpr std::string_view by_providers =
    "CAST(NULL AS BIGINT) AS our_company, '' AS our_sender, '' AS our_receiver, sender_country AS "
    "from_country, receiver_country AS to_country, sender_access_point AS from_point, receiver_access_point "
    "AS to_point, transport AS by_transport";
constexpr std::string_view by_end_users =
    "company AS our_company, CASE WHEN company IS NULL AND direction = 'out' THEN sender ELSE '' END AS "
    "our_sender, CASE WHEN company IS NULL AND direction = 'in' THEN receiver ELSE '' END AS our_receiver, "
    "CASE direction WHEN 'out' THEN sender_country ELSE '' END AS from_country, CASE direction WHEN 'in' "
    "THEN receiver_country ELSE '' END AS to_country, CASE direction WHEN 'out' THEN sender_access_point "
    "ELSE '' END AS from_point, CASE direction WHEN 'in' THEN receiver_access_point ELSE '' END AS to_point, "
    "'' AS by_transport";

std::string selectGroups(GroupedBy by) {
  return "SELECT direction, document_scheme, document_type, process_scheme, process, " +
         std::string(by == GroupedBy::providers ? by_providers : by_end_users) +
         ", MIN(confirmed_at), MIN(instance), COUNT(*) FROM peppol_exchanges WHERE confirmed_at >= ?1 AND "
         "confirmed_at < ?2 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 ORDER BY 15";
}

ExchangeGroup readGroup(const sql::Row& row) {
  sql::Columns c(row);
  ExchangeGroup group;
  auto& alike = group.alike;
  alike.direction = c.view() == "in" ? ExchangeDirection::in : ExchangeDirection::out;
  alike.documentType.scheme = c.text();
  alike.documentType.value = c.text();
  alike.process.scheme = c.text();
  alike.process.value = c.text();
  alike.company = c.maybe([](sql::Columns& column) { return column.company(); });
  alike.sender = c.text();
  alike.receiver = c.text();
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

Outcome exchangeGroupsOfMonth(Reader& reader, int year, int month, GroupedBy by,
                              const std::function<void(const ExchangeGroup&)>& visit) {
  const auto first = Date::of(year, month, 1);
  CHECK_OK(reader.connection().run(selectGroups(by),
                                   {Instant::atMidnight(first), Instant::atMidnight(first.plusMonths(1))},
                                   [&](const sql::Row& row) { visit(readGroup(row)); }));
  return {};
}

}  // namespace postgang::store
