// What the sender of a Smartmail does about it while it waits to be opened: has its recipients reminded,
// gives them longer, lets it be posted now, or keeps it off paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/step.h"
#include "store/documents.h"
#include "store/viewer.h"

namespace postgang::flow {

enum class SmartmailVerb { remind, extend, post_now, stop };
std::string_view name(SmartmailVerb verb);  // "remind", "extend", "post-now", "stop"
std::optional<SmartmailVerb> smartmailVerbFromName(std::string_view name);

inline constexpr int extension_days_max = 60;
// Without a due date: after sending, so that the recipients' links outlive the deadline.
inline constexpr int deadline_days_max = 180;
inline constexpr std::int64_t reminder_pause_seconds = 3600;

// A problem code for each that cannot be done now; words are problem.<code>:
//   smartmail-none, smartmail-ended, smartmail-sent-again, smartmail-on-paper, smartmail-opened,
//   smartmail-bounced, smartmail-failed, smartmail-not-sent   about the mail, whatever is wanted
//   smartmail-reminded-lately                                  remind
//   smartmail-no-deadline, smartmail-at-due-date               extend
//   smartmail-no-postal-address, smartmail-no-print            postNow
//   smartmail-no-deadline                                      stop
struct SmartmailChoices {
  std::string remind, extend, postNow, stop;  // empty: it can be done
};
// Of this mail; `delivery` as the store has it.
Result<SmartmailChoices> smartmailChoices(store::Reader& reader, DocumentId document,
                                          const store::Delivery& delivery, std::optional<Date> dueDate,
                                          Instant now);

struct SmartmailRequest {
  SmartmailVerb verb{};
  int days = 0;  // extend: how much later; bank days where the counterpart's deadlines are counted so
};
struct SmartmailDone {
  std::optional<Instant> deadline;  // as it stands now
  std::optional<Problem> problem;   // why nothing was done
};
// Of each document's newest mail, in one commit; answers in order. What cannot be done holds up nothing else.
// Asking for what is so already is done: stopping what has no deadline, posting what its sender has posted.
// Problems besides those above (conflict): what documentOf() says of documents that are not the viewer's own;
// smartmail-extended-too-far (parameter `latest`, a date).
Result<std::vector<SmartmailDone>> actOnSmartmail(const Tools& tools, const store::Viewer& viewer,
                                                  const std::vector<DocumentId>& documents,
                                                  const SmartmailRequest& request);

}  // namespace postgang::flow
