#include "flow/resend.h"

#include <algorithm>

#include "channels/policy.h"
#include "flow/addressee.h"
#include "flow/decide.h"
#include "flow/deliver.h"
#include "flow/keys.h"
#include "flow/retries.h"
#include "flow/route.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/policies.h"
#include "store/sql/session.h"

namespace postgang::flow {

using document::Status;
using store::EventType;

namespace {

std::optional<std::string_view> whyNot(Status status) {
  switch (status) {
    case Status::received:
    case Status::ready:
    case Status::sending:
      return "resend-under-way";
    case Status::stopped:
    case Status::returned:
    case Status::held:
      return "resend-stopped";
    case Status::superseded:
      return "resend-superseded";
    case Status::cancelled:
    case Status::accepted:
      return "resend-ended";
    default:
      return std::nullopt;
  }
}

std::optional<ResendState::AlreadySent> lastSent(const std::vector<store::Event>& events) {
  for (auto event = events.rbegin(); event != events.rend(); ++event) {
    if (event->type != EventType::sent && event->type != EventType::delivered) continue;
    return ResendState::AlreadySent{event->at, std::get<store::DeliveryFact>(event->fact).channel};
  }
  return std::nullopt;
}

// Who names a channel means it; the policy's demands bind whoever names none.
enum class Chosen { by_hand, by_policy };

Result<Route> roadOf(store::Reader& reader, const Tools& tools, const store::DocumentRow& row,
                     Chosen chosen) {
  TRY(const auto addressee, addresseeOf(reader, row.entry.company, row.entry.document));
  if (!addressee) return Route{};
  TRY(const auto set, store::channelPolicy(reader, row.entry.company));
  auto policy = channels::policyOf(set);
  if (chosen == Chosen::by_hand) policy.demands.clear();
  TRY(auto road, route(reader, tools.channels, policy, addressee->recipient, tools.clock.now()));
  if (addressee->notByPeppol) keepFrom(road, "peppol", *addressee->notByPeppol);
  return road;
}

// What is too old to go by is asked about before the road is chosen anew.
Outcome askRegisters(const Tools& tools, const store::Viewer& viewer, DocumentId document) {
  if (!tools.registers) return {};
  std::vector<Registers::Question> open;
  CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto row, documentOf(reader, viewer, document, store::Direction::sent));
    TRY(const auto addressee, addresseeOf(reader, row.entry.company, document));
    if (!addressee) return {};
    TRY(open, tools.registers->openQuestions(reader, addressee->recipient));
    return {};
  }));
  return tools.registers->ask(open);
}

bool reaches(const std::vector<store::PlanStep>& plan) {
  return std::ranges::any_of(plan, &store::PlanStep::reachable);
}

// The plan with the wanted channel first.
Result<std::vector<store::PlanStep>> planFor(std::vector<store::PlanStep> plan, std::string_view channel) {
  const auto wanted = channel.empty() ? std::ranges::find_if(plan, &store::PlanStep::reachable)
                                      : std::ranges::find(plan, channel, &store::PlanStep::channel);
  if (wanted == plan.end() || !goFirst(plan, wanted->channel))
    return fail(problem(ProblemKind::conflict, "channel-not-reachable", {{"channel", std::string(channel)}}));
  return plan;
}

Outcome checkConfirmed(const ResendState& state, const store::DocumentRow& row, bool confirmed) {
  if (!state.alreadySent || confirmed) return {};
  return fail(problem(ProblemKind::conflict, "resend-confirm",
                      {{"at", state.alreadySent->at.text()},
                       {"date", dateInStockholm(state.alreadySent->at).text()},
                       {"channel", state.alreadySent->channel},
                       {"number", row.entry.number}}));
}

// A document that failed gave its keys back. Where the same invoice has come again since, that one is it.
Outcome checkUnrepeated(store::Transaction& tx, const store::DocumentRow& row,
                        const std::vector<store::Event>& events) {
  if (row.entry.status != Status::failed) return {};
  TRY(const auto holder, takeKeysAgain(tx, events, row.entry.document, row.root));
  if (!holder) return {};
  TRY(const auto other, store::findDocument(tx, store::Viewer::system(), *holder));
  return fail(problem(ProblemKind::conflict, "resend-repeated",
                      {{"number", row.entry.number},
                       {"documentId", holder->text()},
                       {"date", dateInStockholm(other.entry.receivedAt).text()}}));
}

}  // namespace

Result<ResendState> resendState(store::Reader& reader, const Tools& tools, const store::DocumentRow& row) {
  ResendState state;
  TRY(const auto events, store::eventsOf(reader, store::Viewer::system(), row.entry.document));
  state.alreadySent = lastSent(events);
  TRY(auto road, roadOf(reader, tools, row, Chosen::by_hand));
  state.plan = std::move(road.plan.plan);
  state.why = whyNot(row.entry.status);
  if (!state.why && !reaches(state.plan)) state.why = "no-channel";
  return state;
}

Result<std::string> resend(const Tools& tools, const store::Viewer& viewer, DocumentId document,
                           std::string_view channel, bool confirmed) {
  std::string chosen;
  CHECK_OK(askRegisters(tools, viewer, document));
  CHECK_OK(retried([&] {
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto row, documentOf(tx, viewer, document, store::Direction::sent));
      TRY(const auto state, resendState(tx, tools, row));
      if (state.why)
        return fail(problem(ProblemKind::conflict, *state.why,
                            {{"status", std::string(document::name(row.entry.status))},
                             {"receiver", row.entry.receiver.name}}));
      CHECK_OK(checkConfirmed(state, row, confirmed));
      TRY(auto road, roadOf(tx, tools, row, channel.empty() ? Chosen::by_policy : Chosen::by_hand));
      TRY(road.plan.plan, planFor(std::move(road.plan.plan), channel));
      chosen = road.plan.plan.front().channel;
      if (!channel.empty()) road.plan.by = "sender";
      TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
      CHECK_OK(checkUnrepeated(tx, row, events));
      int attempts = 0;
      for (const auto& tried : progressOf(events).tried) attempts += tried.attempts;
      return store::append(tx, document, row.lastSequence,
                           {{EventType::routed, viewer.actor(), std::move(road.plan)}},
                           {resendJob(document, row.entry.company, attempts + 1, tools.clock.now(), chosen)});
    });
  }));
  return chosen;
}

}  // namespace postgang::flow
