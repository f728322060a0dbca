#include "flow/notify.h"

#include <algorithm>

#include <boost/json.hpp>

#include "channels/mailing.h"
#include "flow/notice_mailing.h"
#include "flow/peppol_answer.h"
#include "flow/retries.h"
#include "flow/words.h"
#include "store/documents.h"
#include "store/sql/session.h"
#include "store/stops.h"

namespace postgang::flow {

using store::EventType;
using store::NoticeState;

namespace {

constexpr int documents_per_notice_max = 200;
// A step of ours that fails again and again must not end in silence.
constexpr int leases_before_giving_up = 6;

struct Between {
  CompanyId receiver, sender;
};

std::optional<std::int64_t> numberIn(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

boost::json::object payloadOf(const store::Job& job) {
  boost::system::error_code error;
  auto payload = boost::json::parse(job.payload, error);
  return !error && payload.is_object() ? payload.get_object() : boost::json::object();
}

std::optional<NoticeAttempt> attemptIn(const boost::json::object& payload) {
  const auto* id = payload.if_contains("notice");
  const auto round = numberIn(payload, "round"), attempts = numberIn(payload, "attempts");
  if (!id || !id->is_string() || !round || !attempts) return std::nullopt;
  const auto notice = store::NoticeId::parse(std::string_view(id->get_string()));
  if (!notice) return std::nullopt;
  return NoticeAttempt{*notice, static_cast<int>(*round), static_cast<int>(*attempts)};
}

std::optional<Between> betweenIn(const boost::json::object& payload) {
  const auto receiver = numberIn(payload, "receiver"), sender = numberIn(payload, "sender");
  if (!receiver || !sender) return std::nullopt;
  return Between{CompanyId{*receiver}, CompanyId{*sender}};
}

// The mail could not be made, again and again: a fault of ours, which is said instead of lost.
Decision giveUp(const store::Job& job, const NoticeAttempt& attempt) {
  return {[job, attempt](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            TRY(auto notice, store::noticeToChange(tx, attempt.notice));
            if (notice.sentAt || notice.readAt) return {};
            TRY(const auto documents, store::documentsOf(tx, notice.id, true));
            return cannotTell(tx, notice, documents, "notice-not-made");
          },
          {}};
}

Outcome tellPortal(store::Transaction& tx, store::Notice& notice, const std::vector<DocumentId>& documents,
                   const std::string& senderName, Instant now) {
  notice.state = NoticeState::sent;
  notice.way = "portal";
  notice.address = senderName;
  notice.sentAt = now;
  store::NoticeFact fact;
  fact.notice = notice.id.text();
  fact.way = notice.way;
  fact.address = notice.address;
  fact.documents = static_cast<int>(documents.size());
  return appendNoticeFact(tx, documents, EventType::notice_sent, {}, fact);
}

// Nothing else reaches the sender: it has the answers, or the notice waits for what becomes of them.
Outcome leaveToPeppol(store::Transaction& tx, store::Notice& notice, const PeppolAnswers& answers,
                      Instant now) {
  if (answers.jobs.empty()) {
    notice.state = NoticeState::sent;
    notice.way = "peppol";
    notice.sentAt = now;
  }
  return store::updateNotice(tx, notice);
}

bool hasHeard(const std::vector<store::Event>& events) {
  return std::ranges::any_of(events, [](const auto& event) { return event.type == EventType::notice_read; });
}

// On these documents of the notice that have not heard it yet.
Outcome recordRead(store::Transaction& tx, store::NoticeId id, const std::vector<DocumentId>& documents,
                   const store::Actor& actor) {
  TRY(auto notice, store::noticeToChange(tx, id));
  store::NoticeFact fact;
  fact.notice = notice.id.text();
  fact.way = notice.way;
  fact.address = notice.address;
  for (const auto& document : documents) {
    TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
    if (events.empty() || hasHeard(events)) continue;
    CHECK_OK(
        store::append(tx, document, events.back().sequence, {{EventType::notice_read, actor, fact}}, {}));
  }
  if (notice.readAt) return {};
  notice.readAt = tx.clock().now();
  notice.state = NoticeState::read;
  return store::updateNotice(tx, notice);
}

}  // namespace

Date putRightBy(Instant told, int putRightDays) {
  return dateInStockholm(told).plusDays(putRightDays);
}

store::NewJob noticeJob(CompanyId receiver, CompanyId sender, DocumentId document, Instant now) {
  store::NewJob job;
  job.kind = "notice";
  job.key =
      "notice:" + std::to_string(receiver.value) + ":" + std::to_string(sender.value) + ":" + document.text();
  // About none: a notice that fails is no failure of its document.
  job.company = receiver;
  job.runAt = now.plusSeconds(notice_delay_seconds);
  job.payload =
      boost::json::serialize(boost::json::object{{"receiver", receiver.value}, {"sender", sender.value}});
  return job;
}

Result<std::optional<store::Notice>> tell(const Tools& tools, store::Transaction& tx, CompanyId receiver,
                                          CompanyId sender, Instant now) {
  TRY(const auto untold, store::untoldDocuments(tx, receiver, sender, documents_per_notice_max));
  if (untold.empty()) return std::nullopt;
  TRY(const auto ways, waysTo(tx, receiver, sender, untold));
  store::Notice notice;
  notice.id = tools.ids.next<store::NoticeId>();
  notice.receiver = receiver;
  notice.sender = sender;
  notice.createdAt = now;
  notice.plan = planOf(ways.mails);
  TRY(const auto documents, store::createNotice(tx, notice, untold));
  if (documents.empty()) return std::nullopt;
  const bool mails = tools.mailing && tools.mailing->isOn() && !ways.mails.empty();
  TRY(const auto peppol, peppolAnswers(tools, tx, receiver, documents, now));
  for (const auto& answer : peppol.jobs) CHECK_OK(store::enqueue(tx, answer));
  if (ways.portal) CHECK_OK(tellPortal(tx, notice, documents, ways.senderName, now));
  if (mails) CHECK_OK(store::enqueue(tx, noticeMailJob(notice, now)));
  if (!mails && !ways.portal && peppol.others.empty()) {
    CHECK_OK(leaveToPeppol(tx, notice, peppol, now));
  } else if (!mails && !ways.portal) {
    const bool noAddress = ways.mails.empty();
    notice.missing = {noAddress ? "email" : "mail-server"};
    if (!noAddress) notice.address = ways.mails.front().shown;
    CHECK_OK(cannotTell(tx, notice, peppol.others, noAddress ? "no-address" : "no-mail-server"));
  } else {
    CHECK_OK(store::updateNotice(tx, notice));
  }
  return notice;
}

Result<Decision> notify(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto payload = payloadOf(job);
  if (const auto attempt = attemptIn(payload)) {
    if (job.attempts <= leases_before_giving_up) return mailNotice(tools, reader, job, *attempt);
    // One that has only waited often is no fault.
    auto decision = mailNotice(tools, reader, job, *attempt);
    if (!decision) return giveUp(job, *attempt);
    return decision;
  }
  const auto between = betweenIn(payload);
  if (!between) return fail(ProblemKind::internal, "job-damaged", "A notice's job says not whose it is.");
  return Decision{[&tools, job, between = *between](store::Transaction& tx) -> Outcome {
                    CHECK_OK(store::complete(tx, job));
                    TRY(const auto told,
                        tell(tools, tx, between.receiver, between.sender, tools.clock.now()));
                    (void)told;
                    return {};
                  },
                  {}};
}

Result<store::NoticeRow> tellAgain(const Tools& tools, const store::Viewer& viewer, CompanyId company,
                                   DocumentId document) {
  std::optional<store::NoticeRow> row;
  CHECK_OK(retried([&] {
    return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto seen, store::findDocument(tx, viewer, document, company));
      (void)seen;
      TRY(const auto stop, store::stopOf(tx, viewer, document));
      if (!stop || stop->receiver != company || stop->settledAt)
        return fail(problem(ProblemKind::conflict, "notice-not-needed"));
      TRY(const auto latest, store::latestNoticeOf(tx, viewer, document));
      if (latest) CHECK_OK(store::forgetLatest(tx, latest->notice.id));
      TRY(const auto told, tell(tools, tx, company, stop->sender, tools.clock.now()));
      if (!told) return fail(problem(ProblemKind::conflict, "notice-not-needed"));
      TRY(row, store::latestNoticeOf(tx, viewer, document));
      if (!row) return fail(problem(ProblemKind::conflict, "notice-not-needed"));
      return {};
    });
  }));
  return std::move(*row);
}

Outcome noticeRead(const Tools& tools, const store::Viewer& viewer, CompanyId company, DocumentId document) {
  std::optional<store::NoticeRow> latest;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(latest, store::latestNoticeOf(reader, viewer, document));
    if (!latest || latest->notice.sender != company) {
      latest.reset();
      return {};
    }
    TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), document));
    if (hasHeard(events)) latest.reset();
    return {};
  }));
  if (!latest) return {};
  return retried([&] {
    return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) {
      return recordRead(tx, latest->notice.id, {document}, viewer.actor());
    });
  });
}

Outcome noticeReadByLink(const Tools& tools, store::NoticeId notice, const store::Actor& actor) {
  return retried([&] {
    return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto documents, store::documentsOf(tx, notice));
      return recordRead(tx, notice, documents, actor);
    });
  });
}

}  // namespace postgang::flow
