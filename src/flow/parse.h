// Step 2, parse: what does it say? Pure.
#pragma once

#include "document/business_document.h"
#include "document/header_facts.h"
#include "flow/recognise.h"

namespace postgang::flow {

struct Read {
  document::BusinessDocument document;
  document::HeaderFacts facts;
};

// Codes: format-not-supported, and those of the format's reader.
Result<Read> parse(const Recognised& recognised);

}  // namespace postgang::flow
