// The one rule that keeps sandboxes and the world apart: work of a sandbox's company is given the sandbox's
// tools, whose channels are channels/sandbox.h's and with which no mail, no letter and no question to a
// register leaves. Work of a real company never sees those. One kind of work is not given them: what the
// company's own webhooks in the sandbox are told (steps.h), for an integrator tries those, too. Both sides of
// a document are of one world (store/sandboxes.h), so its sender, or whose job it is, tells which.
#pragma once

#include <map>
#include <shared_mutex>

#include "channels/registry.h"
#include "flow/step.h"

namespace postgang::flow {

class SandboxTools {
 public:
  // `real` outlives it.
  explicit SandboxTools(const Tools& real);

  // `real`, or the sandbox's: never null. A store that cannot say which is a Problem.
  Result<const Tools*> insteadOf(const Tools& real, store::Reader& reader, CompanyId company) const;
  Result<const Tools*> insteadOf(const Tools& real, CompanyId company) const;
  Result<const Tools*> insteadOf(const Tools& real,
                                 DocumentId document) const;  // its sender's; of none, `real`

 private:
  Result<bool> isSandbox(store::Reader& reader, CompanyId company) const;

  const channels::Registry channels_;
  const channels::Mailing noMail_;
  const channels::Printing noPrint_;
  const Tools tools_;
  mutable std::shared_mutex mutex_;
  mutable std::map<CompanyId, bool> known_;  // a company is one or is none for good
};

}  // namespace postgang::flow
