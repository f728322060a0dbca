// The work queue, in the database. A job is leased with a fencing token that the completing commit checks, so
// a worker that lost its lease cannot complete; every job is idempotent by key.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"

namespace postgang::store {

class Reader;
class Transaction;
class Store;

struct NewJob {
  std::string kind;     // "advance", "deliver", "fold-statistics", …
  std::string key;      // unique among waiting and running jobs: "advance:<document>"; a second is ignored
  DocumentId document;  // nil when it is about none
  CompanyId company;    // for fairness between companies
  Instant runAt;
  std::string payload;  // JSON
};

struct Job {
  std::int64_t id = 0;
  std::int64_t token = 0;  // fencing: rises with every lease
  std::string kind, key;
  DocumentId document;
  CompanyId company;
  int attempts = 0;  // leases so far, this one included
  std::string payload;
};

// Leases up to `limit` due jobs of these kinds for `leaseSeconds`; fair by company.
Result<std::vector<Job>> claim(Store& store, const std::vector<std::string>& kinds, int limit,
                               int leaseSeconds);
// In the commit that does the job's work. Code "lease-lost" (conflict): another worker has it now; undo.
Outcome complete(Transaction& tx, const Job& job);
// Puts it back for a later try; after attempts_max it is kept as dead with the reason, seen by staff.
Outcome postpone(Transaction& tx, const Job& job, Instant runAt, std::string_view reason);
Outcome bury(Transaction& tx, const Job& job, std::string_view reason);
Outcome enqueue(Transaction& tx, const NewJob& job);

struct WaitingJob {
  std::string key, payload;
  Instant runAt;  // past when it is due
};
// Those that wait, and are not being done, whose key begins so.
Result<std::vector<WaitingJob>> waitingJobs(Reader& reader, std::string_view keyPrefix);

// Takes every lease back: for the only process of a store, at its start, when whoever had them is dead.
// Fencing tokens rise, so that one that is not dead after all cannot complete.
Outcome releaseLeases(Transaction& tx);

struct QueueState {
  std::string kind;
  std::int64_t waiting = 0, leased = 0, dead = 0;
  Instant oldest;
};
Result<std::vector<QueueState>> queueStates(Reader& reader);
// Dead jobs by kind and reason, the most first; at most `limit` rows.
struct DeadJobs {
  std::string kind, reason;
  std::int64_t jobs = 0;
};
Result<std::vector<DeadJobs>> deadJobs(Reader& reader, int limit);
// Makes the dead of a kind due again, as if they had never been tried; how many.
Result<std::int64_t> reviveDead(Transaction& tx, std::string_view kind);
// When the next job is due (may be in the past); for the simulated clock and for idle workers.
Result<std::optional<Instant>> nextDue(Reader& reader, const std::vector<std::string>& kinds);

}  // namespace postgang::store
