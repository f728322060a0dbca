#include "flow/sandbox_tools.h"

#include <mutex>

#include "channels/sandbox.h"
#include "store/documents.h"
#include "store/sandboxes.h"

namespace postgang::flow {

SandboxTools::SandboxTools(const Tools& real)
    : channels_(channels::sandboxChannels(real.channels)),
      tools_{.store = real.store,
             .clock = real.clock,
             .ids = real.ids,
             .channels = channels_,
             .mailing = &noMail_,
             .printing = &noPrint_,
             .sendsHere = true} {}

Result<bool> SandboxTools::isSandbox(store::Reader& reader, CompanyId company) const {
  if (company == CompanyId{}) return false;  // nobody's: a batch, the hub's files
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = known_.find(company); found != known_.end()) return found->second;
  }
  TRY(const bool sandbox, store::isSandbox(reader, company));
  const std::unique_lock lock(mutex_);
  known_.emplace(company, sandbox);
  return sandbox;
}

Result<const Tools*> SandboxTools::insteadOf(const Tools& real, store::Reader& reader,
                                             CompanyId company) const {
  TRY(const bool sandbox, isSandbox(reader, company));
  return sandbox ? &tools_ : &real;
}

Result<const Tools*> SandboxTools::insteadOf(const Tools& real, CompanyId company) const {
  const auto* tools = &real;
  CHECK_OK(real.store.read([&](store::Reader& reader) -> Outcome {
    TRY(tools, insteadOf(real, reader, company));
    return {};
  }));
  return tools;
}

Result<const Tools*> SandboxTools::insteadOf(const Tools& real, DocumentId document) const {
  const auto* tools = &real;
  CHECK_OK(real.store.read([&](store::Reader& reader) -> Outcome {
    const auto sides = store::sidesOf(reader, document);
    if (!sides && sides.error().kind == ProblemKind::not_found) return {};
    if (!sides) return fail(sides.error());
    TRY(tools, insteadOf(real, reader, sides->sender));
    return {};
  }));
  return tools;
}

}  // namespace postgang::flow
