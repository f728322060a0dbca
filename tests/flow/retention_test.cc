// A document's whole life: sent, walked, delivered, and in year eight erased by the night's run.
#include "flow/retention.h"

#include "store/audit.h"
#include "store/notifications.h"
#include "store/retention.h"
#include "store/sql/session.h"
#include "store/upkeep.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class RetentionRun : public House {
 protected:
  void night() {
    const Tools tools{*store_, clock_, ids_, channels_};
    EXPECT_TRUE(layRetentionRun(tools));
    walk();
  }
  std::vector<store::AuditEntry> trail(CompanyId company) {
    store::AuditPage page;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      store::AuditQuery query;
      query.company = company;
      query.actions = {"document.erased"};
      TRY(page, store::listAudit(reader, store::Viewer::system(), query));
      return {};
    }));
    return page.items;
  }
};

TEST_F(RetentionRun, ForgetsWhatPeopleWereToldLongAgo) {
  const auto isNew = [&] {
    bool found = false;
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(found, store::tellOnce(tx, energi_, "failed", "a", clock_.now()));
      return {};
    }));
    return found;
  };
  EXPECT_TRUE(isNew());
  EXPECT_FALSE(isNew());
  clock_.advanceSeconds(store::notifications_kept_seconds + 24 * 3600);
  night();
  EXPECT_TRUE(isNew());
}

TEST_F(RetentionRun, YearEight) {
  const auto id = send(Sample());
  walk();
  const auto before = statusOf(id);
  clock_.set(*Instant::parse("2033-12-31T22:00:00Z"));
  night();
  EXPECT_EQ(statusOf(id), before);
  clock_.set(*Instant::parse("2034-01-01T02:00:00Z"));
  night();
  EXPECT_EQ(statusOf(id), "document-not-found");
  for (const auto company : {energi_, granberga_}) {
    const auto rows = trail(company);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_NE(rows[0].detail.find("\"documents\":1"), std::string::npos) << rows[0].detail;
    EXPECT_NE(rows[0].detail.find(id.text()), std::string::npos);
  }
  const auto report = store::verify(*store_);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->erased, 1);
  EXPECT_TRUE(report->damages.empty()) << report->damages.front().detail;
}

TEST_F(RetentionRun, OnceANightAndNotBeforeHalfPastTwo) {
  clock_.set(*Instant::parse("2034-01-02T01:00:00Z"));  // two o'clock in Sweden
  night();
  Date last;
  const auto lastRun = [&] {
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(last, store::lastRetentionRun(reader));
      return {};
    }));
    return last;
  };
  EXPECT_EQ(lastRun(), Date());
  clock_.set(*Instant::parse("2034-01-02T01:30:00Z"));
  night();
  EXPECT_EQ(lastRun(), Date::of(2034, 1, 2));
}

TEST_F(RetentionRun, JoinsTheIndexOfTexts) {
  const auto parts = [&] {
    std::int64_t count = 0;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) {
      return reader.connection()
          .run("SELECT COUNT(DISTINCT segid) FROM search_index_idx", {},
               [&](const store::sql::Row& row) { count = row.number(0); })
          .map([](auto) {});
    }));
    return count;
  };
  clock_.set(*Instant::parse("2026-11-24T02:00:00Z"));
  night();
  for (int i = 0; i < 5; ++i) {
    Sample sample;
    sample.number = std::to_string(4711 + i);
    send(sample);
    walk();
  }
  ASSERT_GT(parts(), 1);
  clock_.set(*Instant::parse("2026-11-25T02:00:00Z"));
  night();
  EXPECT_EQ(parts(), 1);
}

}  // namespace
}  // namespace postgang::flow
