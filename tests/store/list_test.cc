#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

#include "store/sql/unique_keys.h"
#include "store/statistics.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Lists : public World {};
INSTANTIATE_BOTH_STORES(Lists);

bool asks(const EntryQuery& query, const Entry& entry) {
  const auto among = [](const auto& wanted, const auto& value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
  };
  const auto day = dateInStockholm(entry.receivedAt);
  return (!query.direction || entry.direction == *query.direction) && among(query.statuses, entry.status) &&
         among(query.channels, entry.channel) && among(query.kinds, entry.kind) &&
         (query.number.empty() || entry.number == query.number) &&
         (query.counterpartIdentifier.empty() ||
          (entry.direction == Direction::sent ? entry.receiver : entry.sender).identifier ==
              query.counterpartIdentifier) &&
         (!query.from || day >= *query.from) && (!query.to || day <= *query.to) &&
         (!query.dueFrom || (entry.dueDate && *entry.dueDate >= *query.dueFrom)) &&
         (!query.dueTo || (entry.dueDate && *entry.dueDate <= *query.dueTo)) &&
         (!query.amountFrom || (entry.amount && *entry.amount >= *query.amountFrom)) &&
         (!query.amountTo || (entry.amount && *entry.amount <= *query.amountTo));
}

// The sort key as a number; what is missing stands before everything.
std::int64_t sortKey(Sort sort, const Entry& entry) {
  if (sort == Sort::due_date) return entry.dueDate ? entry.dueDate->daysSinceEpoch : -1;
  if (sort == Sort::amount) return entry.amount ? entry.amount->hundredths().value() : -1;
  return entry.receivedAt.microseconds;
}

// The same question answered by looking at every side of every document. `all` is in order of arrival, newest
// first. Where both sides are seen and neither is asked for, the sender's stands for the document.
std::vector<Entry> scanned(std::vector<Entry> all, const EntryQuery& query) {
  std::ranges::reverse(all);
  std::set<DocumentId> sent;
  for (const auto& entry : all)
    if (entry.direction == Direction::sent) sent.insert(entry.document);
  std::erase_if(all, [&](const Entry& entry) {
    const bool isSecond = entry.direction == Direction::received && sent.contains(entry.document);
    return !asks(query, entry) || (isSecond && !query.direction);
  });
  std::ranges::stable_sort(all, {}, [&](const Entry& entry) { return sortKey(query.sort, entry); });
  if (!query.ascending) std::ranges::reverse(all);
  return all;
}

// As they came: the receiver's after the sender's.
std::vector<Entry> inOrderOfArrival(std::vector<Entry> entries) {
  std::ranges::sort(entries, std::ranges::greater(), [](const Entry& entry) {
    return std::tuple(entry.receivedAt.microseconds, entry.document, entry.direction);
  });
  return entries;
}

std::vector<EntryQuery> questions() {
  std::vector<EntryQuery> all(15);
  all[1].direction = Direction::received;
  all[2].statuses = {Status::stopped};
  all[3].statuses = {Status::delivered, Status::received};
  all[4].channels = {"network"};
  all[5].kinds = {document::Kind::credit_note};
  all[6].from = Date::of(2026, 11, 3);
  all[6].to = Date::of(2026, 11, 5);
  all[7].dueFrom = Date::of(2026, 12, 2);
  all[8].dueTo = Date::of(2026, 12, 3);
  all[9].amountFrom = Decimal::parse("300.50");
  all[9].amountTo = Decimal::parse("400.50");
  all[10].amountTo = Decimal::parse("200");
  all[11].number = "F-2026-1007";
  all[12].counterpartIdentifier = "0007:buyer2";
  all[13].channels = {"it's", "{\"a\\b\"}"};  // nothing has these; they must not break the statement either
  all[14].statuses = {Status::stopped, Status::failed};
  all[14].to = Date::of(2026, 11, 4);
  return all;
}

TEST_P(Lists, EveryQuestionInEveryOrderIsWhatLookingAtEverythingGives) {
  fill(120);
  for (const auto& viewer :
       {of(company(1)), Viewer::ofCompanies({company(1), company(3)}, {}), Viewer::system()}) {
    const auto all = inOrderOfArrival(everySide(viewer));
    ASSERT_GT(all.size(), 20U);
    for (auto query : questions())
      for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount})
        for (const bool ascending : {false, true}) {
          query.sort = sort;
          query.ascending = ascending;
          query.limit = 7;
          EXPECT_EQ(keys(listed(viewer, query)), keys(scanned(all, query)));
        }
  }
}

