// What a sandbox's test receivers do, beside taking what is sent (channels/test_receivers.h): one's filter
// stops what has no order number of its form, and others open, reject or confirm later. Their acts are events
// like any other's, in their own name.
#pragma once

#include <string_view>
#include <vector>

#include "channels/channel.h"
#include "flow/demands.h"
#include "flow/step.h"
#include "store/jobs.h"

namespace postgang::flow {

inline constexpr char sandbox_job[] = "sandbox";

// Passes for every receiver that has no filter.
Result<Judged> judgeByTestReceiver(const channels::Recipient& recipient,
                                   const document::BusinessDocument& document, Instant now);

// One for each act that sending has foretold.
std::vector<store::NewJob> afterwardsJobs(const channels::Consignment& consignment, CompanyId sender,
                                          std::string_view channel, const channels::Sent& sent, Instant now);

// The act itself. A document that has come to an end meanwhile is left alone.
Result<Decision> actAsTestReceiver(const Tools& tools, store::Reader& reader, const store::Job& job);

// Nothing of this document is waited for any longer: what its receiver does later happens now, and a
// Smartmail that nobody has opened is at its deadline. How many things; they are done by the jobs that are
// due then. Codes: sandbox-only (conflict: the document is a real one); documentOf()'s.
Result<int> hurrySandbox(const Tools& tools, const store::Viewer& viewer, DocumentId document);

}  // namespace postgang::flow
