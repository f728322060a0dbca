// A document's rows in lines: what verify shows where they are not what the events say.
#include "store/sql/facts.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

void describe(std::vector<std::string>& lines, std::string_view what,
              std::initializer_list<std::string_view> values) {
  std::string line(what);
  for (const auto value : values) (line += " | ") += value;
  lines.push_back(std::move(line));
}

template <typename T>
std::string textOf(const std::optional<T>& value) {
  return value ? value->text() : std::string();
}

void describe(std::vector<std::string>& lines, std::string_view what, const PartyFact& party) {
  describe(lines, what,
           {party.identifier, party.name, party.customerNumber, party.person ? "person" : "", party.email});
}

void describe(std::vector<std::string>& lines, std::string_view what, const EntryView& entry) {
  describe(lines, what,
           {std::to_string(entry.company.value), name(entry.direction), document::name(entry.status),
            entry.channel, entry.receivedAt.text(), document::name(entry.lastEvent), entry.lastEventAt.text(),
            entry.lastEventDetail, textOf(entry.counted.deliveredAt), textOf(entry.counted.openedAt),
            entry.counted.wasStopped ? "stopped" : "", std::to_string(entry.counted.sheets),
            encodedCosts(entry.counted)});
}

std::string textOf(const std::optional<std::int64_t>& number) {
  return number ? std::to_string(*number) : std::string();
}

void describe(std::vector<std::string>& lines, const DeliveryView& delivery, CompanyId sender) {
  const auto listed = delivery.kept.value_or(listedOf(delivery, sender));
  describe(lines, "delivery",
           {delivery.id.text(), delivery.channel, document::name(delivery.status), delivery.address,
            delivery.evidence, textOf(delivery.price), delivery.currency,
            delivery.sentDigest ? hex(view(*delivery.sentDigest)) : std::string(),
            delivery.receiver ? std::to_string(delivery.receiver->value) : std::string(),
            encodedAttempts(delivery.attempts),
            roadState(delivery).empty() ? std::string() : encodedRoad(delivery.road),
            listed.sender ? std::to_string(listed.sender->value) : std::string(), listed.state,
            textOf(listed.sentAt), textOf(listed.deadline), textOf(listed.letterPrice)});
}

}  // namespace

std::vector<std::string> described(const Rows& rows) {
  std::vector<std::string> lines;
  const auto& received = rows.received;
  const auto& facts = rows.recognised;
  describe(lines, "document",
           {std::to_string(received.sender.value), textOf(rows.root), textOf(received.supersedes),
            std::to_string(rows.version), received.door, received.fileName, received.mediaType,
            hex(view(received.digest)), std::to_string(received.size)});
  describe(
      lines, "facts",
      {facts.format, document::name(facts.kind), facts.number, textOf(facts.issueDate), textOf(facts.dueDate),
       textOf(facts.amount), facts.currency, facts.orderReference, facts.buyerReference,
       facts.paymentReference, facts.customerNumber, encodedTexts(facts.accounts)});
  describe(lines, "seller", facts.seller);
  describe(lines, "buyer", facts.buyer);
  describe(lines, "head", {std::to_string(rows.lastSequence), hex(view(rows.head))});
  describe(lines, "sent entry", rows.sent);
  if (rows.inbox) describe(lines, "received entry", *rows.inbox);
  for (const auto& delivery : rows.deliveries) describe(lines, delivery, received.sender);
  for (const auto& finding : rows.findings)
    describe(lines, "finding",
             {finding.id, finding.severity, finding.term, finding.place, finding.value, finding.detail,
              finding.advice, encodedMap(finding.parameters)});
  return lines;
}

}  // namespace postgang::store::sql
