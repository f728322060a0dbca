#include "store/statistics.h"

#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Statistics : public World {
 protected:
  std::vector<std::string> asked(const Viewer& viewer, const StatisticsQuery& query) {
    std::vector<std::string> lines;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto rows, statistics(reader, viewer, query));
      for (const auto& row : rows) {
        std::string line;
        for (const auto& value : row.values) line += value + " ";
        lines.push_back(line + std::to_string(row.documents) + " " + row.amount.text(2) + " " + row.currency);
      }
      return {};
    });
    return lines;
  }
};
INSTANTIATE_BOTH_STORES(Statistics);

using Lines = std::vector<std::string>;

TEST_P(Statistics, CountsByWhatIsAskedFor) {
  const auto seller = company(1), buyer = company(2);
  delivered(seller, buyer, invoiceFacts(seller, buyer, "1", "100.25"));
  clock_.advanceSeconds(40 * 24 * 3600);
  delivered(seller, buyer, invoiceFacts(seller, buyer, "2", "200.00"));
  received(seller);
  StatisticsQuery query;
  query.groupBy = {Dimension::month, Dimension::status};
  EXPECT_EQ(asked(of(seller), query), (Lines{"2026-11 delivered 1 100.25 SEK",
                                             "2026-12 delivered 1 200.00 SEK", "2026-12 received 1 0.00 "}));
  query.groupBy = {Dimension::direction, Dimension::channel, Dimension::kind};
  EXPECT_EQ(asked(of(buyer), query), Lines{"received network invoice 2 300.25 SEK"});
  query.groupBy = {Dimension::day};
  query.to = Date::of(2026, 11, 30);
  query.direction = Direction::sent;
  EXPECT_EQ(asked(Viewer::system(), query), Lines{"2026-11-02 1 100.25 SEK"});
  query = {};
  query.company = buyer;
  EXPECT_TRUE(asked(of(seller), query).empty());
  EXPECT_EQ(asked(of(buyer), query), Lines{"2 300.25 SEK"});
}

TEST_P(Statistics, FoldingChangesNoAnswer) {
  fill(40);
  StatisticsQuery query;
  query.groupBy = {Dimension::company, Dimension::day, Dimension::direction, Dimension::status,
                   Dimension::kind};
  const auto before = asked(Viewer::system(), query);
  EXPECT_GT(before.size(), 10U);
  for (int step = 0; step < 30; ++step) {
    write([](Transaction& tx) { return foldStatistics(tx, 13); });
    EXPECT_EQ(asked(Viewer::system(), query), before);
  }
  read([&](Reader& reader) -> Outcome {
    TRY(const auto left, reader.connection().run("SELECT id FROM statistics_deltas"));
    EXPECT_EQ(left, 0);
    return {};
  });
}

TEST_P(Statistics, AmountsBeyondAllMeasureSpoilNothing) {
  const auto seller = company(1), buyer = company(2);
  for (const auto* amount : {"92233720368547758.07", "92233720368547758.07", "99999999999999999999999999"})
    delivered(seller, buyer, invoiceFacts(seller, buyer, amount, amount));
  write([](Transaction& tx) { return foldStatistics(tx, 2); });
  EXPECT_EQ(asked(of(buyer), {}).size(), 1U);
  write([](Transaction& tx) { return foldStatistics(tx, 1'000); });
  EXPECT_EQ(asked(of(buyer), {}).size(), 1U);
  EXPECT_EQ(listed(of(buyer), {}).size(), 3U);
}

TEST_P(Statistics, PartnersCountsAreTheSameBeforeAndAfterFolding) {
  const auto seller = company(1), buyer = company(2);
  const auto facts = invoiceFacts(seller, buyer, "1");
  delivered(seller, buyer, facts);
  delivered(seller, buyer, invoiceFacts(seller, buyer, "2"));
  for (const int rows_max : {0, 1, 100}) {
    write([&](Transaction& tx) { return foldStatistics(tx, rows_max); });
    read([&](Reader& reader) -> Outcome {
      TRY(const auto customer, partner(reader, of(seller), seller, facts.buyer.identifier));
      EXPECT_EQ(customer.value().sentCount, 2);
      EXPECT_EQ(customer.value().receivedCount, 0);
      EXPECT_EQ(customer.value().lastActivityAt, clock_.now());
      return {};
    });
  }
}

}  // namespace
}  // namespace postgang::store
