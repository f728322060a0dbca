// What waits for a receiver's system («handover-watch»): one job per company that takes documents otherwise
// than in its inbox, from when it chose that until nothing waits and nothing is chosen any more.
//
//   its file is gone from the receiver's folder      `delivered`, evidence "file-taken"
//   an attempt was cut off and nobody knows          made again: a file's name, a webhook's id and a
//   message's
//                                                    id are the same, so that nothing is there twice
//   neither taken nor confirmed in the hours that    `not_fetched`, once
//   the receiver has set
#pragma once

#include "flow/step.h"

namespace postgang::flow {

store::NewJob handoverWatchJob(CompanyId receiver, Instant runAt);

Result<Decision> watchHandovers(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
