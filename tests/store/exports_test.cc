// Exports and shared views as rows, on both stores.
#include "store/exports.h"

#include "store/shared_views.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Exports : public BothStores {
 protected:
  Export ask(CompanyId of, const std::string& asker = "user:karin") {
    Export made;
    made.id = ids_.next<ExportId>();
    made.company = of;
    made.asker = asker;
    made.by = "Karin Sund";
    made.form = "xlsx";
    made.language = "sv";
    made.filter = R"({"status":["failed"]})";
    made.state = "waiting";
    made.askedAt = made.movedAt = clock_.now();
    made.total = 3;
    write([&](Transaction& tx) { return createExport(tx, made); });
    return made;
  }
  std::optional<Export> take(std::int64_t silentSeconds = 300) {
    std::optional<Export> taken;
    write([&](Transaction& tx) -> Outcome {
      TRY(taken, takeExport(tx, clock_.now().plusSeconds(-silentSeconds)));
      return {};
    });
    return taken;
  }
  bool save(const Export& made) {
    bool kept = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(kept, saveExport(tx, made));
      return {};
    });
    return kept;
  }
  std::optional<Export> find(const Export& made, const std::string& asker = "user:karin") {
    std::optional<Export> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, exportOf(reader, asker, made.company, made.id));
      return {};
    });
    return found;
  }
  std::vector<Export> before(std::string_view state) {
    std::vector<Export> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, exportsBefore(reader, state, clock_.now()));
      return {};
    });
    return found;
  }
};
INSTANTIATE_BOTH_STORES(Exports);

TEST_P(Exports, AreTheirAskersOwn) {
  const auto made = ask(company(1));
  const auto found = find(made);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->filter, made.filter);
  EXPECT_EQ(found->total, 3);
  EXPECT_FALSE(found->endedAt);
  EXPECT_FALSE(find(made, "user:olle"));
  auto elsewhere = made;
  elsewhere.company = company(2);
  EXPECT_FALSE(find(elsewhere));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto mine, exportsOf(reader, "user:karin", company(1)));
    EXPECT_EQ(mine.size(), 1U);
    TRY(const auto others, exportsOf(reader, "user:olle", company(1)));
    EXPECT_TRUE(others.empty());
    return {};
  });
}

TEST_P(Exports, AreTakenOnceEachTheOldestFirst) {
  const auto first = ask(company(1));
  const auto second = ask(company(2));
  const auto one = take(), other = take();
  ASSERT_TRUE(one && other);
  EXPECT_EQ(one->id, first.id);
  EXPECT_EQ(one->state, "making");
  EXPECT_EQ(one->run, 1);
  EXPECT_EQ(other->id, second.id);
  EXPECT_FALSE(take());
}

TEST_P(Exports, CompaniesTakeTurns) {
  const auto first = ask(company(1));
  ask(company(1));
  const auto others = ask(company(2));
  auto one = take();
  ASSERT_TRUE(one);
  EXPECT_EQ(one->id, first.id);
  EXPECT_EQ(take()->id, others.id) << "of the first company one is being made";
  one->state = "done";
  one->endedAt = clock_.now();
  EXPECT_TRUE(save(*one));
  const auto later = ask(company(3));
  EXPECT_EQ(take()->id, later.id) << "one of the first company ended lately";
}

TEST_P(Exports, AreCountedWhileTheyLieThere) {
  ask(company(1));
  auto made = take();
  made->state = "done";
  made->endedAt = clock_.now();
  made->size = 700;
  EXPECT_TRUE(save(*made));
  ask(company(1));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto mine, exportsKept(reader, "user:karin", company(1)));
    EXPECT_EQ(mine.ofAsker, 1);
    EXPECT_EQ(mine.bytesOfCompany, 700);
    TRY(const auto others, exportsKept(reader, "user:olle", company(2)));
    EXPECT_EQ(others.ofAsker, 0);
    EXPECT_EQ(others.bytesOfCompany, 0);
    TRY(const auto counts, exportsUnderWay(reader, "user:karin", company(1)));
    EXPECT_EQ(counts.ofCompany, 1);
    return {};
  });
}

