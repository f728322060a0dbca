#include "app/house.h"

#include "store/sealed_columns.h"

namespace postgang::app {

namespace {

// A whole number within its bounds. Code setting-out-of-range.
Result<std::size_t> within(const Settings& settings, std::string_view name, std::int64_t least,
                           std::int64_t most) {
  TRY(const auto number, settings.number(name));
  if (number < least || number > most)
    return fail(
        ProblemKind::invalid, "setting-out-of-range",
        "--" + std::string(name) + " is from " + std::to_string(least) + " to " + std::to_string(most) + ".");
  return static_cast<std::size_t>(number);
}

channels::HandoverRules sealedWith(const Vault& vault, channels::HandoverRules rules) {
  rules.vault = &vault;
  return rules;
}

flow::FlowSettings withVault(flow::FlowSettings settings, const Vault& vault) {
  settings.vault = &vault;
  return settings;
}

constexpr std::int64_t bytes_max = 4LL * 1024 * 1024 * 1024;

}  // namespace

Outcome readFlowSettings(const Settings& settings, House::Options& options) {
  TRY(options.flow.limits.documentBytes_max, within(settings, "max-document-bytes", 1024, bytes_max));
  TRY(options.flow.limits.archiveBytes_max, within(settings, "max-archive-bytes", 1024, bytes_max));
  TRY(options.flow.limits.archiveDocuments_max, within(settings, "max-archive-documents", 1, 100'000));
  TRY(const auto walkers, within(settings, "walkers", 1, 256));
  options.flow.workers = static_cast<int>(walkers);
  for (const std::string channel : {"network", "peppol", "email", "bank"}) {
    const auto price = Decimal::parse(settings.text("price-" + channel));
    if (!price || price->isNegative())
      return fail(ProblemKind::invalid, "setting-not-a-price",
                  "--price-" + channel + " is an amount in SEK, like 0.30.");
    options.prices[channel] = {*price, "SEK"};
  }
  TRY(const auto threads, within(settings, "sending-threads", 1, 1024));
  TRY(const auto perHost, within(settings, "sending-per-host", 1, 1024));
  options.flow.lanes.threads = static_cast<int>(threads);
  options.flow.lanes.perHost = static_cast<int>(perHost);
  return {};
}

House::House(Options options, const Clock& clock, std::unique_ptr<SystemClock> systemClock, Vault vault,
             std::unique_ptr<store::Store> store)
    : options_(std::move(options)),
      systemClock_(std::move(systemClock)),
      clock_(clock),
      ids_(options_.seed ? IdMaker(clock_, *options_.seed) : IdMaker(clock_)),
      vault_(std::move(vault)),
      store_(std::move(store)),
      channels_(channels::allChannels({.prices = options_.prices,
                                       .printing = options_.flow.printing,
                                       .mailing = options_.flow.mailing,
                                       .peppol = options_.peppol,
                                       .handover = sealedWith(vault_, options_.handover),
                                       .banking = options_.banking})),
      access_(*store_, *systemClock_, {.passwordCost = {}, .vault = &vault_}),
      flow_(*store_, clock_, ids_, channels_, withVault(options_.flow, vault_)) {}

std::filesystem::path House::vaultFile(const Options& options) {
  return std::filesystem::path(options.store.dataFolder) / "vault.key";
}

Result<std::unique_ptr<House>> House::open(Options options, SimulatedClock* simulated) {
  auto systemClock = std::make_unique<SystemClock>();
  const Clock& clock = simulated ? static_cast<const Clock&>(*simulated) : *systemClock;
  TRY(auto store, store::Store::open(options.store, clock));
  TRY(auto vault, Vault::open(vaultFile(options)));
  CHECK_OK(store::sealWhatIsClear(*store, vault));
  return std::unique_ptr<House>(
      new House(std::move(options), clock, std::move(systemClock), std::move(vault), std::move(store)));
}

Result<std::unique_ptr<House>> House::open(const Settings& settings) {
  return open(dataOptions(settings));
}

std::vector<Setting> dataSettings() {
  return {{"data", "data", "the folder that everything is kept in", "DIR"},
          {"database", "", "PostgreSQL instead of SQLite in the data folder", "postgresql://…"}};
}

std::vector<Setting> flowSettings() {
  return {{"max-document-bytes", "52428800", "the largest document that is taken in", "N"},
          {"max-archive-bytes", "524288000", "the largest zip that is taken in, unpacked", "N"},
          {"max-archive-documents", "5000", "documents in one zip", "N"},
          {"walkers", "2", "threads that carry documents onward", "N"},
          {"price-network", "0.30", "what one document by the network costs", "SEK"},
          {"price-peppol", "0.60", "what one document by Peppol costs", "SEK"},
          {"price-email", "1.50", "what one Smartmail costs, whatever number of addresses it goes to", "SEK"},
          {"price-bank", "1.20", "what one invoice to an internet bank costs", "SEK"},
          {"sending-threads", "128", "how many mails and the like are handed over at once", "N"},
          {"sending-per-host", "16", "and how many of them to one host", "N"}};
}

House::Options dataOptions(const Settings& settings) {
  House::Options options;
  options.store.dataFolder = settings.text("data");
  options.store.databaseUrl = settings.text("database");
  return options;
}

}  // namespace postgang::app
