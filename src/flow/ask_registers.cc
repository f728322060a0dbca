#include "flow/ask_registers.h"

#include "store/job_turns.h"

namespace postgang::flow {

Decision askRegisters(const Tools& tools, const store::Job& job, std::vector<Registers::Question> questions) {
  auto turn = tools.lanes->reserve("registers", job.id, tools.sendsHere);
  if (!turn.slot)
    return {[job, turn](store::Transaction& tx) { return store::putOff(tx, job, turn.later, turn.words); },
            {}};
  Decision decision;
  decision.commit = [](store::Transaction&) -> Outcome { return {}; };
  decision.slot = turn.slot;
  decision.after = [&tools, job, slot = turn.slot, questions = std::move(questions)]() -> Outcome {
    CHECK_OK(tools.registers->ask(questions));
    slot->heard(false, "asked");
    return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) {
      return store::putOff(tx, job, tools.clock.now(), "registers were asked");
    });
  };
  return decision;
}

}  // namespace postgang::flow
