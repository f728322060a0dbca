// Telling a sender what was stopped: one notice for all of its documents that one receiver's filters have
// returned since the last one, by the way that reaches it (the portal, e-mail), and reminders until it is
// dealt with. A job of its own, `notice`, made in the commit of the return; if nobody can be told, that is
// said on the document and is a task.
#pragma once

#include "flow/step.h"

namespace postgang::flow {

// Key "notice:<receiver>:<sender>": several returns before it runs are one notice. It waits
// `noticeDelaySeconds` for that.
store::NewJob noticeJob(CompanyId receiver, CompanyId sender, DocumentId document, Instant now);
inline constexpr int notice_delay_seconds = 20;

Result<Decision> notify(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
