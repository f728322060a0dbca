// The mail of one notice, attempt by attempt: notify.h says what follows on what.
#pragma once

#include "flow/step.h"
#include "store/notices.h"

namespace postgang::flow {

// The next attempt of this round; `attempts` is how many there have been.
store::NewJob noticeMailJob(const store::Notice& notice, Instant runAt);

// What the job's payload names: an attempt.
struct NoticeAttempt {
  store::NoticeId notice;
  int round = 0;
  int attempts = 0;
};
Result<Decision> mailNotice(const Tools& tools, store::Reader& reader, const store::Job& job,
                            const NoticeAttempt& attempt);

// Nobody could be told: said on the documents, and a task.
Outcome cannotTell(store::Transaction& tx, store::Notice& notice, const std::vector<DocumentId>& documents,
                   const std::string& reason);
// The same fact on each document.
Outcome appendNoticeFact(store::Transaction& tx, const std::vector<DocumentId>& documents,
                         store::EventType type, const store::Actor& actor, const store::NoticeFact& fact);

}  // namespace postgang::flow
