// The numbers always add up: every measure by every dimension, over random worlds, held against a count from
// the timelines, before the fold, halfway through it, after it, packed, and after a rebuild.
#include "store/figures.h"

#include "store/sql/counterpart_packing.h"
#include "store/sql/period.h"
#include "store/upkeep.h"
#include "tests/store/counted_sides.h"

namespace postgang::store {
namespace {

std::int64_t number(Date date) {
  return date.year() * 10'000 + date.month() * 100 + date.day();
}

class FiguresTest : public CountedWorld {
 protected:
  std::string valueOf(const Side& side, Dimension dimension) {
    switch (dimension) {
      case Dimension::company:
        return std::to_string(side.company.value);
      case Dimension::group:
        return groupOf(side.company);
      case Dimension::direction:
        return std::string(name(side.direction));
      case Dimension::channel:
        return side.channel;
      case Dimension::kind:
        return std::string(document::name(side.kind));
      case Dimension::status:
        return std::string(document::name(side.status));
      case Dimension::internal:
        return groupOf(side.company) == groupOf(side.other) ? "true" : "false";
      case Dimension::counterpart:
        return side.counterpart;
      case Dimension::format:
        return side.format;
      case Dimension::country:
        return side.country;
      case Dimension::currency:
        return side.currency;
      default:
        return sql::periodOf(dimension, number(side.day()));
    }
  }

  // Companies 1 and 2 are a group; numbers are the store's, so they are asked for.
  std::string groupOf(CompanyId of) {
    if (of == CompanyId{}) return "";
    return std::to_string((of == company(2) ? company(1) : of).value);
  }

  using Found = std::map<std::vector<std::string>, Figures>;

  Found wanted(const Viewer& viewer, const FiguresQuery& query, const std::vector<Side>& all) {
    Found found;
    const auto asks = [&](Dimension dimension) {
      return std::ranges::find(query.groupBy, dimension) != query.groupBy.end();
    };
    for (const auto& side : all) {
      if (!viewer.sees(side.company, side.direction, side.kind)) continue;
      if (query.company && side.company != *query.company) continue;
      if (query.direction && side.direction != *query.direction) continue;
      if (query.from && side.day() < *query.from) continue;
      if (query.to && *query.to < side.day()) continue;
      if (!query.counterparts.empty() &&
          std::ranges::find(query.counterparts, side.counterpart) == query.counterparts.end())
        continue;
      if (!query.channels.empty() && std::ranges::find(query.channels, side.channel) == query.channels.end())
        continue;
      const bool internal = side.other != CompanyId{} && groupOf(side.company) == groupOf(side.other);
      if (query.internal && internal != *query.internal) continue;
      const bool eachSide = query.company || query.direction || asks(Dimension::company) ||
                            asks(Dimension::direction) || (asks(Dimension::group) && !internal);
      const bool isSendersToo =
          side.direction == Direction::received && viewer.sees(side.other, Direction::sent, side.kind);
      if (!eachSide && isSendersToo) continue;
      add(found, query, side);
    }
    std::erase_if(found, [](const auto& row) { return row.second == Figures(); });
    return found;
  }

  void add(Found& found, const FiguresQuery& query, const Side& side) {
    std::vector<std::string> values;
    for (const auto dimension : query.groupBy) values.push_back(valueOf(side, dimension));
    Figures one;
    one.documents = 1;
    one.sheets = side.sheets;
    one.delivered = side.toDelivered ? 1 : 0;
    one.opened = side.toOpened ? 1 : 0;
    one.stopped = side.stopped ? 1 : 0;
    one.amounts[side.currency] = side.amount;
    if (query.withTimes && side.toDelivered) one.toDelivered.add(durationBucket(*side.toDelivered), 1);
    if (query.withTimes && side.toOpened) one.toOpened.add(durationBucket(*side.toOpened), 1);
    found[values].add(one);
    // By currency, what was paid stands with the currency that it was paid in.
    const auto at = std::ranges::find(query.groupBy, Dimension::currency) - query.groupBy.begin();
    for (const auto& [currency, cost] : side.costs) {
      auto of = values;
      if (static_cast<std::size_t>(at) < of.size()) of[static_cast<std::size_t>(at)] = currency;
      Figures paid;
      paid.costs[currency] = cost;
      found[of].add(paid);
    }
  }

