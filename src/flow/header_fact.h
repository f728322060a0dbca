// What the flow says about a document that has been read, from its header.
#pragma once

#include <optional>

#include "document/header_facts.h"
#include "flow/identity.h"
#include "flow/recognise.h"
#include "flow/walk.h"
#include "store/events.h"

namespace postgang::flow {

store::RecognisedFact recognisedFact(const Recognised& recognised, const document::HeaderFacts& facts);

// Absent when the document has no number or date.
std::optional<BusinessKey> businessKeyOf(const document::HeaderFacts& facts, const Identity& sender);

}  // namespace postgang::flow
