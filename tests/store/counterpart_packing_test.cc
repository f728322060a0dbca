// Which rows of counterparts are packed, and when.
#include "store/sql/counterpart_packing.h"

#include <algorithm>

#include "store/figures.h"
#include "store/sql/erasure.h"
#include "store/upkeep.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class CounterpartPacking : public World {
 protected:
  DocumentId sent(const std::string& counterpart) {
    const auto document = received(company(1));
    auto facts = invoiceFacts(company(1), company(9), std::to_string(++number_));
    facts.buyer = {counterpart, "Kund", {}, false, {}};
    appendTo(document, {{EventType::recognised, {}, facts}});
    return document;
  }
  void fold() {
    write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  }
  std::int64_t rows(std::string_view question) {
    std::int64_t found = 0;
    read([&](Reader& reader) -> Outcome {
      CHECK_OK(reader.connection().run(question, {}, [&](const sql::Row& row) { found = row.number(0); }));
      return {};
    });
    return found;
  }
  std::int64_t asRows() { return rows("SELECT COUNT(*) FROM statistics_counterparts"); }
  std::int64_t packedCells() {
    return rows("SELECT CAST(COALESCE(SUM(count), 0) AS BIGINT) FROM statistics_packed");
  }
  bool isPackedAnywhere(const std::string& counterpart) {
    bool found = false;
    read([&](Reader& reader) -> Outcome {
      CHECK_OK(reader.connection().run("SELECT cells FROM statistics_packed", {}, [&](const sql::Row& row) {
        sql::CellReader cells(row.bytes(0));
        for (sql::PackedCell cell; cells.next(cell);) found = found || cell.counterpart == counterpart;
      }));
      return {};
    });
    return found;
  }

  int number_ = 0;
};
INSTANTIATE_BOTH_STORES(CounterpartPacking);

TEST_P(CounterpartPacking, FewAreRowsAndManyArePacked) {
  for (int i = 0; i < 31; ++i) sent("0007:55100000" + std::to_string(10 + i));
  fold();
  EXPECT_EQ(asRows(), 31);
  EXPECT_EQ(packedCells(), 0);
  sent("0007:5510000099");
  fold();
  EXPECT_EQ(asRows(), 0);
  EXPECT_EQ(packedCells(), 32);
  sent("0007:5510000099");
  fold();
  EXPECT_EQ(asRows(), 1) << "beside what is packed";
}

TEST_P(CounterpartPacking, OfManyMoreMayBeRows) {
  for (int i = 0; i < 40 * 32; ++i) sent("customer:" + std::to_string(i));
  fold();
  EXPECT_EQ(packedCells(), 40 * 32);
  for (int i = 0; i < 39; ++i) sent("customer:" + std::to_string(i));
  fold();
  EXPECT_EQ(asRows(), 39);
  sent("customer:39");
  fold();
  EXPECT_EQ(asRows(), 0) << "one in 32";
  EXPECT_EQ(packedCells(), 40 * 32);
}

// What comes later of documents that lie packed is a row without documents.
TEST_P(CounterpartPacking, WhatHappensToThemLaterCounts) {
  std::vector<DocumentId> documents;
  for (int i = 0; i < 32; ++i) documents.push_back(sent("customer:" + std::to_string(i)));
  fold();
  ASSERT_EQ(packedCells(), 32);
  appendTo(documents[3], {{EventType::stopped, {}, StoppedFact{}}});
  for (int i = 0; i < 2; ++i) {
    fold();
    EXPECT_EQ(asRows(), 1);
  }
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, figures(reader, of(company(1)),
                                  {.groupBy = {Dimension::counterpart}, .counterparts = {"customer:3"}}));
    EXPECT_EQ(found.size(), 1U);
    if (found.empty()) return {};
    EXPECT_EQ(found[0].figures.documents, 1);
    EXPECT_EQ(found[0].figures.stopped, 1);
    return {};
  });
}