  void expect(const Viewer& viewer, const FiguresQuery& query, const std::vector<Side>& all) {
    Found found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto rows, figures(reader, viewer, query));
      for (const auto& row : rows) found[row.values] = row.figures;
      return {};
    });
    const auto model = wanted(viewer, query, all);
    EXPECT_EQ(found.size(), model.size());
    for (const auto& [values, figures] : model) {
      std::string line;
      for (const auto& value : values) line += value + " ";
      const auto& other = found[values];
      EXPECT_EQ(other.documents, figures.documents) << line;
      EXPECT_EQ(other.sheets, figures.sheets) << line;
      EXPECT_EQ(other.delivered, figures.delivered) << line;
      EXPECT_EQ(other.opened, figures.opened) << line;
      EXPECT_EQ(other.stopped, figures.stopped) << line;
      EXPECT_EQ(other.amounts, figures.amounts) << line;
      EXPECT_EQ(other.costs, figures.costs) << line;
      EXPECT_EQ(other.toDelivered, figures.toDelivered) << line;
      EXPECT_EQ(other.toOpened, figures.toOpened) << line;
    }
  }

  // Sorted from all of them.
  void expectLargest(const FiguresQuery& query, const Largest& largest) {
    const auto sizeOf = [&](const Figures& figures) {
      const auto in = [&](std::map<std::string, Decimal> sums) { return sums[largest.currency]; };
      if (largest.by == FiguresSize::amount) return in(figures.amounts);
      if (largest.by == FiguresSize::cost) return in(figures.costs);
      return Decimal(largest.by == FiguresSize::sheets ? figures.sheets : figures.documents);
    };
    for (const auto& viewer :
         {Viewer::ofCompanies({company(1), company(2)}, {}), Viewer::system(), ofParts()})
      expectLargest(viewer, query, largest, sizeOf);
  }
  void expectLargest(const Viewer& viewer, const FiguresQuery& query, const Largest& largest, auto sizeOf) {
    read([&](Reader& reader) -> Outcome {
      TRY(auto all, figures(reader, viewer, query));
      TRY(const auto found, largestCounterparts(reader, viewer, query, largest));
      std::ranges::stable_sort(all, std::greater<>(),
                               [&](const FiguresRow& row) { return sizeOf(row.figures); });
      const auto count = std::min(all.size(), largest.count);
      EXPECT_EQ(found.rows.size(), count);
      EXPECT_EQ(found.restGroups, all.size() - count);
      Figures rest;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (i >= count)
          rest.add(all[i].figures);
        else if (i < found.rows.size()) {
          EXPECT_EQ(found.rows[i].values, all[i].values) << i;
          EXPECT_EQ(found.rows[i].figures, all[i].figures) << i;
        }
      }
      EXPECT_EQ(found.rest, rest);
      return {};
    });
  }

  std::vector<FiguresQuery> questions() {
    using enum Dimension;
    std::vector<FiguresQuery> all;
    const std::vector<std::vector<Dimension>> groups = {{},
                                                        {Dimension::company},
                                                        {group},
                                                        {counterpart},
                                                        {channel},
                                                        {direction},
                                                        {kind},
                                                        {status},
                                                        {format},
                                                        {country},
                                                        {currency},
                                                        {internal},
                                                        {day},
                                                        {week},
                                                        {month},
                                                        {quarter},
                                                        {year},
                                                        {Dimension::company, month},
                                                        {channel, status},
                                                        {format, country, week},
                                                        {counterpart, quarter},
                                                        {group, internal}};
    for (const auto& by : groups) {
      FiguresQuery query;
      query.groupBy = by;
      all.push_back(query);
      const auto has = [&](auto... dimensions) {
        return ((std::ranges::find(by, dimensions) != by.end()) || ...);
      };
      const bool whole = has(counterpart);
      query.from = whole ? Date::of(2026, 12, 1) : Date::of(2026, 11, 20);
      query.to = whole ? Date::of(2027, 2, 28) : Date::of(2027, 3, 10);
      query.withTimes = !has(counterpart, status, format, country, currency);
      all.push_back(query);
      query.direction = some(2) == 0 ? Direction::sent : Direction::received;
      query.channels = {"email", "network"};
      all.push_back(query);
      query.direction.reset();
      query.internal = some(2) == 0;
      all.push_back(query);
      query.company = this->company(1 + some(3));
      all.push_back(query);
      if (has(status, format, country, day, week)) continue;
      query = {.groupBy = by};
      query.counterparts = {"0007:5599990111", "customer:K-1", "0007:5599900122"};
      all.push_back(query);
    }
    return all;
  }

  // One company whole, what another sent, and credit notes that a third received.
  Viewer ofParts() {
    return Viewer::ofSights({Sight::ofOwn(company(1)),
                             {company(2), true, false, {}, false, false},
                             {company(3), some(2) == 0, true, {document::Kind::credit_note}, false, false}},
                            {});
  }

  void expectAll(const std::vector<Side>& all) {
    for (const auto& query : questions()) {
      std::string trace;
      for (const auto dimension : query.groupBy) trace += std::string(name(dimension)) + " ";
      SCOPED_TRACE(trace);
      expect(Viewer::system(), query, all);
      expect(of(company(1 + some(3))), query, all);
      expect(Viewer::ofCompanies({company(1), company(2)}, {}), query, all);
      expect(ofParts(), query, all);
      if (HasFailure()) return;
    }
  }
};
INSTANTIATE_BOTH_STORES(FiguresTest);

