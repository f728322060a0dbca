#include "flow/peppol_answer.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/log.h"
#include "channels/peppol_register.h"
#include "flow/ask_registers.h"
#include "flow/notice_mailing.h"
#include "flow/notice_ways.h"
#include "flow/peppol_answer_message.h"
#include "flow/peppol_outbox.h"
#include "flow/retries.h"
#include "store/blobs.h"
#include "store/job_turns.h"
#include "store/lookups.h"
#include "store/notices.h"
#include "store/sql/session.h"

namespace postgang::flow {

using channels::Submission;
using store::EventType;
using store::ExchangeDirection;
using store::Lookup;
using store::NoticeState;

namespace {

constexpr int attempt_seconds = 90;  // two questions to the access point
constexpr std::size_t words_points_max = 300;
constexpr std::string_view way = "peppol", document_asked = "invoice-response";

struct Asked {
  DocumentId document;
  CompanyId receiver;
  int tries = 0;  // behind it
};

store::NewJob jobFor(const Asked& asked, Instant runAt) {
  store::NewJob job;
  job.kind = "peppol-answer";
  job.key = "peppol-answer:" + asked.document.text();
  // About none: an answer that fails is no failure of its document.
  job.company = asked.receiver;
  job.runAt = runAt;
  job.payload = boost::json::serialize(boost::json::object{
      {"document", asked.document.text()}, {"receiver", asked.receiver.value}, {"tries", asked.tries}});
  return job;
}

std::optional<Asked> askedIn(const store::Job& job) {
  boost::system::error_code error;
  const auto payload = boost::json::parse(job.payload, error);
  const auto* object = error ? nullptr : payload.if_object();
  const auto* id = object ? object->if_contains("document") : nullptr;
  const auto* receiver = object ? object->if_contains("receiver") : nullptr;
  const auto* tries = object ? object->if_contains("tries") : nullptr;
  if (!id || !id->is_string() || !receiver || !receiver->is_int64() || !tries || !tries->is_int64())
    return std::nullopt;
  const auto document = DocumentId::parse(std::string_view(id->get_string()));
  if (!document) return std::nullopt;
  return Asked{*document, CompanyId{receiver->get_int64()},
               static_cast<int>(std::clamp<std::int64_t>(tries->get_int64(), 0, 100))};
}

// --- What came of it

store::NoticeFact factOf(const PeppolAnswering& answering, const std::optional<store::NoticeRow>& notice,
                         std::string_view words) {
  store::NoticeFact fact;
  if (notice) fact.notice = notice->notice.id.text();
  fact.way = way;
  fact.address = answering.came.sender;
  fact.detail = truncated(words, words_points_max);
  return fact;
}

// A returned document's notice; of a decision there is none.
Result<std::optional<store::NoticeRow>> noticeOf(store::Reader& reader, const PeppolAnswering& answering) {
  if (answering.said.type != EventType::returned) return std::optional<store::NoticeRow>();
  return store::latestNoticeOf(reader, store::Viewer::system(), answering.document);
}

Outcome told(store::Transaction& tx, const PeppolAnswering& answering, std::string_view words) {
  TRY(const auto row, noticeOf(tx, answering));
  CHECK_OK(appendNoticeFact(tx, {answering.document}, EventType::notice_sent,
                            {store::ActorKind::channel, std::string(way), std::string(way)},
                            factOf(answering, row, words)));
  if (!row) return {};
  TRY(auto notice, store::noticeToChange(tx, row->notice.id));
  // Others of one notice that nobody could be told of still are a task.
  const bool othersWait = notice.state == NoticeState::unreachable && row->documents > 1;
  if (notice.sentAt || notice.readAt || othersWait) return {};
  notice.state = NoticeState::sent;
  notice.way = way;
  notice.address = answering.came.sender;
  notice.reason.clear();
  notice.missing.clear();
  notice.sentAt = tx.clock().now();
  return store::updateNotice(tx, notice);
}

// Where no other way has reached the sender, or is under way to it.
Outcome leftToOthers(const Tools& tools, store::Transaction& tx, const PeppolAnswering& answering) {
  TRY(const auto row, noticeOf(tx, answering));
  if (!row) return {};
  TRY(auto notice, store::noticeToChange(tx, row->notice.id));
  const bool noMails = mailsIn(notice.plan).empty();
  const bool mailGoes = !noMails && tools.mailing && tools.mailing->isOn();
  const bool otherWay = !notice.way.empty() && notice.way != way;
  if (otherWay || mailGoes || notice.readAt || notice.state == NoticeState::unreachable) return {};
  notice.missing = {noMails ? "email" : "mail-server"};
  return cannotTell(tx, notice, {answering.document}, noMails ? "no-address" : "no-mail-server");
}

Outcome refused(const Tools& tools, store::Transaction& tx, const PeppolAnswering& answering,
                std::string_view words) {
  TRY(const auto row, noticeOf(tx, answering));
  CHECK_OK(appendNoticeFact(tx, {answering.document}, EventType::notice_bounced,
                            {store::ActorKind::channel, std::string(way), std::string(way)},
                            factOf(answering, row, words)));
  return leftToOthers(tools, tx, answering);
}

Outcome concluded(const Tools& tools, store::Transaction& tx, const Asked& asked,
                  const PeppolAnswering& answering, const Submission& said) {
  const auto now = tools.clock.now();
  TRY(const auto kept, store::exchange(tx, ExchangeDirection::out, answering.instance));
  if (kept && kept->confirmedAt) return {};  // somebody else has said so
  if (said.result == Submission::Result::taken) {
    CHECK_OK(store::confirmExchange(tx, ExchangeDirection::out, answering.instance, said.at.value_or(now),
                                    said.messageId, said.receiverAccessPoint));
    return told(tx, answering, said.messageId);
  }
  const auto next =
      said.result == Submission::Result::later
          ? channels::peppolRetryAt(answering.instance, asked.tries + 1, now, said.after_seconds)
          : std::nullopt;
  if (!next) return refused(tools, tx, answering, said.words);
  return store::enqueue(tx, jobFor({asked.document, asked.receiver, asked.tries + 1}, *next));
}

Decision concluding(const Tools& tools, const store::Job& job, const Asked& asked,
                    const PeppolAnswering& answering, const Submission& said) {
  return {[&tools, job, asked, answering, said](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return concluded(tools, tx, asked, answering, said);
          },
          {}};
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

Decision notThisWay(const Tools& tools, const store::Job& job, const PeppolAnswering& answering) {
  return {[&tools, job, answering](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            return leftToOthers(tools, tx, answering);
          },
          {}};
}

Submission cannotNow(Submission::Result result, std::string words) {
  Submission said;
  said.result = result;
  said.words = std::move(words);
  return said;
}

// The lease may be lost by now: what came of it is kept all the same.
Outcome record(const Tools& tools, const store::Job& job, const Asked& asked,
               const PeppolAnswering& answering, const Submission& said) {
  const auto write = [&](bool withJob) {
    return retried([&] {
      return tools.store.write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
        if (withJob) CHECK_OK(store::complete(tx, job));
        return concluded(tools, tx, asked, answering, said);
      });
    });
  };
  const auto outcome = write(true);
  return outcome || outcome.error().code != "lease-lost" ? outcome : write(false);
}

// --- Handing it over

// `exchange` is new, or as it was kept before an earlier attempt.
Decision handOver(const Tools& tools, const store::Job& job, const Asked& asked,
                  const PeppolAnswering& answering, const channels::Peppol& peppol, PeppolAnswer answer,
                  bool isNew) {
  SendingLanes::Turn turn;
  if (tools.lanes) turn = tools.lanes->reserve(peppol.name(), job.id, tools.sendsHere);
  if (turn.dead)
    return concluding(tools, job, asked, answering, cannotNow(Submission::Result::later, turn.words));
  if (tools.lanes && !turn.slot)
    return {[job, turn](store::Transaction& tx) { return store::putOff(tx, job, turn.later, turn.words); },
            {}};
  const auto shared = std::make_shared<const PeppolAnswer>(std::move(answer));
  const auto kept = isNew ? PeppolEnvelope::of(shared->envelope) : PeppolEnvelope{};
  Decision decision;
  decision.commit = [job, shared, kept, isNew](store::Transaction& tx) -> Outcome {
    if (isNew) {
      auto exchange = shared->exchange;
      exchange.envelope = kept.digest;
      CHECK_OK(store::putBlob(tx, kept.digest, kept.compressed, kept.size));
      TRY(const bool first, store::keepExchange(tx, exchange));
      if (!first) return fail(ProblemKind::conflict, "stale-sequence", "Somebody else has made this answer.");
    }
    return store::prolong(tx, job, attempt_seconds);
  };
  decision.slot = turn.slot;
  decision.after = [&tools, job, asked, answering, &peppol, shared, isNew, slot = turn.slot]() -> Outcome {
    const auto said = peppol.road().accessPoint->submit(answering.instance, shared->envelope, !isNew);
    if (slot) slot->heard(said.silent, said.words);
    if (said.result != Submission::Result::taken)
      log::info(
          "an answer did not go by Peppol",
          {{"document", asked.document.text()}, {"instance", answering.instance}, {"said", said.words}});
    return record(tools, job, asked, answering, said);
  };
  return decision;
}

Result<Decision> compose(const Tools& tools, store::Reader& reader, const store::Job& job, const Asked& asked,
                         const PeppolAnswering& answering, const channels::Peppol& peppol,
                         const channels::PeppolService& service) {
  auto answer = peppolAnswerOf(reader, peppol.road(), service, answering, tools.clock.now());
  if (answer) return handOver(tools, job, asked, answering, peppol, std::move(*answer), true);
  if (answer.error().kind != ProblemKind::invalid) return fail(std::move(answer.error()));
  return concluding(tools, job, asked, answering,
                    cannotNow(Submission::Result::refused, answer.error().detail));
}

// What the sender is registered for; asked first where that is not known.
Result<Decision> firstTime(const Tools& tools, store::Reader& reader, const store::Job& job,
                           const Asked& asked, const PeppolAnswering& answering,
                           const channels::Peppol& peppol) {
  channels::Recipient sender;
  sender.identifiers = {answering.came.sender};
  if (tools.lanes && tools.registers) {
    TRY(auto questions, tools.registers->openQuestions(reader, sender));
    if (!questions.empty()) return askRegisters(tools, job, std::move(questions));
  }
  TRY(const auto lookup, store::lookup(reader, channels::peppol_register, answering.came.sender));
  const auto silence =
      cannotNow(Submission::Result::later, lookup ? lookup->words : "The register is silent.");
  if (!lookup || lookup->result == Lookup::Result::unknown)
    return concluding(tools, job, asked, answering, silence);
  if (lookup->result == Lookup::Result::absent) return notThisWay(tools, job, answering);
  TRY(const auto facts, channels::peppolFactsFrom(lookup->facts));
  if (const auto* service = facts.find(document_asked))
    return compose(tools, reader, job, asked, answering, peppol, *service);
  const bool unread = std::ranges::find(facts.unread, document_asked) != facts.unread.end();
  return unread ? concluding(tools, job, asked, answering, silence) : notThisWay(tools, job, answering);
}

}  // namespace