TEST_P(Exports, OneThatIsNotHeardOfIsTakenByTheNextAndTheFirstCannotSayAnythingMore) {
  ask(company(1));
  auto died = take();
  ASSERT_TRUE(died);
  clock_.advanceSeconds(301);
  const auto again = take();
  ASSERT_TRUE(again);
  EXPECT_EQ(again->run, 2);
  died->state = "done";
  EXPECT_FALSE(save(*died));
  EXPECT_EQ(find(*died)->state, "making");
}

TEST_P(Exports, OneThatIsRemovedCannotBeSaved) {
  ask(company(1));
  auto made = take();
  ASSERT_TRUE(made);
  bool removed = false, byAnother = true;
  write([&](Transaction& tx) -> Outcome {
    TRY(byAnother, removeExport(tx, "user:olle", made->company, made->id));
    TRY(removed, removeExport(tx, made->asker, made->company, made->id));
    return {};
  });
  EXPECT_FALSE(byAnother);
  EXPECT_TRUE(removed);
  EXPECT_FALSE(save(*made));
}

TEST_P(Exports, AreCountedWhileTheyAreUnderWay) {
  ask(company(1));
  ask(company(1), "user:olle");
  auto made = take();
  made->state = "done";
  made->endedAt = clock_.now();
  EXPECT_TRUE(save(*made));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto counts, exportsUnderWay(reader, "user:olle"));
    EXPECT_EQ(counts.all, 1);
    EXPECT_EQ(counts.ofAsker, 1);
    TRY(const bool has, exportHasFile(reader, made->id));
    EXPECT_TRUE(has);
    TRY(const bool other, exportHasFile(reader, ids_.next<ExportId>()));
    EXPECT_FALSE(other);
    return {};
  });
}

TEST_P(Exports, AreForgottenWhenTheyHaveBeenGoneLongEnough) {
  ask(company(1));
  auto made = take();
  made->state = "removed";
  made->endedAt = clock_.now();
  EXPECT_TRUE(save(*made));
  clock_.advanceSeconds(10);
  EXPECT_EQ(before("removed").size(), 1U);
  EXPECT_TRUE(before("done").empty());
  write([&](Transaction& tx) { return forgetExports(tx, clock_.now()); });
  EXPECT_FALSE(find(*made));
}

class SharedViews : public BothStores {
 protected:
  SharedView share(CompanyId of, const std::string& name) {
    SharedView view;
    view.id = ids_.next<SharedViewId>();
    view.company = of;
    view.list = "sent";
    view.name = name;
    view.query = "status=failed";
    view.maker = "user:karin";
    view.by = "Karin Sund";
    view.madeAt = clock_.now();
    write([&](Transaction& tx) { return shareView(tx, view); });
    return view;
  }
  std::vector<std::string> names(const Viewer& viewer, CompanyId of) {
    std::vector<std::string> all;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto views, sharedViews(reader, viewer, of));
      for (const auto& view : views) all.push_back(view.name);
      return {};
    });
    return all;
  }
};
INSTANTIATE_BOTH_STORES(SharedViews);

TEST_P(SharedViews, AreSeenByWhoSeesTheCompanyWhole) {
  const auto mine = company(1);
  share(mine, "Övriga");
  const auto failed = share(mine, "Misslyckade");
  const auto people = Viewer::ofCompanies({mine}, {});
  EXPECT_EQ(names(people, mine), (std::vector<std::string>{"Misslyckade", "Övriga"}));
  const auto other = company(2);
  EXPECT_TRUE(names(Viewer::ofCompanies({other}, {}), mine).empty());
  EXPECT_TRUE(names(Viewer::ofSights({{mine, true, false, {}, true, /*whole=*/false}}, {}), mine).empty())
      << "insight into traffic is none into how a company works";
  write([&](Transaction& tx) { return removeSharedView(tx, other, failed.id); });
  EXPECT_EQ(names(people, mine).size(), 2U);
  write([&](Transaction& tx) { return removeSharedView(tx, mine, failed.id); });
  EXPECT_EQ(names(people, mine), (std::vector<std::string>{"Övriga"}));
}

TEST_P(SharedViews, AreNoMoreThanAListCanShow) {
  for (int i = 0; i < shared_views_max; ++i) share(company(1), "Vy " + std::to_string(i));
  SharedView view;
  view.id = ids_.next<SharedViewId>();
  view.company = company(1);
  const auto refused =
      store().write(Priority::background, [&](Transaction& tx) { return shareView(tx, view); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "shared-views-full");
}

}  // namespace
}  // namespace postgang::store
