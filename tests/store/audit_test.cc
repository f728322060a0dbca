#include "store/audit.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "store/upkeep.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Audit : public World {
 protected:
  static AuditEntry did(CompanyId company, const std::string& action, const std::string& who = "Karin Sund") {
    AuditEntry entry;
    entry.company = company;
    entry.actor = {ActorKind::person, "id of " + who, who};
    entry.action = action;
    return entry;
  }
  static AuditEntry saw(CompanyId company, const std::string& number, const std::string& who = "Karin Sund") {
    auto entry = did(company, "document.seen", who);
    entry.object = "document";
    entry.objectId = "id of " + number;
    entry.objectName = number;
    return entry;
  }
  void record(const AuditEntry& entry) {
    write([&](Transaction& tx) { return recordAudit(tx, entry); });
    clock_.advanceSeconds(1);
  }
  void recordSome(CompanyId company, int count) {
    for (int i = 1; i <= count; ++i) record(saw(company, "F-" + std::to_string(i)));
  }

  // What is found, every page of it, as the names of the objects.
  std::string listed(const Viewer& viewer, AuditQuery query = {}) {
    std::string names;
    read([&](Reader& reader) -> Outcome {
      while (true) {
        TRY(auto page, listAudit(reader, viewer, query));
        for (const auto& entry : page.items)
          names += (names.empty() ? "" : " ") + (entry.objectName.empty() ? entry.action : entry.objectName);
        if (!page.nextCursor) return {};
        query.cursor = *page.nextCursor;
      }
    });
    return names;
  }

  // What an attacker with the database does: the trigger is taken away first.
  void harm(const std::string& statement) {
    write([&](Transaction& tx) -> Outcome {
      const bool postgres = tx.connection().dialect() == sql::Dialect::postgres;
      for (const std::string table : {"audit_entries", "audit_heads"})
        for (const std::string trigger : {"_unchanged", "_kept", "_onward"})
          CHECK_OK(tx.connection().run("DROP TRIGGER IF EXISTS " + table + trigger +
                                       (postgres ? " ON " + table : std::string())));
      CHECK_OK(tx.connection().run(statement));
      return {};
    });
  }
  std::string damages() {
    std::string all;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto report, verifyAudit(reader));
      for (const auto& damage : report.damages)
        all += std::to_string(damage.company.value == company(1).value ? 1 : 2) + "/" +
               std::to_string(damage.sequence) + " " + damage.what + "\n";
      return {};
    });
    return all;
  }
  std::string where(int row) {
    return " WHERE company = " + std::to_string(company(1).value) + " AND sequence = " + std::to_string(row);
  }
};
INSTANTIATE_BOTH_STORES(Audit);

TEST_P(Audit, EachCompanyHasAChainOfItsOwnFromOne) {
  const auto a = company(1), b = company(2);
  record(saw(a, "A-1"));
  record(saw(b, "B-1"));
  record(saw(a, "A-2"));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listAudit(reader, of(a), {}));
    EXPECT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items.front().sequence, 2);
    EXPECT_EQ(page.items.back().sequence, 1);
    EXPECT_NE(page.items.front().hash, page.items.back().hash);
    EXPECT_EQ(page.items.front().actor.name, "Karin Sund");
    TRY(const auto heads, auditHeads(reader, of(a)));
    EXPECT_EQ(heads.size(), 1U);
    EXPECT_EQ(heads.front().sequence, 2);
    EXPECT_EQ(heads.front().hash, page.items.front().hash);
    TRY(const auto report, verifyAudit(reader));
    EXPECT_EQ(report.entries, 3);
    EXPECT_TRUE(report.damages.empty());
    return {};
  });
}

TEST_P(Audit, ATrailIsSeenByWhoSeesTheCompanyWhole) {
  const auto a = company(1), b = company(2), c = company(3);
  for (const auto whose : {a, b, c}) record(saw(whose, std::to_string(whose.value)));
  const auto named = [](std::initializer_list<CompanyId> companies) {
    std::string names;
    for (const auto one : companies) names += (names.empty() ? "" : " ") + std::to_string(one.value);
    return names;
  };
  EXPECT_EQ(listed(of(a)), named({a}));
  EXPECT_EQ(listed(Viewer::ofCompanies({a, b}, {})), named({b, a}));
  EXPECT_EQ(listed(Viewer::system()), named({c, b, a}));
  EXPECT_EQ(listed(Viewer::ofCompanies({a, b}, {}), {.company = b}), named({b}));
  EXPECT_EQ(listed(of(a), {.company = b}), "");
  // Part of the traffic is not the trail.
  EXPECT_EQ(listed(Viewer::ofSights({Sight::ofOwn(a), {.company = b, .whole = false}}, {})), named({a}));
}

