// Notices: what senders were told of their stopped documents, by which way and with what result; and the
// links in them. No projections: each telling is also an event of its documents (NoticeFact).
//
// A document's latest notice is the one that counts. createNotice takes documents that have none, so two who
// tell at the same time never tell of the same stop.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

using NoticeId = Id<struct NoticeNoun>;

enum class NoticeState {
  waiting,     // nobody has been told yet; a mail is to be sent, or to be tried again
  sent,        // told in the portal, or the mail server has taken it
  read,        // a person has read it
  bounced,     // refused for good; the next way is about to be tried
  unreachable  // nobody could be told: somebody must act
};
std::string_view name(NoticeState state);

struct Notice {
  NoticeId id;
  CompanyId receiver, sender;
  NoticeState state = NoticeState::waiting;
  std::string way;      // "portal", "email"; empty while there is none
  std::string address;  // as NoticeFact's
  Instant createdAt;
  std::optional<Instant> sentAt, readAt;
  std::string reason;                // why not yet, or not: a code or the mail server's words
  std::vector<std::string> missing;  // with `unreachable`: "email", "mail-server"
  int reminders = 0;
  // How far the sending has come; flow/notify.cc's own.
  std::string plan;                  // JSON: the ways by e-mail that are left, in order
  int round = 0;                     // 0 the notice itself, 1 … its reminders
  int attempts = 0;                  // of the present way in this round
  std::optional<Instant> startedAt;  // an attempt has begun and has no result yet
  std::string evidence;              // the last dialogue with the mail server
};

// The returned documents of this sender to this receiver that nobody has been told of; oldest first.
Result<std::vector<DocumentId>> untoldDocuments(Reader& reader, CompanyId receiver, CompanyId sender,
                                                int limit);
// Keeps it with those of the documents that have no notice yet, and answers them; none: nothing is kept.
Result<std::vector<DocumentId>> createNotice(Transaction& tx, const Notice& notice,
                                             const std::vector<DocumentId>& documents);
Outcome updateNotice(Transaction& tx, const Notice& notice);  // code notice-not-found
// Locked for this transaction: what is decided by it stands. Code notice-not-found.
Result<Notice> noticeToChange(Transaction& tx, NoticeId id);
Result<Notice> notice(Reader& reader, NoticeId id);  // code notice-not-found
// All that it tells of; with `openOnly` those that are still to be put right.
Result<std::vector<DocumentId>> documentsOf(Reader& reader, NoticeId id, bool openOnly = false);
// Lets the documents be told of again, by a new notice. The old one stays.
Outcome forgetLatest(Transaction& tx, NoticeId id);

struct NoticeRow {
  Notice notice;
  int documents = 0;
};
// Newest first. Empty where the viewer is neither the document's sender nor its receiver.
Result<std::vector<NoticeRow>> noticesOf(Reader& reader, const Viewer& viewer, DocumentId document);
Result<std::optional<NoticeRow>> latestNoticeOf(Reader& reader, const Viewer& viewer, DocumentId document);

// What the viewer's companies demanded and could not tell anybody: a task.
struct Unreachable {
  std::int64_t documents = 0;  // still to be put right
  std::vector<std::string> counterparts;
  std::vector<std::string> missing;  // of each notice, the first
  Instant oldest;
};
Result<Unreachable> unreachableNotices(Reader& reader, const Viewer& viewer);

// --- Links: whoever has the notice has the link. Only the token's digest is kept.

struct Link {
  Digest tokenDigest{};
  NoticeId notice;
  bool mayEdit = false;
  std::string address;  // that it was sent to
  Instant createdAt, expiresAt;
  std::optional<Instant> usedAt;  // when the last document was put right by it
};
Outcome createLink(Transaction& tx, const Link& link);
Outcome deleteLink(Transaction& tx, const Digest& tokenDigest);  // it never left the house
Outcome useLink(Transaction& tx, const Digest& tokenDigest, Instant at);
Result<std::optional<Link>> link(Reader& reader, const Digest& tokenDigest);

// --- What companies say about notices

struct NoticeSettings {
  bool customer = true;  // of the operator; false: only known as a counterpart
  // Where it wants to hear of its own stopped documents: its own address, or that of its group.
  std::string email;
  std::string ownEmail;
  std::string texts;  // JSON of its own words to senders (flow/notice_texts.h); empty: none
};
Result<NoticeSettings> noticeSettings(Reader& reader, CompanyId company);  // code company-not-found
inline constexpr std::string_view notice_email_setting = "noticeEmail";    // of company_settings.h
// Empty: its group's holds again.
Outcome setNoticeEmail(Transaction& tx, CompanyId company, std::string_view email,
                       std::string_view changedBy = {});
Outcome setNoticeTexts(Transaction& tx, CompanyId company, std::string_view textsJson);

// The people who may act for a company, by themselves or through the group above it: active, its own first.
struct Member {
  std::string email, language;
};
Result<std::vector<Member>> membersOf(Reader& reader, CompanyId company, int limit);

}  // namespace postgang::store
