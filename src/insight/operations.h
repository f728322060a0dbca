// Drift: what is failing right now, for whom, as staff sees it over all companies. Failures are grouped by
// cause and channel, so that one act answers all of a group.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "store/documents.h"
#include "store/jobs.h"
#include "store/smartmail.h"

namespace postgang::insight {

inline constexpr std::size_t failures_read_max = 2'000;  // the newest; `partial` says that there are more
inline constexpr std::size_t group_documents_max = 200;

struct FailureGroup {
  std::string cause;    // a problem code: texts problem.<cause>
  std::string channel;  // that was tried last; empty: none was
  std::int64_t documents = 0, companies = 0;
  Instant oldest, newest;
  std::vector<DocumentId> newestDocuments;  // group_documents_max of them, the newest first
};

struct Operations {
  std::vector<store::QueueState> queues;
  std::vector<store::DeadJobs> dead;
  std::vector<FailureGroup> failures;  // the most documents first
  bool partial = false;
  std::vector<store::PrintBatch> batches;  // that are not handed over, or in trouble; the newest first
  std::int64_t lateLetters = 0;            // whose cut-off has gone by an hour and more, and that still wait
};

Result<Operations> operations(store::Reader& reader, const store::Viewer& viewer, Instant now);

}  // namespace postgang::insight
