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
