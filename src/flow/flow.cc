#include "flow/flow.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/log.h"
#include "flow/bank_files.h"
#include "flow/bank_inbox.h"
#include "flow/findings.h"
#include "flow/intake.h"
#include "flow/machine.h"
#include "flow/print_receipts.h"
#include "flow/recognise.h"
#include "flow/route.h"
#include "flow/sandbox_receivers.h"
#include "flow/schedule.h"
#include "flow/track.h"
#include "flow/unpack.h"
#include "flow/walk.h"
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
  TRY(const auto* tools, machine_->toolsFor(sender));
  Walked walked;
  CHECK_OK(tools->store.read([&](store::Reader& reader) -> Outcome {
    TRY(walked, walk(reader, tools->channels, {sender, {}, std::string(bytes), {}, {}}, tools->clock.now()));
    return {};
  }));
  Judgement judgement;
  judgement.findings = std::move(walked.findings);
  std::ranges::move(walked.judged.findings, std::back_inserter(judgement.findings));
  judgement.recognised = std::move(walked.recognised);
  if (judgement.recognised)
    judgement.format = judgement.recognised->format;
  else if (const auto recognised = recognise(bytes))  // known by name and not read
    judgement.format = formatName(*recognised);
  return judgement;
}

Result<Lookup> Flow::lookUp(CompanyId sender, std::string_view identifier) const {
  TRY(const auto parsed, document::parseIdentifier(identifier));
  TRY(const auto* tools, machine_->toolsFor(sender));
  Lookup lookup;
  lookup.identifier = parsed.text();
  if (tools->registers) {
    std::vector<Registers::Question> open;
    CHECK_OK(tools->store.read([&](store::Reader& reader) -> Outcome {
      TRY(const auto recipient, channels::recipientOf(reader, sender, parsed));
      TRY(open, tools->registers->openQuestions(reader, recipient));
      return {};
    }));
    CHECK_OK(tools->registers->ask(open));
  }
  CHECK_OK(tools->store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto recipient, channels::recipientOf(reader, sender, parsed));
    TRY(auto found, route(reader, tools->channels, sender, recipient, tools->clock.now()));
    lookup.plan = std::move(found.plan.plan);
    lookup.registers = std::move(found.plan.registers);
    lookup.by = std::move(found.plan.by);
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

Result<store::PartnerInvitation> Flow::invitePartner(const store::Viewer& viewer, CompanyId company,
                                                     const PartnerInvite& invite) {
  TRY(const auto* tools, machine_->toolsFor(company));
  return flow::invitePartner(*tools, viewer, company, invite);
}

Result<store::NoticeRow> Flow::tellAgain(const store::Viewer& viewer, CompanyId company,
                                         DocumentId document) {
  TRY(const auto* tools, machine_->toolsFor(document));
  return flow::tellAgain(*tools, viewer, company, document);
}

Outcome Flow::noticeRead(const store::Viewer& viewer, CompanyId company, DocumentId document) {
  return flow::noticeRead(machine_->tools, viewer, company, document);
}

RecipientPages Flow::recipientPages() const {
  return RecipientPages(machine_->tools);
}

Outcome Flow::noticeReadByLink(store::NoticeId notice, const store::Actor& actor) {
  return flow::noticeReadByLink(machine_->tools, notice, actor);
}

Result<Proposed> Flow::propose(const store::Viewer& viewer, const CorrectionRequest& request) const {
  CHECK_OK(checkSender(viewer, request.document));
  return proposeByLink(request);
}

Result<CorrectionMade> Flow::correct(const store::Viewer& viewer, const CorrectionRequest& request) {
  CHECK_OK(checkSender(viewer, request.document));
  return correctByLink(viewer.actor(), request);
}

Result<Proposed> Flow::proposeByLink(const CorrectionRequest& request) const {
  TRY(const auto* tools, machine_->toolsFor(request.document));
  std::optional<Proposed> proposed;
  CHECK_OK(tools->store.read([&](store::Reader& reader) -> Outcome {
    TRY(proposed, flow::propose(reader, tools->channels, request, tools->clock.now()));
    return {};
  }));
  return std::move(*proposed);
}

Result<CorrectionMade> Flow::correctByLink(const store::Actor& actor, const CorrectionRequest& request) {
  TRY(const auto* tools, machine_->toolsFor(request.document));
  return flow::correct(*tools, request, actor);
}

Outcome Flow::checkSender(const store::Viewer& viewer, DocumentId document) const {
  return machine_->tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto row, documentOf(reader, viewer, document, store::Direction::sent));
    (void)row;
    return {};
  });
}

Outcome Flow::decide(const store::Viewer& viewer, DocumentId document, Verb verb, std::string_view reason) {
  TRY(const auto* tools, machine_->toolsFor(document));
  return flow::decide(*tools, viewer, document, verb, reason);
}

Outcome Flow::recall(const store::Viewer& viewer, DocumentId document, std::string_view reason) {
  TRY(const auto* tools, machine_->toolsFor(document));
  return flow::recall(*tools, viewer, document, reason);
}

Result<ResendState> Flow::resendState(const store::Viewer& viewer, DocumentId document) const {
  TRY(const auto* tools, machine_->toolsFor(document));
  ResendState state;
  CHECK_OK(tools->store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto row, documentOf(reader, viewer, document, store::Direction::sent));
    TRY(state, flow::resendState(reader, *tools, row));
    return {};
  }));
  return state;
}

