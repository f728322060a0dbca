#include "flow/flow.h"

#include "flow/filter.h"
#include "flow/findings.h"
#include "flow/header_fact.h"
#include "flow/intake.h"
#include "flow/machine.h"
#include "flow/parse.h"
#include "flow/route.h"
#include "flow/schedule.h"
#include "flow/track.h"
#include "flow/unpack.h"
#include "flow/words.h"

namespace postgang::flow {

bool Judgement::valid() const {
  return !stops(findings);
}

Flow::Flow(store::Store& store, const Clock& clock, IdMaker& ids, const channels::Registry& channels,
           FlowSettings settings)
    : machine_(std::make_unique<Machine>(store, clock, ids, channels, std::move(settings))) {}

Flow::~Flow() {
  stop();
}

Result<Accepted> Flow::accept(const Upload& upload) {
  const auto& tools = machine_->tools;
  TRY(const auto prepared, prepare(tools, machine_->settings.limits, upload));
  Kept kept;
  CHECK_OK(tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
    TRY(kept, keep(tx, prepared, tools.clock.now()));
    return {};
  }));
  if (kept.refused) return fail(*kept.refused);
  return std::move(kept.accepted);
}

std::vector<Result<Accepted>> Flow::acceptAll(const std::vector<Upload>& uploads) {
  const auto& tools = machine_->tools;
  std::vector<Result<PreparedUpload>> prepared;
  for (const auto& upload : uploads) prepared.push_back(prepare(tools, machine_->settings.limits, upload));
  std::vector<Result<Accepted>> answers;
  const auto outcome = tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
    answers.clear();
    for (const auto& each : prepared) {
      if (!each) {
        answers.push_back(fail(each.error()));
        continue;
      }
      TRY(auto kept, keep(tx, *each, tools.clock.now()));
      if (kept.refused)
        answers.push_back(fail(std::move(*kept.refused)));
      else
        answers.push_back(std::move(kept.accepted));
    }
    return {};
  });
  if (!outcome) answers.assign(uploads.size(), fail(outcome.error()));
  return answers;
}

Result<Judgement> Flow::judge(CompanyId sender, std::string_view, std::string_view bytes) const {
  if (formats::isZip(bytes)) return fail(problem(ProblemKind::invalid, "archive-not-judged"));
  CHECK_OK(withinLimit(bytes.size(), machine_->settings.limits));
  Judgement judgement;
  const auto recognised = recognise(bytes);
  if (!recognised) {
    judgement.findings.push_back(finding(recognised.error()));
    return judgement;
  }
  judgement.format = formatName(*recognised);
  const auto read = parse(*recognised);
  if (!read) {
    judgement.findings.push_back(finding(read.error()));
    return judgement;
  }
  judgement.recognised = recognisedFact(*recognised, read->facts);
  CHECK_OK(machine_->tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto identity, Identity::of(reader, sender));
    judgement.findings = filter(read->document, read->facts, identity);
    return {};
  }));
  return judgement;
}

Result<Lookup> Flow::lookUp(CompanyId sender, std::string_view identifier) const {
  TRY(const auto parsed, document::parseIdentifier(identifier));
  const auto& tools = machine_->tools;
  Lookup lookup;
  lookup.identifier = parsed.text();
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto recipient, recipientOf(reader, sender, parsed));
    TRY(auto found, route(reader, tools.channels, recipient, tools.clock.now()));
    lookup.plan = std::move(found.plan.plan);
    lookup.registers = std::move(found.registers);
    return {};
  }));
  return lookup;
}

Outcome Flow::opened(const store::Viewer& viewer, CompanyId company, DocumentId document,
                     std::string_view what) {
  return recordAccess(machine_->tools, store::EventType::opened, viewer, company, document, what);
}

Outcome Flow::fetched(const store::Viewer& viewer, CompanyId company, DocumentId document,
                      std::string_view what) {
  return recordAccess(machine_->tools, store::EventType::fetched, viewer, company, document, what);
}

void Flow::start() {
  for (int i = 0; i < machine_->settings.workers; ++i)
    machine_->threads.emplace_back([machine = machine_.get()] { machine->work(); });
}

void Flow::stop() {
  machine_->stopping = true;
  for (auto& thread : machine_->threads) thread.join();
  machine_->threads.clear();
  machine_->stopping = false;
}

Result<std::int64_t> Flow::runDue() {
  return machine_->runDue();
}

Result<Instant> Flow::advance(SimulatedClock& clock, std::int64_t seconds) {
  return moveTime(machine_->tools, clock, seconds, [&] { return machine_->runDue(); });
}

}  // namespace postgang::flow
