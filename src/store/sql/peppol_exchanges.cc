#include "store/peppol_exchanges.h"

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr std::string_view select_exchange =
    "SELECT instance, direction, kind, document, delivery, company, sender, receiver, document_scheme, "
    "document_type, process_scheme, process, sender_country, receiver_country, sender_access_point, "
    "receiver_access_point, transport, about, mls_to, mls_always, envelope, handed_over_at, confirmed_at, "
    "message_id, mls, mls_at, mls_words FROM peppol_exchanges ";

std::optional<Instant> maybeInstant(sql::Columns& columns) {
  return columns.maybe([](sql::Columns& column) { return column.instant(); });
}

PeppolExchange readExchange(const sql::Row& row) {
  sql::Columns c(row);
  PeppolExchange exchange;
  exchange.instance = c.text();
  exchange.direction = c.view() == "in" ? ExchangeDirection::in : ExchangeDirection::out;
  exchange.kind = c.text();
  exchange.document = c.maybe([](sql::Columns& column) { return column.id<DocumentId>(); });
  exchange.delivery = c.maybe([](sql::Columns& column) { return column.id<DeliveryId>(); });
  exchange.company = c.maybe([](sql::Columns& column) { return column.company(); });
  exchange.sender = c.text();
  exchange.receiver = c.text();
  exchange.documentType.scheme = c.text();
  exchange.documentType.value = c.text();
  exchange.process.scheme = c.text();
  exchange.process.value = c.text();
  exchange.senderCountry = c.text();
  exchange.receiverCountry = c.text();
  exchange.senderAccessPoint = c.text();
  exchange.receiverAccessPoint = c.text();
  exchange.transport = c.text();
  exchange.about = c.text();
  exchange.mlsTo = c.text();
  exchange.mlsAlways = c.yes();
  exchange.envelope = c.digest();
  exchange.handedOverAt = c.instant();
  exchange.confirmedAt = maybeInstant(c);
  exchange.messageId = c.text();
  exchange.mls = c.text();
  exchange.mlsAt = maybeInstant(c);
  exchange.mlsWords = c.text();
  return exchange;
}

Result<std::optional<PeppolExchange>> oneOf(Reader& reader, std::string_view where,
                                            std::initializer_list<sql::Value> values) {
  std::optional<PeppolExchange> found;
  CHECK_OK(reader.connection().run(std::string(select_exchange) + std::string(where), values,
                                   [&](const sql::Row& row) { found = readExchange(row); }));
  return found;
}

}  // namespace

std::string_view name(ExchangeDirection direction) {
  return direction == ExchangeDirection::in ? "in" : "out";
}

Result<bool> keepExchange(Transaction& tx, const PeppolExchange& exchange) {
  TRY(const auto made,
      tx.connection().run(
          "INSERT INTO peppol_exchanges (instance, direction, kind, document, delivery, company, sender, "
          "receiver, document_scheme, document_type, process_scheme, process, sender_country, "
          "receiver_country, sender_access_point, receiver_access_point, transport, about, mls_to, "
          "mls_always, envelope, handed_over_at, confirmed_at, message_id, mls, mls_at, mls_words) VALUES "
          "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
          "?21, ?22, ?23, ?24, ?25, ?26, ?27) ON CONFLICT DO NOTHING",
          {exchange.instance,
           name(exchange.direction),
           exchange.kind,
           exchange.document,
           exchange.delivery,
           exchange.company,
           exchange.sender,
           exchange.receiver,
           exchange.documentType.scheme,
           exchange.documentType.value,
           exchange.process.scheme,
           exchange.process.value,
           exchange.senderCountry,
           exchange.receiverCountry,
           exchange.senderAccessPoint,
           exchange.receiverAccessPoint,
           exchange.transport,
           exchange.about,
           exchange.mlsTo,
           exchange.mlsAlways ? 1 : 0,
           exchange.envelope,
           exchange.handedOverAt,
           exchange.confirmedAt,
           exchange.messageId,
           exchange.mls,
           exchange.mlsAt,
           exchange.mlsWords}));
  return made == 1;
}

Result<std::optional<PeppolExchange>> exchange(Reader& reader, ExchangeDirection direction,
                                               std::string_view instance) {
  return oneOf(reader, "WHERE instance = ?1 AND direction = ?2", {instance, name(direction)});
}

Result<std::optional<PeppolExchange>> exchangeOfDelivery(Reader& reader, DeliveryId delivery) {
  return oneOf(reader, "WHERE delivery = ?1", {delivery});
}

Result<std::optional<PeppolExchange>> exchangeOfDocument(Reader& reader, ExchangeDirection direction,
                                                         DocumentId document) {
  return oneOf(reader,
               "WHERE document = ?1 AND direction = ?2 AND about = '' ORDER BY handed_over_at DESC, instance "
               "LIMIT 1",
               {document, name(direction)});
}

Outcome confirmExchange(Transaction& tx, ExchangeDirection direction, std::string_view instance,
                        Instant confirmedAt, std::string_view messageId,
                        std::string_view receiverAccessPoint) {
  CHECK_OK(tx.connection().run(
      "UPDATE peppol_exchanges SET confirmed_at = ?3, message_id = ?4, receiver_access_point = CASE WHEN ?5 "
      "= '' THEN receiver_access_point ELSE ?5 END WHERE instance = ?1 AND direction = ?2 AND confirmed_at "
      "IS NULL",
      {instance, name(direction), confirmedAt, messageId, receiverAccessPoint}));
  return {};
}

Outcome setExchangeDocument(Transaction& tx, ExchangeDirection direction, std::string_view instance,
                            DocumentId document) {
  CHECK_OK(
      tx.connection().run("UPDATE peppol_exchanges SET document = ?3 WHERE instance = ?1 AND direction = ?2",
                          {instance, name(direction), document}));
  return {};
}

Outcome setExchangeMls(Transaction& tx, ExchangeDirection direction, std::string_view instance,
                       std::string_view code, std::string_view words, Instant at) {
  CHECK_OK(tx.connection().run(
      "UPDATE peppol_exchanges SET mls = ?3, mls_words = ?4, mls_at = ?5 WHERE instance = ?1 AND direction = "
      "?2",
      {instance, name(direction), code, words, at}));
  return {};
}

Outcome exchangesOfMonth(Reader& reader, int year, int month,
                         const std::function<void(const PeppolExchange&)>& visit) {
  const auto first = Date::of(year, month, 1);
  CHECK_OK(reader.connection().run(
      std::string(select_exchange) + "WHERE confirmed_at >= ?1 AND confirmed_at < ?2 ORDER BY confirmed_at, "
                                     "instance, direction",
      {Instant::atMidnight(first), Instant::atMidnight(first.plusMonths(1))},
      [&](const sql::Row& row) { visit(readExchange(row)); }));
  return {};
}

}  // namespace postgang::store