// Further back than the walk glances: there the days tell where to look.
TEST_P(Lists, ARareStatusIsFoundHoweverFarBack) {
  const auto mine = company(1);
  write([&](Transaction& tx) -> Outcome {
    for (int i = 0; i < 1'400; ++i) {
      ReceivedFact received;
      received.sender = mine;
      auto facts = invoiceFacts(mine, mine, std::to_string(i), std::to_string(i % 90) + ".00");
      std::vector<NewEvent> events{{EventType::received, {}, received}, {EventType::recognised, {}, facts}};
      if (i % 150 == 20 || i < 3) events.push_back({EventType::cancelled, {}, NoteFact{}});
      CHECK_OK(append(tx, ids_.next<DocumentId>(), 0, events, {}));
      clock_.advanceSeconds(1'200);
    }
    return {};
  });
  const auto all = listed(of(mine), {});
  ASSERT_EQ(all.size(), 1'400U);
  EntryQuery query;
  query.statuses = {Status::cancelled};
  query.limit = 4;
  for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount})
    for (const bool ascending : {false, true}) {
      query.sort = sort;
      query.ascending = ascending;
      const auto found = listed(of(mine), query);
      EXPECT_EQ(found.size(), 13U);
      EXPECT_EQ(keys(found), keys(scanned(all, query)));
    }
  query.statuses = {Status::accepted};
  EXPECT_TRUE(listed(of(mine), query).empty());
}

TEST_P(Lists, ACompanySeesItsOwnEntriesAlone) {
  fill(60);
  std::size_t together = 0;
  for (int number = 1; number <= 3; ++number) {
    const auto mine = everySide(of(company(number)));
    for (const auto& entry : mine) EXPECT_EQ(entry.company, company(number));
    together += mine.size();
  }
  EXPECT_EQ(together, everySide(Viewer::system()).size());
  EXPECT_TRUE(listed(Viewer::ofCompanies({}, {}), {}).empty());
}

TEST_P(Lists, WhatWasReadForwardsIsReadBackTheSameWay) {
  fill(60);
  for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount}) {
    EntryQuery query;
    query.sort = sort;
    query.limit = 7;
    read([&](Reader& reader) -> Outcome {
      std::vector<std::vector<std::string>> pages;
      std::optional<std::string> back;
      for (;;) {
        TRY(const auto page, listEntries(reader, of(company(1)), query));
        EXPECT_EQ(page.previousCursor.has_value(), !pages.empty());
        pages.push_back(keys(page.items));
        back = page.previousCursor;
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      EXPECT_GT(pages.size(), 3U);
      for (auto earlier = pages.rbegin() + 1; earlier != pages.rend(); ++earlier) {
        if (!back) return fail(ProblemKind::internal, "no-way-back", "There is no cursor back.");
        query.cursor = *back;
        TRY(const auto page, listEntries(reader, of(company(1)), query));
        EXPECT_EQ(keys(page.items), *earlier);
        EXPECT_TRUE(page.nextCursor);
        back = page.previousCursor;
      }
      EXPECT_FALSE(back);
      return {};
    });
  }
}

TEST_P(Lists, NothingIsSkippedOrSeenTwiceWhileDocumentsArrive) {
  fill(30);
  EntryQuery query;
  query.limit = 5;
  const auto before = keys(listed(of(company(1)), {}));
  std::vector<std::string> seen;
  for (bool more = true; more;) {
    read([&](Reader& reader) -> Outcome {
      TRY(const auto page, listEntries(reader, of(company(1)), query));
      std::ranges::copy(keys(page.items), std::back_inserter(seen));
      more = page.nextCursor.has_value();
      query.cursor = page.nextCursor.value_or("");
      return {};
    });
    received(company(1));
  }
  EXPECT_EQ(seen, before);
}

