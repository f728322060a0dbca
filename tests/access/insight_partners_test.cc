// Whose partners are seen, over random trees, memberships, grants and traffic, held against the same model as
// in insight_test.cc: a company's partners are its own and seen with it whole; who was let see its traffic
// sees none of them, however asked.
#include <map>

#include "store/partner_accounts.h"
#include "store/partner_doubles.h"
#include "store/partner_facts.h"
#include "store/statistics.h"
#include "tests/access/random_traffic.h"

namespace postgang::access {
namespace {

using store::Reader;

// One partner's counts: how many documents each way, how many of them are stopped.
struct Counts {
  std::int64_t sent = 0, received = 0, stops = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Counts& one) {
    return out << one.sent << "/" << one.received << "/" << one.stops;
  }
};
using Partners = std::map<std::string, Counts>;

class InsightOfPartners : public RandomTraffic {
 protected:
  // From the documents alone; invoiceFacts() names the parties.
  Partners traded(CompanyId owner) const {
    Partners all;
    for (const auto& sent : sent_) {
      const bool isStopped = sent.fate == Fate::stopped;
      if (sent.sender == owner) {
        auto& counts = all["0007:buyer" + std::to_string(sent.receiver.value)];
        ++counts.sent;
        if (isStopped) ++counts.stops;
      }
      if (sent.arrived && sent.receiver == owner) {
        auto& counts = all["0007:seller" + std::to_string(sent.sender.value)];
        ++counts.received;
        if (isStopped) ++counts.stops;
      }
    }
    return all;
  }
  Partners wanted(const Asker& as, CompanyId owner) const {
    return seesWhole(as, owner) ? traded(owner) : Partners();
  }

  Result<Partners> listedPartners(Reader& reader, const store::Viewer& viewer, CompanyId owner,
                                  store::PartnerQuery query) {
    Partners all;
    query.limit = 2;  // pages small enough that each list has several
    for (int pages = 0; pages < 100; ++pages) {
      TRY(const auto page, store::listPartners(reader, viewer, owner, query));
      for (const auto& one : page.items)
        all[one.identifier] = {one.sentCount, one.receivedCount, one.openStops};
      if (!page.nextCursor) break;
      query.cursor = *page.nextCursor;
    }
    return all;
  }

  void expectOf(CompanyId owner, const Asker& as, const store::Viewer& viewer);
  Outcome expectEach(Reader& reader, CompanyId owner, const Asker& as, const store::Viewer& viewer);
};
INSTANTIATE_BOTH_STORES(InsightOfPartners);

Outcome InsightOfPartners::expectEach(Reader& reader, CompanyId owner, const Asker& as,
                                      const store::Viewer& viewer) {
  const bool isSeen = seesWhole(as, owner);
  std::vector<std::string> identifiers;
  for (const auto& [identifier, counts] : traded(owner)) identifiers.push_back(identifier);
  TRY(const auto facts, store::partnerFacts(reader, viewer, owner, identifiers));
  EXPECT_EQ(facts.size(), isSeen ? identifiers.size() : 0U);
  for (const auto& [identifier, counts] : traded(owner)) {
    TRY(const auto found, store::partner(reader, viewer, owner, identifier));
    EXPECT_EQ(found.has_value(), isSeen) << identifier;
    TRY(const auto accounts, store::partnerAccounts(reader, viewer, owner, identifier));
    EXPECT_EQ(!accounts.empty(), isSeen && counts.received > 0) << identifier;
    if (!isSeen) continue;
    const auto& one = facts.at(identifier);
    EXPECT_EQ(one.sent.documents, counts.sent);
    EXPECT_EQ(one.received.documents, counts.received);
    EXPECT_EQ(counts.sent + counts.received - one.sent.right - one.received.right, counts.stops);
  }
  return {};
}

void InsightOfPartners::expectOf(CompanyId owner, const Asker& as, const store::Viewer& viewer) {
  const auto all = wanted(as, owner);
  read([&](Reader& reader) -> Outcome {
    for (const auto sort : {store::PartnerSort::activity, store::PartnerSort::name,
                            store::PartnerSort::documents, store::PartnerSort::amount}) {
      TRY(const auto found, listedPartners(reader, viewer, owner, {.sort = sort}));
      EXPECT_EQ(found, all);
    }
    TRY(const auto searched, listedPartners(reader, viewer, owner, {.text = "0007:"}));
    EXPECT_EQ(searched, all) << "by search, which every identifier answers";
    for (const std::string text : {"", "0007:"}) {
      TRY(const auto facets, store::partnerFacets(reader, viewer, owner, {.text = text}));
      std::int64_t counted = 0;
      for (const auto& [standing, partners] : facets) counted += partners;
      EXPECT_EQ(counted, static_cast<std::int64_t>(all.size()));
    }
    TRY(const auto doubles, store::partnerDoubles(reader, viewer, owner));
    EXPECT_TRUE(doubles.empty() || seesWhole(as, owner));
    return expectEach(reader, owner, as, viewer);
  });
}

TEST_P(InsightOfPartners, AreTheirCompanysAlone) {
  for (const unsigned seed : {5U, 6U}) {
    plant(seed, 8, 14);
    send(35);
    for (int i = 0; i < 12 && !HasFailure(); ++i) {
      // Half are asked for before they are folded.
      if (i == 6) write([](store::Transaction& tx) { return store::foldStatistics(tx, 100'000); });
      const auto as = anybody();
      const auto viewer = viewerFor(as);
      SCOPED_TRACE("seed " + std::to_string(seed) + ", user " + std::to_string(i));
      for (const auto owner : companies_) expectOf(owner, as, viewer);
    }
  }
}

TEST_P(InsightOfPartners, NobodyMergesWhatIsNotSeen) {
  plant(7, 6, 20);
  send(40);
  for (int i = 0; i < 20 && !HasFailure(); ++i) {
    const auto as = anybody();
    const auto viewer = viewerFor(as);
    for (const auto owner : companies_) {
      const auto partners = traded(owner);
      if (seesWhole(as, owner) || partners.size() < 2) continue;
      const auto &keep = partners.begin()->first, &other = std::next(partners.begin())->first;
      const auto merged = store().write(store::Priority::walk, [&](store::Transaction& tx) {
        return store::mergePartners(tx, viewer, owner, keep, other);
      });
      ASSERT_FALSE(merged);
      EXPECT_EQ(merged.error().code, "not-found");
    }
  }
}

}  // namespace
}  // namespace postgang::access
