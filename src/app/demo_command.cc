// `postgang demo`: a year of the demo world's traffic, written through the real flow under a simulated clock
// that ends at this moment.
#include <iostream>
#include <limits>

#include "app/command.h"
#include "app/demo/leads.h"
#include "app/demo/office_work.h"
#include "app/demo/traffic.h"
#include "app/demo/year.h"
#include "app/house.h"
#include "store/companies.h"
#include "store/search_words.h"
#include "store/sql/session.h"
#include "store/statistics.h"

namespace postgang::app {

namespace {

constexpr int jobs_together = 256;  // nobody waits for one

std::vector<Setting> settings() {
  auto all = dataSettings();
  all.push_back({"seed", "1", "the same seed gives the same world", "N"});
  all.push_back({"months", "12", "how long it has lived, until now", "N"});
  all.push_back({"documents", "20000", "how many documents, about", "N"});
  all.push_back({"until", "", "when it ends, instead of now", "RFC3339"});
  return all;
}

struct Wish {
  std::uint64_t seed = 1;
  int months = 12, documents = 0;
  Instant until;
};

Result<Wish> wishIn(const Settings& settings) {
  TRY(const auto seed, settings.number("seed"));
  TRY(const auto months, settings.number("months"));
  TRY(const auto documents, settings.number("documents"));
  if (seed < 0) return wrongUse("--seed is a number from 0.");
  if (months < 1 || months > 36) return wrongUse("--months is from 1 to 36.");
  if (documents < 1 || documents > 5'000'000) return wrongUse("--documents is from 1 to 5000000.");
  Wish wish{static_cast<std::uint64_t>(seed), static_cast<int>(months), static_cast<int>(documents),
            SystemClock().now()};
  if (settings.isSet("until")) {
    const auto until = Instant::parse(settings.text("until"));
    if (!until) return wrongUse("--until is an instant such as 2026-11-23T09:00:00Z.");
    wish.until = *until;
  }
  return wish;
}

Outcome mustBeEmpty(House& house) {
  return house.store().read([](store::Reader& reader) -> Outcome {
    TRY(const auto companies, store::listCompanies(reader, store::Viewer::system()));
    if (companies.empty()) return {};
    return fail(ProblemKind::conflict, "data-not-empty", "There are companies in this data already.", {},
                "Name an empty folder: the demo world is never mixed with anything else.");
  });
}

// The upkeep that a running server does by and by, so that the first look at the portal need not add it up.
Outcome foldStatistics(House& house) {
  CHECK_OK(store::indexLines(house.store(), std::numeric_limits<int>::max()));
  return house.store().write(store::Priority::background, [](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::foldStatistics(tx, std::numeric_limits<int>::max()));
    return store::joinAllSearchParts(tx, 1'000'000);
  });
}

void printPeople(const demo::People& people) {
  std::size_t width = 0;
  for (const auto& who : people.signIns) width = std::max(width, who.email.size());
  std::cout << "Sign in with one of these; the password is " << demo::demo_password << "\n";
  for (const auto& who : people.signIns)
    std::cout << "  " << who.email << std::string(width + 2 - who.email.size(), ' ') << who.name << ", "
              << who.company << " (" << who.role << ")\n";
}

Result<int> run(const Settings& settings) {
  CHECK_OK(noPositionals(settings));
  TRY(const auto wish, wishIn(settings));
  const auto started = monotonicMicroseconds();
  const auto world = demo::makeWorld(wish.seed);
  SimulatedClock clock(Instant::atMidnight(dateInStockholm(wish.until).plusMonths(-wish.months)));
  auto options = dataOptions(settings);
  options.seed = wish.seed;
  options.flow.batchSize = jobs_together;
  options.store.filling = true;
  TRY(const auto outside,
      demo::Outside::open(wish.seed, world, {clock, clock.now(), wish.until}, demo::public_url, options));
  outside.standIn(options);
  TRY(const auto house, House::open(std::move(options), &clock));
  CHECK_OK(mustBeEmpty(*house));
  TRY(const auto people, demo::settle(*house, world));
  TRY(const auto traffic,
      demo::liveThroughYear({*house, clock, outside}, world, people, wish.until, wish.documents,
                            [](Date month) { std::cerr << month.text().substr(0, 7) << "\n"; }));
  CHECK_OK(demo::layLeads(*house, wish.until));
  CHECK_OK(foldStatistics(*house));
  CHECK_OK(demo::layExports(*house, world, people, settings.text("data") + "/exports"));
  CHECK_OK(demo::writeWorldFile(settings.text("data"), {wish.seed}));
  std::cerr << traffic.accepted << " documents, " << traffic.opened << " openings, " << traffic.fetched
            << " fetches, " << traffic.corrected << " corrections, " << traffic.decided << " decisions, "
            << traffic.visits << " visits to Smartmails, " << traffic.errands << " errands, "
            << traffic.duplicates << " duplicates turned away in "
            << (monotonicMicroseconds() - started) / 1'000'000 << " s\n";
  printPeople(people);
  return 0;
}

}  // namespace

const Command demo_command{"demo", "--data DIR [--seed N] [--months 12] [--documents 20000]",
                           "fills an empty folder with a year of demo traffic; prints its users", settings,
                           run};

}  // namespace postgang::app
