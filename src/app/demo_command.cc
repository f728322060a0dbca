// demo: a year of traffic into an empty folder.
#include <algorithm>
#include <charconv>
#include <ostream>

#include "app/commands.h"
#include "app/demo/note.h"
#include "app/demo/year.h"
#include "app/house.h"
#include "app/words.h"

namespace postgang::app {

namespace {

constexpr int batch = 256;  // jobs together: nobody waits for one
constexpr std::int64_t documents_max = 5'000'000;

struct Wanted {
  std::uint64_t seed = 1;
  int months = 12;
  int documents = 20'000;
};

Result<Wanted> wantedIn(const Settings& settings) {
  Wanted wanted;
  TRY(const auto seed, settings.number("seed"));
  TRY(const auto months, settings.number("months"));
  TRY(const auto documents, settings.number("documents"));
  if (seed < 0 || months < 1 || months > 120 || documents < 1 || documents > documents_max)
    return fail(ProblemKind::invalid, "setting-out-of-range",
                "--seed is 0 or more, --months 1 to 120, --documents 1 to 5000000.");
  wanted.seed = static_cast<std::uint64_t>(seed);
  wanted.months = static_cast<int>(months);
  wanted.documents = static_cast<int>(documents);
  return wanted;
}

// A world is made once; filling one twice would double it.
Outcome refuseWhereSomethingIs(House& house) {
  std::vector<store::Company> companies;
  CHECK_OK(house.store().read([&](store::Reader& reader) -> Outcome {
    TRY(companies, store::listCompanies(reader, store::Viewer::system()));
    return {};
  }));
  if (companies.empty()) return {};
  return fail(ProblemKind::conflict, "data-not-empty", "There is data here already.",
              house.options().store.dataFolder, "Name an empty folder.");
}

void writeSignIns(const demo::People& people, std::ostream& out) {
  std::size_t width = 0;
  for (const auto& user : people.signIns) width = std::max(width, user.email.size());
  for (const auto& user : people.signIns)
    out << "  " << user.email << std::string(width + 2 - user.email.size(), ' ') << user.name << ", "
        << user.company << " (" << word("cli.role." + user.role) << ")\n";
  out << "\n" << sentence("demo.password", {{"password", std::string(demo::demo_password)}}) << "\n";
}

Result<int> run(const Settings& settings, Streams& streams) {
  TRY(const auto wanted, wantedIn(settings));
  const auto started = monotonicMicroseconds();
  const Instant until = SystemClock().now();
  SimulatedClock clock(Instant::atMidnight(until.dateUtc().plusMonths(-wanted.months)));
  auto options = dataOptions(settings);
  options.seed = wanted.seed;
  options.flow.batchSize = batch;
  TRY(const auto house, House::open(std::move(options), &clock));
  CHECK_OK(refuseWhereSomethingIs(*house));
  const auto world = demo::makeWorld(wanted.seed);
  TRY(const auto people, demo::settle(*house, world));
  TRY(const auto traffic,
      demo::liveThroughYear(*house, clock, world, people, until, wanted.documents, [&](Date month) {
        streams.err << month.text().substr(0, 7) << " " << std::flush;
      }));
  streams.err << "\n";
  CHECK_OK(demo::writeNote(settings.text("data"), wanted.seed));
  const auto seconds = Decimal::fromScaled((monotonicMicroseconds() - started) / 100'000, 1).text();
  streams.err << sentence("demo.done", {{"documents", std::to_string(traffic.accepted)},
                                        {"opened", std::to_string(traffic.opened)},
                                        {"seconds", seconds}})
              << "\n";
  streams.out << word("demo.users") << "\n\n";
  writeSignIns(people, streams.out);
  return exit_good;
}

}  // namespace

Command demoCommand() {
  auto settings = dataSettings();
  settings.push_back(flag("seed", "N", "1"));
  settings.push_back(flag("months", "N", "12"));
  settings.push_back(flag("documents", "N", "20000"));
  return {"demo", "", std::move(settings), run};
}

}  // namespace postgang::app
