// What sending asks of the queue besides jobs.h: as many jobs of a kind as there is room for, leases that
// last as long as an attempt may, and jobs that are put off without having been tried.
#pragma once

#include "store/jobs.h"

namespace postgang::store {

// How many of one kind are taken at most.
struct KindLimit {
  std::string kind;
  int limit = 0;
};
// As claim(), within these limits.
Result<std::vector<Job>> claimWithin(Store& store, const std::vector<std::string>& kinds, int limit,
                                     int leaseSeconds, const std::vector<KindLimit>& limits);
// The lease ends so much later from now on: for an attempt that may take longer. Code "lease-lost".
Outcome prolong(Transaction& tx, const Job& job, int leaseSeconds);
// As postpone(), where nothing has been tried: this lease does not count.
Outcome putOff(Transaction& tx, const Job& job, Instant runAt, std::string_view reason);

}  // namespace postgang::store
