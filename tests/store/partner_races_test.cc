// Partners merged and split while documents come and are folded, on PostgreSQL, where writers run beside each
// other: nothing is counted twice and nothing is lost. One of two is held in the midst of it by a trigger,
// until the other has gone as far as it can.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/partner_doubles.h"
#include "store/postgres/connection.h"
#include "tests/store/partner_world.h"

namespace postgang::store {
namespace {

class PartnerRaces : public PartnerWorld {
 protected:
  void SetUp() override {
    PartnerWorld::SetUp();
    if (IsSkipped()) return;
    auto opened = postgres::Connection::open(options().databaseUrl);
    ASSERT_TRUE(opened);
    hand_ = std::move(*opened);
    owner_ = company(1);
    sendTo(kept_, "Granberga Bygg AB");
    sendTo(other_, "Granberga Bygg");
    fold();
  }

  void run(std::string_view statement) {
    const auto outcome = hand_->run(statement);
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }
  // Whoever is the `hit`th to do so stops there until let().
  void holdAt(const std::string& when, int hit) {
    run("CREATE SEQUENCE hits");
    run("CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF nextval('hits') = " +
        std::to_string(hit) + " THEN PERFORM pg_advisory_xact_lock(99); END IF; RETURN NULL; END $$");
    run("CREATE TRIGGER held " + when + " FOR EACH STATEMENT EXECUTE FUNCTION hold()");
    run("SELECT pg_advisory_lock(99)");
  }
  void let() {
    run("SELECT pg_advisory_unlock(99)");
    run("DROP FUNCTION hold CASCADE");
  }
  std::int64_t waiting() {
    std::int64_t count = 0;
    EXPECT_TRUE(hand_->run(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE NOT "
        "l.granted AND a.datname = current_database()",
        {}, [&](const sql::Row& row) { count = row.number(0); }));
    return count;
  }
  // Until as many wait, or what is asked for is so.
  void untilWaiting(std::int64_t count, const std::function<bool()>& orElse) {
    constexpr int looks = 50'000;  // each asks the database
    for (int look = 0; look < looks; ++look)
      if (waiting() >= count || orElse()) return;
    ADD_FAILURE() << "nobody waits";
  }
  // The first until it is held, then the second until it waits or is done; then both to their ends.
  void race(const std::function<void()>& first, const std::function<void()>& second) {
    std::atomic<bool> isFirstDone = false, isSecondDone = false;
    std::thread one([&] {
      first();
      isFirstDone = true;
    });
    untilWaiting(1, [&] { return isFirstDone.load(); });
    EXPECT_FALSE(isFirstDone) << "it was not held";
    std::thread two([&] {
      second();
      isSecondDone = true;
    });
    untilWaiting(2, [&] { return isSecondDone.load(); });
    let();
    one.join();
    two.join();
  }

  void merge() {
    write([&](Transaction& tx) { return mergePartners(tx, of(owner_), owner_, kept_, other_); });
  }
  void expectCounts(std::int64_t ofKept, std::int64_t ofOther) {
    EXPECT_EQ(countDamages(), "");
    fold();
    EXPECT_EQ(countDamages(), "");
    for (const auto& one : everyPartner(owner_)) {
      const bool isKept = one.identifier == kept_;
      if (isKept || one.identifier == other_) {
        EXPECT_EQ(one.sentCount, isKept ? ofKept : ofOther) << one.identifier;
      }
    }
  }

  const std::string kept_ = "0007:5599900130", other_ = "customer:10284";
  CompanyId owner_;
  std::unique_ptr<postgres::Connection> hand_;
};
INSTANTIATE_TEST_SUITE_P(On, PartnerRaces, ::testing::Values("Postgres"),
                         [](const auto& chosen) { return std::string(chosen.param); });

// Counted anew, not written yet: what is folded in between would be written over.
TEST_P(PartnerRaces, AFoldWaitsForAMerge) {
  holdAt("BEFORE UPDATE OF sent_count ON partners", 2);
  race([&] { merge(); },
       [&] {
         sendTo(kept_, "Granberga Bygg AB");
         fold();
       });
  expectCounts(3, 0);
}

// Folded into a cell, not committed yet: who merges would add to what the cell was.
TEST_P(PartnerRaces, AMergeWaitsForAFold) {
  sendTo(kept_, "Granberga Bygg AB");
  holdAt("AFTER INSERT OR UPDATE ON partner_cells", 1);
  race([&] { fold(); },
       [&] {
         sendTo(kept_, "Granberga Bygg AB");
         merge();
       });
  expectCounts(4, 0);
}

// A document between what a merge takes of cells and what it takes of totals is in both, or in neither.
TEST_P(PartnerRaces, ADocumentMayComeInTheMidstOfAMerge) {
  holdAt("AFTER DELETE ON partner_cell_deltas", 1);
  race([&] { merge(); }, [&] { sendTo(kept_, "Granberga Bygg AB"); });
  expectCounts(3, 0);
}

// Of an alias, and not committed yet: its totals are the partner's that it is split off from meanwhile.
TEST_P(PartnerRaces, ASplitWaitsForTheAliassDocuments) {
  merge();
  holdAt("AFTER INSERT ON partner_deltas", 1);
  race([&] { sendTo(other_, "Granberga Bygg"); },
       [&] { write([&](Transaction& tx) { return splitPartner(tx, of(owner_), owner_, kept_, other_); }); });
  expectCounts(1, 2);
}

TEST_P(PartnerRaces, ADocumentOfAnAliasThatIsBeingSplitOffIsItsOwn) {
  merge();
  holdAt("BEFORE UPDATE OF sent_count ON partners", 1);
  race([&] { write([&](Transaction& tx) { return splitPartner(tx, of(owner_), owner_, kept_, other_); }); },
       [&] { sendTo(other_, "Granberga Bygg"); });
  expectCounts(1, 2);
}

}  // namespace
}  // namespace postgang::store
