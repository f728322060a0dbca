// Every facet against the list itself, read to its end and counted.
#include <algorithm>
#include <functional>
#include <map>

#include "tests/store/world.h"

namespace postgang::store {
namespace {

using Counts = std::map<std::string, std::int64_t>;

class FacetCounting : public World {
 protected:
  Facets counted(const Viewer& viewer, const EntryQuery& query) {
    Facets found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, facets(reader, viewer, query, true));
      return {};
    });
    return found;
  }
  std::string identifierOf(CompanyId id) {
    std::string identifier;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto company, store::company(reader, id));
      identifier = company.identifier;
      return {};
    });
    return identifier;
  }
  Counts countedBy(const Viewer& viewer, EntryQuery query, const std::function<void(EntryQuery&)>& lift,
                   const std::function<std::string(const Entry&)>& value) {
    lift(query);
    Counts counts;
    for (const auto& entry : listed(viewer, query))
      if (auto one = value(entry); !one.empty()) ++counts[one];
    return counts;
  }
  // Of a document whose two sides are seen each side counts: both are asked for.
  Counts countedBySide(const Viewer& viewer, const EntryQuery& query, bool byDirection) {
    Counts counts;
    for (const auto direction : {Direction::sent, Direction::received}) {
      auto ofDirection = query;
      if (!byDirection && query.direction && *query.direction != direction) continue;
      ofDirection.direction = direction;
      if (!byDirection) ofDirection.company.reset();
      for (const auto& entry : listed(viewer, ofDirection))
        ++counts[byDirection ? std::string(name(direction)) : identifierOf(entry.company)];
    }
    return counts;
  }
  void expectAll(const Viewer& viewer, const EntryQuery& query);
};
INSTANTIATE_BOTH_STORES(FacetCounting);

Counts told(const std::vector<Facets::Count>& counts) {
  Counts told;
  for (const auto& count : counts) told[count.value] += count.documents;
  return told;
}

void FacetCounting::expectAll(const Viewer& viewer, const EntryQuery& query) {
  const auto found = counted(viewer, query);
  const auto entries = listed(viewer, query);
  EXPECT_FALSE(found.partial || found.counterpartsPartial);
  EXPECT_EQ(found.documents, static_cast<std::int64_t>(entries.size()));
  std::map<std::string, Decimal> sums, toldSums;
  for (const auto& entry : entries)
    if (entry.amount) sums[entry.currency] = sums[entry.currency].plus(*entry.amount).value();
  for (const auto& [currency, amount] : found.amounts) toldSums[currency] = amount;
  EXPECT_EQ(toldSums, sums);
  EXPECT_EQ(told(found.status),
            countedBy(
                viewer, query, [](auto& lifted) { lifted.statuses.clear(); },
                [](const Entry& entry) { return std::string(document::name(entry.status)); }));
  EXPECT_EQ(told(found.channel), countedBy(
                                     viewer, query, [](auto& lifted) { lifted.channels.clear(); },
                                     [](const Entry& entry) { return entry.channel; }));
  EXPECT_EQ(told(found.kind),
            countedBy(
                viewer, query, [](auto& lifted) { lifted.kinds.clear(); },
                [](const Entry& entry) { return std::string(document::name(entry.kind)); }));
  EXPECT_EQ(told(found.counterpart),
            countedBy(
                viewer, query, [](auto& lifted) { lifted.counterpartIdentifier.clear(); },
                [](const Entry& entry) {
                  return (entry.direction == Direction::sent ? entry.receiver : entry.sender).identifier;
                }));
  EXPECT_EQ(told(found.month),
            countedBy(
                viewer, query,
                [](auto& lifted) {
                  lifted.from.reset();
                  lifted.to.reset();
                },
                [](const Entry& entry) { return dateInStockholm(entry.receivedAt).text().substr(0, 7); }));
  EXPECT_EQ(told(found.direction), countedBySide(viewer, query, true));
  EXPECT_EQ(told(found.company), countedBySide(viewer, query, false));
  for (const auto& count : found.counterpart) EXPECT_FALSE(count.name.empty()) << count.value;
  for (const auto& count : found.company) EXPECT_FALSE(count.name.empty()) << count.value;
}

std::vector<EntryQuery> questions(CompanyId mine) {
  std::vector<EntryQuery> all(14);
  all[1].direction = Direction::received;
  all[2].statuses = {Status::stopped, Status::received};
  all[3].channels = {"network"};
  all[4].kinds = {document::Kind::credit_note};
  all[5].from = Date::of(2026, 11, 3);
  all[5].to = Date::of(2026, 11, 5);
  all[6].company = mine;
  all[7].counterpartIdentifier = "0007:buyer2";
  all[8].amountFrom = Decimal::parse("300.50");
  all[9].number = "F-2026-1007";
  all[10].statuses = {Status::delivered};
  all[10].kinds = {document::Kind::invoice};
  all[10].direction = Direction::sent;
  all[10].company = mine;
  all[10].from = Date::of(2026, 11, 2);
  all[11].terms = {{.field = EntryTerm::Field::status, .names = {"delivered"}, .no = true}};
  all[12].terms = {{.text = "1007", .no = true}};
  all[12].statuses = {Status::delivered};
  all[13].dueFrom = Date::of(2026, 12, 2);
  all[13].counterpartIdentifier = "0007:seller1";
  all[13].statuses = {Status::delivered};
  return all;
}

TEST_P(FacetCounting, EachIsCountedWithoutItsOwnFilter) {
  fill(120);
  for (const auto& viewer :
       {of(company(1)), Viewer::ofCompanies({company(1), company(3)}, {}), Viewer::system()})
    for (auto query : questions(company(1)))
      for (const auto* text : {"", "säljaren", "F-2026-10"}) {
        query.text = text;
        SCOPED_TRACE(std::string("text ") + text);
        expectAll(viewer, query);
      }
}

TEST_P(FacetCounting, WhatIsMoreThanCanBeCountedSaysSo) {
  const auto mine = company(1), yours = company(2);
  write([&](Transaction& tx) -> Outcome {
    for (std::int64_t i = 0; i < facet_documents_max + 20; ++i) {
      ReceivedFact received;
      received.sender = mine;
      auto facts = invoiceFacts(mine, yours, std::to_string(i));
      facts.kind = i < 10 ? document::Kind::credit_note : document::Kind::invoice;
      CHECK_OK(append(tx, ids_.next<DocumentId>(), 0,
                      {{EventType::received, {}, received}, {EventType::recognised, {}, facts}}, {}));
      clock_.advanceSeconds(60);
    }
    return {};
  });
  EntryQuery query;
  auto found = counted(of(mine), query);
  EXPECT_EQ(found.documents, facet_documents_max + 20) << "the cube counts them all";
  EXPECT_FALSE(found.partial);
  EXPECT_TRUE(found.counterpartsPartial);
  query.amountFrom = Decimal(1);
  query.kinds = {document::Kind::credit_note};
  found = counted(of(mine), query);
  EXPECT_EQ(found.documents, 10) << "older than the newest, and few";
  EXPECT_TRUE(found.partial);
  query = {};
  query.text = "säljaren";
  found = counted(of(mine), query);
  EXPECT_EQ(found.documents, facet_documents_max);
  EXPECT_TRUE(found.partial);
}

}  // namespace
}  // namespace postgang::store
