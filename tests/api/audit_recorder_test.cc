#include "api/audit_recorder.h"

#include <atomic>
#include <thread>

#include "api/audit_act.h"
#include "store/companies.h"
#include "tests/api/world.h"

namespace postgang::api {
namespace {

class AuditRecording : public World {
 protected:
  AuditRecording() {
    store::StoreOptions options;
    options.dataFolder = folder_ / "failing";
    options.fault = [this](std::string_view) -> Outcome {
      if (broken_) return fail(ProblemKind::unavailable, "disk-full", "No room.");
      return {};
    };
    auto opened = store::Store::open(options, clock_);
    EXPECT_TRUE(opened) << opened.error().detail;
    failing_ = std::move(*opened);
  }

  static access::CallerPointer caller(store::Viewer viewer, CompanyId company) {
    auto acting = viewer.acting();
    access::Caller made{std::move(viewer), std::move(acting), {}, {}, {}, {}, {}};
    made.company.id = company;
    return std::make_shared<const access::Caller>(std::move(made));
  }
  static Act read(CompanyId company, const std::string& id, access::Recorded when = access::Recorded::seen) {
    const store::Actor karin{store::ActorKind::person, "u1", "Karin Sund"};
    Act act{caller(store::Viewer::ofCompanies({company}, karin), company), {}, when, false};
    act.entry.actor = karin;
    act.entry.action = "partner.seen";
    act.entry.object = "partner";
    act.entry.objectId = id;
    return act;
  }
  static std::string trail(store::Store& store, CompanyId company) {
    std::string ids;
    EXPECT_TRUE(store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto page,
          store::listAudit(reader, store::Viewer::system(), {.company = company, .limit = 1000}));
      for (const auto& entry : page.items) ids += (ids.empty() ? "" : " ") + entry.objectId;
      TRY(const auto report, store::verifyAudit(reader));
      EXPECT_TRUE(report.damages.empty());
      return {};
    }));
    return ids;
  }

  std::atomic<bool> broken_ = false;
  std::unique_ptr<store::Store> failing_;
};

TEST_F(AuditRecording, WhatWaitsIsWrittenWhenItStops) {
  AuditRecorder recorder(*store_, clock_);
  EXPECT_TRUE(recorder.record({read(energi_, "a")}));
  EXPECT_TRUE(recorder.record({read(energi_, "b")}));
  recorder.stop();
  EXPECT_EQ(trail(*store_, energi_), "b a");
  EXPECT_FALSE(recorder.record({read(energi_, "c")})) << "nobody would write it";
}

TEST_F(AuditRecording, WhatCannotBeWrittenWaitsAndIsWrittenLater) {
  AuditRecorder recorder(*failing_, clock_);
  broken_ = true;
  EXPECT_TRUE(recorder.record({read(energi_, "seen")}));
  auto change = read(energi_, "changed", access::Recorded::at_once);
  change.changed = true;
  EXPECT_TRUE(recorder.record({change})) << "it has been done already";
  EXPECT_FALSE(recorder.flush());
  broken_ = false;
  EXPECT_TRUE(recorder.flush());
  EXPECT_EQ(trail(*failing_, energi_), "changed seen");
}

TEST_F(AuditRecording, WhatCannotBeToldIsNotShown) {
  AuditRecorder recorder(*failing_, clock_);
  broken_ = true;
  const auto act = read(energi_, "again", access::Recorded::soon);
  std::vector<Act> many(AuditRecorder::waiting_max, act);
  EXPECT_TRUE(recorder.record(std::move(many)));
  // The thread has perhaps taken a group out and not laid it back yet.
  (void)recorder.flush();
  const auto refused = recorder.record({act});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "audit-unavailable");
  auto change = act;
  change.changed = true;
  EXPECT_TRUE(recorder.record({change}));
  broken_ = false;
  recorder.stop();
}

TEST_F(AuditRecording, ManyReadersMakeOneChain) {
  AuditRecorder recorder(*store_, clock_);
  std::vector<std::thread> threads;
  std::atomic<int> refused = 0;
  for (int reader = 0; reader < 4; ++reader)
    threads.emplace_back([&, reader] {
      for (int i = 0; i < 50; ++i) {
        const auto when = i % 10 == 0 ? access::Recorded::at_once : access::Recorded::seen;
        if (!recorder.record({read(energi_, std::to_string(reader * 1000 + i), when)})) ++refused;
      }
    });
  for (auto& thread : threads) thread.join();
  recorder.stop();
  EXPECT_EQ(refused, 0);
  EXPECT_EQ(std::ranges::count(trail(*store_, energi_), ' '), 199);
}

// Delad insyn: whoever sees another's document stands in the trail of both.
TEST_F(AuditRecording, WhoSeesAnothersDocumentIsToldToItsOwner) {
  const auto id = delivered(key(energi_), "F-1", energi, granberga);
  const store::Actor helper{store::ActorKind::person, "u2", "Sven Stöd"};
  const auto viewer = store::Viewer::ofSights(
      {store::Sight::ofOwn(lager_), {.company = energi_, .mayAct = false, .whole = false}}, helper);
  AuditRecorder recorder(*store_, clock_);
  Act act{caller(viewer, lager_), {}, access::Recorded::seen, false};
  act.entry.actor = helper;
  act.entry.action = "document.seen";
  act.entry.object = "document";
  act.entry.objectId = id;
  EXPECT_TRUE(recorder.record({act}));
  recorder.stop();
  EXPECT_EQ(trail(*store_, lager_), id);
  EXPECT_NE(trail(*store_, energi_).find(id), std::string::npos);
  EXPECT_EQ(trail(*store_, granberga_), "");
}

TEST(AuditDetail, SaysWhatIsOtherThanBefore) {
  using boost::json::object;
  EXPECT_EQ(changeDetail({{"a", 1}}, {{"a", 1}}), "");
  EXPECT_EQ(changeDetail({{"a", 1}, {"b", "x"}}, {{"b", "y"}, {"c", true}}),
            R"({"a":[1,null],"b":["x","y"],"c":[null,true]})");
  EXPECT_EQ(changeDetail({{"replyTo", nullptr}, {"secret", "s1"}}, {{"replyTo", nullptr}, {"secret", "s2"}}),
            R"({"secret":["…","…"]})");
  EXPECT_EQ(changeDetail({}, {{"list", boost::json::array{1, 2}}}), R"({"list":[null,"[1,2]"]})");
  EXPECT_LT(changeDetail({}, {{"text", std::string(10'000, 'x')}}).size(), 300U);
}

}  // namespace
}  // namespace postgang::api
