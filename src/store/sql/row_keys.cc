// What lists sort, count and index by, from a document's rows.
#include <algorithm>
#include <charconv>
#include <map>

#include "base/durations.h"
#include "base/text.h"
#include "document/identifier_country.h"
#include "store/sql/rows.h"

namespace postgang::store::sql {
namespace {

// Of one delivery: beyond all prices and letters, and sums stay within 64 bits.
constexpr std::int64_t price_max = 1'000'000'000'000;
constexpr int sheets_max = 1'000'000;

std::int64_t bucketOf(const EntryView& entry, const std::optional<Instant>& until) {
  if (!until) return Cell::no_bucket;
  return durationBucket((until->microseconds - entry.receivedAt.microseconds) / 1'000'000);
}

// When it left; of what was refused at the door, when that was.
std::int64_t leftAt(const Delivery& delivery) {
  if (delivery.road.sentAt) return delivery.road.sentAt->microseconds;
  using enum document::DeliveryStatus;
  const bool refused = delivery.status == bounced || delivery.status == failed;
  return refused && !delivery.attempts.empty() ? delivery.attempts.back().startedAt.microseconds : 0;
}

}  // namespace

std::string indexed(std::string_view text) {
  return truncated(text, indexed_code_points_max);
}

std::string sortedName(std::string_view name) {
  return indexed(swedishOrder(collapsed(name)));
}

std::string counterpartKey(const PartyFact& party) {
  if (!party.identifier.empty()) return indexed(party.identifier);
  return party.customerNumber.empty() ? std::string() : indexed("customer:" + party.customerNumber);
}

CompanyId counterpartCompany(const Rows& rows, const EntryView& entry) {
  if (entry.direction == Direction::received) return rows.sent.company;
  return rows.inbox ? rows.inbox->company : CompanyId{};
}

std::int64_t dueKey(const Rows& rows) {
  return rows.recognised.dueDate ? rows.recognised.dueDate->daysSinceEpoch : missing_key;
}

std::int64_t amountKey(const Rows& rows) {
  return rows.recognised.amount ? amountKey(*rows.recognised.amount) : missing_key;
}

// Amounts that do not fit are sorted at the ends, beside each other.
std::int64_t amountKey(const Decimal& amount) {
  const auto hundredths = amount.hundredths();
  if (hundredths) return std::max(*hundredths, missing_key + 1);
  return amount.isNegative() ? missing_key + 1 : std::numeric_limits<std::int64_t>::max();
}

std::int64_t amountOfKey(std::int64_t key) {
  const bool isAtAnEnd = key <= missing_key + 1 || key == std::numeric_limits<std::int64_t>::max();
  return isAtAnEnd ? 0 : key;
}

std::int64_t dayNumber(Date date) {
  return date.year() * 10'000 + date.month() * 100 + date.day();
}

std::optional<Date> dayOfNumber(std::int64_t number) {
  auto text = std::to_string(number);
  if (text.size() != 8) return std::nullopt;
  return Date::parse(text.insert(6, "-").insert(4, "-"));
}

Cell cellOf(const Rows& rows, const EntryView& entry) {
  const auto& other = entry.direction == Direction::sent ? rows.recognised.buyer : rows.recognised.seller;
  return {.company = entry.company,
          .day = dayNumber(dateInStockholm(entry.receivedAt)),
          .direction = std::string(name(entry.direction)),
          .channel = entry.channel,
          .kind = std::string(document::name(rows.recognised.kind)),
          .status = std::string(document::name(entry.status)),
          .currency = rows.recognised.currency,
          .counterpartCompany = counterpartCompany(rows, entry),
          .counterpart = counterpartKey(other),
          .format = indexed(rows.recognised.format),
          .country = std::string(document::countryOfIdentifier(other.identifier)),
          .toDelivered = bucketOf(entry, entry.counted.deliveredAt),
          .toOpened = bucketOf(entry, entry.counted.openedAt)};
}

CellDelta countOf(const Rows& rows, const EntryView& entry) {
  const auto hundredths = rows.recognised.amount ? rows.recognised.amount->hundredths().value_or(0) : 0;
  return {.documents = 1,
          .hundredths = std::max(hundredths, missing_key + 1),
          .sheets = entry.counted.sheets,
          .delivered = entry.counted.deliveredAt ? 1 : 0,
          .opened = entry.counted.openedAt ? 1 : 0,
          .stopped = entry.counted.wasStopped ? 1 : 0};
}

std::string encodedCosts(const Counted& counted) {
  std::string text;
  for (const auto& [currency, hundredths] : counted.costs)
    text += (text.empty() ? "" : " ") + std::to_string(hundredths) + " " + currency;
  return text;
}

std::vector<std::pair<std::string, std::int64_t>> decodedCosts(std::string_view text) {
  std::vector<std::pair<std::string, std::int64_t>> costs;
  const auto words = split(text, ' ');
  for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
    std::int64_t hundredths = 0;
    std::from_chars(words[i].data(), words[i].data() + words[i].size(), hundredths);
    costs.emplace_back(words[i + 1], hundredths);
  }
  return costs;
}

Counted readCounted(Columns& c) {
  const auto instant = [](Columns& column) { return column.instant(); };
  Counted counted;
  counted.deliveredAt = c.maybe(instant);
  counted.openedAt = c.maybe(instant);
  counted.wasStopped = c.yes();
  counted.sheets = c.number();
  counted.costs = decodedCosts(c.view());
  return counted;
}

Listed listedOf(const Delivery& delivery, CompanyId sender) {
  Listed listed;
  listed.state = roadState(delivery);
  if (listed.state.empty()) return listed;
  listed.sender = sender;
  listed.sentAt = leftAt(delivery);
  listed.deadline = delivery.road.deadline ? delivery.road.deadline->microseconds : never_key;
  if (delivery.road.letterPrice) listed.letterPrice = delivery.road.letterPrice->hundredths();
  return listed;
}

// What never left costs nothing.
void countDeliveries(Rows& rows) {
  using enum document::DeliveryStatus;
  auto& counted = rows.sent.counted;
  counted.sheets = 0;
  std::map<std::string, std::int64_t> costs;
  for (const auto& delivery : rows.deliveries) {
    if (delivery.status != sent && delivery.status != delivered && delivery.status != opened &&
        delivery.status != expired && delivery.status != returned)
      continue;
    if (delivery.channel == "print" && delivery.road.sheets)
      counted.sheets += std::clamp(*delivery.road.sheets, 0, sheets_max);
    const auto price = delivery.price ? delivery.price->hundredths().value_or(0) : 0;
    if (price != 0 && !delivery.currency.empty() && delivery.currency.find(' ') == std::string::npos)
      costs[delivery.currency] += std::clamp(price, -price_max, price_max);
  }
  counted.costs.assign(costs.begin(), costs.end());
}

}  // namespace postgang::store::sql
