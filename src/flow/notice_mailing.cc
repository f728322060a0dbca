#include "flow/notice_mailing.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "channels/mailing.h"
#include "flow/link_token.h"
#include "flow/notice_content.h"
#include "flow/notice_ways.h"
#include "flow/notify.h"
#include "flow/retries.h"
#include "store/job_turns.h"
#include "store/sql/session.h"

namespace postgang::flow {

using net::SmtpResult;
using store::EventType;
using store::NoticeState;

namespace {

constexpr std::array<std::int64_t, 7> waits_seconds = {60, 300, 900, 3600, 4 * 3600, 12 * 3600, 24 * 3600};
constexpr std::int64_t uncertain_wait_seconds = 900;
constexpr int uncertain_max = 2;  // then it is said, and no more are sent
// An attempt that has begun so long ago has no sender any longer.
constexpr std::int64_t attempt_seconds_max = 600;
constexpr std::int64_t silence_seconds = 60;
constexpr int link_days_min = 3;  // after a reminder
constexpr std::size_t evidence_words_max = 300;
constexpr std::string_view cut_off = "The attempt was cut off before its result was known.";

// What goes into one attempt.
struct Message {
  MailWay way;
  std::string bytes;
  Digest link{};
  bool hasLink = false;
  Instant linkExpiresAt;
  std::string problem;  // it could not be composed
};

store::Actor mailActor() {
  return {store::ActorKind::channel, "email", "email"};
}

Outcome setMails(store::Notice& notice, const std::vector<MailWay>& mails) {
  notice.plan = planOf(mails);
  return {};
}

Instant endOf(Date date) {
  return Instant::atMidnight(date.plusDays(1));
}

// The words with link and dates; the link is made anew for each attempt, since only its digest is kept.
Result<Message> messageFor(const Tools& tools, store::Reader& reader, const store::Notice& notice,
                           const MailWay& way, const std::vector<DocumentId>& documents) {
  const auto& mailing = *tools.mailing;
  const auto now = tools.clock.now();
  Message message;
  message.way = way;
  TRY(const auto settings, store::noticeSettings(reader, notice.receiver));
  const auto texts = noticeTextsFrom(settings.texts);
  TRY(auto content, noticeContent(reader, notice, documents, texts, way.language));
  const auto token = newLinkToken();
  message.hasLink = !mailing.publicUrl.empty();
  message.link = linkDigest(token);
  content.reminder = notice.round > 0;
  content.today = dateInStockholm(now);
  content.deadline = putRightBy(notice.createdAt, texts.putRightDays);
  content.linkUntil = std::max(content.deadline, content.today.plusDays(link_days_min));
  message.linkExpiresAt = endOf(content.linkUntil);
  content.mayEdit = way.mayEdit && message.hasLink;
  if (message.hasLink) content.link = mailing.publicUrl + "/r/" + token;
  std::vector<net::MailAttachment> originals;
  if (way.mayEdit) {
    TRY(originals, originalsOf(reader, documents));
  }
  content.attached = !originals.empty();
  const auto said = render::noticeMail(content);
  net::Mail mail;
  mail.from = {said.from, mailing.from};
  if (content.answered) mail.replyTo = net::MailAddress{content.receiver, content.contact};
  for (const auto& address : way.addresses) mail.to.push_back({"", address});
  mail.subject = said.subject;
  mail.text = said.text;
  mail.html = said.html;
  mail.attachments = std::move(originals);
  // The same for every attempt at this address: whoever gets it twice sees one.
  mail.messageId = "notice." + notice.id.text() + "." + std::to_string(notice.round) + "." +
                   hex(view(sha256(way.addresses.front()))).substr(0, 8) + "@" + net::domainOf(mailing.from);
  mail.date = notice.round > 0 ? now : notice.createdAt;
  mail.language = way.language;
  auto bytes = net::composed(mail);
  if (bytes) bytes = mailing.signedMessage(std::move(*bytes), now);
  if (!bytes)
    message.problem = bytes.error().detail;
  else
    message.bytes = std::move(*bytes);
  return message;
}

store::NoticeFact factOf(const store::Notice& notice, const MailWay& way, std::string detail,
                         std::size_t documents) {
  store::NoticeFact fact;
  fact.notice = notice.id.text();
  fact.way = "email";
  fact.address = way.shown;
  fact.detail = truncated(detail, evidence_words_max);
  fact.documents = static_cast<int>(documents);
  fact.reminder = notice.round > 0;
  return fact;
}

// Told by one way or another before.
bool isTold(const store::Notice& notice) {
  return notice.sentAt.has_value() || notice.readAt.has_value();
}

class Conclusion {
 public:
  Conclusion(store::Transaction& tx, store::Notice notice, std::vector<DocumentId> documents, Instant now)
      : tx_(tx),
        notice_(std::move(notice)),
        documents_(std::move(documents)),
        mails_(mailsIn(notice_.plan)),
        now_(now) {}

