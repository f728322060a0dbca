// Who sees what, over random trees, memberships, grants and traffic: what every way out of the store answers
// is held against a model that knows nothing but the tree, the grants and who sent what to whom.
#include <algorithm>

#include "store/feed.h"
#include "store/statistics.h"
#include "store/stops.h"
#include "tests/access/insight_figures.h"
#include "tests/access/random_traffic.h"

namespace postgang::access {
namespace {

using store::Reader;

class Insight : public RandomTraffic {
 protected:
  void expectAll(const Asker& as, const store::Viewer& viewer);
  void expectLists(const Asker& as, const store::Viewer& viewer);
  void expectCounts(const Asker& as, const store::Viewer& viewer);
  void expectDocuments(const Asker& as, const store::Viewer& viewer);
  void expectStreams(const Asker& as, const store::Viewer& viewer);
  void expectStopsAndMails(const Asker& as, const store::Viewer& viewer);

  std::multiset<std::string> listedSides(const store::Viewer& viewer, store::EntryQuery query) {
    query.limit = 3;  // pages small enough that each list has several
    std::multiset<std::string> all;
    for (const auto& entry : listed(viewer, query))
      all.insert(side(entry.document, entry.company, entry.direction));
    return all;
  }
};
INSTANTIATE_BOTH_STORES(Insight);

void Insight::expectLists(const Asker& as, const store::Viewer& viewer) {
  EXPECT_EQ(listedSides(viewer, {}), sides(as, true));
  for (const auto direction : {Direction::sent, Direction::received}) {
    store::EntryQuery query;
    query.direction = direction;
    EXPECT_EQ(listedSides(viewer, query), sides(as, false, direction));
  }
  store::EntryQuery query;
  query.company = any();
  EXPECT_EQ(listedSides(viewer, query), sides(as, false, {}, query.company));
  for (const auto sort : {store::Sort::received_at, store::Sort::amount}) {
    store::EntryQuery search;
    search.text = "F70";
    search.sort = sort;
    EXPECT_EQ(listedSides(viewer, search), sides(as, true)) << "by search, which every number answers";
  }
  store::EntryQuery field, exclusion;
  field.terms = {{.field = store::EntryTerm::Field::number, .text = "F70"}};
  EXPECT_EQ(listedSides(viewer, field), sides(as, true)) << "by a field, which every number answers";
  exclusion.terms = {{.text = "F70", .no = true}};
  EXPECT_TRUE(listedSides(viewer, exclusion).empty());
  store::EntryQuery internal;
  internal.internal = true;
  for (const auto& entry : listed(viewer, internal)) {
    ASSERT_TRUE(entry.counterpartCompany);
    EXPECT_TRUE(entry.internal);
    EXPECT_EQ(model_.top(entry.company), model_.top(*entry.counterpartCompany));
  }
}

void Insight::expectCounts(const Asker& as, const store::Viewer& viewer) {
  const auto wanted = sides(as, true);
  for (const std::string text : {"", "F70"}) {
    store::Facets found;
    store::EntryQuery query;
    query.text = text;
    read([&](Reader& reader) -> Outcome {
      TRY(found, store::facets(reader, viewer, query, true));
      return {};
    });
    std::int64_t ofCompanies = 0, ofCounterparts = 0, ofMonths = 0;
    for (const auto& count : found.company) ofCompanies += count.documents;
    for (const auto& count : found.counterpart) ofCounterparts += count.documents;
    for (const auto& count : found.month) ofMonths += count.documents;
    EXPECT_EQ(ofCompanies, static_cast<std::int64_t>(sides(as, false).size()));
    EXPECT_EQ(ofCounterparts, found.documents);
    EXPECT_EQ(ofMonths, found.documents);
    EXPECT_EQ(found.documents, static_cast<std::int64_t>(wanted.size()));
    for (const auto direction : {Direction::sent, Direction::received}) {
      const auto count =
          std::ranges::find(found.direction, store::name(direction), &store::Facets::Count::value);
      EXPECT_EQ(count == found.direction.end() ? 0 : count->documents,
                static_cast<std::int64_t>(sides(as, false, direction).size()));
    }
    std::int64_t ofStatuses = 0;
    for (const auto& count : found.status) ofStatuses += count.documents;
    EXPECT_EQ(ofStatuses, found.documents);
  }
  std::int64_t whole = 0;
  std::map<std::string, std::int64_t> byCompany;
  read([&](Reader& reader) -> Outcome {
    store::StatisticsQuery query;
    TRY(const auto rows, store::statistics(reader, viewer, query));
    for (const auto& row : rows) whole += row.documents;
    query.groupBy = {store::Dimension::company};
    TRY(const auto grouped, store::statistics(reader, viewer, query));
    for (const auto& row : grouped) byCompany[row.values.front()] += row.documents;
    return {};
  });
  read([&](Reader& reader) -> Outcome {
    expectFigures(
        reader, viewer, companies_, static_cast<std::int64_t>(wanted.size()),
        [&](CompanyId company) { return static_cast<std::int64_t>(sides(as, false, {}, company).size()); });
    return {};
  });
  EXPECT_EQ(whole, static_cast<std::int64_t>(wanted.size()));
  for (const auto company : companies_)
    EXPECT_EQ(byCompany[std::to_string(company.value)],
              static_cast<std::int64_t>(sides(as, false, {}, company).size()));
}

void Insight::expectDocuments(const Asker& as, const store::Viewer& viewer) {
  const auto acting = viewer.acting();
  for (const auto& sent : sent_) {
    const auto seen = [&](bool toAct) {
      return sees(as, sent.sender, Direction::sent, sent.kind, toAct) ||
             (sent.arrived && sees(as, sent.receiver, Direction::received, sent.kind, toAct));
    };
    read([&](Reader& reader) -> Outcome {
      const auto row = store::findDocument(reader, viewer, sent.document);
      EXPECT_EQ(row.has_value(), seen(false));
      EXPECT_EQ(store::findDocument(reader, acting, sent.document).has_value(), seen(true));
      EXPECT_EQ(store::eventsOf(reader, viewer, sent.document).has_value(), seen(false));
      EXPECT_EQ(store::deliveriesOf(reader, viewer, sent.document).has_value(), seen(false));
      EXPECT_EQ(store::findingsOf(reader, viewer, sent.document).has_value(), seen(false));
      EXPECT_EQ(store::versionsOf(reader, viewer, sent.document).has_value(), seen(false));
      if (!row) return {};
      EXPECT_TRUE(sees(as, row->entry.company, row->entry.direction, sent.kind));
      EXPECT_EQ(row->entry.internal, sent.arrived && model_.top(sent.sender) == model_.top(sent.receiver));
      const auto events = store::eventsOf(reader, viewer, sent.document);
      // What comes before it lay with the receiver is the sender's alone.
      EXPECT_EQ(events->front().type == store::EventType::received,
                sees(as, sent.sender, Direction::sent, sent.kind));
      return {};
    });
  }
}

void Insight::expectStreams(const Asker& as, const store::Viewer& viewer) {
  std::set<std::string> told, latest;
  read([&](Reader& reader) -> Outcome {
    std::string cursor;
    while (true) {
      TRY(const auto items, store::feedAfter(reader, viewer, cursor, 7));
      if (items.empty()) break;
      for (const auto& item : items) told.insert(side(item.document, item.company, item.direction));
      cursor = items.back().cursor;
    }
    TRY(const auto items, store::latest(reader, viewer, 1000));
    for (const auto& item : items) latest.insert(side(item.document, item.company, item.direction));
    return {};
  });
  const auto wanted = sides(as, false);
  EXPECT_EQ(told, std::set<std::string>(wanted.begin(), wanted.end()));
  EXPECT_TRUE(std::ranges::includes(told, latest));
}

void Insight::expectStopsAndMails(const Asker& as, const store::Viewer& viewer) {
  for (const auto way : {Direction::sent, Direction::received}) {
    std::set<std::string> found, wanted;
    for (const auto& sent : sent_)
      if (sent.fate == Fate::stopped &&
          sees(as, way == Direction::sent ? sent.sender : sent.receiver, way, sent.kind))
        wanted.insert(sent.document.text());
    read([&](Reader& reader) -> Outcome {
      store::StopQuery query;
      query.side = way;
      query.limit = 1000;
      TRY(const auto stops, store::listStops(reader, viewer, query));
      for (const auto& stop : stops) found.insert(stop.document.text());
      return {};
    });
    EXPECT_EQ(found, wanted);
  }
  std::set<std::string> found, wanted;
  std::int64_t counted = 0;
  for (const auto& sent : sent_)
    if (sent.fate == Fate::mailed && sees(as, sent.sender, Direction::sent, sent.kind))
      wanted.insert(sent.document.text());
  read([&](Reader& reader) -> Outcome {
    store::SmartmailQuery query;
    query.limit = 200;
    TRY(const auto page, store::listSmartmail(reader, viewer, query));
    for (const auto& row : page.items) found.insert(row.document.text());
    TRY(const auto counts, store::countSmartmail(reader, viewer, {}));
    for (const auto& count : counts) counted += count.documents;
    return {};
  });
  EXPECT_EQ(found, wanted);
  EXPECT_EQ(counted, static_cast<std::int64_t>(wanted.size()));
}

void Insight::expectAll(const Asker& as, const store::Viewer& viewer) {
  expectLists(as, viewer);
  expectCounts(as, viewer);
  expectDocuments(as, viewer);
  expectStreams(as, viewer);
  expectStopsAndMails(as, viewer);
}

TEST_P(Insight, IsWhatTheTreeAndTheGrantsSay) {
  for (const unsigned seed : {1U, 2U}) {
    plant(seed, 9, 8);
    send(45);
    for (int i = 0; i < 10 && !HasFailure(); ++i) {
      const auto as = anybody();
      SCOPED_TRACE("seed " + std::to_string(seed) + ", user " + std::to_string(i));
      expectAll(as, viewerFor(as));
    }
  }
}

TEST_P(Insight, IsGoneWithTheGrantAndWithTheGroup) {
  const auto parent = company(1), lager = company(2), energi = company(3);
  for (const auto child : {lager, energi})
    write([&](store::Transaction& tx) { return store::setParent(tx, child, parent); });
  const auto document = delivered(lager, company(4), invoiceFacts(lager, company(4), "F1"));
  store::User user;
  user.memberships = {{energi, "clerk"}};
  const auto seen = [&] {
    bool found = false;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto acting, store::company(reader, energi));
      TRY(const auto viewer, viewerOf(reader, user, acting));
      found = store::findDocument(reader, viewer, document).has_value();
      return {};
    });
    return found;
  };
  EXPECT_FALSE(seen());
  write([&](store::Transaction& tx) {
    return store::putGrant(tx, {lager, energi, true, true, {}, false, {}, ""});
  });
  EXPECT_TRUE(seen());
  write([&](store::Transaction& tx) { return store::setParent(tx, energi, std::nullopt); });
  EXPECT_FALSE(seen()) << "a grant says nothing outside the group";
  write([&](store::Transaction& tx) { return store::setParent(tx, energi, parent); });
  EXPECT_TRUE(seen());
  write([&](store::Transaction& tx) { return store::removeGrant(tx, lager, energi); });
  EXPECT_FALSE(seen());
}

}  // namespace
}  // namespace postgang::access
