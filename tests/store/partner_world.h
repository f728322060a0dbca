// A world whose partners' figures are counted again, document by document, and the counts of it that the
// store keeps.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "store/partner_facts.h"
#include "store/statistics.h"
#include "store/upkeep.h"
#include "tests/store/world.h"

namespace postgang::store {

using document::Status;

inline constexpr std::int64_t day_seconds = 24 * 3600;

struct Counted {
  std::int64_t sent = 0, received = 0, stops = 0;
  std::int64_t sentFirsts = 0, sentRight = 0, receivedFirsts = 0, receivedRight = 0;
  std::map<std::string, Decimal> sentAmounts, receivedAmounts;
  std::vector<std::int64_t> leads;
};
using AllCounted = std::map<std::string, Counted>;

class PartnerWorld : public World {
 protected:
  // Documents of every fate, and what people do with them.
  void live(int documents) {
    fill(documents);
    std::mt19937 random(5);
    const auto some = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    for (const auto& entry : listed(Viewer::system(), {})) {
      clock_.advanceSeconds(1 + some(5) * 997);
      if (entry.status == Status::stopped && some(2) == 0)
        appendTo(entry.document, {{EventType::checked, {}, NoteFact{}}});
      if (entry.status != Status::delivered || !entry.counterpartCompany) continue;
      const auto opens = some(3), ends = some(6);
      if (opens > 0)
        appendTo(entry.document, {{EventType::opened, {}, AccessFact{*entry.counterpartCompany, "copy"}}});
      if (ends == 0) appendTo(entry.document, {{EventType::rejected, {}, NoteFact{"fel belopp"}}});
      if (ends == 1) appendTo(entry.document, {{EventType::superseded, {}, NoteFact{}}});
      if (ends == 2) appendTo(entry.document, {{EventType::accepted, {}, NoteFact{}}});
    }
  }

  static bool isFault(EventType type) {
    return type == EventType::stopped || type == EventType::held || type == EventType::returned ||
           type == EventType::rejected || type == EventType::superseded;
  }

  void countEvents(const Viewer& viewer, const Entry& entry, Counted& counted) {
    read([&](Reader& reader) -> Outcome {
      TRY(const auto events, eventsOf(reader, viewer, entry.document));
      const bool isRight = std::ranges::none_of(events, [](const Event& one) { return isFault(one.type); });
      const bool isSent = entry.direction == Direction::sent;
      ++(isSent ? counted.sentFirsts : counted.receivedFirsts);
      if (isRight) ++(isSent ? counted.sentRight : counted.receivedRight);
      const auto opened = std::ranges::find(events, EventType::opened, &Event::type);
      if (isSent && opened != events.end())
        counted.leads.push_back((opened->at.microseconds - entry.receivedAt.microseconds) / 1'000'000);
      return {};
    });
  }

  AllCounted recounted(CompanyId company) {
    AllCounted all;
    const auto viewer = of(company);
    for (const auto& entry : everySide(viewer)) {
      const bool isSent = entry.direction == Direction::sent;
      const auto& party = isSent ? entry.receiver : entry.sender;
      if (party.identifier.empty()) continue;
      auto& counted = all[party.identifier];
      ++(isSent ? counted.sent : counted.received);
      using enum Status;
      if (entry.status == stopped || entry.status == held || entry.status == returned) ++counted.stops;
      const bool counts = entry.status != stopped && entry.status != held && entry.status != returned &&
                          entry.status != failed && entry.status != cancelled && entry.status != superseded;
      if (counts && entry.amount) {
        auto& amount = (isSent ? counted.sentAmounts : counted.receivedAmounts)[entry.currency];
        const auto change = entry.kind == document::Kind::credit_note ? Decimal(0).minus(*entry.amount)
                                                                      : std::optional(*entry.amount);
        amount = amount.plus(*change).value_or(amount);
      }
      countEvents(viewer, entry, counted);
    }
    return all;
  }