Result<PeppolAnswers> peppolAnswers(const Tools& tools, store::Reader& reader, CompanyId receiver,
                                    const std::vector<DocumentId>& documents, Instant now) {
  PeppolAnswers answers;
  const bool isOn = peppolOf(tools) != nullptr;
  for (const auto& document : documents) {
    std::optional<store::PeppolExchange> came, answer;
    if (isOn) {
      TRY(came, store::exchangeOfDocument(reader, ExchangeDirection::in, document));
    }
    if (!came) {
      answers.others.push_back(document);
      continue;
    }
    TRY(const auto answering, peppolAnsweringOf(reader, document));
    if (answering) {
      TRY(answer, store::exchange(reader, ExchangeDirection::out, answering->instance));
    }
    if (answer && answer->confirmedAt)
      answers.answered.push_back(document);
    else
      answers.jobs.push_back(jobFor({document, receiver, 0}, now));
  }
  return answers;
}

Result<Decision> answerByPeppol(const Tools& tools, store::Reader& reader, const store::Job& job) {
  const auto asked = askedIn(job);
  if (!asked) return fail(ProblemKind::internal, "job-damaged", "An answer's job says not what it answers.");
  TRY(const auto answering, peppolAnsweringOf(reader, asked->document));
  if (!answering) return onlyComplete(job);
  const auto* peppol = peppolOf(tools);
  if (!peppol) return notThisWay(tools, job, *answering);
  TRY(const auto earlier, store::exchange(reader, ExchangeDirection::out, answering->instance));
  if (!earlier) return firstTime(tools, reader, job, *asked, *answering, *peppol);
  if (earlier->confirmedAt) return onlyComplete(job);
  TRY(auto envelope, store::blob(reader, earlier->envelope));
  return handOver(tools, job, *asked, *answering, *peppol, {std::move(envelope), *earlier}, false);
}

}  // namespace postgang::flow