TEST_P(Lists, AForeignCursorIsRefused) {
  fill(20);
  EntryQuery query;
  query.limit = 3;
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listEntries(reader, of(company(1)), query));
    auto other = query;
    other.cursor = page.nextCursor.value_or("");
    other.sort = Sort::amount;
    auto upwards = query;
    upwards.cursor = page.nextCursor.value_or("");
    upwards.ascending = true;
    auto nonsense = query;
    nonsense.cursor = "!' OR 1=1";
    for (const auto& wrong : {other, upwards, nonsense}) {
      const auto refused = listEntries(reader, of(company(1)), wrong);
      EXPECT_FALSE(refused);
      if (refused) continue;
      EXPECT_EQ(refused.error().code, "cursor-malformed");
      EXPECT_EQ(refused.error().kind, ProblemKind::invalid);
    }
    return {};
  });
}

TEST_P(Lists, FacetsStandWhenStatisticsAreFoldedHalfWay) {
  fill(40);
  const auto count = [&] {
    std::int64_t documents = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto counted, facets(reader, of(company(1)), {}));
      documents = counted.documents;
      return {};
    });
    return documents;
  };
  const auto before = count();
  EXPECT_EQ(before, static_cast<std::int64_t>(listed(of(company(1)), {}).size()));
  write([](Transaction& tx) { return foldStatistics(tx, 17); });
  EXPECT_EQ(count(), before);
  write([](Transaction& tx) { return foldStatistics(tx, 100'000); });
  EXPECT_EQ(count(), before);
}

TEST_P(Lists, AReceiverSeesOnlyItsOwnDeliveryAndNoPrice) {
  const auto seller = company(1), buyer = company(2);
  const auto id = delivered(seller, buyer, invoiceFacts(seller, buyer, "4711"));
  DeliveryFact letter;
  letter.delivery = ids_.next<DeliveryId>();
  letter.channel = "print";
  letter.price = Decimal::parse("9.50");
  letter.currency = "SEK";
  appendTo(id, {{EventType::delivery_started, {}, letter}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto senders, deliveriesOf(reader, of(seller), id));
    TRY(const auto receivers, deliveriesOf(reader, of(buyer), id));
    EXPECT_EQ(senders.size(), 2U);
    EXPECT_EQ(senders.back().price, Decimal::parse("9.50"));
    EXPECT_EQ(receivers.size(), 1U);
    EXPECT_EQ(receivers.front().channel, "network");
    EXPECT_FALSE(receivers.front().price);
    return {};
  });
}

TEST_P(Lists, VersionsStandInOrderAndKnowEachOther) {
  const auto seller = company(1), buyer = company(2);
  const auto first = received(seller);
  const auto second = ids_.next<DocumentId>(), third = ids_.next<DocumentId>();
  for (const auto& [id, earlier] : {std::pair(second, first), std::pair(third, second)}) {
    ReceivedFact fact;
    fact.sender = seller;
    fact.supersedes = earlier;
    write([&](Transaction& tx) { return append(tx, id, 0, {{EventType::received, {}, fact}}, {}); });
  }
  read([&](Reader& reader) -> Outcome {
    TRY(const auto versions, versionsOf(reader, of(seller), second));
    EXPECT_EQ(versions.size(), 3U);
    for (std::size_t i = 0; i < versions.size(); ++i) {
      EXPECT_EQ(versions[i].version, static_cast<int>(i) + 1);
      EXPECT_EQ(versions[i].root, first);
    }
    EXPECT_EQ(versions.at(0).supersededBy, second);
    EXPECT_EQ(versions.at(1).supersededBy, third);
    EXPECT_FALSE(versions.at(2).supersededBy);
    EXPECT_FALSE(versionsOf(reader, of(buyer), second));
    return {};
  });
}

TEST_P(Lists, AKeyIsTakenOnceUntilItIsReleased) {
  const auto mine = company(1);
  const auto another = company(2);
  const auto first = ids_.next<DocumentId>(), second = ids_.next<DocumentId>();
  const std::string longNumber(5'000, '7');
  for (const std::string& key : {std::string("invoice|4711|2026"), longNumber}) {
    write([&](Transaction& tx) -> Outcome {
      TRY(const auto free, claimKey(tx, mine, "number", key, first));
      EXPECT_FALSE(free);
      TRY(const auto taken, claimKey(tx, mine, "number", key, second));
      EXPECT_EQ(taken, first);
      TRY(const auto anothers, claimKey(tx, another, "number", key, second));
      EXPECT_FALSE(anothers);
      return {};
    });
  }
  write([&](Transaction& tx) { return sql::giveBackKeys(tx.connection(), first); });
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto free, claimKey(tx, mine, "number", longNumber, second));
    EXPECT_FALSE(free);
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
