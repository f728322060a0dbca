// Registers are asked again in the background about partners whose documents go on paper, by e-mail or
// nowhere (store/partner_reach.h): who has begun to take e-invoices is a fact on the partner, with its date,
// and a news to its company. Each partner once a week, spread over its days; a few at a time, in the
// registers' own lane.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

// Lays a turn for each company that has partners to ask about.
Outcome layPartnerChecks(const Tools& tools);

// «partner-check»: some of one company's.
Result<Decision> checkPartners(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