TEST_P(Audit, IsFoundByActorActionObjectTimeAndText) {
  const auto a = company(1);
  record(saw(a, "F-1"));
  record(saw(a, "F-2", "Åsa Öberg"));
  const auto between = clock_.now();
  auto changed = did(a, "filter.changed");
  changed.object = "filter";
  changed.objectId = "f1";
  changed.objectName = "Våra inköpsordrar";
  record(changed);
  const auto viewer = of(a);
  EXPECT_EQ(listed(viewer), "Våra inköpsordrar F-2 F-1");
  EXPECT_EQ(listed(viewer, {.actions = {"document.seen"}}), "F-2 F-1");
  EXPECT_EQ(listed(viewer, {.actions = {"filter.changed", "document.sent"}}), "Våra inköpsordrar");
  EXPECT_EQ(listed(viewer, {.actorId = "id of Åsa Öberg"}), "F-2");
  EXPECT_EQ(listed(viewer, {.object = "document", .objectId = "id of F-1"}), "F-1");
  EXPECT_EQ(listed(viewer, {.object = "filter"}), "Våra inköpsordrar");
  EXPECT_EQ(listed(viewer, {.from = between}), "Våra inköpsordrar");
  EXPECT_EQ(listed(viewer, {.to = between}), "F-2 F-1");
  EXPECT_EQ(listed(viewer, {.text = "asa oberg"}), "F-2") << "folded";
  EXPECT_EQ(listed(viewer, {.text = "INKÖPS"}), "Våra inköpsordrar");
  EXPECT_EQ(listed(viewer, {.text = "%"}), "") << "no wildcard";
  EXPECT_EQ(listed(viewer, {.text = "f-", .limit = 1}), "F-2 F-1") << "over pages";
}

TEST_P(Audit, PagesOverSeveralTrailsAtOneInstantMissNothing) {
  const auto a = company(1), b = company(2);
  write([&](Transaction& tx) {
    std::vector<AuditEntry> entries;
    for (int i = 0; i < 7; ++i) entries.push_back(saw(i % 2 == 0 ? b : a, std::to_string(i)));
    return recordAudit(tx, entries);
  });
  const auto viewer = Viewer::ofCompanies({a, b}, {});
  EXPECT_EQ(listed(viewer), "6 4 2 0 5 3 1");
  EXPECT_EQ(listed(viewer, {.limit = 2}), "6 4 2 0 5 3 1");
  EXPECT_EQ(listed(Viewer::system(), {.limit = 3}), "6 4 2 0 5 3 1");
  read([&](Reader& reader) -> Outcome {
    for (const std::string cursor : {"x", "1.2", "1.2.3.4", "1.2.99999999999999999999"}) {
      const auto page = listAudit(reader, viewer, {.cursor = cursor});
      EXPECT_FALSE(page) << cursor;
      EXPECT_EQ(page ? "ok" : page.error().code, "cursor-malformed");
    }
    return {};
  });
}

TEST_P(Audit, TheDatabaseRefusesToChangeIt) {
  recordSome(company(1), 2);
  for (const std::string statement :
       {"UPDATE audit_entries SET actor_name = 'Någon annan'", "DELETE FROM audit_entries",
        "UPDATE audit_heads SET sequence = 1", "DELETE FROM audit_heads"}) {
    const auto done = store().write(Priority::walk, [&](Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run(statement));
      return {};
    });
    EXPECT_FALSE(done) << statement;
  }
  EXPECT_EQ(damages(), "");
  EXPECT_EQ(listed(of(company(1))), "F-2 F-1");
}

TEST_P(Audit, EveryFieldIsHeldByTheHash) {
  recordSome(company(1), 3);
  for (const std::string column : {"actor_kind", "actor_id", "actor_name", "reason", "action", "object",
                                   "object_id", "object_name", "detail", "address"}) {
    harm("UPDATE audit_entries SET " + column + " = " + column + " || 'x'" + where(2));
    EXPECT_NE(damages().find("1/2 the row is not what was written"), std::string::npos) << column;
    harm("UPDATE audit_entries SET " + column + " = substr(" + column + ", 1, length(" + column + ") - 1)" +
         where(2));
    EXPECT_EQ(damages(), "") << column;
  }
  harm("UPDATE audit_entries SET at = at + 1" + where(2));
  EXPECT_NE(damages(), "");
  harm("UPDATE audit_entries SET at = at - 1" + where(2));
  harm("UPDATE audit_entries SET words = ''" + where(2));
  EXPECT_EQ(damages(), "1/2 what search finds it by is not what it says\n");
}

TEST_P(Audit, TwoTextsCannotLendEachOtherTheirEnds) {
  auto entry = saw(company(1), "F-1");
  entry.detail = "ab";
  entry.address = "c";
  record(entry);
  harm("UPDATE audit_entries SET detail = 'a', address = 'bc'" + where(1));
  EXPECT_NE(damages(), "");
}

TEST_P(Audit, AMissingRowIsFound) {
  recordSome(company(1), 5);
  recordSome(company(2), 1);
  harm("DELETE FROM audit_entries" + where(3));
  EXPECT_EQ(damages(), "1/3 row 3 is missing\n");
  harm("DELETE FROM audit_entries" + where(1));
  EXPECT_EQ(damages(), "1/1 row 1 is missing\n1/3 row 3 is missing\n");
}

