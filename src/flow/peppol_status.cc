// A message level status about an envelope of ours.
#include <algorithm>

#include "base/log.h"
#include "base/text.h"
#include "channels/peppol.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/peppol_plan.h"
#include "flow/words.h"
#include "formats/mls.h"
#include "store/events.h"
#include "store/sql/session.h"

namespace postgang::flow {

using formats::MlsCode;
using store::DeliveryFact;
using store::EventType;

namespace {

constexpr std::size_t words_points_max = 500;
constexpr std::string_view evidence = "mls";

EventType typeOf(MlsCode code) {
  switch (code) {
    case MlsCode::delivered:
      return EventType::delivered;
    case MlsCode::handed_on:
      return EventType::sent;
    case MlsCode::rejected:
      return EventType::delivery_failed;
  }
  return EventType::sent;
}

// The issues are what its sender can do something about; the description is often no more than "rejected".
std::string wordsOf(const formats::Mls& mls) {
  auto words = mls.words;
  for (const auto& issue : mls.issues) {
    if (words.size() > words_points_max * 2) break;
    words += (words.empty() ? "" : "; ") + issue.words;
    if (issue.place != "NA") words += " (" + issue.place + ")";
  }
  if (words.empty() && mls.result == MlsCode::handed_on)
    words = "Handed on to the receiver without a confirmation.";
  return truncated(withoutControls(words), words_points_max);
}

// The provider whose access point the envelope went to, or says that it did.
bool isFromItsReceiver(const formats::Mls& mls, const store::PeppolExchange& about) {
  const auto provider = channels::serviceProviderOf(about.receiverAccessPoint);
  return provider.empty() || formats::samePeppolParticipant(provider, mls.sender.substr(0, provider.size()));
}

const Tried* triedIn(const Progress& progress, DeliveryId delivery) {
  const auto found = std::ranges::find(progress.tried, delivery, &Tried::delivery);
  return found == progress.tried.end() ? nullptr : &*found;
}

bool isSaid(const std::vector<store::Event>& events, EventType type, const DeliveryFact& fact) {
  return std::ranges::any_of(events, [&](const auto& event) {
    const auto* known = std::get_if<DeliveryFact>(&event.fact);
    return known && event.type == type && known->delivery == fact.delivery && known->evidence == evidence;
  });
}

// What is rejected goes another road, where there is one that was not tried; else somebody must act. What has
// reached its reader by another road stays there.
void follow(const Tools& tools, DocumentId document, const Progress& then, const std::string& words,
            Following& following) {
  if (document::fold(then.status, EventType::failed) != document::Status::failed) return;
  const auto next = nextOf(then, {});
  if (std::holds_alternative<Attempt>(next))
    following.jobs.push_back(deliverJob(document, then.sender, attemptsSoFar(then), tools.clock.now()));
  else if (const auto* how = std::get_if<Exhausted>(&next))
    following.events.push_back(
        {EventType::failed, {}, failedFor(*how, failedFact("peppol-rejected", {{"words", words}}))});
}

Outcome append(store::Transaction& tx, const Tools& tools, const store::PeppolExchange& about,
               const formats::Mls& mls, const store::PeppolExchange& carrier) {
  CHECK_OK(store::setExchangeMls(tx, store::ExchangeDirection::out, about.instance, code(mls.result),
                                 wordsOf(mls), mls.issuedAt));
  if (!about.document || !about.delivery) return {};
  TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), *about.document));
  const auto progress = progressOf(events);
  const auto* tried = triedIn(progress, *about.delivery);
  if (!tried) return {};
  DeliveryFact fact;
  fact.delivery = tried->delivery;
  fact.channel = tried->channel;
  fact.attempt = tried->attempts;
  fact.address = about.receiver;
  fact.evidence = evidence;
  fact.detail = wordsOf(mls);
  fact.reference = about.instance;
  fact.wire = "MLS " + std::string(code(mls.result)) + " " + carrier.instance;
  const auto type = typeOf(mls.result);
  if (isSaid(events, type, fact)) return {};
  Following following;
  following.events.push_back({type, peppolActor(), fact});
  if (type == EventType::delivery_failed)
    follow(tools, *about.document, after(progress, type, fact), fact.detail, following);
  return appendAndTell(tx, *about.document, progress.sequence, following.events, following.jobs);
}

}  // namespace

Result<PeppolPlan> planPeppolStatus(const Tools& tools, store::Reader& reader, const PeppolArrival& arrival,
                                    store::PeppolExchange exchange) {
  TRY(const auto mls, formats::readMls(arrival.envelope.payload));
  PeppolPlan plan{std::move(exchange)};
  plan.exchange.about = truncated(mls.instance, 200);
  if (mls.isMlr) return plan;
  TRY(const auto about, store::exchange(reader, store::ExchangeDirection::out, mls.instance));
  if (!about || !isFromItsReceiver(mls, *about)) {
    log::warning(
        "a message level status is about nothing that its sender was sent",
        {{"instance", plan.exchange.instance}, {"about", plan.exchange.about}, {"from", mls.sender}});
    return plan;
  }
  plan.exchange.document = about->document;
  plan.commit = [&tools, about = *about, mls, carrier = plan.exchange](store::Transaction& tx) {
    return append(tx, tools, about, mls, carrier);
  };
  return plan;
}

}  // namespace postgang::flow
