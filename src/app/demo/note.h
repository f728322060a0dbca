// demo.json in the data folder: which world lies there.
#pragma once

#include <cstdint>
#include <string>

#include "base/problem.h"

namespace postgang::app::demo {

Outcome writeNote(const std::string& dataFolder, std::uint64_t seed);
Result<std::uint64_t> seedIn(const std::string& dataFolder);  // code not-a-demo-world

}  // namespace postgang::app::demo
