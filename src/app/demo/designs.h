// Looks for the display copies of the group's companies: an accent, a mark and a line under the name.
#pragma once

#include <string>

#include "app/demo/world.h"

namespace postgang::app::demo {

std::string designOf(const Company& company, int index);  // JSON of render::Design

}  // namespace postgang::app::demo
