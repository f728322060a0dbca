// Step 1, recognise: which format is it? Pure.
#pragma once

#include <string>
#include <string_view>

#include "formats/format.h"

namespace postgang::flow {

struct Recognised {
  xml::Tree tree;
  formats::Recognised format;
};

// Codes: format-not-xml, those of xml::parse, format-unknown.
Result<Recognised> recognise(std::string_view bytes);

std::string formatName(const Recognised& recognised);  // "UBL 2.1 Invoice"

}  // namespace postgang::flow
