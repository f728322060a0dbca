#include "flow/advance.h"

#include <memory>
#include <utility>

#include "flow/ask_registers.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/findings.h"
#include "flow/keys.h"
#include "flow/notify.h"
#include "flow/remember.h"
#include "flow/walk.h"
#include "store/blobs.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

Outcome stop(store::Transaction& tx, DocumentId document, std::int64_t sequence,
             std::vector<store::NewEvent> events, store::StoppedFact stopped) {
  events.push_back({EventType::stopped, {}, std::move(stopped)});
  return appendAndTell(tx, document, sequence, events, {});
}

store::StoppedFact repetition(const store::DocumentRow& earlier) {
  store::StoppedFact stopped;
  Parameters parameters = {{"number", earlier.entry.number},
                           {"date", dateInStockholm(earlier.entry.receivedAt).text()},
                           {"documentId", earlier.entry.document.text()}};
  stopped.findings.push_back(
      finding("number-repeated", document::Term::BT_1, {}, earlier.entry.number, std::move(parameters)));
  stopped.repeats = earlier.entry.document;
  return stopped;
}

// The earlier document that holds this one's business key, if there is one; takes the key otherwise, also
// from an earlier version of its own chain.
Result<std::optional<DocumentId>> repeated(store::Transaction& tx, const Walked& walked, DocumentId document,
                                           DocumentId root) {
  if (!walked.businessKey) return std::nullopt;
  const auto& [company, key] = *walked.businessKey;
  return takeKey(tx, company, "number", key, document, root);
}

// The events name the key that was taken, so that it can be taken again when rows are made from them.
void sayKey(std::vector<store::NewEvent>& events, const BusinessKey& taken) {
  for (auto& event : events) {
    auto* recognised = std::get_if<store::RecognisedFact>(&event.fact);
    if (!recognised) continue;
    recognised->keyOwner = taken.company;
    recognised->key = taken.key;
  }
}

// Sent back, and its sender told. What the sender wants put right by itself is, first.
Outcome stopForReceiver(store::Transaction& tx, const store::Job& job, std::int64_t sequence,
                        std::vector<store::NewEvent> events, const Walked& walked, Instant now) {
  const auto receiver = walked.routed->receiver;  // absent: a sandbox's test receiver, who writes no notices
  events.push_back(
      {EventType::stopped, {}, store::StoppedFact{walked.judged.findings, std::nullopt, receiver}});
  std::vector<store::NewJob> jobs;
  if (walked.remembered.empty()) {
    events.push_back({EventType::returned, {}, store::NoteFact{}});
    if (receiver) jobs.push_back(noticeJob(*receiver, job.company, job.document, now));
  } else {
    jobs.push_back(rememberJob(job.document, job.company, now));
  }
  return appendAndTell(tx, job.document, sequence, events, std::move(jobs));
}

Outcome hold(store::Transaction& tx, const store::Job& job, std::int64_t sequence,
             std::vector<store::NewEvent> events, const Walked& walked) {
  events.push_back({EventType::held,
                    {},
                    store::StoppedFact{walked.judged.findings, std::nullopt, walked.routed->receiver}});
  return store::append(tx, job.document, sequence, events, {});
}

Outcome sendOn(store::Transaction& tx, const store::Job& job, std::int64_t sequence,
               std::vector<store::NewEvent> events, const Walked& walked, Instant now) {
  events.push_back({EventType::checked, {}, store::NoteFact{}});
  events.push_back({EventType::routed, {}, *walked.routed});
  if (!walked.failed)
    return store::append(tx, job.document, sequence, events, {deliverJob(job.document, job.company, 0, now)});
  events.push_back({EventType::failed, {}, *walked.failed});
  return appendAndTell(tx, job.document, sequence, events, {});
}

Outcome commit(store::Transaction& tx, const store::Job& job, std::int64_t sequence, const Walked& walked,
               DocumentId root, Instant now) {
  CHECK_OK(store::complete(tx, job));
  std::vector<store::NewEvent> events;
  if (walked.recognised) {
    CHECK_OK(store::putParsed(tx, job.document, walked.parsed));
    events.push_back({EventType::recognised, {}, *walked.recognised});
  }
  if (!walked.routed)
    return stop(tx, job.document, sequence, std::move(events), {walked.findings, std::nullopt, std::nullopt});
  TRY(const auto earlier, repeated(tx, walked, job.document, root));
  if (!earlier) {
    if (walked.businessKey) sayKey(events, *walked.businessKey);
    switch (walked.judged.verdict) {
      case Verdict::stop:
        return stopForReceiver(tx, job, sequence, std::move(events), walked, now);
      case Verdict::hold:
        return hold(tx, job, sequence, std::move(events), walked);
      case Verdict::warn:
        events.push_back({EventType::warned,
                          {},
                          store::StoppedFact{walked.judged.findings, std::nullopt, walked.routed->receiver}});
        break;
      case Verdict::pass:
        break;
    }
    return sendOn(tx, job, sequence, std::move(events), walked, now);
  }
  TRY(const auto row, store::findDocument(tx, store::Viewer::system(), *earlier));
  return stop(tx, job.document, sequence, std::move(events), repetition(row));
}

}  // namespace

store::NewJob advanceJob(DocumentId document, CompanyId sender, Instant now) {
  store::NewJob job;
  job.kind = "advance";
  job.key = "advance:" + document.text();
  job.document = document;
  job.company = sender;
  job.runAt = now;
  job.payload = "{}";
  return job;
}

Result<Decision> advance(const Tools& tools, store::Reader& reader, const store::Job& job) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  const auto progress = progressOf(events);
  if (progress.status != document::Status::received)  // it has been walked: nothing is left of this job
    return Decision{[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
  const auto& received = std::get<store::ReceivedFact>(events.front().fact);
  TRY(auto bytes, store::blob(reader, received.digest));
  const auto now = tools.clock.now();
  auto root = job.document;
  if (received.supersedes) {
    TRY(const auto row, store::findDocument(reader, store::Viewer::system(), job.document));
    root = row.root;
  }
  TRY(auto result, walk(reader, tools.channels,
                        {received.sender, received.fileName, std::move(bytes), root, received.channel}, now,
                        tools.lanes ? tools.registers : nullptr));
  if (!result.unasked.empty()) return askRegisters(tools, job, std::move(result.unasked));
  auto walked = std::make_shared<const Walked>(std::move(result));
  return Decision{[job, sequence = progress.sequence, walked, root, now](store::Transaction& tx) {
                    return commit(tx, job, sequence, *walked, root, now);
                  },
                  {}};
}

}  // namespace postgang::flow
