// What a step of the flow is given and what it answers. A step reads, thinks, and answers a Decision: what
// shall be written, in one commit with the completion of its job, and what is to be done after that. The
// walk's machine (machine.h) groups commits and handles what goes wrong.
#pragma once

#include <functional>

#include "base/id.h"
#include "base/vault.h"
#include "channels/mailing.h"
#include "channels/printing.h"
#include "channels/registry.h"
#include "flow/registers.h"
#include "flow/sending_lanes.h"
#include "store/jobs.h"
#include "store/store.h"

namespace postgang::flow {

struct Tools {
  store::Store& store;
  const Clock& clock;
  IdMaker& ids;
  const channels::Registry& channels;
  const channels::Mailing* mailing = nullptr;    // absent: no e-mail leaves
  const channels::Printing* printing = nullptr;  // absent, or off: no letter leaves
  SendingLanes* lanes = nullptr;                 // absent: what leaves is sent where the step runs
  Registers* registers = nullptr;                // outside the house; absent: there are none
  bool sendsHere = false;                        // in the calling thread, which waits for it
  const Vault* vault = nullptr;  // what webhooks' secrets are sealed with; absent: none is sent
};

struct Decision {
  // Runs within a transaction, perhaps more than once; has no effects outside it. Completes the job, unless
  // `after` does.
  std::function<Outcome(store::Transaction&)> commit;
  // Runs once `commit` is durable: what leaves the house. Empty for most.
  std::function<Outcome()> after;
  // Where `after` sends: its turn at the host, which it then runs in.
  std::shared_ptr<SendingLanes::Slot> slot = {};
};

}  // namespace postgang::flow
