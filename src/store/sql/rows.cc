#include "store/sql/rows.h"

#include <algorithm>

#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/facts.h"

namespace postgang::store::sql {
namespace {

Direction directionFrom(std::string_view text) {
  return text == "received" ? Direction::received : Direction::sent;
}

void readParty(Columns& c, PartyFact& party) {
  party.identifier = c.text();
  party.name = c.text();
  party.customerNumber = c.text();
  party.person = c.yes();
  party.email = c.text();
}

EntryView readView(Columns& c) {
  EntryView entry;
  entry.id = c.number();
  entry.company = c.company();
  entry.direction = directionFrom(c.view());
  entry.status = document::statusFromName(c.view()).value_or(Status::received);
  entry.channel = c.text();
  entry.receivedAt = c.instant();
  entry.lastEvent = document::eventTypeFromName(c.view()).value_or(EventType::received);
  entry.lastEventAt = c.instant();
  entry.lastEventDetail = c.text();
  entry.counted = readCounted(c);
  return entry;
}

constexpr std::string_view load_start =
    "SELECT d.id, d.sender, d.root, d.supersedes, d.version, d.door, d.file_name, d.media_type, d.digest, "
    "d.size, "
    "d.format, d.kind, d.number, d.issue_date, d.due_date, d.amount, d.currency, d.seller_identifier, "
    "d.seller_name, "
    "d.seller_customer_number, d.seller_person, d.seller_email, d.buyer_identifier, d.buyer_name, "
    "d.buyer_customer_number, d.buyer_person, d.buyer_email, d.order_reference, d.buyer_reference, "
    "d.payment_reference, d.customer_number, d.accounts, d.last_sequence, d.head, "
    "s.id, s.company, s.direction, s.status, s.channel, s.received_at, s.last_event, s.last_event_at, "
    "s.last_event_detail, s.delivered_at, s.opened_at, s.was_stopped, s.sheets, s.costs, "
    "r.id, r.company, r.direction, r.status, r.channel, r.received_at, r.last_event, r.last_event_at, "
    "r.last_event_detail, r.delivered_at, r.opened_at, r.was_stopped, r.sheets, r.costs "
    "FROM documents d JOIN entries s ON s.company = d.sender AND s.id = d.sent_entry "
    "LEFT JOIN entries r ON r.company = d.receiver AND r.id = d.received_entry WHERE d.id = ?1";

DeliveryView readDelivery(Columns& c) {
  DeliveryView delivery;
  delivery.id = c.id<DeliveryId>();
  delivery.channel = c.text();
  delivery.status = document::deliveryStatusFromName(c.view()).value_or(DeliveryStatus::queued);
  delivery.address = c.text();
  delivery.evidence = c.text();
  delivery.price = c.maybe([](Columns& c) { return c.decimal(); });
  delivery.currency = c.text();
  delivery.sentDigest = c.maybe([](Columns& c) { return c.digest(); });
  delivery.receiver = c.maybe([](Columns& c) { return c.company(); });
  delivery.attempts = decodedAttempts(c.view());
  delivery.road = decodedRoad(c.view());
  auto& kept = delivery.kept.emplace();
  const auto number = [](Columns& column) { return column.number(); };
  kept.sender = c.maybe([](Columns& column) { return column.company(); });
  kept.state = c.text();
  kept.sentAt = c.maybe(number);
  kept.deadline = c.maybe(number);
  kept.letterPrice = c.maybe(number);
  return delivery;
}

Value receiverOf(const Rows& rows) {
  return rows.inbox ? Value(rows.inbox->company) : Value();
}
Value receivedEntryOf(const Rows& rows) {
  return rows.inbox ? Value(rows.inbox->id) : Value();
}

std::optional<std::string> amountText(const Rows& rows) {
  if (!rows.recognised.amount) return std::nullopt;
  return rows.recognised.amount->text();
}

// Most documents have some, and most of those one: nothing is written where there is none.
std::string accountsText(const Rows& rows) {
  return rows.recognised.accounts.empty() ? std::string() : encodedTexts(rows.recognised.accounts);
}
std::vector<std::string> decodedAccounts(std::string_view text) {
  return text.empty() ? std::vector<std::string>() : decodedTexts(text);
}

}  // namespace

void readDocument(Columns& c, Rows& rows) {
  rows.id = c.id<DocumentId>();
  rows.received.sender = c.company();
  rows.root = c.maybe([](Columns& c) { return c.id<DocumentId>(); });
  rows.received.supersedes = c.maybe([](Columns& c) { return c.id<DocumentId>(); });
  rows.version = c.small();
  rows.received.door = c.text();
  rows.received.fileName = c.text();
  rows.received.mediaType = c.text();
  rows.received.digest = c.digest();
  rows.received.size = c.number();
  auto& facts = rows.recognised;
  facts.format = c.text();
  facts.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
  facts.number = c.text();
  facts.issueDate = c.maybe([](Columns& c) { return c.date(); });
  facts.dueDate = c.maybe([](Columns& c) { return c.date(); });
  facts.amount = c.maybe([](Columns& c) { return c.decimal(); });
  facts.currency = c.text();
  readParty(c, facts.seller);
  readParty(c, facts.buyer);
  facts.orderReference = c.text();
  facts.buyerReference = c.text();
  facts.paymentReference = c.text();
  facts.customerNumber = c.text();
  facts.accounts = decodedAccounts(c.view());
  rows.lastSequence = c.number();
  rows.head = c.digest();
}

Result<std::optional<Rows>> loadRows(Connection& connection, DocumentId id, bool toChange,
                                     bool withDeliveries) {
  static const std::string to_change = std::string(load_start) + " FOR UPDATE OF d";
  const bool locks = toChange && connection.dialect() == Dialect::postgres;
  std::optional<Rows> rows;
  CHECK_OK(connection.run(locks ? std::string_view(to_change) : load_start, {id}, [&](const Row& row) {
    Columns c(row);
    readDocument(c, rows.emplace());
    rows->sent = readView(c);
    if (!c.isNull()) rows->inbox = readView(c);
    rows->lastAt = std::max(rows->sent.lastEventAt, rows->inbox ? rows->inbox->lastEventAt : Instant{});
  }));
  if (rows && withDeliveries) CHECK_OK(loadDeliveries(connection, *rows));
  return rows;
}

Outcome loadDeliveries(Connection& connection, Rows& rows) {
  rows.deliveries.clear();
  CHECK_OK(connection.run(
      "SELECT id, channel, status, address, evidence, price, currency, sent_digest, receiver, attempts, "
      "road, "
      "sender, state, sent_at, deadline, letter_price FROM deliveries WHERE document = ?1 ORDER BY position",
      {rows.id}, [&](const Row& row) {
        Columns c(row);
        rows.deliveries.push_back(readDelivery(c));
      }));
  return {};
}

// The entries come first, because the document's row names them; if another transaction has made the document
// meanwhile (PostgreSQL), they are taken back.
Outcome insertRows(Connection& connection, Rows& rows) {
  CHECK_OK(insertEntry(connection, rows, rows.sent));
  if (rows.inbox) CHECK_OK(insertEntry(connection, rows, *rows.inbox));
  const auto& received = rows.received;
  const auto& facts = rows.recognised;
  const auto amount = amountText(rows);
  const auto accounts = accountsText(rows);
  TRY(const auto made,
      connection.run(
          "INSERT INTO documents (id, sender, sent_entry, receiver, received_entry, root, supersedes, "
          "version, door, "
          "file_name, media_type, digest, size, format, kind, number, issue_date, due_date, amount, "
          "currency, "
          "seller_identifier, seller_name, seller_customer_number, seller_person, seller_email, "
          "buyer_identifier, "
          "buyer_name, buyer_customer_number, buyer_person, buyer_email, order_reference, buyer_reference, "
          "payment_reference, customer_number, last_sequence, head, accounts) VALUES (?1, ?2, ?3, ?4, ?5, "
          "?6, ?7, ?8, "
          "?9, ?10, "
          "?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, "
          "?30, ?31, "
          "?32, ?33, ?34, ?35, ?36, ?37) ON CONFLICT DO NOTHING",
          {rows.id,
           received.sender,
           rows.sent.id,
           receiverOf(rows),
           receivedEntryOf(rows),
           rows.root,
           received.supersedes,
           rows.version,
           received.door,
           received.fileName,
           received.mediaType,
           received.digest,
           received.size,
           facts.format,
           document::name(facts.kind),
           facts.number,
           facts.issueDate,
           facts.dueDate,
           amount,
           facts.currency,
           facts.seller.identifier,
           facts.seller.name,
           facts.seller.customerNumber,
           facts.seller.person,
           facts.seller.email,
           facts.buyer.identifier,
           facts.buyer.name,
           facts.buyer.customerNumber,
           facts.buyer.person,
           facts.buyer.email,
           facts.orderReference,
           facts.buyerReference,
           facts.paymentReference,
           facts.customerNumber,
           rows.lastSequence,
           rows.head,
           accounts}));
  if (made == 1) return {};
  for (const auto* entry : {&rows.sent, rows.inbox ? &*rows.inbox : &rows.sent})
    CHECK_OK(
        connection.run("DELETE FROM entries WHERE company = ?1 AND id = ?2", {entry->company, entry->id}));
  return postgang::fail(ProblemKind::conflict, "stale-sequence",
                        "Another transaction has made this document.", {},
                        "Read the document again and decide again.");
}

Outcome updateLinks(Connection& connection, const Rows& rows) {
  return connection.later(
      "UPDATE documents SET sent_entry = ?2, receiver = ?3, received_entry = ?4, last_sequence = ?5, head = "
      "?6 "
      "WHERE id = ?1",
      {rows.id, rows.sent.id, receiverOf(rows), receivedEntryOf(rows), rows.lastSequence, rows.head});
}

Outcome updateRows(Connection& connection, const Rows& rows) {
  if (!rows.factsChanged) return updateLinks(connection, rows);
  const auto& facts = rows.recognised;
  const auto amount = amountText(rows);
  const auto accounts = accountsText(rows);
  return connection.later(
      "UPDATE documents SET sent_entry = ?2, receiver = ?3, received_entry = ?4, last_sequence = ?5, head = "
      "?6, "
      "format = ?7, kind = ?8, number = ?9, issue_date = ?10, due_date = ?11, amount = ?12, currency = ?13, "
      "seller_identifier = ?14, seller_name = ?15, seller_customer_number = ?16, seller_person = ?17, "
      "seller_email = ?18, buyer_identifier = ?19, buyer_name = ?20, buyer_customer_number = ?21, "
      "buyer_person = ?22, "
      "buyer_email = ?23, order_reference = ?24, buyer_reference = ?25, payment_reference = ?26, "
      "customer_number = ?27, accounts = ?28 WHERE id = ?1",
      {rows.id,
       rows.sent.id,
       receiverOf(rows),
       receivedEntryOf(rows),
       rows.lastSequence,
       rows.head,
       facts.format,
       document::name(facts.kind),
       facts.number,
       facts.issueDate,
       facts.dueDate,
       amount,
       facts.currency,
       facts.seller.identifier,
       facts.seller.name,
       facts.seller.customerNumber,
       facts.seller.person,
       facts.seller.email,
       facts.buyer.identifier,
       facts.buyer.name,
       facts.buyer.customerNumber,
       facts.buyer.person,
       facts.buyer.email,
       facts.orderReference,
       facts.buyerReference,
       facts.paymentReference,
       facts.customerNumber,
       accounts});
}

Outcome insertEntry(Connection& connection, const Rows& rows, EntryView& entry) {
  const auto& facts = rows.recognised;
  const auto counterpart = counterpartKey(entry.direction == Direction::sent ? facts.buyer : facts.seller);
  const auto number = indexed(facts.number);
  const auto& counted = entry.counted;
  const auto costs = encodedCosts(counted);
  // A number that is given (rebuild) is kept; otherwise the database gives the next.
  const Value values[] = {entry.company,
                          rows.id,
                          name(entry.direction),
                          counterpart,
                          number,
                          document::name(facts.kind),
                          document::name(entry.status),
                          entry.channel,
                          facts.currency,
                          entry.receivedAt,
                          dueKey(rows),
                          amountKey(rows),
                          document::name(entry.lastEvent),
                          entry.lastEventAt,
                          entry.lastEventDetail,
                          counterpartCompany(rows, entry),
                          counted.deliveredAt,
                          counted.openedAt,
                          counted.wasStopped,
                          counted.sheets,
                          costs,
                          entry.id};
  if (entry.id != 0) {
    CHECK_OK(
        connection.later("INSERT INTO entries (company, document, direction, counterpart, number, kind, "
                         "status, channel, currency, "
                         "received_at, due_date, amount, last_event, last_event_at, last_event_detail, "
                         "counterpart_company, delivered_at, opened_at, was_stopped, sheets, costs, id) "
                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
                         "?17, ?18, ?19, ?20, ?21, ?22)",
                         values));
    return {};
  }
  CHECK_OK(
      connection.run("INSERT INTO entries (company, document, direction, counterpart, number, kind, status, "
                     "channel, currency, "
                     "received_at, due_date, amount, last_event, last_event_at, last_event_detail, "
                     "counterpart_company, delivered_at, opened_at, was_stopped, sheets, costs) VALUES (?1, "
                     "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, "
                     "?21) RETURNING id",
                     std::span(values).first(21), [&](const Row& row) { entry.id = row.number(0); }));
  return {};
}

Outcome updateEntry(Connection& connection, const Rows& rows, const EntryView& entry) {
  const auto& counted = entry.counted;
  const auto costs = encodedCosts(counted);
  if (!rows.factsChanged)  // naming an indexed column moves the row in that index even when the value is the
                           // same
    return connection.later(
        "UPDATE entries SET status = ?3, channel = ?4, last_event = ?5, last_event_at = ?6, "
        "last_event_detail = ?7, counterpart_company = ?8, delivered_at = ?9, opened_at = ?10, was_stopped = "
        "?11, sheets = ?12, costs = ?13 WHERE company = ?1 AND id = ?2",
        {entry.company, entry.id, document::name(entry.status), entry.channel,
         document::name(entry.lastEvent), entry.lastEventAt, entry.lastEventDetail,
         counterpartCompany(rows, entry), counted.deliveredAt, counted.openedAt, counted.wasStopped,
         counted.sheets, costs});
  const auto& facts = rows.recognised;
  return connection.later(
      "UPDATE entries SET status = ?3, channel = ?4, last_event = ?5, last_event_at = ?6, last_event_detail "
      "= ?7, counterpart = ?8, number = ?9, kind = ?10, currency = ?11, due_date = ?12, amount = ?13, "
      "counterpart_company = ?14, delivered_at = ?15, opened_at = ?16, was_stopped = ?17, sheets = ?18, "
      "costs = ?19 WHERE company = ?1 AND id = ?2",
      {entry.company, entry.id, document::name(entry.status), entry.channel, document::name(entry.lastEvent),
       entry.lastEventAt, entry.lastEventDetail,
       counterpartKey(entry.direction == Direction::sent ? facts.buyer : facts.seller), indexed(facts.number),
       document::name(facts.kind), facts.currency, dueKey(rows), amountKey(rows),
       counterpartCompany(rows, entry), counted.deliveredAt, counted.openedAt, counted.wasStopped,
       counted.sheets, costs});
}

Outcome writeDeliveries(Connection& connection, const Rows& rows) {
  std::int64_t position = 0;
  for (const auto& delivery : rows.deliveries) {
    ++position;
    if (!delivery.changed) continue;
    const auto price = delivery.price ? std::optional(delivery.price->text()) : std::nullopt;
    const auto listed = listedOf(delivery, rows.sent.company);
    CHECK_OK(connection.later(
        "INSERT INTO deliveries (document, id, position, channel, status, address, evidence, price, "
        "currency, sent_digest, receiver, attempts, road, sender, state, sent_at, deadline, letter_price) "
        "VALUES (?1, "
        "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) "
        "ON CONFLICT (document, id) DO UPDATE SET channel = excluded.channel, status = excluded.status, "
        "address = excluded.address, evidence = excluded.evidence, price = excluded.price, "
        "currency = excluded.currency, sent_digest = excluded.sent_digest, receiver = excluded.receiver, "
        "attempts = excluded.attempts, road = excluded.road, sender = excluded.sender, state = "
        "excluded.state, sent_at = excluded.sent_at, deadline = excluded.deadline, letter_price = "
        "excluded.letter_price",
        {rows.id, delivery.id, position, delivery.channel, document::name(delivery.status), delivery.address,
         delivery.evidence, price, delivery.currency, delivery.sentDigest, delivery.receiver,
         encodedAttempts(delivery.attempts), listed.sender ? encodedRoad(delivery.road) : std::string(),
         listed.sender, listed.state, listed.sentAt, listed.deadline, listed.letterPrice}));
  }
  return {};
}

}  // namespace postgang::store::sql
