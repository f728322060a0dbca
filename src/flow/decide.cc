#include "flow/decide.h"

#include <algorithm>
#include <array>

#include "flow/addressee.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/notify.h"
#include "flow/peppol_answer.h"
#include "flow/retries.h"
#include "flow/route.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::Status;
using store::EventType;

namespace {

constexpr std::array verb_names = {std::pair(Verb::release, std::string_view("release")),
                                   std::pair(Verb::send_back, std::string_view("return")),
                                   std::pair(Verb::accept, std::string_view("accept")),
                                   std::pair(Verb::reject, std::string_view("reject"))};

// What is written: events on the document and jobs that follow.
struct Written {
  std::vector<store::NewEvent> events;
  std::vector<store::NewJob> jobs;
};

Outcome checkState(const store::DocumentRow& row, Verb verb) {
  const auto status = row.entry.status;
  const bool onHeld = verb == Verb::release || verb == Verb::send_back;
  if (onHeld ? status == Status::held : status == Status::delivered || status == Status::opened) return {};
  const bool taken =
      onHeld ? status != Status::stopped : status == Status::accepted || status == Status::rejected;
  return fail(
      problem(ProblemKind::conflict, taken ? "decision-taken" : "decision-not-possible",
              {{"decision", std::string(name(verb))}, {"status", std::string(document::name(status))}}));
}

// The road is asked for again: what the counterpart wants may have changed while the document waited.
Result<Route> roadOf(store::Reader& reader, const Tools& tools, CompanyId sender, DocumentId document) {
  TRY(const auto addressee, addresseeOf(reader, sender, document));
  if (!addressee) return fail(problem(ProblemKind::conflict, "document-unreadable"));
  TRY(auto road, route(reader, tools.channels, sender, addressee->recipient, tools.clock.now()));
  if (addressee->notByPeppol) keepFrom(road, "peppol", *addressee->notByPeppol);
  return road;
}

Result<Written> release(store::Transaction& tx, const Tools& tools, CompanyId sender, DocumentId document,
                        const store::Actor& actor, std::string_view reason) {
  TRY(auto road, roadOf(tx, tools, sender, document));
  Written written;
  const bool reaches = road.reaches();
  written.events = {{EventType::checked, actor, store::NoteFact{std::string(reason)}},
                    {EventType::routed, {}, std::move(road.plan)}};
  if (reaches)
    written.jobs.push_back(deliverJob(document, sender, 0, tools.clock.now()));
  else
    written.events.push_back({EventType::failed, {}, failedFact("channels-exhausted")});
  return written;
}

Result<Written> decided(store::Transaction& tx, const Tools& tools, const store::Event& first,
                        CompanyId receiver, DocumentId document, const store::Actor& actor, Verb verb,
                        std::string_view reason) {
  const auto sender = std::get<store::ReceivedFact>(first.fact).sender;
  const store::NoteFact note{std::string(reason)};
  switch (verb) {
    case Verb::release:
      return release(tx, tools, sender, document, actor, reason);
    case Verb::send_back:
      return Written{{{EventType::returned, actor, note}},
                     {noticeJob(receiver, sender, document, tools.clock.now())}};
    case Verb::accept:
    case Verb::reject: {
      const auto said = verb == Verb::accept ? EventType::accepted : EventType::rejected;
      TRY(auto answers, peppolAnswers(tools, tx, receiver, {document}, tools.clock.now()));
      return Written{{{said, actor, note}}, std::move(answers.jobs)};
    }
  }
  return Written{};
}

bool wasSeen(const std::vector<store::Event>& events) {
  return std::ranges::any_of(events, [](const auto& event) {
    return event.type == EventType::opened || event.type == EventType::fetched;
  });
}

constexpr std::string_view paper = "print", bank = "bank";

// Those that leave in batches.
bool waitsInLine(const Tried& tried) {
  return (tried.channel == paper || tried.channel == bank) &&
         tried.status == document::DeliveryStatus::queued && !tried.underWay;
}

// Made into a batch, or about to be: what is on paper, or at a bank, cannot be taken back. One that came back
// can.
bool hasLeftInBatch(const Tried& tried, Instant now) {
  if (tried.channel != paper && tried.channel != bank) return false;
  if (waitsInLine(tried)) return tried.deadline && *tried.deadline <= now;
  return tried.status != document::DeliveryStatus::failed &&
         tried.status != document::DeliveryStatus::returned;
}

std::vector<store::NewEvent> recalled(const std::vector<store::Event>& events, const store::Actor& actor,
                                      std::string_view reason) {
  std::vector<store::NewEvent> written;
  for (const auto& tried : progressOf(events).tried) {
    if (!waitsInLine(tried)) continue;
    store::DeliveryFact fact;
    fact.delivery = tried.delivery;
    fact.channel = tried.channel;
    fact.attempt = tried.attempts;
    fact.evidence = "recalled";
    written.push_back({EventType::delivery_failed, actor, fact});
  }
  written.push_back({EventType::cancelled, actor, store::NoteFact{std::string(reason)}});
  return written;
}

}  // namespace

