#include "flow/remember.h"

#include <algorithm>

#include "flow/correct.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/notify.h"
#include "store/documents.h"
#include "store/remembered.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

bool doesStop(const store::FindingFact& finding) {
  return finding.severity == "error";
}

Result<std::vector<store::Remembered>> rulesFor(store::Reader& reader, CompanyId sender,
                                                const std::vector<std::string>& identifiers) {
  std::vector<store::Remembered> rules;
  for (const auto& identifier : identifiers) {
    TRY(auto found, store::rememberedFor(reader, sender, identifier));
    rules.insert(rules.end(), found.begin(), found.end());
  }
  return rules;
}

// Empty unless every finding that stops has its rule.
std::vector<RememberedChange> answered(const std::vector<store::Remembered>& rules,
                                       const std::vector<store::FindingFact>& findings) {
  std::vector<RememberedChange> changes;
  for (const auto& finding : findings) {
    if (!doesStop(finding)) continue;
    const auto rule = std::ranges::find_if(rules, [&](const auto& candidate) {
      return candidate.term == finding.term && candidate.cause == finding.id;
    });
    const auto term = document::termFromName(finding.term);
    if (rule == rules.end() || !term) return {};
    changes.push_back({rule->id.text(), *term, rule->value});
  }
  return changes;
}

store::StoppedFact stopOf(const std::vector<store::Event>& events) {
  for (auto event = events.rbegin(); event != events.rend(); ++event)
    if (event->type == EventType::stopped) return std::get<store::StoppedFact>(event->fact);
  return {};
}

// The rules did not do: it goes back as if there were none.
Decision sendBack(const store::Job& job, std::int64_t sequence, const store::StoppedFact& stopped,
                  Instant now) {
  return {[job, sequence, receiver = stopped.receiver, now](store::Transaction& tx) -> Outcome {
            CHECK_OK(store::complete(tx, job));
            std::vector<store::NewJob> jobs;
            if (receiver) jobs.push_back(noticeJob(*receiver, job.company, job.document, now));
            return appendAndTell(tx, job.document, sequence, {{EventType::returned, {}, store::NoteFact{}}},
                                 jobs);
          },
          {}};
}

Decision onlyComplete(const store::Job& job) {
  return {[job](store::Transaction& tx) { return store::complete(tx, job); }, {}};
}

CorrectionRequest requestOf(DocumentId document, const std::vector<RememberedChange>& changes) {
  CorrectionRequest request;
  request.document = document;
  for (const auto& change : changes) {
    request.changes.push_back({change.term, {}, change.value, {}});
    if (const auto id = RememberedId::parse(change.rule)) request.byRules.push_back(*id);
  }
  return request;
}

std::string authorsOf(const std::vector<store::Remembered>& rules,
                      const std::vector<RememberedChange>& changes) {
  for (const auto& rule : rules)
    if (rule.id.text() == changes.front().rule) return rule.createdBy;
  return {};
}

}  // namespace

Result<std::vector<RememberedChange>> rememberedFor(store::Reader& reader, CompanyId sender,
                                                    const channels::Recipient& receiver,
                                                    const std::vector<store::FindingFact>& findings) {
  TRY(const auto rules, rulesFor(reader, sender, receiver.identifiers));
  if (rules.empty()) return std::vector<RememberedChange>();
  return answered(rules, findings);
}

store::NewJob rememberJob(DocumentId document, CompanyId sender, Instant now) {
  store::NewJob job;
  job.kind = "remember";
  job.key = "remember:" + document.text();
  job.document = document;
  job.company = sender;
  job.runAt = now;
  job.payload = "{}";
  return job;
}

Result<Decision> applyRemembered(const Tools& tools, store::Reader& reader, const store::Job& job) {
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), job.document));
  const auto progress = progressOf(events);
  if (progress.status != document::Status::stopped) return onlyComplete(job);
  const auto stopped = stopOf(events);
  TRY(const auto row, store::findDocument(reader, store::Viewer::system(), job.document));
  TRY(const auto rules, rulesFor(reader, job.company, {row.entry.receiver.identifier}));
  const auto changes = answered(rules, stopped.findings);
  const auto now = tools.clock.now();
  if (changes.empty()) return sendBack(job, progress.sequence, stopped, now);
  // The correction is a commit of its own. Done twice (a crash between the two), the second finds the
  // document superseded.
  const auto request = requestOf(job.document, changes);
  const auto proposed = propose(reader, tools.channels, request, now);
  if (!proposed || !proposed->valid()) return sendBack(job, progress.sequence, stopped, now);
  Decision decision;
  decision.commit = [](store::Transaction&) -> Outcome { return {}; };
  decision.after = [&tools, job, request, author = authorsOf(rules, changes)]() -> Outcome {
    const auto made = correct(tools, request, {store::ActorKind::system, "remembered", author});
    if (!made && made.error().kind != ProblemKind::conflict) return fail(made.error());
    return tools.store.write(store::Priority::walk,
                             [&](store::Transaction& tx) { return store::complete(tx, job); });
  };
  return decision;
}

}  // namespace postgang::flow
