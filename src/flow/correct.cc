#include "flow/correct.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "flow/advance.h"
#include "flow/keys.h"
#include "flow/retries.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/remembered.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::BusinessDocument;
using document::Status;
using store::EventType;

namespace {

constexpr std::string_view door = "correction";

int valuesIn(const document::GroupView& group) {
  auto count = static_cast<int>(group.values().size());
  for (const auto& inner : group.groups()) count += valuesIn(inner);
  return count;
}

Problem refused(const store::DocumentRow& row, std::string_view code) {
  Parameters parameters = {{"number", row.entry.number}};
  if (row.supersededBy) parameters.emplace("documentId", row.supersededBy->text());
  return problem(ProblemKind::conflict, code, std::move(parameters));
}

// … and who was first, and when, so that whoever was second knows whom to ask.
Result<Problem> refused(store::Reader& reader, const store::DocumentRow& row, std::string_view code) {
  auto said = refused(row, code);
  if (row.entry.status != Status::superseded) return said;
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), row.entry.document));
  const auto first = std::ranges::find(events, EventType::superseded, &store::Event::type);
  if (first == events.end()) return said;
  said.parameters.emplace("by", first->actor.name);
  said.parameters.emplace("at", first->at.text());
  return said;
}

Result<BusinessDocument> parsedOf(store::Reader& reader, const store::DocumentRow& row) {
  TRY(const auto kept, store::parsed(reader, row.entry.document));
  if (!kept) return fail(refused(row, "document-unreadable"));
  return BusinessDocument::restored(*kept);
}

std::vector<store::ChangeFact> changeFacts(const std::vector<document::Change>& changes) {
  std::vector<store::ChangeFact> facts;
  for (const auto& change : changes)
    facts.push_back({std::string(document::name(change.term)), change.place, change.before, change.after});
  return facts;
}

// The file's bytes, as those of every upload: only its own chain may have had the same before.
Outcome claimBytes(store::Transaction& tx, const store::DocumentRow& row, CompanyId sender,
                   const Digest& digest, DocumentId made) {
  TRY(const auto holder, takeKey(tx, sender, "bytes", hex(view(digest)), made, row.root));
  if (!holder) return {};
  TRY(const auto earlier, store::findDocument(tx, store::Viewer::system(), *holder));
  return fail(problem(ProblemKind::conflict, "duplicate-document",
                      {{"documentId", holder->text()},
                       {"number", earlier.entry.number},
                       {"date", dateInStockholm(earlier.entry.receivedAt).text()}}));
}

struct Prepared {
  Proposed proposed;
  std::string compressed;
  Digest digest{};
  DocumentId id;
};

// A correction takes the road that is asked for now, else the one that was asked for the first time.
Result<std::string> channelOf(store::Reader& reader, const store::DocumentRow& row,
                              const CorrectionRequest& request) {
  if (!request.channel.empty()) return request.channel;
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), row.entry.document));
  return std::get<store::ReceivedFact>(events.front().fact).channel;
}

Result<store::ReceivedFact> receivedFact(store::Reader& reader, const Prepared& prepared,
                                         const CorrectionRequest& request) {
  const auto& row = prepared.proposed.row;
  store::ReceivedFact fact;
  fact.sender = row.entry.company;
  fact.door = door;
  fact.fileName = row.fileName;
  fact.mediaType = row.mediaType;
  fact.digest = prepared.digest;
  fact.size = static_cast<std::int64_t>(prepared.proposed.bytes.size());
  fact.supersedes = row.entry.document;
  fact.changes = changeFacts(prepared.proposed.difference);
  fact.reason = request.reason;
  TRY(fact.channel, channelOf(reader, row, request));
  return fact;
}

// A rule for each changed term that a finding stopped it for.
Outcome rememberChanges(store::Transaction& tx, const Tools& tools, const Prepared& prepared,
                        const CorrectionRequest& request, const store::Actor& actor) {
  const auto& row = prepared.proposed.row;
  if (!request.remember || row.entry.receiver.identifier.empty()) return {};
  TRY(const auto findings, store::findingsOf(tx, store::Viewer::system(), row.entry.document));
  for (const auto& change : request.changes) {
    const auto answered = std::ranges::find(findings, document::name(change.term), &store::FindingFact::term);
    if (!change.value || answered == findings.end() || !store::isDemand(*answered)) continue;
    store::Remembered remembered;
    remembered.id = tools.ids.next<RememberedId>();
    remembered.company = row.entry.company;
    remembered.counterpart = row.entry.receiver.identifier;
    remembered.counterpartName = row.entry.receiver.name;
    remembered.term = document::name(change.term);
    remembered.value = *change.value;
    remembered.cause = answered->id;
    remembered.createdAt = tools.clock.now();
    remembered.createdBy = actor.name;
    CHECK_OK(store::remember(tx, remembered));
  }
  return {};
}

