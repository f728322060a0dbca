#include "flow/attempt_result.h"

#include "flow/remind.h"
#include "flow/track.h"
#include "store/jobs.h"

namespace postgang::flow {

channels::Exchanged sentBy(const channels::Channel& channel, const channels::Consignment& consignment,
                           const channels::Prepared& prepared, Instant now) {
  channels::Exchanged exchanged;
  Outcome outcome;
  if (const auto* exchanging = dynamic_cast<const channels::Exchanging*>(&channel)) {
    if (auto answer = exchanging->exchange(consignment, prepared, now))
      exchanged = std::move(*answer);
    else
      outcome = fail(std::move(answer).error());
  } else if (auto answer = channel.send(consignment, prepared)) {
    exchanged.sent = std::move(*answer);
  } else {
    outcome = fail(std::move(answer).error());
  }
  if (outcome) return exchanged;
  exchanged.sent.result = store::EventType::delivery_failed;
  exchanged.sent.detail = outcome.error().detail;
  return exchanged;
}

Outcome recordResult(const Tools& tools, const store::Job& job, const store::DeliveryFact& fact,
                     const std::vector<store::NewEvent>& events, const std::vector<store::NewJob>& jobs,
                     const std::function<Outcome(store::Transaction&)>& keep) {
  const auto write = [&](store::Transaction& tx) -> Outcome {
    if (keep) CHECK_OK(keep(tx));
    return recordFacts(tx, job.document, fact, events, jobs);
  };
  const auto completing = tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::complete(tx, job));
    return write(tx);
  });
  if (completing || completing.error().code != "lease-lost") return completing;
  return tools.store.write(store::Priority::walk, write);
}

std::vector<store::NewJob> mailsAfter(const Progress& progress, const channels::Consignment& consignment,
                                      const channels::Sent& sent, const channels::Prepared& prepared,
                                      Instant now) {
  std::vector<store::NewJob> jobs;
  if (sent.result != store::EventType::sent && sent.result != store::EventType::delivery_uncertain)
    return jobs;
  const Reminding about{consignment.document, progress.sender, consignment.delivery};
  for (const auto& recipient : sent.later) jobs.push_back(mailAgainJob(about, recipient, 1, now));
  for (const auto at : prepared.reminders)
    jobs.push_back(remindJob(about.document, about.sender, about.delivery, {}, at));
  return jobs;
}

}  // namespace postgang::flow
