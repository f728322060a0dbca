// What it costs to ask who sees what: the same lists and counts of 100,000 documents over 50 companies, asked
// by one for whom nothing is checked (operator staff), by a group that sees its 50 companies whole, and by a
// support desk that sees one whole and of the 49 others part (Delad insyn). A third of the documents are
// internal.
//
//   bench_insight [documents] [companies] [times]     POSTGANG_BENCH_DATA: the folder's parent
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <limits>
#include <random>

#include "access/visibility.h"
#include "bench/support.h"
#include "store/documents.h"
#include "store/grants.h"
#include "store/statistics.h"

namespace {

using namespace postgang;
using namespace postgang::bench;
using document::EventType;

constexpr int together = 500;

struct Group {
  std::vector<CompanyId> companies;  // the first is the top
};

Group settle(store::Store& store, int companies) {
  Group group;
  for (int i = 0; i < companies; ++i) {
    const auto number = std::to_string(10'000 + i);
    group.companies.push_back(company(store, "Nordhamn " + number + " AB", "0007:55999" + number));
    if (i == 0) continue;
    must(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::setParent(tx, group.companies.back(), group.companies.front()));
      store::Grant grant;
      grant.owner = group.companies.back();
      grant.viewer = group.companies[1];
      grant.received = i % 2 == 0;
      if (i % 3 == 0) grant.kinds = {document::Kind::invoice};
      return i == 1 ? Outcome() : store::putGrant(tx, grant);
    }));
  }
  return group;
}

void append(store::Transaction& tx, IdMaker& ids, const Group& group, int number, std::mt19937& random) {
  const auto one = [&] { return group.companies[random() % group.companies.size()]; };
  store::ReceivedFact received;
  received.sender = one();
  received.door = "bench";
  received.digest = sha256(std::to_string(number));
  store::RecognisedFact facts;
  facts.format = "UBL 2.1 Invoice";
  facts.kind = random() % 5 == 0 ? document::Kind::credit_note : document::Kind::invoice;
  facts.number = std::to_string(number);
  facts.seller = {"0007:5599900122", "Nordhamn Energi AB", {}, false, {}};
  facts.buyer = {"0007:55" + std::to_string(10'000'000 + random() % 2'000), "Kunden AB", {}, false, {}};
  facts.amount = Decimal(1 + static_cast<int>(random() % 9'000));
  facts.currency = "SEK";
  std::vector<store::NewEvent> events{{EventType::received, {}, received},
                                      {EventType::recognised, {}, facts}};
  if (random() % 3 == 0) {
    store::DeliveryFact fact;
    fact.delivery = ids.next<DeliveryId>();
    fact.channel = "network";
    fact.receiver = one();
    fact.evidence = "inbox";
    events.push_back({EventType::delivered, {}, fact});
  }
  must(store::append(tx, ids.next<DocumentId>(), 0, events, {}));
}

void fill(store::Store& store, SimulatedClock& clock, const Group& group, int documents) {
  IdMaker ids(clock, 5);
  std::mt19937 random(5);
  for (int done = 0; done < documents; done += together)
    must(store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      for (int i = done; i < std::min(documents, done + together); ++i) {
        append(tx, ids, group, i, random);
        clock.advanceSeconds(60);
      }
      return {};
    }));
  // As a server that runs has done within seconds.
  must(store.write(store::Priority::background, [](store::Transaction& tx) {
    return store::foldStatistics(tx, std::numeric_limits<int>::max());
  }));
}

store::Viewer viewerFor(store::Store& store, CompanyId company) {
  std::optional<store::Viewer> viewer;
  must(store.read([&](store::Reader& reader) -> Outcome {
    store::User user;
    user.memberships = {{company, "clerk"}};
    TRY(const auto actingFor, store::company(reader, company));
    TRY(viewer, access::viewerOf(reader, user, actingFor));
    return {};
  }));
  return *viewer;
}

struct Question {
  std::string name;
  std::function<void(store::Reader&, const store::Viewer&)> ask;
};

std::vector<Question> questions() {
  const auto list = [](store::EntryQuery query, int pages) {
    return [query, pages](store::Reader& reader, const store::Viewer& viewer) {
      auto next = query;
      for (int i = 0; i < pages; ++i) {
        const auto page = must(store::listEntries(reader, viewer, next));
        demand(!page.items.empty(), "a page was empty");
        next.cursor = page.nextCursor.value_or("");
      }
    };
  };
  store::EntryQuery newest, byAmount, received;
  byAmount.sort = store::Sort::amount;
  received.direction = store::Direction::received;
  return {{"list, newest", list(newest, 1)},
          {"list, twenty pages", list(newest, 20)},
          {"list, by amount", list(byAmount, 1)},
          {"list, received", list(received, 1)},
          {"counts", [](store::Reader& reader, const store::Viewer& viewer) {
             must(store::facets(reader, viewer, {}));
           }}};
}

double medianOf(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** values) {
  const int documents = argument(count, values, 1, 100'000);
  const int companies = argument(count, values, 2, 50);
  const int times = argument(count, values, 3, 60);
  const Folder folder("insight");
  SimulatedClock clock(Instant::atMidnight(Date::of(2026, 1, 2)));
  Group group;
  {
    const auto filling = openStore(folder, clock, true);
    group = settle(*filling, companies);
    fill(*filling, clock, group, documents);
  }
  const auto store = openStore(folder, clock);
  const std::vector<std::pair<std::string, store::Viewer>> viewers = {
      {"unchecked", store::Viewer::system()},
      {"group", viewerFor(*store, group.companies.front())},
      {"support desk", viewerFor(*store, group.companies[1])}};
  for (const auto& question : questions()) {
    std::vector<std::vector<double>> took(viewers.size());
    for (int i = 0; i < times; ++i)
      for (std::size_t who = 0; who < viewers.size(); ++who)
        must(store->read([&](store::Reader& reader) -> Outcome {
          const auto from = monotonicMicroseconds();
          question.ask(reader, viewers[who].second);
          took[who].push_back(static_cast<double>(monotonicMicroseconds() - from));
          return {};
        }));
    std::cout << std::fixed << std::setprecision(2) << question.name << ":";
    const double unchecked = medianOf(took.front());
    for (std::size_t who = 0; who < viewers.size(); ++who)
      std::cout << "  " << viewers[who].first << " " << medianOf(took[who]) / 1000 << " ms (x"
                << medianOf(took[who]) / unchecked << ")";
    std::cout << "\n";
  }
}
