// The job `advance`: walks a document that has come in, and commits what came of it once.
#pragma once

#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// The job of a document that has just come in.
store::NewJob advanceJob(DocumentId document, CompanyId sender, Instant now);

Result<Decision> advance(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
