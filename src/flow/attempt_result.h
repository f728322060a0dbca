// What became of an attempt of a channel that leaves the house: what it said, and writing that down.
#pragma once

#include <functional>
#include <vector>

#include "channels/exchanging.h"
#include "flow/progress.h"
#include "flow/step.h"
#include "store/events.h"

namespace postgang::flow {

// Sends it, and what the channel wants kept with the result. A Problem of the channel is a failed attempt.
channels::Exchanged sentBy(const channels::Channel& channel, const channels::Consignment& consignment,
                           const channels::Prepared& prepared, Instant now);

// The mails that follow on one that has been sent: to those whose server wants to be asked again, and
// reminders.
std::vector<store::NewJob> mailsAfter(const Progress& progress, const channels::Consignment& consignment,
                                      const channels::Sent& sent, const channels::Prepared& prepared,
                                      Instant now);

// Completes the job with it. The lease may be lost by now (a slow counterpart): the fact is kept all the
// same.
Outcome recordResult(const Tools& tools, const store::Job& job, const store::DeliveryFact& fact,
                     const std::vector<store::NewEvent>& events, const std::vector<store::NewJob>& jobs,
                     const std::function<Outcome(store::Transaction&)>& keep);

}  // namespace postgang::flow
