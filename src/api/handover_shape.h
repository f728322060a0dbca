// How hand-over looks in JSON.
#pragma once

#include <boost/json.hpp>

#include "channels/handover.h"
#include "channels/system.h"
#include "flow/flow.h"
#include "store/handovers.h"

namespace postgang::api {

boost::json::object handoverShape(const channels::Handover& handover);
boost::json::object waitingShape(const store::WaitingHandover& waiting, int hours);
boost::json::object handoverTestShape(const store::HandoverTest& test);
// What the operator has set up, for whoever chooses.
boost::json::object handoverRulesShape(const channels::HandoverRules& rules,
                                       std::string_view companyIdentifier);

const channels::System& systemChannel(const flow::Flow& flow);

}  // namespace postgang::api
