#include "store/filters.h"

#include <gtest/gtest.h>

#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Filters : public World {
 protected:
  void SetUp() override {
    World::SetUp();
    companies_ = {World::company(1), World::company(2)};
  }
  // Made before: within a transaction none can be.
  CompanyId company(int number) const { return companies_[static_cast<std::size_t>(number - 1)]; }
  std::vector<CompanyId> companies_;

  Viewer editor(CompanyId company, const std::string& name = "Karin Sund") {
    return Viewer::ofCompanies({company}, {ActorKind::person, "u1", name});
  }
  static FilterContent content(const std::string& name, bool active = true,
                               std::optional<Instant> from = {}) {
    return {name, active, from, "[{\"name\":\"" + name + "\"}]", "därför"};
  }
  FilterId made(CompanyId company, const FilterContent& wanted) {
    const auto id = ids_.next<FilterId>();
    write([&](Transaction& tx) { return createFilter(tx, company, id, wanted, editor(company).actor()); });
    clock_.advanceSeconds(1);
    return id;
  }
  std::string change(CompanyId company, FilterId id, std::int64_t edited, const FilterContent& wanted,
                     const std::string& by = "Karin Sund") {
    std::string code = "ok";
    (void)store().write(Priority::walk, [&](Transaction& tx) -> Outcome {
      const auto changed = changeFilter(tx, editor(company, by), company, id, edited, wanted);
      if (!changed) code = changed.error().code;
      if (!changed) return fail(changed.error());
      return {};
    });
    clock_.advanceSeconds(1);
    return code;
  }
  // "name/version" of those in force.
  std::string inForce(CompanyId company, Instant at) {
    std::string text;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto active, activeFilters(reader, company, at));
      for (const auto& one : active) {
        TRY(const auto rules, filterRules(reader, one.id, one.version));
        EXPECT_EQ(sha256(rules), one.rulesDigest);
        text += (text.empty() ? "" : " ") + rules.substr(10, rules.find('"', 10) - 10) + "/" +
                std::to_string(one.version);
      }
      return {};
    });
    return text;
  }
};
INSTANTIATE_BOTH_STORES(Filters);

TEST_P(Filters, AVersionFollowsAVersionAndSaysWhoMadeIt) {
  const auto id = made(company(1), content("Ref"));
  EXPECT_EQ(change(company(1), id, 1, content("Ref och order"), "Per Ek"), "ok");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto versions, filterVersions(reader, of(company(1)), company(1), id));
    EXPECT_EQ(versions.size(), 2u);
    EXPECT_EQ(versions[0].by.name, "Per Ek");
    EXPECT_EQ(versions[0].content.name, "Ref och order");
    EXPECT_EQ(versions[1].by.name, "Karin Sund");
    EXPECT_EQ(versions[1].content.comment, "därför");
    EXPECT_LT(versions[1].at, versions[0].at);
    TRY(const auto now, filter(reader, of(company(1)), company(1), id));
    EXPECT_EQ(now.newest.version, 2);
    return {};
  });
}

TEST_P(Filters, OfTwoEditorsTheSecondIsTold) {
  const auto id = made(company(1), content("Ref"));
  EXPECT_EQ(change(company(1), id, 1, content("Den ena")), "ok");
  EXPECT_EQ(change(company(1), id, 1, content("Den andra")), "filter-changed");
  EXPECT_EQ(inForce(company(1), clock_.now()), "Den ena/2");
}

TEST_P(Filters, AForeignOneDoesNotExist) {
  const auto id = made(company(1), content("Ref"));
  EXPECT_EQ(change(company(2), id, 1, content("Stulet")), "not-found");
  read([&](Reader& reader) -> Outcome {
    EXPECT_EQ(filter(reader, of(company(2)), company(1), id).error().code, "not-found");
    EXPECT_EQ(filter(reader, of(company(2)), company(2), id).error().code, "not-found");
    EXPECT_EQ(filterVersions(reader, of(company(2)), company(1), id).error().code, "not-found");
    TRY(const auto list, listFilters(reader, of(company(2)), company(1)));
    EXPECT_TRUE(list.empty());
    return {};
  });
}

TEST_P(Filters, APlannedVersionLeavesTheEarlierInForceUntilItsDay) {
  const auto id = made(company(1), content("Nu"));
  const auto day = clock_.now().plusSeconds(86'400);
  EXPECT_EQ(change(company(1), id, 1, content("Sedan", true, day)), "ok");
  EXPECT_EQ(inForce(company(1), clock_.now()), "Nu/1");
  EXPECT_EQ(inForce(company(1), day), "Sedan/2");
  // Whatever is decided after it goes before it.
  EXPECT_EQ(change(company(1), id, 2, content("Av", false)), "ok");
  EXPECT_EQ(inForce(company(1), day), "");
}

TEST_P(Filters, APlannedFirstVersionIsInForceFromItsDayOn) {
  const auto day = clock_.now().plusSeconds(86'400);
  made(company(1), content("Sedan", true, day));
  made(company(1), content("Av", false));
  made(company(2), content("Annan"));
  EXPECT_EQ(inForce(company(1), day.plusMicroseconds(-1)), "");
  EXPECT_EQ(inForce(company(1), day), "Sedan/1");
}

TEST_P(Filters, AnEarlierVersionComesBackAsANewOne) {
  const auto id = made(company(1), content("Ett"));
  EXPECT_EQ(change(company(1), id, 1, content("Två", false)), "ok");
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto version, restoreFilter(tx, editor(company(1)), company(1), id, 1));
    EXPECT_EQ(version, 3);
    EXPECT_EQ(restoreFilter(tx, editor(company(1)), company(1), id, 9).error().code, "not-found");
    return {};
  });
  EXPECT_EQ(inForce(company(1), clock_.now()), "Ett/3");
}

TEST_P(Filters, OneThatIsPutAwayJudgesNoMoreAndKeepsItsHistory) {
  const auto id = made(company(1), content("Ref"));
  write([&](Transaction& tx) { return deleteFilter(tx, editor(company(1)), company(1), id); });
  EXPECT_EQ(inForce(company(1), clock_.now()), "");
  EXPECT_EQ(change(company(1), id, 1, content("Igen")), "not-found");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto versions, filterVersions(reader, of(company(1)), company(1), id));
    EXPECT_EQ(versions.size(), 1u);
    TRY(const auto list, listFilters(reader, of(company(1)), company(1)));
    EXPECT_TRUE(list.empty());
    return {};
  });
}

TEST_P(Filters, StopsAreCountedByFilter) {
  const auto id = ids_.next<FilterId>();
  const auto stop = [&](const std::string& number) {
    StoppedFact fact;
    fact.receiver = company(2);
    FindingFact finding;
    finding.id = "demand-missing";
    finding.severity = "error";
    finding.parameters = {{"filter", id.text()}, {"demand", "k1"}};
    fact.findings = {finding};
    appendTo(received(company(1)), {{EventType::recognised, {}, invoiceFacts(company(1), company(2), number)},
                                    {EventType::stopped, {}, fact}});
  };
  stop("1");
  clock_.advanceSeconds(40 * 86'400);
  stop("2");
  stop("3");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto counts,
        stopsByFilter(reader, of(company(2)), company(2), clock_.now().plusSeconds(-30 * 86'400)));
    EXPECT_EQ(counts.size(), 1u);
    for (const auto& one : counts) {
      EXPECT_EQ(one.filter, id);
      EXPECT_EQ(one.documents, 2);
    }
    TRY(const auto foreign, stopsByFilter(reader, of(company(1)), company(2), Instant{0}));
    EXPECT_TRUE(foreign.empty());
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
