#include "app/house.h"

#include "app/words.h"

namespace postgang::app {

namespace {

Result<std::size_t> megabytes(const Settings& settings, std::string_view name) {
  TRY(const auto number, settings.number(name));
  if (number < 1 || number > 4096)
    return fail(ProblemKind::invalid, "setting-out-of-range",
                "--" + std::string(name) + " is from 1 to 4096 MB.");
  return static_cast<std::size_t>(number) * 1024 * 1024;
}

}  // namespace

Outcome readFlowSettings(const Settings& settings, House::Options& options) {
  TRY(options.flow.limits.documentBytes_max, megabytes(settings, "max-document-mb"));
  TRY(options.flow.limits.archiveBytes_max, megabytes(settings, "max-archive-mb"));
  TRY(const auto documents, settings.number("max-archive-documents"));
  if (documents < 1 || documents > 100'000)
    return fail(ProblemKind::invalid, "setting-out-of-range", "--max-archive-documents is from 1 to 100000.");
  options.flow.limits.archiveDocuments_max = static_cast<std::size_t>(documents);
  TRY(const auto workers, settings.number("walkers"));
  if (workers < 1 || workers > 256)
    return fail(ProblemKind::invalid, "setting-out-of-range", "--walkers is from 1 to 256.");
  options.flow.workers = static_cast<int>(workers);
  const auto price = Decimal::parse(settings.text("price-network"));
  if (!price || price->isNegative())
    return fail(ProblemKind::invalid, "setting-not-a-price",
                "--price-network is an amount in SEK, like 0.30.");
  options.prices["network"] = {*price, "SEK"};
  return {};
}

House::House(Options options, std::unique_ptr<SystemClock> own, const Clock& clock,
             std::unique_ptr<store::Store> store)
    : options_(std::move(options)),
      own_(std::move(own)),
      clock_(clock),
      ids_(options_.seed ? IdMaker(clock_, *options_.seed) : IdMaker(clock_)),
      store_(std::move(store)),
      channels_(channels::allChannels(options_.prices)),
      access_(*store_, clock_),
      flow_(*store_, clock_, ids_, channels_, options_.flow) {}

Result<std::unique_ptr<House>> House::open(Options options, SimulatedClock* simulated) {
  auto own = simulated ? nullptr : std::make_unique<SystemClock>();
  const Clock& clock = simulated ? static_cast<const Clock&>(*simulated) : *own;
  TRY(auto store, store::Store::open(options.store, clock));
  return std::unique_ptr<House>(new House(std::move(options), std::move(own), clock, std::move(store)));
}

Result<std::unique_ptr<House>> House::open(const Settings& settings) {
  return open(dataOptions(settings));
}

std::vector<Setting> dataSettings() {
  return {{"data", "data", word("cli.setting.data"), "DIR"},
          {"database", "", word("cli.setting.database"), "postgresql://…"}};
}

std::vector<Setting> flowSettings() {
  return {{"max-document-mb", "50", word("cli.setting.max-document-mb"), "MB"},
          {"max-archive-mb", "500", word("cli.setting.max-archive-mb"), "MB"},
          {"max-archive-documents", "5000", word("cli.setting.max-archive-documents"), "N"},
          {"walkers", "2", word("cli.setting.walkers"), "N"},
          {"price-network", "0.30", word("cli.setting.price-network"), "SEK"}};
}

House::Options dataOptions(const Settings& settings) {
  House::Options options;
  options.store.dataFolder = settings.text("data");
  options.store.databaseUrl = settings.text("database");
  return options;
}

}  // namespace postgang::app