Outcome keep(store::Transaction& tx, const Tools& tools, const Prepared& prepared,
             const CorrectionRequest& request, const store::Actor& actor) {
  const auto& row = prepared.proposed.row;
  const auto sender = row.entry.company;
  CHECK_OK(claimBytes(tx, row, sender, prepared.digest, prepared.id));
  CHECK_OK(store::putBlob(tx, prepared.digest, prepared.compressed,
                          static_cast<std::int64_t>(prepared.proposed.bytes.size())));
  TRY(const auto received, receivedFact(tx, prepared, request));
  CHECK_OK(store::append(tx, prepared.id, 0, {{EventType::received, actor, received}},
                         {advanceJob(prepared.id, sender, tools.clock.now())}));
  CHECK_OK(store::append(tx, row.entry.document, row.lastSequence,
                         {{EventType::superseded, actor, store::NoteFact{request.reason}}}, {}));
  for (const auto rule : request.byRules) CHECK_OK(store::countUse(tx, rule));
  return rememberChanges(tx, tools, prepared, request, actor);
}

Result<Prepared> prepare(const Tools& tools, const CorrectionRequest& request) {
  Prepared prepared;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(prepared.proposed, propose(reader, tools.channels, request, tools.clock.now()));
    return {};
  }));
  if (const auto findings = prepared.proposed.findings(); !prepared.proposed.valid())
    return fail(problem(ProblemKind::invalid, "correction-not-enough",
                        {{"finding", findings.empty() ? std::string() : findings.front().id},
                         {"count", std::to_string(findings.size())}}));
  prepared.digest = sha256(prepared.proposed.bytes);
  prepared.compressed = compress(prepared.proposed.bytes);
  prepared.id = tools.ids.next<DocumentId>();
  return prepared;
}

// Where no road is known yet, because it would be stopped, nothing is said of the channel.
Outcome checkChannel(const Walked& walked, std::string_view channel) {
  if (channel.empty() || !walked.routed) return {};
  const auto& plan = walked.routed->plan;
  if (!plan.empty() && plan.front().channel == channel && plan.front().reachable) return {};
  return fail(problem(ProblemKind::conflict, "channel-not-reachable", {{"channel", std::string(channel)}}));
}

}  // namespace

std::vector<store::FindingFact> Proposed::findings() const {
  auto all = walked.findings;
  all.insert(all.end(), walked.judged.findings.begin(), walked.judged.findings.end());
  return all;
}

bool Proposed::valid() const {
  return walked.routed.has_value() && walked.judged.verdict != Verdict::stop;
}

std::optional<std::string_view> whyNotCorrected(const store::DocumentRow& row) {
  if (row.format.empty()) return "document-unreadable";
  switch (row.entry.status) {
    case Status::superseded:
      return "document-superseded";
    case Status::cancelled:
      return "document-cancelled";
    case Status::accepted:
      return "document-accepted";
    case Status::received:
    case Status::ready:
    case Status::sending:
      return "document-under-way";
    default:
      return std::nullopt;
  }
}

Result<Proposed> propose(store::Reader& reader, const channels::Registry& channels,
                         const CorrectionRequest& request, Instant now) {
  Proposed proposed;
  TRY(proposed.row, store::findDocument(reader, store::Viewer::system(), request.document));
  const auto& row = proposed.row;
  if (const auto code = whyNotCorrected(row)) {
    TRY(auto said, refused(reader, row, *code));
    return fail(std::move(said));
  }
  TRY(const auto original, store::blob(reader, row.digest));
  TRY(proposed.bytes,
      formats::correct(original, request.changes, request.attachments, request.removedAttachments));
  TRY(auto channel, channelOf(reader, row, request));
  TRY(proposed.walked,
      walk(reader, channels, {row.entry.company, row.fileName, proposed.bytes, row.root, std::move(channel)},
           now));
  CHECK_OK(checkChannel(proposed.walked, request.channel));
  TRY(const auto before, parsedOf(reader, row));
  TRY(const auto after, BusinessDocument::restored(proposed.walked.parsed));
  proposed.difference = document::difference(before, after);
  const auto changed = std::ranges::count_if(proposed.difference,
                                             [](const auto& change) { return change.before.has_value(); });
  proposed.unchanged = std::max(0, valuesIn(before.root()) - static_cast<int>(changed));
  return proposed;
}

Result<CorrectionMade> correct(const Tools& tools, const CorrectionRequest& request,
                               const store::Actor& actor) {
  CorrectionMade made;
  CHECK_OK(retried([&]() -> Outcome {
    TRY(const auto prepared, prepare(tools, request));
    CHECK_OK(tools.store.write(store::Priority::intake, [&](store::Transaction& tx) {
      return keep(tx, tools, prepared, request, actor);
    }));
    made = {prepared.id, prepared.proposed.row.version + 1, Status::received, prepared.proposed.difference};
    return {};
  }));
  return made;
}

}  // namespace postgang::flow
