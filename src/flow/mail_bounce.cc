// A Smartmail that comes back, at once or days later.
#include <algorithm>

#include "base/text.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/mail_plan.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

constexpr std::size_t words_codePoints_max = 500;

store::DeliveryFact bouncedFact(const Tried& tried, const Addressee& addressee,
                                const net::DeliveryReport& report) {
  store::DeliveryFact fact;
  fact.delivery = tried.delivery;
  fact.channel = tried.channel;
  fact.attempt = tried.attempts;
  fact.address = addressee.recipient;
  fact.evidence = report.guessed ? "bounce" : "dsn";
  fact.detail = wordsOf(report);
  fact.wire = truncated(report.fields, store::wire_bytes_max / 4);
  return fact;
}

bool hasBounced(const std::vector<store::Event>& events, const Tried& tried) {
  return std::ranges::any_of(events, [&](const auto& event) {
    const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
    return fact && event.type == EventType::bounced && fact->delivery == tried.delivery &&
           fact->attempt == tried.attempts;
  });
}

bool isOpened(const store::Road& road) {
  const auto opened = [](const auto& each) { return each.openedAt.has_value(); };
  return road.openedAt || std::ranges::any_of(road.recipients, opened) ||
         std::ranges::any_of(road.parts, opened);
}

// What is told: of the only recipient, that the delivery bounced; of one of several, that this one did; of
// the last of them both. What somebody has opened has arrived, whatever comes back afterwards: the delivery
// stands, and so does its deadline for what is still unopened.
std::vector<store::NewEvent> eventsFor(const store::Road& road, const Tried& tried,
                                       const Addressee& addressee, const net::DeliveryReport& report) {
  const auto& recipients = road.recipients;
  const store::NewEvent whole{EventType::bounced, mailActor(), bouncedFact(tried, addressee, report)};
  const bool opened = isOpened(road);
  if (recipients.size() < 2 && !opened) return {whole};
  const auto isThis = [&](const auto& each) { return each.address == addressee.recipient; };
  const auto found = std::ranges::find_if(recipients, isThis);
  if (found == recipients.end() || !found->bounced.empty()) return {};
  store::SmartmailFact one;
  one.delivery = tried.delivery;
  one.recipient = addressee.recipient;
  one.detail = wordsOf(report);
  std::vector<store::NewEvent> events = {{EventType::recipient_bounced, mailActor(), one}};
  const bool isLast = std::ranges::all_of(
      recipients, [&](const auto& each) { return isThis(each) || !each.bounced.empty(); });
  if (isLast && !opened) events.push_back(whole);
  return events;
}

}  // namespace

store::Actor mailActor(std::string_view who) {
  return {store::ActorKind::channel, "email", std::string(who)};
}

std::string wordsOf(const net::DeliveryReport& report) {
  auto words = report.diagnostic;
  const bool told = report.status.empty() || net::enhancedStatusIn(words) == report.status;
  if (!told) words = report.status + (words.empty() ? "" : " " + words);
  if (words.empty()) words = "The message came back without a reason.";
  return truncated(words, words_codePoints_max);
}

Result<MailPlan> planBounce(const Tools& tools, store::Reader& reader, const Addressee& addressee,
                            const net::DeliveryReport& report) {
  TRY(auto events, store::eventsOf(reader, store::Viewer::system(), addressee.document));
  const auto before = progressOf(events);
  const auto tried =
      std::ranges::find_if(before.tried, [&](const auto& t) { return t.delivery == addressee.delivery; });
  if (tried == before.tried.end()) return MailPlan{};
  MailPlan plan{MailMeaning::bounce};
  if (hasBounced(events, *tried)) return plan;
  TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), addressee.document));
  const auto delivery =
      std::ranges::find_if(deliveries, [&](const auto& d) { return d.id == addressee.delivery; });
  const auto road = delivery == deliveries.end() ? store::Road() : delivery->road;
  auto told = eventsFor(road, *tried, addressee, report);
  if (told.empty()) return plan;

  const auto sequence = before.sequence;
  for (const auto& event : told)
    events.push_back(
        {events.back().sequence + 1, event.type, tools.clock.now(), event.actor, event.fact, {}});
  Following following;
  if (told.back().type == EventType::bounced) {
    TRY(following, followingOn(tools, reader, addressee.document, progressOf(events), "email-bounced"));
  }
  following.events.insert(following.events.begin(), told.begin(), told.end());
  plan.commit = [document = addressee.document, sequence,
                 following = std::move(following)](store::Transaction& tx) -> Outcome {
    return appendAndTell(tx, document, sequence, following.events, following.jobs);
  };
  return plan;
}

}  // namespace postgang::flow
