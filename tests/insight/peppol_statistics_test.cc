// Peppol's monthly reports counted again, the slow way: for each key that could be, every exchange is looked
// at.
#include "insight/peppol_statistics.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>

namespace postgang::insight {
namespace {

using namespace formats;
using enum ReportKeyKind;
using store::ExchangeDirection;
using store::PeppolExchange;

const ReportMonth november{2026, 11};
const std::string reporter = "POP000001";

std::string text(std::string_view view) {
  return std::string(view);
}
store::SchemedId documentType(std::string_view name) {
  for (const auto& each : peppolDocuments())
    if (each.name == name) return {text(peppol_documents), text(each.value)};
  return {text(peppol_documents),
          "urn:fdc:peppol:end-user-statistics-report:1.1::EndUserStatisticsReport##urn:fdc:peppol.eu:edec:"
          "trns:end-user-statistics-report:1.1::1.1"};
}

PeppolExchange incoming() {
  PeppolExchange made;
  made.instance = "00000000-0000-4000-8000-000000000001";
  made.direction = ExchangeDirection::in;
  made.kind = "invoice";
  made.company = CompanyId{7};
  made.sender = "0192:999999999";
  made.receiver = "0007:5599900122";
  made.documentType = documentType("invoice");
  made.process = {text(peppol_processes), text(peppolDocuments()[0].processes[0])};
  made.senderCountry = "NO";
  made.receiverCountry = "SE";
  made.senderAccessPoint = "POP000002";
  made.receiverAccessPoint = reporter;
  made.transport = "peppol-transport-as4-v2_0";
  made.confirmedAt = Instant::parse("2026-11-03T10:00:00Z");
  return made;
}
PeppolExchange outgoing() {
  auto made = incoming();
  made.direction = ExchangeDirection::out;
  std::swap(made.sender, made.receiver);
  made.senderCountry = "SE";
  made.receiverCountry = "";
  std::swap(made.senderAccessPoint, made.receiverAccessPoint);
  return made;
}

TransactionReport transactionsOf(const std::vector<PeppolExchange>& exchanges, LeftOut* leftOut = nullptr) {
  TransactionCount count(november.head(reporter), "SE");
  for (const auto& each : exchanges) count.add(each);
  if (leftOut) *leftOut = count.leftOut();
  return count.report();
}
EndUserReport endUsersOf(const std::vector<PeppolExchange>& exchanges, LeftOut* leftOut = nullptr) {
  EndUserCount count(november.head(reporter), "SE");
  for (const auto& each : exchanges) count.add(each);
  if (leftOut) *leftOut = count.leftOut();
  return count.report();
}

TEST(PeppolStatistics, AMonthIsAllOfItsDays) {
  EXPECT_EQ(november.head("POP000001").from.text(), "2026-11-01");
  EXPECT_EQ(november.head("POP000001").to.text(), "2026-11-30");
  EXPECT_EQ((ReportMonth{2028, 2}.head("POP000001").to.text()), "2028-02-29");
  EXPECT_EQ((ReportMonth{2026, 12}.head("POP000001").to.text()), "2026-12-31");
}

TEST(PeppolStatistics, ACompanyIsOneEndUserHoweverManyParticipantsItHas) {
  auto first = outgoing(), second = outgoing();
  second.sender = "0088:7300010000001";
  EXPECT_EQ(endUsersOf({first, second, incoming()}).total, (EndUsers{1, 1, 1}));
  second.company = CompanyId{8};
  EXPECT_EQ(endUsersOf({first, second, incoming()}).total, (EndUsers{2, 1, 2}));
  first.company = second.company = std::nullopt;
  first.sender = "0088:ABC";
  second.sender = "0088:abc";
  EXPECT_EQ(endUsersOf({first, second}).total, (EndUsers{1, 0, 1})) << "a participant is one in any case";
}

TEST(PeppolStatistics, OnlyWhatIsConfirmedCountsAndNoReportAtAll) {
  auto waiting = outgoing();
  waiting.confirmedAt.reset();
  auto report = incoming();
  report.documentType = documentType("report");
  EXPECT_EQ(transactionsOf({waiting, report}).total, Exchanges{});
  EXPECT_EQ(endUsersOf({waiting, report}).total, EndUsers{});
  EXPECT_TRUE(transactionsOf({waiting, report}).parts.empty());
  EXPECT_TRUE(endUsersOf({waiting, report}).parts.empty());
}

TEST(PeppolStatistics, AMessageLevelStatusIsATransactionAndNobodysEndUser) {
  auto mls = outgoing();
  mls.documentType = documentType("mls");
  mls.company.reset();
  mls.sender = "0242:000001";
  LeftOut leftOut;
  EXPECT_EQ(transactionsOf({mls}).total, (Exchanges{0, 1}));
  EXPECT_EQ(endUsersOf({mls}, &leftOut).total, EndUsers{});
  EXPECT_EQ(leftOut.exchanges, 0) << "it is not lacking";
}

TEST(PeppolStatistics, BetweenTwoOfOurCustomersBothDirectionsCount) {
  auto out = outgoing(), in = incoming();
  out.receiverAccessPoint = in.senderAccessPoint = reporter;
  EXPECT_EQ(transactionsOf({out, in}).total, (Exchanges{1, 1}));
}

TEST(PeppolStatistics, CountriesThatNobodySays) {
  auto in = incoming();
  in.senderCountry = in.receiverCountry = "";
  const auto report = transactionsOf({in});
  EXPECT_EQ(report.parts.back().keys[3].value, "ZZ");
  EXPECT_EQ(report.parts.back().keys[4].value, "SE") << "ours are where the operator says";
  in.senderCountry = "norge";
  EXPECT_EQ(transactionsOf({in}).parts.back().keys[3].value, "ZZ");
  EXPECT_EQ(endUsersOf({in}).parts.front().keys[0].value, "SE");
}

TEST(PeppolStatistics, WhatCannotBeReportedIsLeftOutOfEverySumAndSaid) {
  auto nameless = outgoing(), elsewhere = incoming(), unclear = incoming();
  nameless.instance = "first";
  nameless.receiverAccessPoint = "";
  elsewhere.receiverAccessPoint = "POP000009";
  unclear.process = {};
  LeftOut leftOut;
  const auto transactions = transactionsOf({nameless, elsewhere, unclear, incoming()}, &leftOut);
  EXPECT_EQ(transactions.total, (Exchanges{1, 0}));
  EXPECT_EQ(leftOut.exchanges, 3);
  EXPECT_EQ(leftOut.first, "first");
  EXPECT_EQ(endUsersOf({nameless, elsewhere, unclear}, &leftOut).total, (EndUsers{1, 0, 1}));
  EXPECT_EQ(leftOut.exchanges, 2) << "whose the other access point is matters to transactions alone";
  auto unsaid = incoming();
  unsaid.receiverAccessPoint = "";
  EXPECT_EQ(transactionsOf({unsaid}).total, (Exchanges{1, 0})) << "ours is the reporter's where unknown";
}

TEST(PeppolStatistics, AGroupCountsAsItsExchangesDo) {
  TransactionCount grouped(november.head(reporter), "SE"), single(november.head(reporter), "SE");
  EndUserCount users(november.head(reporter), "SE");
  auto nameless = outgoing();
  nameless.receiverAccessPoint = "";
  grouped.add(incoming(), 3);
  grouped.add(outgoing(), 2);
  grouped.add(nameless, 4);
  users.add(incoming(), 3);
  for (int i = 0; i < 3; ++i) single.add(incoming());
  for (int i = 0; i < 2; ++i) single.add(outgoing());
  EXPECT_EQ(grouped.report().total, (Exchanges{3, 2}));
  EXPECT_EQ(grouped.report().parts.size(), single.report().parts.size());
  EXPECT_EQ(grouped.report().parts[0].count, single.report().parts[0].count);
  EXPECT_EQ(grouped.leftOut().exchanges, 4);
  EXPECT_EQ(users.report().total, (EndUsers{0, 1, 1}));
}

// --- Recounted

class Months {
 public:
  explicit Months(unsigned seed) : random_(seed) {}
  std::vector<PeppolExchange> exchanges() {
    std::vector<PeppolExchange> made;
    const auto many = of(120);
    for (std::size_t i = 0; i < many; ++i) made.push_back(exchange());
    return made;
  }