TEST_P(FiguresTest, AddUpToWhatTheEventsSay) {
  for (const unsigned seed : {1U, 2U}) {
    happen(seed, 60);
    const auto all = sides();
    expectAll(all);
    write([](Transaction& tx) { return foldStatistics(tx, 70); });
    expectAll(all);
    write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
    expectAll(all);
    // What comes after the first is beside what lies packed.
    write([](Transaction& tx) { return sql::packEverything(tx.connection()); });
    expectAll(all);
    if (HasFailure()) return;
  }
  const auto all = sides();
  ASSERT_TRUE(rebuild(store()));
  expectAll(all);
}

TEST_P(FiguresTest, VerifyRecountsEveryCube) {
  happen(3, 40);
  write([](Transaction& tx) { return foldStatistics(tx, 60); });
  const auto damages = [&] {
    const auto report = verify(store());
    EXPECT_TRUE(report);
    std::string text;
    for (const auto& damage : report->damages)
      if (damage.what == "count") text += damage.where + "; ";
    return text;
  };
  EXPECT_EQ(damages(), "");
  write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  EXPECT_EQ(damages(), "");
  for (const auto* table :
       {"statistics", "statistics_origins", "statistics_counterparts", "statistics_times"}) {
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run("UPDATE " + std::string(table) +
                                   " SET documents = documents + 1 WHERE day IN (SELECT MIN(day) FROM " +
                                   std::string(table) + ")"));
      return {};
    });
    EXPECT_NE(damages().find(std::string(table) + " by months"), std::string::npos) << table;
    ASSERT_TRUE(rebuild(store()));
    EXPECT_EQ(damages(), "") << table;
  }
}

