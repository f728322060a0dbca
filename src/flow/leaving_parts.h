// What is in a leaving customer's archive beside its documents (leaving.h).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "flow/leaving.h"

namespace postgang::flow {

using LeavingPart = std::function<Outcome(const std::string& path, std::string_view bytes)>;
// Lists, filters, registers, settings, tickets and the trail, each as a file.
Outcome eachLeavingPart(store::Store& store, const LeavingOrder& order, const LeavingPart& take);

// The page for whoever opens it.
std::string leavingPage(Language language, std::string_view company, Instant madeAt, std::int64_t documents);

}  // namespace postgang::flow