  Outcome conclude(const net::SmtpAnswer& answer, int reminderDays) {
    notice_.startedAt.reset();
    if (!answer.dialogue.empty()) notice_.evidence = answer.dialogue;
    if (mails_.empty()) return store::updateNotice(tx_, notice_);
    ++mails_.front().tries;
    switch (answer.result) {
      case SmtpResult::accepted:
        return accepted(answer, reminderDays);
      case SmtpResult::refused:
        return refused(answer.words);
      case SmtpResult::later:
        return later(answer.words);
      case SmtpResult::uncertain:
        return uncertain(answer.words);
    }
    return {};
  }

 private:
  Outcome accepted(const net::SmtpAnswer& answer, int reminderDays) {
    auto& way = mails_.front();
    auto detail = answer.words;
    if (way.uncertain > 0) detail = "An earlier attempt was cut off, so it may arrive twice. " + detail;
    if (!answer.refused.empty())
      detail += " (refused: " + std::to_string(answer.refused.size()) + " of " +
                std::to_string(way.addresses.size()) + " addresses)";
    if (notice_.state != NoticeState::read) notice_.state = NoticeState::sent;
    notice_.way = "email";
    notice_.address = way.shown;
    notice_.reason.clear();
    notice_.missing.clear();
    if (!notice_.sentAt) notice_.sentAt = now_;
    notice_.reminders = notice_.round;
    CHECK_OK(appendNoticeFact(tx_, documents_, EventType::notice_sent, mailActor(),
                              factOf(notice_, way, detail, documents_.size())));
    if (notice_.round >= reminders_max) return keep();
    const std::int64_t days = daysToReminder(notice_.round, reminderDays);
    ++notice_.round;
    notice_.attempts = 0;
    way.tries = way.uncertain = 0;
    CHECK_OK(keep());
    return store::enqueue(tx_, noticeMailJob(notice_, now_.plusSeconds(days * 86'400)));
  }

  Outcome refused(const std::string& words) {
    const auto way = mails_.front();
    CHECK_OK(appendNoticeFact(tx_, documents_, EventType::notice_bounced, mailActor(),
                              factOf(notice_, way, words, documents_.size())));
    mails_.erase(mails_.begin());
    notice_.reason = truncated(words, evidence_words_max);
    if (mails_.empty()) return exhausted(notice_.reason);
    if (!isTold(notice_)) {
      notice_.state = NoticeState::bounced;
      notice_.way = "email";
      notice_.address = way.shown;
    }
    CHECK_OK(keep());
    return store::enqueue(tx_, noticeMailJob(notice_, now_));
  }

  Outcome later(const std::string& words) {
    const auto tries = static_cast<std::size_t>(mails_.front().tries);
    if (tries > waits_seconds.size()) return refused(words);
    notice_.reason = truncated(words, evidence_words_max);
    CHECK_OK(keep());
    return store::enqueue(tx_, noticeMailJob(notice_, now_.plusSeconds(waits_seconds[tries - 1])));
  }

  Outcome uncertain(const std::string& words) {
    notice_.reason = "uncertain: " + truncated(words, evidence_words_max);
    if (++mails_.front().uncertain > uncertain_max) {
      mails_.erase(mails_.begin());
      return exhausted(notice_.reason);
    }
    CHECK_OK(keep());
    return store::enqueue(tx_, noticeMailJob(notice_, now_.plusSeconds(uncertain_wait_seconds)));
  }

  Outcome exhausted(const std::string& reason) {
    CHECK_OK(setMails(notice_, mails_));
    if (isTold(notice_)) return store::updateNotice(tx_, notice_);
    notice_.missing = {"email"};
    return cannotTell(tx_, notice_, documents_, reason);
  }

  Outcome keep() {
    CHECK_OK(setMails(notice_, mails_));
    return store::updateNotice(tx_, notice_);
  }

  store::Transaction& tx_;
  store::Notice notice_;
  std::vector<DocumentId> documents_;
  std::vector<MailWay> mails_;
  Instant now_;
};

bool isThis(const store::Notice& notice, const NoticeAttempt& attempt) {
  return notice.round == attempt.round && notice.attempts == attempt.attempts + 1 && notice.startedAt;
}

// In one transaction with the job's end. What somebody else has concluded meanwhile stands.
Outcome conclude(const Tools& tools, store::Transaction& tx, const NoticeAttempt& attempt,
                 const net::SmtpAnswer& answer) {
  TRY(auto notice, store::noticeToChange(tx, attempt.notice));
  if (!isThis(notice, attempt)) return {};
  TRY(auto documents, store::documentsOf(tx, notice.id, true));
  if (documents.empty()) {
    TRY(documents, store::documentsOf(tx, notice.id));
  }
  TRY(const auto settings, store::noticeSettings(tx, notice.receiver));
  const auto reminderDays = noticeTextsFrom(settings.texts).reminderDays;
  return Conclusion(tx, std::move(notice), std::move(documents), tools.clock.now())
      .conclude(answer, reminderDays);
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

Decision waitUntil(const store::Job& job, Instant until, std::string reason) {
  return {[job, until, reason = std::move(reason)](store::Transaction& tx) {
            return store::putOff(tx, job, until, reason);
          },
          {}};
}

// Writes what came of it. The lease may be lost by now: the fact is kept all the same.
Outcome recordAnswer(const Tools& tools, const store::Job& job, const NoticeAttempt& attempt,
                     const net::SmtpAnswer& answer) {
  const auto record = [&](bool withJob) {
    return retried([&] {
      return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
        if (withJob) CHECK_OK(store::complete(tx, job));
        return conclude(tools, tx, attempt, answer);
      });
    });
  };
  const auto outcome = record(true);
  return outcome || outcome.error().code != "lease-lost" ? outcome : record(false);
}

net::SmtpAnswer sent(const Tools& tools, const Message& message) {
  const auto& mailing = *tools.mailing;
  if (!message.problem.empty()) return {SmtpResult::refused, message.problem, {}, {}};
  auto answer = mailing.send({mailing.from, message.way.addresses}, message.bytes);
  if (answer.result == SmtpResult::later && answer.dialogue.empty())
    mailing.silentUntil->store(tools.clock.now().plusSeconds(silence_seconds).microseconds);
  return answer;
}

Decision attemptNow(const Tools& tools, const store::Job& job, const NoticeAttempt& attempt, Message message,
                    std::shared_ptr<SendingLanes::Slot> slot) {
  auto shared = std::make_shared<const Message>(std::move(message));
  Decision decision;
  decision.commit = [&tools, job, attempt, shared](store::Transaction& tx) -> Outcome {
    TRY(auto notice, store::noticeToChange(tx, attempt.notice));
    if (notice.startedAt || notice.attempts != attempt.attempts || notice.round != attempt.round)
      return fail(ProblemKind::conflict, "stale-sequence", "Somebody else has begun this attempt.");
    const auto now = tools.clock.now();
    notice.startedAt = now;
    ++notice.attempts;
    CHECK_OK(store::updateNotice(tx, notice));
    if (!shared->hasLink) return {};
    return store::createLink(tx, {shared->link, notice.id, shared->way.mayEdit, shared->way.shown, now,
                                  shared->linkExpiresAt, std::nullopt});
  };
  decision.slot = slot;
  decision.after = [&tools, job, attempt, shared, slot]() -> Outcome {
    const auto answer = sent(tools, *shared);
    if (slot) slot->heard(answer.silent, answer.words);
    return recordAnswer(tools, job, attempt, answer);
  };
  return decision;
}

// An attempt that began and has no result: its sender is still at it, or is dead.
Decision underWay(const Tools& tools, const store::Job& job, const NoticeAttempt& attempt,
                  const store::Notice& notice) {
  const auto given = notice.startedAt->plusSeconds(attempt_seconds_max);
  if (tools.clock.now() < given) return waitUntil(job, given, "an attempt is under way");
  return {[&tools, job, attempt](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return conclude(tools, tx, attempt, {SmtpResult::uncertain, std::string(cut_off), {}, {}});
          },
          {}};
}

}  // namespace

store::NewJob noticeMailJob(const store::Notice& notice, Instant runAt) {
  store::NewJob job;
  job.kind = "notice";
  job.key = "notice-mail:" + notice.id.text() + ":" + std::to_string(notice.round) + ":" +
            std::to_string(notice.attempts);
  job.company = notice.receiver;
  job.runAt = runAt;
  job.payload = boost::json::serialize(boost::json::object{
      {"notice", notice.id.text()}, {"round", notice.round}, {"attempts", notice.attempts}});
  return job;
}

Result<Decision> mailNotice(const Tools& tools, store::Reader& reader, const store::Job& job,
                            const NoticeAttempt& attempt) {
  TRY(const auto notice, store::notice(reader, attempt.notice));
  if (isThis(notice, attempt)) return underWay(tools, job, attempt, notice);
  if (notice.round != attempt.round || notice.attempts != attempt.attempts || notice.startedAt)
    return onlyComplete(job);  // it has gone on without this job
  TRY(const auto documents, store::documentsOf(reader, notice.id, true));
  const auto mails = mailsIn(notice.plan);
  if (documents.empty() || mails.empty() || !tools.mailing || !tools.mailing->isOn())
    return onlyComplete(job);
  const Instant silentUntil{tools.mailing->silentUntil->load()};
  if (tools.clock.now() < silentUntil) return waitUntil(job, silentUntil, "the mail server does not answer");
  SendingLanes::Turn turn;
  if (tools.lanes) {
    const auto host = tools.mailing->laneOf(mails.front().addresses.front());
    turn = tools.lanes->reserve(host, job.id, tools.sendsHere);
    if (!turn.slot && !turn.dead) return waitUntil(job, turn.later, turn.words);
  }
  TRY(auto message, messageFor(tools, reader, notice, mails.front(), documents));
  if (turn.dead) message.problem = "The mail server has not answered for a day: " + turn.words;
  return attemptNow(tools, job, attempt, std::move(message), std::move(turn.slot));
}

Outcome cannotTell(store::Transaction& tx, store::Notice& notice, const std::vector<DocumentId>& documents,
                   const std::string& reason) {
  notice.state = NoticeState::unreachable;
  notice.reason = reason;
  store::NoticeFact fact;
  fact.notice = notice.id.text();
  fact.address = notice.address;
  fact.detail = reason;
  fact.documents = static_cast<int>(documents.size());
  CHECK_OK(appendNoticeFact(tx, documents, EventType::notice_unreachable, {}, fact));
  return store::updateNotice(tx, notice);
}

Outcome appendNoticeFact(store::Transaction& tx, const std::vector<DocumentId>& documents, EventType type,
                         const store::Actor& actor, const store::NoticeFact& fact) {
  for (const auto& document : documents) {
    TRY(const auto sequence, store::lastSequence(tx, document));
    CHECK_OK(store::append(tx, document, sequence, {{type, actor, fact}}, {}));
  }
  return {};
}

}  // namespace postgang::flow
