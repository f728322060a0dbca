// What happens to documents that people are told of: a document that no channel took, that was stopped, that
// its receiver has rejected, that went to paper because nobody opened it. Its sender's people hear of it;
// what its receiver must decide is said where it decides.
//
// Nearly every event is none of these, and costs a look at its type. One that is costs a read and a job in
// the same commit, whether or not anybody wants to hear of it: who does is asked when the job runs
// (tell_people.h), for a commit of the walk is no place to read everybody's choices, and they may be others
// by then.
#pragma once

#include <string_view>
#include <vector>

#include "store/events.h"

namespace postgang::flow {

// store::append, and the jobs that tell people of it.
Outcome appendAndTell(store::Transaction& tx, DocumentId document, std::int64_t expectedSequence,
                      const std::vector<store::NewEvent>& events, std::vector<store::NewJob> jobs);

// The kind of news that these events together are; empty: of none.
std::string_view newsOf(const std::vector<store::NewEvent>& events);

}  // namespace postgang::flow