  std::vector<Partner> everyPartner(CompanyId owner, PartnerQuery query = {}) {
    std::vector<Partner> all;
    read([&](Reader& reader) -> Outcome {
      for (int pages = 0; pages < 1'000; ++pages) {
        TRY(auto page, listPartners(reader, of(owner), owner, query));
        all.insert(all.end(), page.items.begin(), page.items.end());
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return all;
  }

  PartnerFacts factsOf(CompanyId owner, const std::string& identifier) {
    PartnerFacts facts;
    read([&](Reader& reader) -> Outcome {
      const std::vector<std::string> wanted{identifier};
      TRY(auto all, partnerFacts(reader, of(owner), owner, wanted));
      facts = all[identifier];
      return {};
    });
    return facts;
  }

  using Amounts = std::map<std::string, std::pair<Decimal, Decimal>>;  // sent and received, by currency
  static Amounts amountsOf(const PartnerFacts& facts) {
    Amounts amounts;
    for (const auto& one : facts.amounts)
      if (!one.sent.isZero() || !one.received.isZero()) amounts[one.currency] = {one.sent, one.received};
    return amounts;
  }
  static Amounts amountsOf(const Counted& counted) {
    Amounts amounts;
    for (const auto& [currency, amount] : counted.sentAmounts) amounts[currency].first = amount;
    for (const auto& [currency, amount] : counted.receivedAmounts) amounts[currency].second = amount;
    std::erase_if(amounts,
                  [](const auto& one) { return one.second.first.isZero() && one.second.second.isZero(); });
    return amounts;
  }

  void expectLike(const AllCounted& wanted, CompanyId owner, const std::string& when) {
    const auto partners = everyPartner(owner);
    EXPECT_EQ(partners.size(), wanted.size()) << when;
    for (const auto& partner : partners) {
      const auto found = wanted.find(partner.identifier);
      ASSERT_NE(found, wanted.end()) << partner.identifier << when;
      const auto& counted = found->second;
      const auto facts = factsOf(owner, partner.identifier);
      const auto where = partner.identifier + " " + when;
      EXPECT_EQ(partner.sentCount, counted.sent) << where;
      EXPECT_EQ(partner.receivedCount, counted.received) << where;
      EXPECT_EQ(partner.openStops, counted.stops) << where;
      EXPECT_EQ(facts.sent.documents, counted.sentFirsts) << where;
      EXPECT_EQ(facts.sent.right, counted.sentRight) << where;
      EXPECT_EQ(facts.received.documents, counted.receivedFirsts) << where;
      EXPECT_EQ(facts.received.right, counted.receivedRight) << where;
      EXPECT_TRUE(amountsOf(facts) == amountsOf(counted)) << where;
      expectMedian(facts, counted, where);
    }
  }

  static void expectMedian(const PartnerFacts& facts, const Counted& counted, const std::string& where) {
    EXPECT_EQ(facts.opened, static_cast<std::int64_t>(counted.leads.size())) << where;
    EXPECT_EQ(facts.openedAfter_seconds.has_value(), !counted.leads.empty()) << where;
    if (counted.leads.empty() || !facts.openedAfter_seconds) return;
    auto leads = counted.leads;
    std::ranges::sort(leads);
    const auto median = leads[(leads.size() - 1) / 2];
    const auto kept = *facts.openedAfter_seconds;
    EXPECT_LE(std::max(kept, median) - std::min(kept, median), median / 8 + 1) << where;
  }

  void fold() {
    write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  }
  std::string countDamages() {
    std::string damages;
    const auto report = verify(store());
    EXPECT_TRUE(report) << report.error().detail;
    if (report)
      for (const auto& damage : report->damages)
        if (damage.what == "count") damages += damage.detail + "\n";
    return damages;
  }

  void sendTo(const std::string& identifier, const std::string& name, const std::string& amount = "100.00") {
    auto facts = invoiceFacts(company(1), company(2), "P-" + std::to_string(++number_), amount);
    facts.buyer = {identifier, name, "", false, ""};
    if (identifier.starts_with("customer:")) facts.buyer = {"", name, identifier.substr(9), false, ""};
    const auto document = received(company(1));
    appendTo(document, {{EventType::recognised, {}, facts}, {EventType::checked, {}, NoteFact{}}});
    clock_.advanceSeconds(60);
  }
  void invoiceFrom(const std::string& account) {
    auto facts = invoiceFacts(company(2), company(1), "S-" + std::to_string(++number_));
    facts.accounts = {account};
    delivered(company(2), company(1), facts);
    clock_.advanceSeconds(3'600);
  }

 private:
  int number_ = 0;
};

}  // namespace postgang::store
