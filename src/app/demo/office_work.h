// What clerks of the energy company do beside the documents themselves: they order reports of statistics by
// mail, and write down counterparts that are known already by another number; and in the end they take lists
// home as files.
#pragma once

#include <string>
#include <vector>

#include "app/demo/help.h"

namespace postgang::app::demo {

// Reports from some weeks before `until`, so that some have been sent; doubles from some days before.
std::vector<Help> officeWork(House& house, const World& world, const People& people, Instant until);

// Files of lists, made now, in the folder in which a server of this data looks for them. One that cannot be
// made says so on its page.
Outcome layExports(House& house, const World& world, const People& people, const std::string& folder);

}  // namespace postgang::app::demo