TEST_P(FiguresTest, VerifyRecountsWhatLiesPacked) {
  happen(6, 40);
  write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  write([](Transaction& tx) { return sql::packEverything(tx.connection()); });
  const auto damages = [&] {
    const auto report = verify(store());
    if (!report) return report.error().code;
    std::string text;
    for (const auto& damage : report->damages)
      if (damage.what == "count") text += damage.where + "; ";
    return text;
  };
  EXPECT_EQ(damages(), "");
  for (const auto* change :
       {"DELETE FROM statistics_packed WHERE day IN (SELECT MIN(day) FROM statistics_packed)",
        "UPDATE statistics_packed SET channel = 'post' WHERE day IN (SELECT MIN(day) FROM statistics_packed) "
        "AND "
        "channel = 'network'"}) {
    write([&](Transaction& tx) -> Outcome {
      CHECK_OK(tx.connection().run(change));
      return {};
    });
    EXPECT_NE(damages().find("statistics_counterparts by months"), std::string::npos) << change;
    ASSERT_TRUE(rebuild(store()));
    EXPECT_EQ(damages(), "");
    write([](Transaction& tx) { return sql::packEverything(tx.connection()); });
  }
}

TEST_P(FiguresTest, TheLargestAreThoseOfAllAndTheRestIsTheOthers) {
  happen(7, 80);
  write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  std::vector<FiguresQuery> asked(7);
  asked[1].direction = Direction::sent;
  asked[2].internal = false;
  asked[3].internal = true;
  asked[4].company = company(2);
  asked[5].channels = {"email"};
  asked[6].counterparts = {"customer:K-1", "customer:K-2", "0007:5599990111"};
  for (auto& query : asked) {
    query.groupBy = {Dimension::counterpart};
    for (const auto by :
         {FiguresSize::documents, FiguresSize::sheets, FiguresSize::amount, FiguresSize::cost})
      for (const std::size_t count : {1U, 3U, 1'000U}) expectLargest(query, {by, "SEK", count});
  }
  write([](Transaction& tx) { return sql::packEverything(tx.connection()); });
  for (const auto& query : asked) expectLargest(query, {FiguresSize::documents, "", 3});
}

TEST_P(FiguresTest, CellsThatComeToNothingAreTakenAway) {
  happen(4, 20);
  write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  read([&](Reader& reader) -> Outcome {
    for (const auto* table : {"statistics", "statistics_origins", "statistics_counterparts"}) {
      TRY(const auto empty,
          reader.connection().run("SELECT 1 FROM " + std::string(table) +
                                  " WHERE documents = 0 AND cost = 0 AND amount = 0 AND amount_units = 0"));
      EXPECT_EQ(empty, 0) << table;
    }
    TRY(const auto left, reader.connection().run("SELECT id FROM statistics_deltas"));
    EXPECT_EQ(left, 0);
    return {};
  });
}

TEST_P(FiguresTest, NoMoreGroupsAreHeldThanMay) {
  happen(5, 40);
  read([&](Reader& reader) -> Outcome {
    FiguresQuery query{.groupBy = {Dimension::company, Dimension::kind}, .withTimes = true};
    TRY(const auto all, figures(reader, Viewer::system(), query));
    EXPECT_GT(all.size(), 2U);
    query.groups_max = all.size() - 1;
    const auto refused = figures(reader, Viewer::system(), query);
    EXPECT_EQ(refused ? std::string() : refused.error().code, "statistics-too-many");
    return {};
  });
}

TEST_P(FiguresTest, WhatNoCubeAnswersIsRefused) {
  const auto code = [&](FiguresQuery query) {
    std::string found;
    EXPECT_FALSE(store().read([&](Reader& reader) -> Outcome {
      const auto rows = figures(reader, Viewer::system(), query);
      if (rows) return {};
      found = rows.error().code;
      return fail(rows.error());
    }));
    return found;
  };
  using enum Dimension;
  EXPECT_EQ(code({.groupBy = {counterpart, status}}), "statistics-not-together");
  EXPECT_EQ(code({.groupBy = {counterpart, week}}), "statistics-not-together");
  EXPECT_EQ(code({.groupBy = {format, status}}), "statistics-not-together");
  EXPECT_EQ(code({.groupBy = {status}, .withTimes = true}), "statistics-not-together");
  EXPECT_EQ(code({.groupBy = {counterpart}, .from = Date::of(2026, 11, 2)}), "statistics-whole-months");
}

}  // namespace
}  // namespace postgang::store
