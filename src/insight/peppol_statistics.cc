#include "insight/peppol_statistics.h"

#include <initializer_list>

#include "base/text.h"

namespace postgang::insight {

using formats::EndUserReport;
using formats::EndUsers;
using formats::ReportKeys;
using formats::TransactionReport;
using store::ExchangeDirection;
using store::PeppolExchange;
using enum formats::ReportKeyKind;

namespace {

constexpr std::string_view unknown_country = "ZZ";

formats::PeppolId idOf(const store::SchemedId& id) {
  return {id.scheme, id.value};
}

bool isOut(const PeppolExchange& exchange) {
  return exchange.direction == ExchangeDirection::out;
}

// Which of our access points it went by may be unknown: then it is the reporter's.
bool isOf(const std::string& reporter, const PeppolExchange& exchange) {
  const auto& ours = isOut(exchange) ? exchange.senderAccessPoint : exchange.receiverAccessPoint;
  return ours.empty() || ours == reporter;
}

bool saysWhat(const PeppolExchange& exchange) {
  return !exchange.documentType.scheme.empty() && !exchange.documentType.value.empty() &&
         !exchange.process.scheme.empty() && !exchange.process.value.empty();
}

std::string orElse(const std::string& country, std::string_view otherwise) {
  return formats::isPeppolCountry(country) ? country : std::string(otherwise);
}

void leaveOut(LeftOut& leftOut, const PeppolExchange& exchange, std::int64_t times) {
  if (leftOut.exchanges == 0) leftOut.first = exchange.instance;
  leftOut.exchanges += times;
}

ReportKeys someOf(const ReportKeys& keys, std::initializer_list<std::size_t> which) {
  ReportKeys some;
  for (const auto i : which) some.push_back(keys[i]);
  return some;
}

struct Users {
  std::set<std::string_view> sending, receiving, either;
  void add(std::string_view user, bool sends) {
    (sends ? sending : receiving).insert(user);
    either.insert(user);
  }
  EndUsers count() const {
    return {static_cast<std::int64_t>(sending.size()), static_cast<std::int64_t>(receiving.size()),
            static_cast<std::int64_t>(either.size())};
  }
};

}  // namespace

formats::ReportHead ReportMonth::head(std::string provider) const {
  const auto first = Date::of(year, month, 1);
  return {first, first.plusMonths(1).plusDays(-1), std::move(provider)};
}

void TransactionCount::add(const PeppolExchange& exchange, std::int64_t times) {
  if (!exchange.confirmedAt || formats::isPeppolReport(idOf(exchange.documentType))) return;
  const auto& other = isOut(exchange) ? exchange.receiverAccessPoint : exchange.senderAccessPoint;
  if (!isOf(head_.provider, exchange) || !saysWhat(exchange) || exchange.transport.empty() ||
      !formats::isPeppolSeat(other))
    return leaveOut(leftOut_, exchange, times);
  ReportKeys keys = {{transport, exchange.transport},
                     {provider, other},
                     {document, exchange.documentType.value, exchange.documentType.scheme},
                     {process, exchange.process.value, exchange.process.scheme}};
  if (isOut(exchange)) {
    lines_[std::move(keys)].outgoing += times;
    return;
  }
  keys.push_back({sender_country, orElse(exchange.senderCountry, unknown_country)});
  keys.push_back({receiver_country, orElse(exchange.receiverCountry, country_)});
  lines_[std::move(keys)].incoming += times;
}

TransactionReport TransactionCount::report() const {
  TransactionReport report{head_, {}, {}};
  std::map<ReportKeys, formats::Exchanges> transports, documents, countries;
  for (const auto& [keys, count] : lines_) {
    for (auto* sum : {&report.total, &transports[someOf(keys, {0})], &documents[someOf(keys, {1, 2, 3})]}) {
      sum->incoming += count.incoming;
      sum->outgoing += count.outgoing;
    }
    if (count.incoming > 0) countries[someOf(keys, {1, 2, 3, 4, 5})].incoming += count.incoming;
  }
  for (const auto* counted : {&transports, &documents, &countries})
    for (const auto& [keys, count] : *counted) report.parts.push_back({keys, count});
  return report;
}

void EndUserCount::add(const PeppolExchange& exchange, std::int64_t times) {
  const auto type = idOf(exchange.documentType);
  if (!exchange.confirmedAt || formats::isPeppolReport(type) || formats::isMlsDocument(type)) return;
  const auto& participant = isOut(exchange) ? exchange.sender : exchange.receiver;
  if (!isOf(head_.provider, exchange) || !saysWhat(exchange) || (!exchange.company && participant.empty()))
    return leaveOut(leftOut_, exchange, times);
  const auto& said = isOut(exchange) ? exchange.senderCountry : exchange.receiverCountry;
  lines_.insert({{{document, exchange.documentType.value, exchange.documentType.scheme},
                  {process, exchange.process.value, exchange.process.scheme},
                  {end_user_country, orElse(said, country_)}},
                 exchange.company ? std::to_string(exchange.company->value) : lowered(participant),
                 isOut(exchange)});
}

EndUserReport EndUserCount::report() const {
  Users all;
  std::map<ReportKeys, Users> countries, documentCountries, documents, whole;
  for (const auto& [keys, user, sends] : lines_) {
    all.add(user, sends);
    countries[someOf(keys, {2})].add(user, sends);
    documentCountries[someOf(keys, {0, 2})].add(user, sends);
    documents[someOf(keys, {0, 1})].add(user, sends);
    whole[keys].add(user, sends);
  }
  EndUserReport report{head_, all.count(), {}};
  for (const auto* counted : {&countries, &documentCountries, &documents, &whole})
    for (const auto& [keys, users] : *counted) report.parts.push_back({keys, users.count()});
  return report;
}

}  // namespace postgang::insight
