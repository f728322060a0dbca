// Writes the audit trail for the guard: who did what, told by the request that was answered.
//
// What changes something is written before record() returns. What only reads waits in memory and is written
// in groups within 200 ms by a thread of its own, so that a read costs no write: what was read in the last
// moments before a crash can be missing from the trail. stop() writes all that waits. The same thing seen
// again by the same caller within ten minutes is not told again.
//
// Whose trail: the company's that was acted for, and that of the company whose entry was seen, where that is
// another (Delad insyn, a group's top); of what staff see under the operator's name, both parties'.
#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "access/audit_actions.h"
#include "access/caller.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/audit.h"
#include "store/store.h"

namespace postgang::api {

// What was done. Without a caller it was done through a link: `entry.actor` says which, and both parties of
// the document are told.
struct Act {
  access::CallerPointer caller;
  store::AuditEntry entry;  // without a company
  access::Recorded when = access::Recorded::at_once;
  bool changed = true;  // it has been done, whether the trail can be written or not
};

class AuditRecorder {
 public:
  static constexpr std::size_t waiting_max = 50'000;

  AuditRecorder(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  ~AuditRecorder();  // stop()
  AuditRecorder(const AuditRecorder&) = delete;
  AuditRecorder& operator=(const AuditRecorder&) = delete;

  // A change that cannot be written now waits with the reads, for it has been done. Code audit-unavailable
  // (unavailable): as many reads wait as may; what cannot be told is not shown.
  Outcome record(std::vector<Act> acts);  // of one call
  Outcome flush();                        // writes all that waits; on failure it goes on waiting
  void stop();

 private:
  Outcome wait(std::vector<Act>& acts);
  bool seenLately(const Act& act);
  Outcome write(const std::vector<Act>& acts);
  void run();

  store::Store& store_;
  const Clock& clock_;
  std::mutex writing_;  // one group of those that waited after the other: the trail keeps their order
  std::mutex mutex_;    // the following
  std::condition_variable changed_;
  std::vector<Act> waiting_;
  std::unordered_map<std::string, Instant> seen_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace postgang::api