Result<std::string> Flow::resend(const store::Viewer& viewer, DocumentId document, std::string_view channel,
                                 bool confirmed) {
  TRY(const auto* tools, machine_->toolsFor(document));
  return flow::resend(*tools, viewer, document, channel, confirmed);
}

bool Flow::mailIsOn() const {
  return machine_->tools.mailing->isOn();
}

Result<std::int64_t> Flow::pollMailbox() {
  return machine_->mailbox ? machine_->mailbox->poll() : 0;
}

Result<MailTaken> Flow::takeMail(std::string_view bytes) {
  return flow::takeMail(machine_->here, machine_->settings.limits, bytes);
}

Result<PeppolTaken> Flow::takePeppol(std::string_view bytes, const As4Facts& as4) {
  return flow::takePeppol(machine_->tools, bytes, as4, machine_->settings.limits);
}

std::optional<MailCounts> Flow::mailCounts() const {
  return machine_->mailbox ? std::optional(machine_->mailbox->counts()) : std::nullopt;
}

Result<std::string> Flow::inboundAddress(CompanyId company) const {
  std::string address;
  if (!machine_->mailbox) return address;
  // Real mail is for real companies: a sandbox's tools have no address to take it at.
  TRY(const auto* tools, machine_->toolsFor(company));
  CHECK_OK(tools->store.read([&](store::Reader& reader) -> Outcome {
    TRY(address, inboundAddressOf(*tools, reader, company));
    return {};
  }));
  return address;
}

Result<std::string> Flow::setInbound(CompanyId company, bool on, bool renew) {
  TRY(const auto* tools, machine_->toolsFor(company));
  if (on && (!machine_->mailbox || tools->channels.isSandbox()))
    return fail(problem(ProblemKind::conflict, "inbound-mail-off"));
  CHECK_OK(tools->store.write(store::Priority::intake, [&](store::Transaction& tx) {
    return setInboundInvoices(tx, company, on, renew);
  }));
  return inboundAddress(company);
}

Result<std::vector<SmartmailDone>> Flow::actOnSmartmail(const store::Viewer& viewer,
                                                        const std::vector<DocumentId>& documents,
                                                        const SmartmailRequest& request) {
  // Nobody acts for a sandbox and for what is real at once, but anybody may ask: each goes with its own
  // tools.
  std::map<const Tools*, std::vector<DocumentId>> worlds;
  for (const auto document : documents) {
    TRY(const auto* tools, machine_->toolsFor(document));
    worlds[tools].push_back(document);
  }
  std::map<DocumentId, SmartmailDone> done;
  for (const auto& [tools, own] : worlds) {
    TRY(const auto said, flow::actOnSmartmail(*tools, viewer, own, request));
    for (std::size_t i = 0; i < own.size(); ++i) done[own[i]] = said[i];
  }
  std::vector<SmartmailDone> inOrder;
  for (const auto document : documents) inOrder.push_back(done[document]);
  return inOrder;
}

Result<int> Flow::hurrySandbox(const store::Viewer& viewer, DocumentId document) {
  TRY(const auto* tools, machine_->toolsFor(document));
  return flow::hurrySandbox(*tools, viewer, document);
}

std::vector<std::string> Flow::channelNames() const {
  std::vector<std::string> names;
  for (const auto& channel : machine_->tools.channels.all()) names.emplace_back(channel->name());
  return names;
}

void Flow::start() {
  if (machine_->mailbox) machine_->mailbox->start();
  // Answers about letters may have come while we were away. Where it stands in the queue already, it stays.
  if (machine_->settings.printing.isOn()) {
    const auto& tools = machine_->tools;
    const auto queued = tools.store.write(store::Priority::background, [&](store::Transaction& tx) {
      return store::enqueue(tx, printReceiptsJob(tools.clock.now()));
    });
    if (!queued) log::warning("receipts of letters are not looked for", {{"code", queued.error().code}});
  }
  if (const auto* banking = bankingOf(machine_->tools); banking && banking->isOn()) {
    const auto& tools = machine_->tools;
    const auto queued = tools.store.write(store::Priority::background, [&](store::Transaction& tx) {
      return store::enqueue(tx, bankInboxJob(tools.clock.now()));
    });
    if (!queued) log::warning("the bank hub's files are not looked for", {{"code", queued.error().code}});
  }
  machine_->lanes.start();
  for (int i = 0; i < machine_->settings.workers; ++i)
    machine_->threads.emplace_back([machine = machine_.get()] { machine->work(); });
}

void Flow::stop() {
  if (machine_->mailbox) machine_->mailbox->stop();
  machine_->stopping = true;
  for (auto& thread : machine_->threads) thread.join();
  machine_->threads.clear();
  machine_->lanes.stop();
  machine_->stopping = false;
}

Result<std::int64_t> Flow::runDue() {
  return machine_->runDue();
}

const channels::Registry& Flow::channels() const {
  return machine_->tools.channels;
}

std::vector<DownHost> Flow::hostsDown() const {
  return machine_->lanes.hostsDown();
}

Result<Instant> Flow::advance(SimulatedClock& clock, std::int64_t seconds) {
  // A mail server that does not answer holds up no time; the log says so.
  const auto read = [&] {
    if (const auto polled = pollMailbox(); !polled)
      log::warning("the mailbox could not be read",
                   {{"code", polled.error().code}, {"detail", polled.error().detail}});
  };
  read();
  TRY(const auto now, moveTime(machine_->tools, clock, seconds, [&] { return machine_->runDue(); }));
  read();
  TRY(const auto done, machine_->runDue());
  (void)done;
  return now;
}

}  // namespace postgang::flow
