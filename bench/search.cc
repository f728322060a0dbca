// Search, its counts and lists where there is much to search in.
//
//   bench_search [documents=1000000] [questions=400]
//
// One company sends 40 % of all documents, 49 others the rest, all to each other, over two years. The rows
// are written in bulk: events are folded as append() folds them and their rows written by the functions that
// append() and rebuild() use, without the events themselves, bytes and jobs. That this leaves what the flow
// leaves is looked at first: some documents are appended one event after the other into a store of their own,
// and rows and texts of both are held against each other.
#include <algorithm>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "bench/support.h"
#include "store/documents.h"
#include "store/search_words.h"
#include "store/sql/projection.h"
#include "store/sql/search.h"
#include "store/statistics.h"

namespace postgang::bench {
namespace {

using namespace postgang::store;

constexpr int companies_count = 50, samples = 200, at_once = 250, appended = 6'400, together = 64;
constexpr std::size_t events_of_each = 6;
constexpr std::int64_t seconds_of_world = 2LL * 365 * 86'400;

const std::vector<std::string> towns = {"Göteborg", "Malmö", "Umeå", "Nordhamn", "Visby", "Granberga"};
const std::vector<std::string> wares = {"Fjärrvärme", "Snöröjning", "Takpannor",       "Rörarbete",
                                        "Hyra lokal", "Elnät",      "Kopieringspapper"};

struct Traffic {
  DocumentId id;
  int sender = 0, receiver = 0;
  std::vector<NewEvent> events;
  std::string lines;
};

class World {
 public:
  World(const std::string& name, bool filling) : folder_(name) {
    store_ = openStore(folder_, clock_, filling);
    for (int i = 0; i < companies_count; ++i)
      companies_.push_back(bench::company(*store_, nameOf(i), identifier(i)));
  }
  static std::string identifier(int company) { return "0007:55999" + std::to_string(10'000 + company); }
  static std::string nameOf(int company) {
    return towns[static_cast<std::size_t>(company) % towns.size()] + " Handel " + std::to_string(company) +
           " AB";
  }
  CompanyId company(int number) const { return companies_[static_cast<std::size_t>(number)]; }
  Store& store() { return *store_; }
  SimulatedClock& clock() { return clock_; }

  // The number-th document of the world: the same in every store.
  Traffic traffic(int number) {
    std::mt19937 random(static_cast<unsigned>(number) * 2'654'435'761U + 17);
    const auto some = [&](int count) { return static_cast<int>(random() % static_cast<unsigned>(count)); };
    Traffic made;
    made.id = ids_.next<DocumentId>();
    made.sender = some(10) < 4 ? 0 : 1 + some(companies_count - 1);
    made.receiver = (made.sender + 1 + some(7)) % companies_count;
    ReceivedFact received;
    received.sender = company(made.sender);
    received.door = "api";
    received.fileName = "faktura-" + std::to_string(number) + ".xml";
    received.mediaType = "application/xml";
    received.size = 30'000;
    RecognisedFact facts;
    facts.format = "UBL 2.1 Invoice";
    facts.kind = some(20) == 0 ? document::Kind::credit_note : document::Kind::invoice;
    facts.number = "F-" + std::to_string(100'000 + number);
    facts.issueDate = dateInStockholm(clock_.now());
    facts.dueDate = facts.issueDate->plusDays(10 + some(50));
    facts.amount = Decimal::fromScaled(10'000 + some(9'000'000), 2);
    facts.currency = "SEK";
    facts.seller = party(made.sender);
    facts.buyer = party(made.receiver);
    facts.orderReference = "PO-" + std::to_string(some(1'000'000));
    facts.buyerReference = "Ref " + std::to_string(some(997));
    facts.paymentReference = std::to_string(100'000'000 + some(800'000'000));
    facts.customerNumber = std::to_string(1'000 + some(9'000));
    facts.searchText = facts.number + " " + facts.seller.name + " " + facts.buyer.name + " " +
                       facts.orderReference + " " + facts.buyerReference + " " + facts.paymentReference +
                       " " + facts.amount->text() + " storgatan 14 411 22 betalningsvillkor 30 dagar netto";
    made.lines = wares[static_cast<std::size_t>(some(static_cast<int>(wares.size())))] + " " +
                 std::to_string(some(100'000));
    RoutedFact routed;
    PlanStep network;
    network.channel = "network";
    network.reachable = true;
    network.reason = "receiver-is-customer";
    routed.plan = {network};
    routed.receiver = company(made.receiver);
    DeliveryFact started;
    started.delivery = DeliveryId(made.id);
    started.channel = "network";
    started.address = identifier(made.receiver);
    auto delivered = started;
    delivered.evidence = "inbox";
    delivered.receiver = company(made.receiver);
    made.events = {{EventType::received, {ActorKind::key, "k1", "Affärssystem"}, received},
                   {EventType::recognised, {}, facts},
                   {EventType::checked, {}, NoteFact{}},
                   {EventType::routed, {}, routed},
                   {EventType::delivery_started, {}, started}};
    if (some(40) == 0)
      made.events.push_back({EventType::delivery_failed, {}, started});
    else
      made.events.push_back({EventType::delivered, {}, delivered});
    return made;
  }

  // As the flow does it: one event after the other, of several documents in one commit.
  void append(std::span<const Traffic> several, bool counted = true) {
    for (std::size_t step = 0; step < events_of_each; ++step)
      must(store_->write(Priority::walk, [&](Transaction& tx) -> Outcome {
        for (const auto& made : several)
          CHECK_OK(store::append(tx, made.id, static_cast<std::int64_t>(step), {made.events[step]}, {}));
        if (!counted) {
          tx.pending().texts.clear();
          tx.pending().lines.clear();
          tx.pending().statistics.clear();
        }
        return {};
      }));
  }

  Outcome insert(Transaction& tx, const Traffic& made) {
    sql::Projection projection;
    projection.rows.id = made.id;
    std::int64_t sequence = 0;
    for (const auto& fresh : made.events)
      projection.apply({.sequence = ++sequence,
                        .type = fresh.type,
                        .at = clock_.now(),
                        .actor = fresh.actor,
                        .fact = fresh.fact},
                       nullptr);
    auto& rows = projection.rows;
    CHECK_OK(sql::insertRows(tx.connection(), rows));
    CHECK_OK(sql::writeDeliveries(tx.connection(), rows));
    auto& pending = tx.pending();
    sql::countChange(pending, nullptr, rows);
    pending.add(std::move(projection.pending));
    pending.texts.push_back({rows.sent.id, rows.sent.company, *rows.searchText, {}});
    if (rows.inbox) pending.texts.push_back({rows.inbox->id, rows.inbox->company, *rows.searchText, {}});
    lines_.push_back({rows.sent.company, rows.sent.id, made.lines});
    if (rows.inbox) lines_.push_back({rows.inbox->company, rows.inbox->id, made.lines});
    return {};
  }

  // The lines seconds later, in a commit of their own, as the upkeep has it.
  void insertLines() {
    must(store_->write(Priority::background, [&](Transaction& tx) -> Outcome {
      for (const auto& line : lines_)
        CHECK_OK(sql::indexLines(tx.connection(), line.company, line.entry,
                                 sql::fieldForm(sql::field::line, line.text)));
      return {};
    }));
    lines_.clear();
  }

  // From here on as a server has it: commits that wait for the disk, readers beside the writer.
  void serve() {
    store_.reset();
    store_ = openStore(folder_, clock_);
  }

  void fill(int documents) {
    for (int made = 0; made < documents;) {
      const int until = std::min(documents, made + at_once);
      must(store_->write(Priority::intake, [&](Transaction& tx) -> Outcome {
        for (; made < until; ++made) {
          clock_.advanceSeconds(std::max<std::int64_t>(1, seconds_of_world / documents));
          CHECK_OK(insert(tx, traffic(made)));
        }
        return {};
      }));
      insertLines();
      must(store_->write(Priority::background, [](Transaction& tx) -> Outcome {
        CHECK_OK(foldStatistics(tx, 1'000'000));
        return joinSearchParts(tx, 250);
      }));
      if (made % 100'000 == 0) std::cerr << made << " documents\n";
    }
    joinAll();
  }

  // As a server has it in the morning: by night all parts of the index are joined. A call that has nothing to
  // join takes no time.
  void joinAll() {
    constexpr int pages = 2'000;
    constexpr std::int64_t nothing_us = 1'000;
    const auto started = monotonicMicroseconds();
    must(store_->write(Priority::background, [](Transaction& tx) { return joinAllSearchParts(tx, pages); }));
    for (auto last = monotonicMicroseconds(), took = nothing_us; took >= nothing_us;) {
      must(store_->write(Priority::background, [](Transaction& tx) { return joinSearchParts(tx, pages); }));
      const auto now = monotonicMicroseconds();
      took = now - std::exchange(last, now);
    }
    std::cout << "the index's parts joined in " << (monotonicMicroseconds() - started) / 1'000 << " ms\n";
  }

  // What is kept of a document: rows and texts of both its entries.
  std::vector<std::string> kept(DocumentId id) {
    std::vector<std::string> lines;
    must(store_->read([&](Reader& reader) -> Outcome {
      TRY(auto rows, sql::loadRows(reader.connection(), id, false, true));
      demand(rows.has_value(), "a sample is not there");
      rows->head = {};
      lines = sql::described(*rows);
      const auto entries =
          std::vector<const sql::EntryView*>{&rows->sent, rows->inbox ? &*rows->inbox : nullptr};
      for (const auto* entry : entries)
        if (entry)
          CHECK_OK(reader.connection().run("SELECT text FROM search_texts WHERE company = ?1 AND id = ?2",
                                           {entry->company, entry->id},
                                           [&](const sql::Row& row) { lines.emplace_back(row.bytes(0)); }));
      return {};
    }));
    return lines;
  }

 private:
  struct Line {
    CompanyId company;
    std::int64_t entry = 0;
    std::string text;
  };
  static PartyFact party(int number) {
    PartyFact fact;
    fact.identifier = identifier(number);
    fact.name = nameOf(number);
    return fact;
  }

  Folder folder_;
  SimulatedClock clock_{Instant::atMidnight(Date::of(2025, 1, 1))};
  IdMaker ids_{clock_, 7};
  std::unique_ptr<Store> store_;
  std::vector<CompanyId> companies_;
  std::vector<Line> lines_;
};

void holdAgainstFlow() {
  World flow("search-flow", true), bulk("search-bulk", true);
  for (int i = 0; i < samples; ++i) {
    const auto made = flow.traffic(i), same = bulk.traffic(i);
    flow.append(std::span(&made, 1));
    must(bulk.store().write(Priority::walk, [&](Transaction& tx) { return bulk.insert(tx, same); }));
    demand(flow.kept(made.id) == bulk.kept(same.id), "bulk and flow leave different rows");
    flow.clock().advanceSeconds(60);
    bulk.clock().advanceSeconds(60);
  }
  std::cout << samples << " documents in bulk leave what the flow leaves\n";
}

void report(const std::string& what, std::vector<std::int64_t> microseconds) {
  std::ranges::sort(microseconds);
  const auto at = [&](std::size_t hundredths) {
    return microseconds[std::min(microseconds.size() - 1, microseconds.size() * hundredths / 100)];
  };
  std::cout << what << ": p50 " << at(50) << " µs, p99 " << at(99) << " µs, most " << microseconds.back()
            << " µs (" << microseconds.size() << ")\n";
}

// What somebody types, letter by letter.
std::vector<EntryQuery> typing(int count) {
  std::mt19937 random(9);
  std::vector<EntryQuery> all;
  while (static_cast<int>(all.size()) < count) {
    const auto number = std::to_string(random() % 900'000 + 100'000);
    const std::string whole[] = {"göteborg handel " + std::to_string(random() % 50),
                                 "F-" + number,
                                 "PO-" + number,
                                 number.substr(0, 4),
                                 wares[random() % wares.size()] + " " + number.substr(0, 2),
                                 "betalningsvillkor netto",
                                 "malmö ref " + number.substr(0, 3)};
    const auto& text = whole[random() % std::size(whole)];
    for (std::size_t length = 1; length <= text.size(); ++length)
      if ((static_cast<unsigned char>(text[length - 1]) & 0x80U) == 0)
        all.emplace_back().text = text.substr(0, length);
  }
  return all;
}

void measureSearch(World& world, const Viewer& viewer, const std::string& whose, int questions) {
  std::vector<std::int64_t> both, alone;
  for (const auto& query : typing(questions))
    must(world.store().read([&](Reader& reader) -> Outcome {
      const auto started = monotonicMicroseconds();
      CHECK_OK(listEntries(reader, viewer, query));
      alone.push_back(monotonicMicroseconds() - started);
      CHECK_OK(facets(reader, viewer, query, true));
      both.push_back(monotonicMicroseconds() - started);
      return {};
    }));
  report("search as you type, " + whose, alone);
  report("search as you type with facets, " + whose, both);
}

void measureLists(World& world, const Viewer& viewer, int questions) {
  for (const auto& [name, sort] : {std::pair("received", Sort::received_at), std::pair("due", Sort::due_date),
                                   std::pair("amount", Sort::amount)}) {
    EntryQuery query;
    query.sort = sort;
    std::vector<std::int64_t> times;
    for (int page = 0; page < questions; ++page)
      must(world.store().read([&](Reader& reader) -> Outcome {
        query.limit = page % 2 == 0 ? 50 : 200;
        const auto started = monotonicMicroseconds();
        TRY(const auto found, listEntries(reader, viewer, query));
        times.push_back(monotonicMicroseconds() - started);
        query.cursor = found.nextCursor.value_or("");
        // On to another depth: days, amounts and due dates in turn.
        if (page % 10 == 9) {
          query.cursor.clear();
          const auto deep = Date::of(2025, 1, 1).plusDays(page * 7 % 700);
          query.to = sort == Sort::received_at ? std::optional(deep) : std::nullopt;
          query.dueTo = sort == Sort::due_date ? std::optional(deep) : std::nullopt;
          query.amountTo =
              sort == Sort::amount ? std::optional(Decimal(100 + page * 977 % 90'000)) : std::nullopt;
        }
        return {};
      }));
    report(std::string("list by ") + name, times);
  }
  std::vector<std::int64_t> times;
  for (int i = 0; i < 50; ++i)
    must(world.store().read([&](Reader& reader) -> Outcome {
      const auto started = monotonicMicroseconds();
      CHECK_OK(facets(reader, viewer, {}, true));
      times.push_back(monotonicMicroseconds() - started);
      return {};
    }));
  report("facets of everything", times);
}

// With real commits, as the walk makes them: by turns without what search and statistics write in them, and
// as it is, with the fold that follows. A walk does more than append, so that of it this is a smaller share.
void measureAppends(World& world, int first) {
  constexpr int turn = 10 * together;
  std::int64_t took[2] = {};
  int made = first;
  for (int turns = 0; turns < 2 * appended / turn; ++turns) {
    const bool counted = turns % 2 == 1;
    std::vector<Traffic> traffic;
    for (int i = 0; i < turn; ++i) traffic.push_back(world.traffic(made++));
    const auto started = monotonicMicroseconds();
    for (std::size_t at = 0; at < traffic.size(); at += together)
      world.append(std::span(traffic).subspan(at, together), counted);
    if (counted)
      must(world.store().write(Priority::background,
                               [](Transaction& tx) { return foldCubes(tx, 1'000'000); }));
    took[counted ? 1 : 0] += monotonicMicroseconds() - started;
  }
  std::cout << "appending: " << perSecond(appended, took[1]) << " documents/s, without search and statistics "
            << perSecond(appended, took[0]) << "; they are "
            << std::max<std::int64_t>(0, took[1] - took[0]) * 100 / took[1] << " % of it\n";
  const auto started = monotonicMicroseconds();
  const auto read = must(indexLines(world.store(), 10 * appended));
  std::cout << "lines read later: " << perSecond(read, monotonicMicroseconds() - started) << " documents/s\n";
}

}  // namespace
}  // namespace postgang::bench

int main(int count, char** values) {
  using namespace postgang::bench;
  const int documents = argument(count, values, 1, 1'000'000), questions = argument(count, values, 2, 400);
  holdAgainstFlow();
  World world("search", true);
  world.fill(documents);
  world.serve();
  const auto alone = postgang::store::Viewer::ofCompanies({world.company(0)}, {});
  std::vector<postgang::CompanyId> group;
  for (int i = 0; i < 20; ++i) group.push_back(world.company(i));
  measureSearch(world, alone, "the company with most", questions);
  measureSearch(world, postgang::store::Viewer::ofCompanies(group, {}), "a group of twenty", questions / 4);
  measureLists(world, alone, questions);
  measureAppends(world, documents);
}
