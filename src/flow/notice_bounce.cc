// A notice that its mail server took and that comes back later: the next way, as if it had been refused at
// once.
#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/text.h"
#include "flow/mail_plan.h"
#include "flow/notice_mailing.h"
#include "flow/notice_ways.h"
#include "net/mail.h"
#include "store/notices.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::NoticeState;

namespace {

// "notice.<id>.<round>.<8 digits of its address' digest>@domain": notice_mailing.cc writes it.
struct NoticeMessage {
  store::NoticeId notice;
  std::string addressDigits;
};
std::optional<NoticeMessage> noticeMessage(std::string_view messageId, std::string_view domain) {
  const auto at = messageId.find('@');
  if (at == messageId.npos || lowered(messageId.substr(at + 1)) != lowered(domain)) return std::nullopt;
  const auto parts = split(messageId.substr(0, at), '.');
  if (parts.size() != 4 || parts[0] != "notice") return std::nullopt;
  const auto id = store::NoticeId::parse(parts[1]);
  if (!id) return std::nullopt;
  return NoticeMessage{*id, std::string(parts[3])};
}

store::NoticeFact factOf(const store::Notice& notice, const MailWay& way, const std::string& words,
                         std::size_t documents) {
  store::NoticeFact fact;
  fact.notice = notice.id.text();
  fact.way = "email";
  fact.address = way.shown;
  fact.detail = words;
  fact.documents = static_cast<int>(documents);
  return fact;
}

// Whether the sender's own people find it there.
Result<bool> isInPortal(store::Reader& reader, CompanyId sender) {
  TRY(const auto settings, store::noticeSettings(reader, sender));
  TRY(const auto members, store::membersOf(reader, sender, 1));
  return settings.customer && !members.empty();
}

Outcome noticeBounced(store::Transaction& tx, const NoticeMessage& message, const std::string& words,
                      Instant now) {
  TRY(auto notice, store::noticeToChange(tx, message.notice));
  auto mails = mailsIn(notice.plan);
  const auto way = std::ranges::find_if(mails, [&](const auto& each) {
    return !each.addresses.empty() &&
           hex(view(sha256(each.addresses.front()))).starts_with(message.addressDigits);
  });
  TRY(const auto documents, store::documentsOf(tx, notice.id, true));
  if (way == mails.end() || documents.empty()) return {};
  const auto gone = *way;
  CHECK_OK(appendNoticeFact(tx, documents, store::EventType::notice_bounced, mailActor(),
                            factOf(notice, gone, words, documents.size())));
  // Another of its addresses may have it; and an attempt that is under way has its own end.
  if (gone.addresses.size() > 1 || notice.startedAt) return {};
  mails.erase(way);
  notice.plan = planOf(mails);
  notice.reason = words;
  TRY(const bool inPortal, isInPortal(tx, notice.sender));
  const bool toldOtherwise = notice.state == NoticeState::read || inPortal;
  if (toldOtherwise && mails.empty()) return store::updateNotice(tx, notice);
  if (mails.empty()) {
    notice.sentAt.reset();
    notice.missing = {"email"};
    return cannotTell(tx, notice, documents, words);
  }
  if (!toldOtherwise) {
    notice.state = NoticeState::bounced;
    notice.sentAt.reset();
  }
  notice.round = 0;
  ++notice.attempts;  // the reminder's job finds that it has gone on without it
  CHECK_OK(store::updateNotice(tx, notice));
  return store::enqueue(tx, noticeMailJob(notice, now));
}

}  // namespace

Result<std::optional<MailPlan>> planNoticeBounce(const Tools& tools, std::string_view messageId,
                                                 const net::DeliveryReport& report) {
  const auto message = noticeMessage(messageId, net::domainOf(tools.mailing->from));
  if (!message || message->addressDigits.size() != 8) return std::nullopt;
  return MailPlan{MailMeaning::notice_bounce,
                  [message = *message, words = truncated(wordsOf(report), 300),
                   now = tools.clock.now()](store::Transaction& tx) -> Outcome {
                    auto outcome = noticeBounced(tx, message, words, now);
                    // Somebody else's notice, or nobody's: nothing to do about it.
                    if (!outcome && outcome.error().code == "notice-not-found") return {};
                    return outcome;
                  }};
}

}  // namespace postgang::flow