 private:
  std::size_t of(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }
  PeppolExchange exchange() {
    auto made = of(2) == 0 ? incoming() : outgoing();
    const bool out = made.direction == ExchangeDirection::out;
    static const std::vector<std::string> kinds = {"invoice",          "invoice", "credit-note",
                                                   "invoice-response", "mls",     "report"};
    made.kind = kinds[of(kinds.size())];
    made.documentType = documentType(made.kind);
    made.process.value = "urn:process:" + std::to_string(of(2));
    if (made.kind == "mls" || of(9) == 0)
      made.company.reset();
    else
      made.company = CompanyId{static_cast<std::int64_t>(1 + of(5))};
    (out ? made.sender : made.receiver) = "0088:" + std::to_string(of(3));
    static const std::vector<std::string> countries = {"SE", "NO", "DK", "", "xx"};
    made.senderCountry = countries[of(countries.size())];
    made.receiverCountry = countries[of(countries.size())];
    (out ? made.receiverAccessPoint : made.senderAccessPoint) = "POP00000" + std::to_string(2 + of(3));
    if (of(8) == 0) made.transport = "peppol-transport-as4-v3_0";
    if (of(6) == 0) made.confirmedAt.reset();
    return made;
  }
  std::mt19937 random_;
};

bool isIn(const PeppolExchange& exchange) {
  return exchange.direction == ExchangeDirection::in;
}
std::string country(const std::string& said, const char* otherwise) {
  return said == "SE" || said == "NO" || said == "DK" ? said : otherwise;
}
// What the exchange has for a key of this kind.
ReportKey keyOf(const PeppolExchange& of, ReportKeyKind kind) {
  switch (kind) {
    case transport:
      return {kind, of.transport};
    case provider:
      return {kind, isIn(of) ? of.senderAccessPoint : of.receiverAccessPoint};
    case document:
      return {kind, of.documentType.value, of.documentType.scheme};
    case process:
      return {kind, of.process.value, of.process.scheme};
    case sender_country:
      return {kind, country(of.senderCountry, "ZZ")};
    case receiver_country:
      return {kind, country(of.receiverCountry, "SE")};
    case end_user_country:
      return {kind, country(isIn(of) ? of.receiverCountry : of.senderCountry, "SE")};
  }
  return {};
}
bool fits(const PeppolExchange& exchange, const ReportKeys& keys) {
  for (const auto& key : keys)
    if (keyOf(exchange, key.kind) != key) return false;
  return true;
}
std::string userOf(const PeppolExchange& of) {
  return of.company ? "company " + std::to_string(of.company->value) : isIn(of) ? of.receiver : of.sender;
}
Exchanges countOf(const std::vector<PeppolExchange>& counted, const ReportKeys& keys, bool incomingAlone) {
  Exchanges count;
  for (const auto& each : counted) {
    if (!fits(each, keys)) continue;
    if (isIn(each)) ++count.incoming;
    if (!isIn(each) && !incomingAlone) ++count.outgoing;
  }
  return count;
}
EndUsers usersOf(const std::vector<PeppolExchange>& counted, const ReportKeys& keys) {
  std::set<std::string> sending, receiving, either;
  for (const auto& each : counted) {
    if (!fits(each, keys)) continue;
    (isIn(each) ? receiving : sending).insert(userOf(each));
    either.insert(userOf(each));
  }
  return {std::ssize(sending), std::ssize(receiving), std::ssize(either)};
}
// Every key set of these kinds that any exchange has.
std::set<ReportKeys> keySets(const std::vector<PeppolExchange>& counted,
                             const std::vector<ReportKeyKind>& kinds) {
  std::set<ReportKeys> sets;
  for (const auto& each : counted) {
    ReportKeys keys;
    for (const auto kind : kinds) keys.push_back(keyOf(each, kind));
    sets.insert(keys);
  }
  return sets;
}

TEST(PeppolStatistics, RandomMonthsAreCountedAsTheSlowWayCountsThem) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const auto all = Months(seed).exchanges();
    std::vector<PeppolExchange> counted, ofUsers;
    for (const auto& each : all) {
      if (!each.confirmedAt || each.kind == "report") continue;
      counted.push_back(each);
      if (each.kind != "mls") ofUsers.push_back(each);
    }
    const auto transactions = transactionsOf(all);
    EXPECT_TRUE(checkReport(transactions)) << seed;
    EXPECT_EQ(transactions.total, countOf(counted, {}, false));
    std::map<ReportKeys, Exchanges> expected;
    for (const auto& keys : keySets(counted, {transport})) expected[keys] = countOf(counted, keys, false);
    for (const auto& keys : keySets(counted, {provider, document, process}))
      expected[keys] = countOf(counted, keys, false);
    for (const auto& keys : keySets(counted, {provider, document, process, sender_country, receiver_country}))
      if (const auto count = countOf(counted, keys, true); count.incoming > 0) expected[keys] = count;
    EXPECT_EQ(transactions.parts.size(), expected.size()) << seed;
    for (const auto& part : transactions.parts) EXPECT_EQ(part.count, expected[part.keys]) << seed;

    const auto users = endUsersOf(all);
    EXPECT_TRUE(checkReport(users)) << seed;
    EXPECT_EQ(users.total, usersOf(ofUsers, {}));
    std::map<ReportKeys, EndUsers> expectedUsers;
    for (const auto& kinds : std::vector<std::vector<ReportKeyKind>>{{end_user_country},
                                                                     {document, end_user_country},
                                                                     {document, process},
                                                                     {document, process, end_user_country}})
      for (const auto& keys : keySets(ofUsers, kinds)) expectedUsers[keys] = usersOf(ofUsers, keys);
    EXPECT_EQ(users.parts.size(), expectedUsers.size()) << seed;
    for (const auto& part : users.parts) EXPECT_EQ(part.count, expectedUsers[part.keys]) << seed;
  }
}

}  // namespace
}  // namespace postgang::insight
