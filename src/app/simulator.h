// What the simulated counterparts share (print-house, bank-hub, access-point): a drop to live at, shares, a
// seed, and looking again until somebody ends them.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "base/settings.h"
#include "net/file_drop.h"

namespace postgang::app {

// --drop (what it is for: `words`), --key, --host-key; --once, --every; --seed.
std::vector<Setting> simulatorSettings(std::string_view words, std::string_view seedWords);

Result<net::FileDrop> dropOf(const Settings& settings);
Result<std::uint64_t> seedOf(const Settings& settings);
// A share from 0 to 1 as so many in a million.
Result<int> perMillion(const Settings& settings, std::string_view name);

// Calls it until it is ended, or once with --once. What goes wrong at one look is said, and tried again at
// the next: a counterpart stays.
Result<int> lookAgain(const Settings& settings, const std::function<Outcome()>& look);

}  // namespace postgang::app
