#include "app/demo/outside.h"

#include "app/demo/systems.h"

namespace postgang::app::demo {

namespace {

// Of files to banks. Who looks at the living world does not wait as long as banks do.
constexpr int files_everyMinutes = 30, living_everyMinutes = 2;

}  // namespace

Result<Outside> Outside::open(std::uint64_t seed, const World& world, const WorldTime& time,
                              const std::string& publicUrl, const House::Options& options) {
  const auto& data = options.store.dataFolder;
  Outside outside;
  TRY(outside.office, PostOffice::open(seed, data, publicUrl, !options.flow.printing.isOn()));
  if (!options.banking.isOn()) {
    TRY(outside.banks,
        Banks::open(seed, data, time.from < time.until ? files_everyMinutes : living_everyMinutes));
  }
  if (!options.peppol.isOn()) {
    TRY(outside.peppol, PeppolWorld::open(seed, world, time));
  }
  return outside;
}

void Outside::standIn(House::Options& options) const {
  PostOffice::standIn(office, options.flow);
  PeppolWorld::standIn(peppol, options);
  Banks::standIn(banks, options.banking);
  Systems::standIn(options.store.dataFolder, options.handover);
}

}  // namespace postgang::app::demo