TEST_P(Audit, ACutOffTailIsFound) {
  recordSome(company(1), 4);
  harm("DELETE FROM audit_entries" + where(4));
  EXPECT_EQ(damages(), "1/4 row 4 is missing\n");
  harm("DELETE FROM audit_entries");
  EXPECT_EQ(damages(), "1/1 rows 1 to 4 are missing\n");
}

TEST_P(Audit, AMissingHeadIsFound) {
  recordSome(company(1), 2);
  harm("DELETE FROM audit_heads");
  EXPECT_EQ(damages(), "1/2 the trail has no head: where it ends cannot be told\n");
}

TEST_P(Audit, AnInsertedRowIsFound) {
  recordSome(company(1), 3);
  const auto put = [&](int sequence) {
    harm(
        "INSERT INTO audit_entries (company, sequence, at, actor_kind, actor_id, actor_name, reason, action, "
        "object, object_id, object_name, detail, address, words, hash) SELECT company, " +
        std::to_string(sequence) +
        ", at, actor_kind, actor_id, actor_name, reason, action, object, object_id, object_name, detail, "
        "address, words, hash FROM audit_entries" +
        where(3));
  };
  put(4);
  EXPECT_NE(damages().find("1/4 rows stand after the trail's head"), std::string::npos);
  harm("DELETE FROM audit_entries" + where(4));
  EXPECT_EQ(damages(), "");
  put(0);
  EXPECT_EQ(damages(), "1/0 the row has no place in the trail: put in afterwards\n");
}

TEST_P(Audit, RowsInAnotherOrderAreFound) {
  recordSome(company(1), 4);
  for (const auto& [from, to] : {std::pair(2, 100), {3, 2}, {100, 3}})
    harm("UPDATE audit_entries SET sequence = " + std::to_string(to) + where(from));
  const auto found = damages();
  EXPECT_NE(found.find("1/2 "), std::string::npos) << found;
  EXPECT_NE(found.find("1/3 "), std::string::npos) << found;
}

TEST_P(Audit, WhatVerifyFindsIsDamage) {
  recordSome(company(1), 3);
  auto report = verify(store());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->auditEntries, 3);
  EXPECT_TRUE(report->damages.empty());
  harm("UPDATE audit_entries SET object_name = 'F-9'" + where(2));
  report = verify(store());
  ASSERT_TRUE(report);
  ASSERT_FALSE(report->damages.empty());
  EXPECT_EQ(report->damages.front().what, "audit");
}

TEST_P(Audit, ManyWritersMakeOneChainWithoutAGap) {
  constexpr int writers = 8, each = 25;
  const auto a = company(1), b = company(2);
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int writer = 0; writer < writers; ++writer)
    threads.emplace_back([&, writer] {
      for (int i = 0; i < each; ++i) {
        const auto name = std::to_string(writer) + "-" + std::to_string(i);
        // Every other one writes both, and names them the other way round.
        const std::vector<AuditEntry> both = {saw(writer % 2 == 0 ? a : b, name),
                                              saw(writer % 2 == 0 ? b : a, name)};
        const auto done =
            store().write(Priority::walk, [&](Transaction& tx) { return recordAudit(tx, both); });
        if (!done) ++failed;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(damages(), "");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto heads, auditHeads(reader, Viewer::system()));
    EXPECT_EQ(heads.size(), 2U);
    for (const auto& head : heads) EXPECT_EQ(head.sequence, writers * each);
    return {};
  });
}

TEST_P(Audit, WhatIsUndoneLeavesNoGap) {
  const auto a = company(1);
  record(saw(a, "F-1"));
  const auto undone = store().write(Priority::walk, [&](Transaction& tx) -> Outcome {
    CHECK_OK(recordAudit(tx, saw(a, "F-2")));
    return fail(ProblemKind::conflict, "changed-my-mind", "No.");
  });
  EXPECT_FALSE(undone);
  record(saw(a, "F-3"));
  reopen();
  EXPECT_EQ(listed(of(a)), "F-3 F-1");
  EXPECT_EQ(damages(), "");
  record(saw(a, "F-4"));
  EXPECT_EQ(damages(), "");
}

// A fault at each step in turn: the entry and its head, or neither.
TEST_P(Audit, AFaultAtAnyStepLeavesAWholeChain) {
  const auto a = company(1);
  int failAt = 0, step = 0;
  options().fault = [&](std::string_view) -> Outcome {
    if (failAt > 0 && ++step == failAt)
      return fail(ProblemKind::unavailable, "store-full", "The disk is full.");
    return {};
  };
  reopen();
  int kept = 0;
  bool finished = false;
  for (int at = 1; !finished && at < 60; ++at) {
    failAt = at;
    step = 0;
    const auto outcome = store().write(
        Priority::walk, [&](Transaction& tx) { return recordAudit(tx, saw(a, std::to_string(at))); });
    finished = step < at;  // the write had fewer steps than that
    failAt = 0;
    if (outcome) ++kept;
    EXPECT_EQ(damages(), "") << "step " << at;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto report, verifyAudit(reader));
      EXPECT_EQ(report.entries, kept) << "step " << at;
      return {};
    });
  }
  EXPECT_TRUE(finished);
  options().fault = {};
  reopen();
}

}  // namespace
}  // namespace postgang::store