TEST_P(CounterpartPacking, WhoIsErasedDoesNotStayInTheBytes) {
  std::vector<DocumentId> documents;
  for (int i = 0; i < 32; ++i) documents.push_back(sent("customer:person-" + std::to_string(i)));
  fold();
  ASSERT_TRUE(isPackedAnywhere("customer:person-7"));
  write([&](Transaction& tx) {
    return sql::eraseDocument(tx.connection(), documents[7], "test", clock_.now());
  });
  fold();
  EXPECT_FALSE(isPackedAnywhere("customer:person-7"));
  EXPECT_TRUE(isPackedAnywhere("customer:person-8"));
  EXPECT_TRUE(isPackedAnywhere("")) << "it still counts, as nobody's";
  EXPECT_EQ(asRows(), 0);
}

// Its amount in one currency, what sending cost in another: the fold may come between the two.
TEST_P(CounterpartPacking, WhoIsErasedGoesAsAWholeHoweverFewRowsAreFoldedAtOnce) {
  std::vector<DocumentId> documents;
  for (int i = 0; i < 40; ++i) {
    documents.push_back(sent("customer:person-" + std::to_string(i)));
    DeliveryFact fact;
    fact.delivery = ids_.next<DeliveryId>();
    fact.channel = "email";
    fact.price = Decimal::fromScaled(150, 2);
    fact.currency = "EUR";
    appendTo(documents.back(), {{EventType::sent, {}, fact}});
  }
  fold();
  ASSERT_TRUE(isPackedAnywhere("customer:person-7"));
  write([&](Transaction& tx) {
    return sql::eraseDocument(tx.connection(), documents[7], "test", clock_.now());
  });
  const auto left = [&] { return rows("SELECT COUNT(*) FROM statistics_deltas"); };
  for (int i = 0; i < 20 && left() > 0; ++i) write([](Transaction& tx) { return foldCubes(tx, 1); });
  fold();
  EXPECT_FALSE(isPackedAnywhere("customer:person-7"));
  EXPECT_EQ(rows("SELECT COUNT(*) FROM statistics_counterparts WHERE counterpart = 'customer:person-7'"), 0);
  EXPECT_EQ(rows("SELECT COUNT(*) FROM statistics_erased"), 0);
}

// What is under way moves from cell to cell: that packs nothing before there is much.
TEST_P(CounterpartPacking, WhatMovesOnIsNoReasonToPack) {
  std::vector<DocumentId> documents;
  for (int i = 0; i < 32; ++i) documents.push_back(sent("0007:55100000" + std::to_string(10 + i)));
  fold();
  ASSERT_EQ(packedCells(), 32);
  DeliveryFact fact;
  fact.delivery = ids_.next<DeliveryId>();
  fact.channel = "email";
  appendTo(documents[0], {{EventType::sent, {}, fact}});
  fold();
  EXPECT_EQ(packedCells(), 32);
  EXPECT_EQ(asRows(), 2) << "one fewer here, one more there";
}

TEST_P(CounterpartPacking, DamagedBytesStopNothingElseAndNothingIsLost) {
  for (int i = 0; i < 32; ++i) sent("customer:" + std::to_string(i));
  fold();
  write([](Transaction& tx) -> Outcome {
    const std::string damaged("\xff\xff", 2);
    CHECK_OK(tx.connection().run("UPDATE statistics_packed SET cells = ?1", {sql::Value::bytes(damaged)}));
    return {};
  });
  for (int i = 0; i < 32; ++i) sent("customer:" + std::to_string(i));
  fold();
  EXPECT_EQ(rows("SELECT COUNT(*) FROM statistics_deltas"), 0);
  EXPECT_EQ(asRows(), 32) << "beside what cannot be read";
  EXPECT_FALSE(store().read([&](Reader& reader) -> Outcome {
    const auto found = figures(reader, of(company(1)), {.groupBy = {Dimension::counterpart}});
    EXPECT_EQ(found ? std::string() : found.error().code, "cells-damaged");
    return found ? Outcome() : fail(found.error());
  }));
  const auto report = verify(store());
  ASSERT_TRUE(report);
  EXPECT_TRUE(std::any_of(report->damages.begin(), report->damages.end(), [](const auto& damage) {
    return damage.where == "statistics_counterparts by months";
  }));
  ASSERT_TRUE(rebuild(store()));
  EXPECT_EQ(packedCells() + asRows(), 32);
}

}  // namespace
}  // namespace postgang::store
