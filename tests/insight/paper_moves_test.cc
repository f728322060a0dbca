#include "insight/paper_moves.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "base/bytes.h"
#include "channels/peppol_register.h"
#include "store/lookups.h"
#include "tests/insight/own_store.h"

namespace postgang::insight {
namespace {

using document::EventType;

// Two companies that send letters, to customers and others.
class PaperMovesTest : public OwnStore {
 protected:
  PaperMovesTest() : OwnStore("2026-11-02T09:00:00Z") {}
  void SetUp() override {
    energi_ = company("0007:5599900122", "Nordhamn Energi AB");
    lager_ = company("0007:5599900148", "Nordhamn Lager AB");
  }
  CompanyId company(const std::string& identifier, const std::string& name, bool isCustomer = true) {
    CompanyId id;
    write([&](store::Transaction& tx) -> Outcome {
      store::Company made;
      made.identifier = identifier;
      made.identifiers = {identifier};
      made.name = name;
      made.isCustomer = isCustomer;
      TRY(id, store::createCompany(tx, made));
      return {};
    });
    return id;
  }
  void letter(CompanyId sender, const std::string& receiver) {
    const auto id = ids_.next<DocumentId>();
    store::ReceivedFact received;
    received.sender = sender;
    received.digest = sha256(id.text());
    store::RecognisedFact facts;
    facts.number = id.text();
    facts.buyer = {receiver, "Mottagare " + receiver, {}, false, {}};
    store::RoutedFact routed;
    routed.plan = {{"print", true, Decimal::fromScaled(1350, 2), "SEK", "address-known"}};
    store::DeliveryFact sent;
    sent.delivery = ids_.next<DeliveryId>();
    sent.channel = "print";
    write([&](store::Transaction& tx) {
      return store::append(tx, id, 0,
                           {{EventType::received, {}, received},
                            {EventType::recognised, {}, facts},
                            {EventType::routed, {}, routed},
                            {EventType::delivery_started, {}, sent},
                            {EventType::delivered, {}, sent}},
                           {});
    });
    clock_.advanceSeconds(60);
  }

  using Row = std::tuple<CompanyId, std::string, std::string, std::int64_t>;
  std::vector<Row> moves(const store::Viewer& viewer, std::optional<CompanyId> of = {}) {
    std::vector<Row> rows;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(found_, paperMoves(reader, viewer, of, registry_, dateInStockholm(clock_.now())));
      for (const auto& move : found_.moves)
        rows.emplace_back(move.company, move.counterpart, move.to, move.documents);
      return {};
    });
    EXPECT_TRUE(read) << read.error().detail;
    std::ranges::sort(rows);
    return rows;
  }

  static constexpr auto bygg_ = "0007:5599900130";
  channels::Registry registry_ = channels::allChannels();
  CompanyId energi_, lager_;
  PaperMoves found_;
};

TEST_F(PaperMovesTest, AreToCustomersAndThoseThatPeppolKnows) {
  constexpr auto former = "0007:5599900155", known = "0007:5599900163";
  company(bygg_, "Granberga Bygg AB");
  company(former, "Förra Kunden AB", false);
  write([&](store::Transaction& tx) {
    store::Lookup lookup;
    lookup.result = store::Lookup::Result::found;
    lookup.askedAt = clock_.now();
    lookup.until = clock_.now().plusSeconds(3600);
    return store::keepLookup(tx, channels::peppol_register, known, lookup);
  });
  for (const auto* receiver : {bygg_, former, known}) letter(energi_, receiver);
  const std::vector<Row> wanted = {{energi_, bygg_, "network", 1}, {energi_, known, "peppol", 1}};
  EXPECT_EQ(moves(store::Viewer::ofCompanies({energi_}, {})), wanted)
      << "a company that is no customer takes nothing here";
  EXPECT_EQ(found_.documents, 3);
  EXPECT_EQ(found_.movable, 2);
}

TEST_F(PaperMovesTest, AreOfOneCompanyEach) {
  company(bygg_, "Granberga Bygg AB");
  letter(energi_, bygg_);
  for (int i = 0; i < 2; ++i) letter(lager_, bygg_);
  const auto both = store::Viewer::ofCompanies({energi_, lager_}, {});
  const std::vector<Row> wanted = {{energi_, bygg_, "network", 1}, {lager_, bygg_, "network", 2}};
  EXPECT_EQ(moves(both), wanted);
  EXPECT_EQ(found_.documents, 3);
  EXPECT_EQ(found_.movable, 3);
  EXPECT_EQ(found_.companies.at(lager_).name, "Nordhamn Lager AB");
  EXPECT_EQ(moves(both, lager_), std::vector<Row>{wanted[1]});
  EXPECT_EQ(moves(store::Viewer::ofCompanies({energi_}, {})), std::vector<Row>{wanted[0]});
}

}  // namespace
}  // namespace postgang::insight
