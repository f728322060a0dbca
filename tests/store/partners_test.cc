#include "store/companies.h"

#include <gtest/gtest.h>

#include "store/statistics.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Partners : public World {
 protected:
  // Names of all pages together, a blank line between them not.
  std::vector<std::string> names(PartnerQuery query) {
    std::vector<std::string> names;
    const auto owner = company(1);
    read([&](Reader& reader) -> Outcome {
      for (int page_count = 0; page_count < 100; ++page_count) {
        TRY(const auto page, listPartners(reader, of(owner), owner, query));
        EXPECT_LE(static_cast<int>(page.items.size()), query.limit);
        for (const auto& partner : page.items) names.push_back(partner.name);
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return names;
  }
  void know(const std::string& name) {
    Partner partner;
    partner.identifier = "customer:" + name;
    partner.name = name;
    const auto owner = company(1);  // made before the write that names it
    write([&](Transaction& tx) { return putPartner(tx, owner, partner); });
  }
  void put(const std::string& identifier, const std::string& name, const std::string& customerNumber = {}) {
    Partner partner;
    partner.identifier = identifier;
    partner.name = name;
    partner.customerNumber = customerNumber;
    const auto owner = company(1);
    write([&](Transaction& tx) { return putPartner(tx, owner, partner); });
  }
  void sendTo(const std::string& name) {
    auto facts = invoiceFacts(company(1), company(2), "F-" + std::to_string(++number_));
    facts.buyer = {};
    facts.buyer.name = name;
    facts.buyer.customerNumber = name;
    appendTo(received(company(1)), {{EventType::recognised, {}, facts}});
    clock_.advanceSeconds(60);
  }
  void fold() {
    write([](Transaction& tx) { return foldStatistics(tx, 1'000); });
  }

 private:
  int number_ = 0;
};
INSTANTIATE_BOTH_STORES(Partners);

using Names = std::vector<std::string>;

TEST_P(Partners, AreListedByTheirLastActivityBeforeAndAfterFolding) {
  for (const auto* name : {"Östgöta Frakt", "Alm", "Zinkgruvan"}) know(name);
  for (const auto* name : {"Granberga", "Fyrnäs", "Alm"}) sendTo(name);
  const Names wanted = {"Alm", "Fyrnäs", "Granberga", "Zinkgruvan", "Östgöta Frakt"};
  for (const int limit : {1, 2, 3, 50}) EXPECT_EQ(names({.limit = limit}), wanted) << limit;
  fold();
  for (const int limit : {1, 2, 3, 50}) EXPECT_EQ(names({.limit = limit}), wanted) << limit;
  // One that is folded and one that has news stand in one order.
  sendTo("Granberga");
  for (const int limit : {1, 2, 3, 50})
    EXPECT_EQ(names({.limit = limit}), (Names{"Granberga", "Alm", "Fyrnäs", "Zinkgruvan", "Östgöta Frakt"}));
}

TEST_P(Partners, AreListedByNameInSwedishOrder) {
  for (const auto* name : {"Öresund", "Zeta", "ärlan", "Åkeri", "alm", "Étoile"}) know(name);
  const Names wanted = {"alm", "Étoile", "Zeta", "Åkeri", "ärlan", "Öresund"};
  for (const int limit : {1, 2, 50})
    EXPECT_EQ(names({.sort = PartnerSort::name, .limit = limit}), wanted) << limit;
}

TEST_P(Partners, AreFoundByPartOfTheirNameWhateverTheOrder) {
  for (const auto* name : {"Granberga Bygg", "Fyrnäs El", "Granit"}) sendTo(name);
  EXPECT_EQ(names({.text = "gran"}), (Names{"Granit", "Granberga Bygg"}));
  EXPECT_EQ(names({.text = "GRAN", .sort = PartnerSort::name}), (Names{"Granberga Bygg", "Granit"}));
  EXPECT_EQ(names({.text = "fyrnas"}), (Names{"Fyrnäs El"}));
}

TEST_P(Partners, AreFoundByTheirNumbersAsPeopleWriteThem) {
  put("0007:5599900213", "Järnkulla Rör AB", "K-17 b");
  put("9955:SE559990031201", "Skatteboda AB");
  put("customer:4711", "Karin Holm", "4711");
  for (const auto* text :
       {"559990-0213", "5599900213", "559990 0213", "16559990-0213", "165599900213", "SE559990021301",
        "SE 559990-0213 01", "se5599900213", "0007:559990-0213", "0007:5599900213", "90-02", "rör järnkulla",
        "JÄRNKULLA  rör", " rör\t559990-0213 ", "559990-0213 k-17", "k-17", "K-17 rör"})
    EXPECT_EQ(names({.text = text}), Names{"Järnkulla Rör AB"}) << text;
  for (const auto* text : {"559990-0312", "SE559990031201", "9955:SE559990031201", "skatteboda 559990 0312"})
    EXPECT_EQ(names({.text = text}), Names{"Skatteboda AB"}) << text;
  EXPECT_EQ(names({.text = "47-11"}), Names{"Karin Holm"}) << "its identifier has that number";
  EXPECT_EQ(names({.text = "  "}).size(), 3U);
  for (const auto* text :
       {"%", "_", "\\", "'", "\"", "rör' OR '1'='1", "559990_0213", "55999%", "rör 5599900312",
        "järnkulla karin", "SE559990021401", "'); DROP TABLE partners; --"})
    EXPECT_EQ(names({.text = text}), Names{}) << text;
  std::string many;
  for (int i = 0; i < 200; ++i) many += i % 2 == 0 ? "1 " : "a ";
  EXPECT_EQ(names({.text = many}).size(), 3U) << "all have both";
  const auto owner = company(1);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto facets, partnerFacets(reader, of(owner), owner, {.text = "559990-0213"}));
    std::int64_t sum = 0;
    for (const auto& [standing, count] : facets) sum += count;
    EXPECT_EQ(sum, 1);
    return {};
  });
}

TEST_P(Partners, StandUnderTheIdentifierThatTheyAreAskedForBy) {
  put("9955:SE559990031201", "Skatteboda AB");
  put("0007:559990-0213", "Järnkulla Rör AB");
  put("0007:5599900213", "Järnkulla Rör i Väst AB");
  const auto owner = company(1);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto vat, partner(reader, of(owner), owner, "9955:se559990031201"));
    EXPECT_TRUE(vat);
    TRY(const auto pipes, partner(reader, of(owner), owner, "0007:5599900213"));
    EXPECT_EQ(pipes ? pipes->name : "", "Järnkulla Rör i Väst AB");
    return {};
  });
  EXPECT_EQ(names({}).size(), 2U) << "one of each";
  Partner wrong;
  wrong.identifier = "0007:5599900214";
  wrong.name = "Felskriven AB";
  const auto refused =
      store().write(Priority::walk, [&](Transaction& tx) { return putPartner(tx, owner, wrong); });
  EXPECT_EQ(refused ? "" : refused.error().code, "identifier-check-digit");
}

TEST_P(Partners, ACursorOfAnotherOrderIsRefused) {
  for (const auto* name : {"Alm", "Bok"}) know(name);
  const auto owner = company(1);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listPartners(reader, of(owner), owner, {.limit = 1}));
    EXPECT_TRUE(page.nextCursor);
    for (const auto& cursor : {page.nextCursor.value_or(""), std::string("x"), std::string("bm9uc2Vuc2U")}) {
      const auto wrong =
          listPartners(reader, of(owner), owner, {.sort = PartnerSort::name, .limit = 1, .cursor = cursor});
      EXPECT_EQ(wrong ? std::string() : wrong.error().code, "cursor-malformed");
    }
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
