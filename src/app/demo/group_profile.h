// What the companies of the demo world's group tell of themselves, what they inherit from its top, and what
// one of them lets another see (Delad insyn).
#pragma once

#include "app/demo/world.h"
#include "base/id.h"
#include "store/store.h"

namespace postgang::app::demo {

// `companies`: as the store knows them, by their index in the world.
Outcome introduceGroup(store::Transaction& tx, const World& world, const std::vector<CompanyId>& companies);

}  // namespace postgang::app::demo
