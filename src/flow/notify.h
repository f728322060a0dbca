// Telling a sender what was stopped: one notice for all of its documents that one receiver's filters have
// returned since the last one, by the way that reaches it (the portal, e-mail, Peppol), and reminders until
// it is dealt with. A job of its own, `notice`, made in the commit of the return; if nobody can be told, that
// is said on the document and is a task.
//
// What came over Peppol is answered there by a job of each document's (peppol_answer.h), made with the
// notice, whatever other ways there are; where there is none, that is the notice.
//
// The portal's way is told in the commit of the notice. Mail leaves the house: «an attempt has begun» is
// committed before the first byte, its result after. An attempt without a result (killed, or cut after the
// final dot) is uncertain: it is sent again as the same message, because a notice twice does less harm than
// none, and that is said with the result.
//
//   what the mail server says   what follows
//   accepted                    sent; a reminder after `reminderDays`, three at most, while something is open
//   refused (5xx)               bounced; the next way at once; none left: unreachable
//   later (4xx, silence)        again after 1, 5, 15 minutes, 1, 4, 12, 24 hours; then as refused
//   uncertain                   again after 15 minutes, twice; then unreachable, «osäkert»
#pragma once

#include "flow/notice_ways.h"
#include "flow/step.h"
#include "store/notices.h"

namespace postgang::flow {

// Several returns before it runs are one notice. It waits `notice_delay_seconds` for that. The key names the
// document: one that is returned while another's notice is being made has a job of its own, which finds
// whatever is untold by then.
store::NewJob noticeJob(CompanyId receiver, CompanyId sender, DocumentId document, Instant now);
inline constexpr int notice_delay_seconds = 20;

Result<Decision> notify(const Tools& tools, store::Reader& reader, const store::Job& job);

// Makes the notice of all that is untold, tells the portal, and the job that mails; nullopt where nothing is.
Result<std::optional<store::Notice>> tell(const Tools& tools, store::Transaction& tx, CompanyId receiver,
                                          CompanyId sender, Instant now);

// A person of the receiver's asks for it again, after an address was put right, say. Codes: not-found's;
// notice-not-needed (conflict).
Result<store::NoticeRow> tellAgain(const Tools& tools, const store::Viewer& viewer, CompanyId company,
                                   DocumentId document);

// A person has read it: a user of the sender's company who opens the document, or somebody who uses the
// link's page. Each document hears it once. Nothing is recorded for others, or where there is no notice.
Outcome noticeRead(const Tools& tools, const store::Viewer& viewer, CompanyId company, DocumentId document);
Outcome noticeReadByLink(const Tools& tools, store::NoticeId notice, const store::Actor& actor);

// Until when it is to be put right: a date in Sweden.
Date putRightBy(Instant told, int putRightDays);

}  // namespace postgang::flow
