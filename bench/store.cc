// What the store carries: durable intake and walk in documents a second, lists and searches in milliseconds
// at 100,000 documents.
//
//   bench_store                                             SQLite in a temporary folder
//   POSTGANG_BENCH_DATABASE=postgresql://… bench_store      PostgreSQL, in an empty database of its own
//   POSTGANG_BENCH_DOCUMENTS=1000000 bench_store            a larger world for the lists and searches
//
// One company sends 40 % of all documents, 49 others the rest, all to each other, over a year. The world is
// made by the same appends that the flow makes.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>

#include "base/bytes.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "store/documents.h"
#include "store/sql/session.h"
#include "store/statistics.h"

namespace postgang::store {
namespace {

constexpr int companies_count = 50;

template <typename T>
T must(Result<T> result) {
  if (result) return std::move(*result);
  std::fprintf(stderr, "%s: %s\n", result.error().code.c_str(), result.error().detail.c_str());
  std::abort();
}
void must(Outcome outcome) {
  if (outcome) return;
  std::fprintf(stderr, "%s: %s\n", outcome.error().code.c_str(), outcome.error().detail.c_str());
  std::abort();
}

std::string environment(const char* name) {
  const auto* value = std::getenv(name);
  return value ? value : "";
}

int numberOf(std::string_view text, int otherwise = 0) {
  std::from_chars(text.data(), text.data() + text.size(), otherwise);
  return otherwise;
}

int documentsWanted() {
  return numberOf(environment("POSTGANG_BENCH_DOCUMENTS"), 100'000);
}

// A store with its companies; what one benchmark leaves the next one finds.
class World {
 public:
  World() {
    folder_ = std::filesystem::temp_directory_path() / ("postgang-bench-" + hex(randomBytes(6)));
    store_ = must(Store::open(
        {.dataFolder = folder_, .databaseUrl = environment("POSTGANG_BENCH_DATABASE"), .fault = {}}, clock_));
    must(store_->write(Priority::background, [&](Transaction& tx) -> Outcome {
      companies_.clear();
      for (int i = 0; i < companies_count; ++i) {
        TRY(const auto id, createCompany(tx, {.id = {},
                                              .identifier = identifier(i),
                                              .identifiers = {identifier(i)},
                                              .name = name(i),
                                              .parent = {},
                                              .design = {},
                                              .createdAt = {}}));
        companies_.push_back(id);
      }
      return {};
    }));
  }
  ~World() {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  static std::string identifier(int company) { return "0007:55999" + std::to_string(10'000 + company); }
  static std::string name(int company) {
    constexpr const char* towns[] = {"Göteborg", "Malmö", "Umeå", "Nordhamn", "Visby"};
    return std::string(towns[company % 5]) + " Handel " + std::to_string(company) + " AB";
  }
  CompanyId company(int number) const { return companies_[static_cast<std::size_t>(number)]; }
  Viewer viewer(int number) const { return Viewer::ofCompanies({company(number)}, {}); }
  Store& store() { return *store_; }
  SimulatedClock& clock() { return clock_; }
  IdMaker& ids() { return ids_; }

  // As intake leaves it: blob, key, event and job.
  Outcome receive(Transaction& tx, DocumentId id, int sender, std::string_view compressed) {
    const auto digest = sha256({id.view(), compressed});
    CHECK_OK(claimKey(tx, company(sender), "bytes", hex(view(digest)), id));
    CHECK_OK(putBlob(tx, digest, compressed, 30'000));
    ReceivedFact fact;
    fact.sender = company(sender);
    fact.door = "api";
    fact.fileName = "faktura.xml";
    fact.mediaType = "application/xml";
    fact.digest = digest;
    fact.size = 30'000;
    return append(tx, id, 0, {{EventType::received, {ActorKind::key, "k1", "Affärssystem"}, fact}},
                  {{.kind = "advance",
                    .key = "advance:" + id.text(),
                    .document = id,
                    .company = company(sender),
                    .runAt = clock_.now(),
                    .payload = {}}});
  }

  // As advance leaves it.
  Outcome advance(Transaction& tx, const Job& job, int number) {
    const auto sender = senderOf(job.company), receiver = (sender + 1 + number % 7) % companies_count;
    CHECK_OK(complete(tx, job));
    const auto facts = factsOf(number, sender, receiver);
    CHECK_OK(claimKey(tx, job.company, "number", "invoice:" + facts.number, job.document));
    RoutedFact routed;
    routed.plan = {{.channel = "network",
                    .reachable = true,
                    .price = {},
                    .currency = {},
                    .reason = "receiver-is-customer"}};
    routed.receiver = company(receiver);
    return append(tx, job.document, 1,
                  {{EventType::recognised, {}, facts},
                   {EventType::checked, {}, NoteFact{}},
                   {EventType::routed, {}, routed}},
                  {{.kind = "deliver",
                    .key = "deliver:" + job.document.text(),
                    .document = job.document,
                    .company = job.company,
                    .runAt = clock_.now(),
                    .payload = std::to_string(receiver)}});
  }

  // As a delivery in the house leaves it.
  Outcome deliver(Transaction& tx, const Job& job) {
    CHECK_OK(complete(tx, job));
    DeliveryFact fact;
    fact.delivery = DeliveryId(job.document);
    fact.channel = "network";
    fact.address = identifier(numberOf(job.payload));
    auto result = fact;
    result.evidence = "inbox";
    result.receiver = company(numberOf(job.payload));
    return append(tx, job.document, 4,
                  {{EventType::delivery_started, {}, fact}, {EventType::delivered, {}, result}}, {});
  }

  // Takes up to `limit` jobs a step further in one transaction; answers how many.
  int walk(const std::string& kind, int limit) {
    const auto jobs = must(claim(*store_, {kind}, limit, 60));
    if (jobs.empty()) return 0;
    must(store_->write(Priority::walk, [&](Transaction& tx) -> Outcome {
      for (const auto& job : jobs) {
        const auto number = static_cast<int>(std::hash<Uuid>()(job.document) % 10'000'000);
        CHECK_OK(kind == "advance" ? advance(tx, job, number) : deliver(tx, job));
      }
      return {};
    }));
    return static_cast<int>(jobs.size());
  }

  void fill(int documents) {
    const std::string compressed(200, 'x');
    for (int made = 0; made < documents; made += 500) {
      clock_.advanceSeconds(365LL * 86'400 * 500 / documents);
      must(store_->write(Priority::intake, [&](Transaction& tx) -> Outcome {
        for (int i = 0; i < 500; ++i)
          CHECK_OK(receive(tx, ids_.next<DocumentId>(), senderNumber(i), compressed));
        return {};
      }));
      while (walk("advance", 500) > 0) {
      }
      while (walk("deliver", 500) > 0) {
      }
      must(store_->write(Priority::background, [&](Transaction& tx) { return foldStatistics(tx, 10'000); }));
    }
  }

  static int senderNumber(int i) { return i % 10 < 4 ? 0 : 1 + i % (companies_count - 1); }

 private:
  int senderOf(CompanyId id) const {
    return static_cast<int>(std::ranges::find(companies_, id) - companies_.begin());
  }
  static PartyFact party(int number) {
    return {.identifier = identifier(number),
            .name = name(number),
            .customerNumber = {},
            .person = false,
            .email = {}};
  }
  RecognisedFact factsOf(int number, int sender, int receiver) const {
    RecognisedFact facts;
    facts.format = "UBL 2.1 Invoice";
    facts.kind = number % 20 == 0 ? document::Kind::credit_note : document::Kind::invoice;
    facts.number = std::to_string(number);
    facts.issueDate = dateInStockholm(clock_.now());
    facts.dueDate = facts.issueDate->plusDays(30 + number % 11);
    facts.amount = Decimal::fromScaled(number % 9'000'000 + 10'000, 2);
    facts.currency = "SEK";
    facts.seller = party(sender);
    facts.buyer = party(receiver);
    facts.orderReference = "PO-" + std::to_string(number * 7 % 1'000'003);
    facts.buyerReference = "Ref " + std::to_string(number % 997);
    facts.paymentReference = std::to_string(100'000'000 + number * 13 % 800'000'000);
    facts.searchText = facts.number + "\n" + facts.seller.name + "\n" + facts.buyer.name + "\n" +
                       facts.seller.identifier + "\n" + facts.buyer.identifier + "\n" + facts.orderReference +
                       "\n" + facts.buyerReference + "\n" + facts.paymentReference + "\n" +
                       facts.amount->text() + "\nstorgatan 14 411 22\nbetalningsvillkor 30 dagar netto";
    return facts;
  }

  std::filesystem::path folder_;
  SimulatedClock clock_{Instant::atMidnight(Date::of(2026, 1, 1))};
  IdMaker ids_{clock_};
  std::unique_ptr<Store> store_;
  std::vector<CompanyId> companies_;
};

std::unique_ptr<World> world;

// --- What it takes in -------------------------------------------------------------------------------------

void intake(benchmark::State& state) {
  if (state.thread_index() == 0) world = std::make_unique<World>();
  const auto compressed = randomBytes(2'200);
  int sent = 0;
  for (auto _ : state)
    must(world->store().write(Priority::intake, [&](Transaction& tx) {
      return world->receive(tx, world->ids().next<DocumentId>(),
                            World::senderNumber(state.thread_index() + ++sent), compressed);
    }));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(intake)->Threads(32)->UseRealTime()->MinTime(3);

// Walks all that intake has left to the receivers' inboxes: advance and deliver, in claims of 64 with a
// commit each.
void walk(benchmark::State& state) {
  std::int64_t steps = 0;
  for (auto _ : state)
    for (int moved = 1; moved > 0; steps += moved)
      moved = world->walk("deliver", 64) + world->walk("advance", 64);
  state.SetItemsProcessed(steps / 2);  // documents: each takes two steps
}
BENCHMARK(walk)->Threads(2)->UseRealTime()->Iterations(1);

// --- What it answers --------------------------------------------------------------------------------------

using Question = std::function<Outcome(Reader&, int)>;

void answer(benchmark::State& state, const Question& question) {
  std::vector<std::int64_t> microseconds;
  int asked = 0;
  for (auto _ : state) {
    const auto started = monotonicMicroseconds();
    must(world->store().read([&](Reader& reader) { return question(reader, asked); }));
    microseconds.push_back(monotonicMicroseconds() - started);
    ++asked;
  }
  std::ranges::sort(microseconds);
  const auto at = [&](double share) {
    const auto index = static_cast<std::size_t>(share * static_cast<double>(microseconds.size()));
    return static_cast<double>(microseconds[std::min(index, microseconds.size() - 1)]) / 1000;
  };
  state.counters["p50_ms"] = at(0.5);
  state.counters["p99_ms"] = at(0.99);
}

Question list(const EntryQuery& query, bool withFacets = false) {
  return [query, withFacets](Reader& reader, int) -> Outcome {
    TRY(const auto page, listEntries(reader, world->viewer(0), query));
    if (page.items.empty()) return fail(ProblemKind::internal, "empty", "The question finds nothing.");
    if (withFacets) CHECK_OK(facets(reader, world->viewer(0), query));
    return {};
  };
}

// Each time the page after the last one, to the end and again from the start: every depth alike.
Question pages(Sort sort, bool ascending) {
  EntryQuery query;
  query.sort = sort;
  query.ascending = ascending;
  auto cursor = std::make_shared<std::string>();
  return [query, cursor](Reader& reader, int asked) mutable -> Outcome {
    query.cursor = *cursor;
    query.limit = asked % 2 == 0 ? 200 : 50;
    TRY(const auto page, listEntries(reader, world->viewer(0), query));
    *cursor = page.nextCursor.value_or("");
    return {};
  };
}

Question search(std::function<std::string(int)> text, bool withFacets) {
  return [text = std::move(text), withFacets](Reader& reader, int asked) -> Outcome {
    EntryQuery query;
    query.text = text(asked);
    CHECK_OK(listEntries(reader, world->viewer(0), query));
    if (withFacets) CHECK_OK(facets(reader, world->viewer(0), query));
    return {};
  };
}

EntryQuery asking(const std::function<void(EntryQuery&)>& say) {
  EntryQuery query;
  say(query);
  return query;
}

std::string someNumber(int asked) {
  return std::to_string(1'000 + asked * 7919 % 9'000);  // four digits, somewhere in a number
}

void fillOnce() {
  static bool isFilled = false;
  if (isFilled) return;
  world = std::make_unique<World>();
  world->fill(documentsWanted());
  isFilled = true;
}

template <typename Make>
void question(const char* name, Make make) {
  benchmark::RegisterBenchmark(name,
                               [make](benchmark::State& state) {
                                 fillOnce();
                                 answer(state, make());
                               })
      ->Unit(benchmark::kMillisecond)
      ->Iterations(1'000);
}

void registerQuestions() {
  question("list/first-page", [] { return list({}); });
  question("list/every-depth/received", [] { return pages(Sort::received_at, false); });
  question("list/every-depth/due", [] { return pages(Sort::due_date, true); });
  question("list/every-depth/amount", [] { return pages(Sort::amount, false); });
  question("list/received-only",
           [] { return list(asking([](EntryQuery& query) { query.direction = Direction::received; })); });
  question("list/credit-notes", [] {
    return list(asking([](EntryQuery& query) { query.kinds = {document::Kind::credit_note}; }));
  });
  question("list/counterpart", [] {
    return list(asking([](EntryQuery& query) { query.counterpartIdentifier = World::identifier(3); }));
  });
  question("list/with-facets", [] { return list({}, true); });
  question("list/nothing-matches", [] {
    return [](Reader& reader, int) -> Outcome {
      EntryQuery query;
      query.statuses = {Status::sent};
      query.channels = {"print"};
      CHECK_OK(listEntries(reader, world->viewer(0), query));
      return {};
    };
  });
  question("search/number", [] { return search(someNumber, false); });
  question("search/number/facets", [] { return search(someNumber, true); });
  question("search/common-name/facets", [] { return search([](int) { return "goteborg"; }, true); });
  question("search/everywhere/facets", [] { return search([](int) { return "betalningsvillkor"; }, true); });
  question("search/two-letters/facets", [] { return search([](int) { return "ha"; }, true); });
  question("search/name-and-number/facets", [] {
    return search([](int asked) { return "malmö " + std::to_string(100 + asked % 900); }, true);
  });
  question("search/as-you-type/facets", [] {
    return search(
        [](int asked) {
          return std::string("nordhamn handel").substr(0, 1 + static_cast<std::size_t>(asked % 15));
        },
        true);
  });
  question("statistics/channel-month", [] {
    return [](Reader& reader, int) -> Outcome {
      CHECK_OK(statistics(reader, world->viewer(0),
                          {.groupBy = {Dimension::channel, Dimension::month},
                           .from = {},
                           .to = {},
                           .direction = {},
                           .company = {}}));
      return {};
    };
  });
  question("partners/first-page", [] {
    return [](Reader& reader, int) -> Outcome {
      CHECK_OK(listPartners(reader, world->viewer(0), world->company(0), {}));
      return {};
    };
  });
}

}  // namespace
}  // namespace postgang::store

int main(int argc, char** argv) {
  postgang::store::registerQuestions();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  postgang::store::world.reset();
}
