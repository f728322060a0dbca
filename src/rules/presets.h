// Demands that many receivers begin with, ready to choose and change in a builder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "rules/demand.h"

namespace postgang::rules {

struct Preset {
  std::string_view id;  // "order-number-form": stable
  Demand demand;        // its id is the preset's
};

const std::vector<Preset>& presets();
std::string_view title(const Preset& preset, Language language);

}  // namespace postgang::rules
