#include "flow/next_try.h"

#include "store/jobs.h"

namespace postgang::flow {

// The jobs that deliver.h makes: theirs are the key's beginning and the delivery in the payload.
Result<std::optional<Instant>> nextTryOf(store::Reader& reader, DocumentId document,
                                         const store::Delivery& delivery) {
  if (delivery.status != document::DeliveryStatus::failed) return std::nullopt;
  TRY(const auto jobs, store::waitingJobs(reader, "deliver:" + document.text() + ":"));
  for (const auto& job : jobs)
    if (job.payload.find(delivery.id.text()) != std::string::npos) return job.runAt;
  return std::nullopt;
}

}  // namespace postgang::flow
