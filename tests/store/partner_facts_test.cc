// What is counted of partners, held against a naive recount of the documents themselves: before and after it
// is folded, and after rebuild; listed in every order, by every standing.
#include "store/partner_facts.h"

#include "store/search_words.h"
#include "store/sql/lead_time.h"
#include "store/sql/partner_counts.h"
#include "tests/store/partner_world.h"

namespace postgang::store {
namespace {

class PartnerFigures : public PartnerWorld {};
INSTANTIATE_BOTH_STORES(PartnerFigures);

TEST_P(PartnerFigures, AreWhatARecountOfTheDocumentsGives) {
  live(120);
  for (int number = 1; number <= 3; ++number) {
    const auto owner = company(number);
    expectLike(recounted(owner), owner, "not folded");
  }
  EXPECT_EQ(countDamages(), "");
  fold();
  for (int number = 1; number <= 3; ++number)
    expectLike(recounted(company(number)), company(number), "folded");
  EXPECT_EQ(countDamages(), "");
  const auto rebuilt = rebuild(store());
  ASSERT_TRUE(rebuilt) << rebuilt.error().detail;
  for (int number = 1; number <= 3; ++number)
    expectLike(recounted(company(number)), company(number), "rebuilt");
  EXPECT_EQ(countDamages(), "");
}

TEST_P(PartnerFigures, EveryOrderHasItsPagesBothWaysBeforeAndAfterFolding) {
  for (int i = 0; i < 23; ++i) {
    const auto name = "Kund " + std::to_string(i % 7) + (i % 2 == 0 ? " Å" : " Ö");
    for (int times = 0; times <= i % 3; ++times)
      sendTo("customer:" + std::to_string(i), name, std::to_string(100 * (i % 4)) + ".00");
  }
  const auto owner = company(1);
  for (const bool isFolded : {false, true}) {
    if (isFolded) fold();
    for (const auto sort :
         {PartnerSort::activity, PartnerSort::name, PartnerSort::documents, PartnerSort::amount}) {
      std::vector<std::string> whole, forwards, backwards;
      for (const auto& partner : everyPartner(owner, {.sort = sort, .limit = 200}))
        whole.push_back(partner.identifier);
      EXPECT_EQ(whole.size(), 23U);
      read([&](Reader& reader) -> Outcome {
        PartnerQuery query{.sort = sort, .limit = 4};
        std::optional<std::string> last;
        for (;;) {
          TRY(const auto page, listPartners(reader, of(owner), owner, query));
          for (const auto& one : page.items) forwards.push_back(one.identifier);
          last = page.previousCursor;
          if (!page.nextCursor) break;
          query.cursor = *page.nextCursor;
        }
        while (last) {
          query.cursor = *last;
          TRY(const auto page, listPartners(reader, of(owner), owner, query));
          std::vector<std::string> names;
          for (const auto& one : page.items) names.push_back(one.identifier);
          backwards.insert(backwards.begin(), names.begin(), names.end());
          last = page.previousCursor;
        }
        return {};
      });
      EXPECT_EQ(forwards, whole) << static_cast<int>(sort) << isFolded;
      EXPECT_TRUE(backwards.size() < whole.size() &&
                  std::equal(backwards.begin(), backwards.end(), whole.begin()))
          << static_cast<int>(sort) << isFolded;
    }
  }
}

TEST_P(PartnerFigures, StandingsAreCountedAsTheyAreListed) {
  for (int i = 0; i < 4; ++i) sendTo("customer:often", "Ofta");
  sendTo("customer:once", "En gång");
  clock_.advanceSeconds(40 * day_seconds);
  sendTo("customer:fresh", "Färsk");
  const auto owner = company(1);
  auto stopped = invoiceFacts(owner, company(2), "STOPP-1");
  stopped.buyer = {"0007:5599900247", "Stoppad AB", "", false, ""};
  const auto document = received(owner);
  appendTo(document, {{EventType::recognised, {}, stopped}, {EventType::stopped, {}, StoppedFact{}}});
  write([&](Transaction& tx) {
    Partner known;
    known.identifier = "customer:never";
    known.name = "Aldrig";
    return putPartner(tx, owner, known);
  });
  const std::map<Standing, std::vector<std::string>> wanted = {
      {Standing::stopped, {"0007:5599900247"}},     {Standing::not_reachable, {}},
      {Standing::no_documents, {"customer:never"}}, {Standing::is_new, {"customer:fresh"}},
      {Standing::long_silent, {"customer:often"}},  {Standing::active, {"customer:once"}}};
  for (const bool isFolded : {false, true}) {
    if (isFolded) fold();
    read([&](Reader& reader) -> Outcome {
      TRY(const auto facets, partnerFacets(reader, of(owner), owner, {}));
      for (const auto& [standing, count] : facets)
        EXPECT_EQ(count, static_cast<std::int64_t>(wanted.at(standing).size())) << name(standing) << isFolded;
      return {};
    });
    for (const auto& [standing, identifiers] : wanted) {
      std::vector<std::string> found;
      for (const auto& one : everyPartner(owner, {.standings = {standing}})) found.push_back(one.identifier);
      EXPECT_EQ(found, identifiers) << name(standing) << isFolded;
    }
  }
}

TEST_P(PartnerFigures, AreFoldedAFewRowsAtATime) {
  live(40);
  invoiceFrom("bankgiro:54029681");
  bool more = true;
  int folds = 0;
  for (; more && folds < 1'000; ++folds)
    write([&](Transaction& tx) -> Outcome {
      TRY(more, foldPartners(tx, 7));
      return {};
    });
  EXPECT_GT(folds, 2);
  for (const auto* table : {"partner_deltas", "partner_cell_deltas", "partner_account_deltas"})
    read([&](Reader& reader) -> Outcome {
      TRY(const auto left, reader.connection().run("SELECT id FROM " + std::string(table)));
      EXPECT_EQ(left, 0) << table;
      return {};
    });
  for (int number = 1; number <= 3; ++number)
    expectLike(recounted(company(number)), company(number), "folded");
  EXPECT_EQ(countDamages(), "");
}

TEST_P(PartnerFigures, OneCommitMayCountMorePartnersThanAStatementWrites) {
  constexpr int partners = 70;
  const auto owner = company(1), other = company(2);
  std::vector<DocumentId> documents;
  for (int i = 0; i < partners; ++i) documents.push_back(received(owner));
  write([&](Transaction& tx) -> Outcome {
    for (int i = 0; i < partners; ++i) {
      auto facts = invoiceFacts(owner, other, "P-" + std::to_string(i));
      facts.buyer = {"0007:55" + std::to_string(10'000'000 + i), "Kund", "", false, ""};
      CHECK_OK(append(tx, documents[static_cast<std::size_t>(i)], 1,
                      {{EventType::recognised, {}, facts}, {EventType::checked, {}, NoteFact{}}}, {}));
    }
    return {};
  });
  const auto indexed = indexLines(store(), 1'000);
  ASSERT_TRUE(indexed) << indexed.error().detail;
  EXPECT_EQ(*indexed, partners);
  for (const bool isFolded : {false, true}) {
    if (isFolded) fold();
    expectLike(recounted(owner), owner, isFolded ? "folded" : "not folded");
    EXPECT_EQ(countDamages(), "");
  }
}

// What waited to be folded when the store was brought to this schema says nothing of the first activity.
TEST_P(PartnerFigures, TheFirstActivityIsKeptOfPartnersThatWaitToBeFolded) {
  const auto owner = company(1);
  const auto first = clock_.now();
  sendTo("customer:10284", "Granberga Bygg");
  write([](Transaction& tx) -> Outcome {
    CHECK_OK(tx.connection().run("UPDATE partner_deltas SET first_activity_at = 0"));
    return sql::countPartnersAgain(tx.connection());
  });
  fold();
  const auto partner = everyPartner(owner).front();
  EXPECT_EQ(partner.firstActivityAt, first);
  EXPECT_EQ(partner.standing, Standing::is_new);
}

// A sum that is cut off at 64 bits would not come back to what the others count.
TEST_P(PartnerFigures, ADocumentOfAnyAmountCanBeTakenAwayAgain) {
  const auto owner = company(1);
  const std::string partner = "0007:5599900130", most = "92233720368547758.07";
  sendTo(partner, "Granberga Bygg AB", "100.00");
  for (int i = 0; i < 3; ++i) sendTo(partner, "Granberga Bygg AB", most);
  fold();
  for (const auto& entry : listed(of(owner), {}))
    if (entry.amount == Decimal::parse(most))
      appendTo(entry.document, {{EventType::cancelled, {}, NoteFact{}}});
  for (const bool isFolded : {false, true}) {
    if (isFolded) fold();
    EXPECT_TRUE(amountsOf(factsOf(owner, partner)) == (Amounts{{"SEK", {Decimal(100), Decimal(0)}}}))
        << isFolded;
    EXPECT_EQ(everyPartner(owner).front().amount, 10'000) << isFolded;
  }
  EXPECT_EQ(countDamages(), "");
}

TEST(LeadTime, ABucketsMiddleIsWithinAnEighth) {
  for (std::int64_t seconds = 0; seconds < 3'000'000; seconds = seconds * 21 / 20 + 1) {
    const auto middle = sql::leadSeconds(sql::leadBucket(seconds));
    EXPECT_LE(std::max(middle, seconds) - std::min(middle, seconds), seconds / 8 + 1) << seconds;
    EXPECT_LE(sql::leadBucket(seconds), sql::leadBucket(seconds + 1));
  }
  EXPECT_EQ(sql::medianLead({}), std::nullopt);
  EXPECT_EQ(sql::medianLead({{0, 1}, {2, 1}, {3, 1}}), 2);
}

TEST(Silence, FollowsTheUsualGap) {
  const auto first = Instant::atMidnight(Date::of(2026, 1, 1));
  const auto after = [&](std::int64_t days) { return first.plusSeconds(days * day_seconds); };
  EXPECT_EQ(silentFrom(first, first, 1), after(90));
  EXPECT_EQ(silentFrom(first, after(30), 11), after(30 + 14));    // every third day: two weeks at least
  EXPECT_EQ(silentFrom(first, after(70), 11), after(70 + 28));    // every week
  EXPECT_EQ(silentFrom(first, after(300), 11), after(300 + 90));  // every month: 90 days at most
}

}  // namespace
}  // namespace postgang::store
