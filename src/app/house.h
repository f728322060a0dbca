// Everything a command needs that works on the data: clock, store, channels, access and flow, opened
// together.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "access/access.h"
#include "base/id.h"
#include "base/settings.h"
#include "base/time.h"
#include "channels/registry.h"
#include "flow/flow.h"
#include "store/store.h"

namespace postgang::app {

class House {
 public:
  struct Options {
    store::StoreOptions store;
    flow::FlowSettings flow;
    // flow.printing is the channel's, too.
    channels::PriceList prices = channels::defaultPrices();
    channels::PeppolRoad peppol = {};
    channels::HandoverRules handover = {};
    channels::Banking banking = {};     // how invoices reach internet banks
    std::optional<std::uint64_t> seed;  // of ids: the demo world's
  };
  // The clock is the system's, or `simulated`, which stays the caller's. Sessions always live by the
  // system's: moving simulated time must not sign everybody out. Codes: the store's.
  static Result<std::unique_ptr<House>> open(Options options, SimulatedClock* simulated = nullptr);
  // By dataSettings() alone, for commands that do not run the flow.
  static Result<std::unique_ptr<House>> open(const Settings& settings);
  static std::filesystem::path vaultFile(const Options& options);

  const Clock& clock() const { return clock_; }
  IdMaker& ids() { return ids_; }
  store::Store& store() { return *store_; }
  access::Access& access() { return access_; }
  const Vault& vault() const { return vault_; }
  flow::Flow& flow() { return flow_; }
  const Options& options() const { return options_; }

 private:
  House(Options options, const Clock& clock, std::unique_ptr<SystemClock> systemClock, Vault vault,
        std::unique_ptr<store::Store> store);

  const Options options_;
  const std::unique_ptr<SystemClock> systemClock_;
  const Clock& clock_;
  IdMaker ids_;
  const Vault vault_;
  std::unique_ptr<store::Store> store_;
  channels::Registry channels_;
  access::Access access_;
  flow::Flow flow_;
};

// --data and --database, and for those that run the flow its limits and prices.
std::vector<Setting> dataSettings();
std::vector<Setting> flowSettings();
House::Options dataOptions(const Settings& settings);
Outcome readFlowSettings(const Settings& settings, House::Options& options);

}  // namespace postgang::app