std::string_view name(Verb verb) {
  for (const auto& [value, text] : verb_names)
    if (value == verb) return text;
  return {};
}

std::optional<Verb> verbFromName(std::string_view name) {
  for (const auto& [value, text] : verb_names)
    if (text == name) return value;
  return std::nullopt;
}

Result<store::DocumentRow> documentOf(store::Reader& reader, const store::Viewer& viewer, DocumentId document,
                                      store::Direction direction) {
  TRY(auto row, store::findDocument(reader, viewer, document));
  TRY(const auto sides, store::sidesOf(reader, document));
  const bool wantsReceiver = direction == store::Direction::received;
  const auto company = wantsReceiver ? sides.receiver : std::optional(sides.sender);
  if (company && viewer.sees(*company, direction, row.entry.kind))
    return store::findDocument(reader, viewer, document, *company);
  return fail(problem(ProblemKind::forbidden, wantsReceiver ? "not-the-receiver" : "not-the-sender"));
}

Outcome decide(const Tools& tools, const store::Viewer& viewer, DocumentId document, Verb verb,
               std::string_view reason) {
  if (reason.empty() && (verb == Verb::send_back || verb == Verb::reject))
    return fail(problem(ProblemKind::invalid, "reason-missing"));
  return retried([&] {
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto row, documentOf(tx, viewer, document, store::Direction::received));
      CHECK_OK(checkState(row, verb));
      TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
      TRY(const auto written,
          decided(tx, tools, events.front(), row.entry.company, document, viewer.actor(), verb, reason));
      return appendAndTell(tx, document, row.lastSequence, written.events, written.jobs);
    });
  });
}

std::optional<std::string_view> whyNotRecalled(const store::DocumentRow& row,
                                               const std::vector<store::Event>& events, Instant now) {
  if (wasSeen(events)) return "recall-too-late";
  const auto progress = progressOf(events);
  if (std::ranges::any_of(progress.tried, [&](const auto& tried) { return hasLeftInBatch(tried, now); }))
    return "recall-too-late";
  switch (row.entry.status) {
    case Status::held:
    case Status::ready:
    case Status::sending:
    case Status::sent:
    case Status::delivered:
    case Status::failed:
      return std::nullopt;
    case Status::opened:
    case Status::accepted:
    case Status::rejected:
      return "recall-too-late";
    default:
      return "recall-not-possible";
  }
}

Outcome recall(const Tools& tools, const store::Viewer& viewer, DocumentId document,
               std::string_view reason) {
  return retried([&] {
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto row, documentOf(tx, viewer, document, store::Direction::sent));
      TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
      if (const auto code = whyNotRecalled(row, events, tools.clock.now()))
        return fail(problem(ProblemKind::conflict, *code,
                            {{"status", std::string(document::name(row.entry.status))}}));
      return store::append(tx, document, row.lastSequence, recalled(events, viewer.actor(), reason), {});
    });
  });
}

}  // namespace postgang::flow
