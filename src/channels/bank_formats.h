// The formats of bank hubs that come with the program: packs/bank/*.json. They are modelled on published
// descriptions, in part, and nobody has certified them; an operator whose hub wants another lays its
// description in a file (docs/bank-hub.md).
#pragma once

#include <string_view>
#include <vector>

#include "formats/described.h"

namespace postgang::channels {

// "bank-xml", "bank-fixed". Code bank-format-unknown (invalid).
Result<formats::Description> builtInBankFormat(std::string_view id);
std::vector<std::string_view> builtInBankFormats();

}  // namespace postgang::channels
