// The machine beneath Flow: leases jobs in batches, lets each step decide, commits together what was decided,
// and sees to what goes wrong.
//
//   what goes wrong            what happens
//   one of a batch             the batch is committed one by one, so only that one is set aside
//   stale-sequence             somebody appended first: the job is due again at once and reads again
//   lease-lost                 another worker has it: nothing of ours is kept
//   anything else              tried again later, doubling the wait; after attempts_max the job is buried and
//   the
//                              document `failed`, so nothing loops
//   a crash, a store that fails  leases run out, and the jobs are due again
//
// A document that crashes the process would take the others of its batch with it, again and again. So jobs
// that have been leased before go alone, in an order that turns with each lease: after two rounds only the
// guilty one is left.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "flow/flow.h"
#include "flow/sandbox_tools.h"
#include "flow/step.h"

namespace postgang::flow {

struct Flow::Machine {
  Machine(store::Store& store, const Clock& clock, IdMaker& ids, const channels::Registry& channels,
          FlowSettings settings)
      : tools{store,  clock,      ids,   channels,      &this->settings.mailing, &this->settings.printing,
              &lanes, &registers, false, settings.vault},
        here(sendingHere(tools)),
        sandbox(tools),
        settings(std::move(settings)),
        lanes(this->settings.lanes, clock),
        registers(store, clock, this->settings.registers, this->settings.registerSettings) {
    if (this->settings.mailbox)
      mailbox = std::make_unique<MailboxWatch>(here, this->settings.limits, *this->settings.mailbox);
  }

  // Leases and does one batch; the number of jobs leased. Thread-safe. What leaves the house is sent in the
  // lanes, or with `here` as tools in the calling thread.
  Result<std::int64_t> runBatch(const Tools& with);
  Result<std::int64_t> runDue();
  void work();  // a worker's thread, until `stopping`
  // For what people do with a document, or in a company's name.
  Result<const Tools*> toolsFor(CompanyId company) const { return sandbox.insteadOf(tools, company); }
  Result<const Tools*> toolsFor(DocumentId document) const { return sandbox.insteadOf(tools, document); }

  const Tools tools, here;
  SandboxTools sandbox;  // what a sandbox's work is given in their place
  const FlowSettings settings;
  std::unique_ptr<MailboxWatch> mailbox;  // a thread of its own, absent without a mailbox
  SendingLanes lanes;
  Registers registers;
  std::vector<std::thread> threads;
  std::atomic<bool> stopping{false};

 private:
  struct Planned {
    const store::Job* job;
    Result<Decision> decision;
  };
  static Tools sendingHere(Tools tools) {
    tools.sendsHere = true;
    return tools;
  }
  Result<std::vector<store::Job>> claimNext(const Tools& with, bool& slow);
  Result<std::vector<store::Job>> claimQuick(const Tools& with);
  Result<std::vector<store::Job>> claimMasses();
  std::vector<Planned> decide(const Tools& with, const std::vector<const store::Job*>& jobs);
  void commitTogether(const Tools& with, const std::vector<const store::Job*>& jobs);
  void commitAlone(const Planned& planned);
  void finish(const Planned& planned);
  void setAside(const store::Job& job, const Problem& problem);
  bool isQuiet();
  Result<std::int64_t> tellWebhooksNow(bool waits);
  Outcome postpone(const store::Job& job, Instant runAt, std::string_view reason);
  Outcome bury(const store::Job& job, const Problem& problem);
  void upkeep();

  std::mutex mutex_;
  std::condition_variable idle_;
  int busy_ = 0;                           // batches under way
  std::atomic<bool> slow_{false};          // a worker looks for what is slow, or is at it
  std::atomic<unsigned> turns_{0};         // who is looked for first: what is quick, what comes in masses
  std::atomic<std::int64_t> upkeepAt_{0};  // monotonic microseconds
  std::mutex telling_;                     // one thread tells webhooks of what is new
};

}  // namespace postgang::flow
