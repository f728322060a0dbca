#include "flow/recipient_page.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "flow/deliver.h"
#include "flow/document_news.h"
#include "flow/question_mail.h"
#include "flow/remind.h"
#include "flow/retries.h"
#include "flow/smartmail.h"
#include "flow/words.h"
#include "store/documents.h"
#include "store/sql/session.h"

namespace postgang::flow {

using store::EventType;

namespace {

constexpr std::size_t actor_digits = 12;
constexpr std::size_t page_key_bytes = 18, token_bytes = 24, bounce_key_bytes = 18;
constexpr std::int64_t day_seconds = 24 * 3600;

// What an act writes beside the link.
struct Written {
  std::vector<store::NewEvent> events;
  std::vector<store::NewJob> jobs;
  std::function<Outcome(store::Transaction&)> also;  // of the link's own rows
};

// What it decides from.
struct Seen {
  store::RecipientLink link;
  std::vector<store::Event> events;
  Instant now;

  template <typename Fact>
  static bool isBy(const store::Event& event, const store::RecipientLink& link) {
    const auto* fact = std::get_if<Fact>(&event.fact);
    return fact && fact->delivery == link.delivery && fact->recipient == link.recipient;
  }
  bool isToday(const store::Event& event) const { return dateInStockholm(event.at) == dateInStockholm(now); }
  int today(EventType type) const {
    return static_cast<int>(std::ranges::count_if(events, [&](const auto& event) {
      return event.type == type && isBy<store::SmartmailFact>(event, link) && isToday(event);
    }));
  }
  bool isOpening(const store::Event& event) const {
    return event.type == EventType::opened && isBy<store::AccessFact>(event, link);
  }
  bool hasOpened() const {
    return std::ranges::any_of(events, [&](const auto& event) { return isOpening(event); });
  }
  bool hasOpenedToday() const {
    return std::ranges::any_of(events, [&](const auto& event) { return isOpening(event) && isToday(event); });
  }
  const store::SmartmailFact* said(EventType type, std::string_view part = {}) const {
    for (const auto& event : events)
      if (event.type == type && isBy<store::SmartmailFact>(event, link))
        if (const auto& fact = std::get<store::SmartmailFact>(event.fact); fact.part == part) return &fact;
    return nullptr;
  }
};

using Act = std::function<Result<Written>(store::Reader&, const Seen&)>;

store::SmartmailFact factOf(const store::RecipientLink& link) {
  store::SmartmailFact fact;
  fact.delivery = link.delivery;
  fact.recipient = link.recipient;
  return fact;
}

// Nobody with an account: the address that the mail went to, and which link.
store::Actor actorOf(const store::RecipientLink& link) {
  return {store::ActorKind::person, "link:" + hex(view(link.tokenDigest)).substr(0, actor_digits),
          link.recipient};
}

RecipientVisit::State stateOf(const store::RecipientLink& link, Instant now) {
  if (link.endedAt) return RecipientVisit::State::ended;
  return link.expiresAt <= now ? RecipientVisit::State::expired : RecipientVisit::State::open;
}

Result<Seen> seen(store::Reader& reader, const Digest& token, Instant now) {
  TRY(auto link, store::recipientLink(reader, token));
  if (!link) return fail(problem(ProblemKind::not_found, "link-unknown"));
  TRY(auto events, store::eventsOf(reader, store::Viewer::system(), link->document));
  return Seen{std::move(*link), std::move(events), now};
}

Outcome checkState(const store::RecipientLink& link, Instant now, RecipientVisit::State wanted) {
  const auto state = stateOf(link, now);
  if (state == wanted) return {};
  if (state == RecipientVisit::State::ended) return fail(problem(ProblemKind::conflict, "link-ended"));
  if (state == RecipientVisit::State::expired) return fail(problem(ProblemKind::conflict, "link-expired"));
  return fail(problem(ProblemKind::conflict, "link-still-open"));
}

// Reads and decides in one snapshot, and writes where nobody has appended meanwhile; again where somebody
// has.
Outcome perform(const Tools& tools, const Digest& token, const Act& act,
                RecipientVisit::State wanted = RecipientVisit::State::open) {
  return retried([&]() -> Outcome {
    std::optional<Seen> from;
    Written written;
    CHECK_OK(tools.store.read([&](store::Reader& reader) -> Outcome {
      TRY(from, seen(reader, token, tools.clock.now()));
      CHECK_OK(checkState(from->link, from->now, wanted));
      TRY(written, act(reader, *from));
      return {};
    }));
    if (written.events.empty() && written.jobs.empty() && !written.also) return {};
    return tools.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto link, store::recipientLink(tx, token));
      if (!link) return fail(problem(ProblemKind::not_found, "link-unknown"));
      CHECK_OK(checkState(*link, tools.clock.now(), wanted));
      if (written.also) CHECK_OK(written.also(tx));
      if (!written.events.empty())
        CHECK_OK(
            appendAndTell(tx, link->document, from->events.back().sequence, written.events, written.jobs));
      else
        for (const auto& job : written.jobs) CHECK_OK(store::enqueue(tx, job));
      return {};
    });
  });
}

Result<std::optional<store::Delivery>> deliveryOf(store::Reader& reader, DocumentId document,
                                                  DeliveryId delivery) {
  TRY(auto all, store::deliveriesOf(reader, store::Viewer::system(), document));
  for (auto& each : all)
    if (each.id == delivery) return std::optional(std::move(each));
  return std::optional<store::Delivery>();
}

// Another address still has the mail, or the letter is on its way: the delivery goes on without this one.
bool goesOnWithout(const store::Delivery& delivery, std::string_view recipient) {
  if (delivery.road.expiredAt || delivery.status == document::DeliveryStatus::failed ||
      delivery.status == document::DeliveryStatus::bounced)
    return true;
  return std::ranges::any_of(delivery.road.recipients, [&](const auto& other) {
    return other.address != recipient && other.bounced.empty();
  });
}

// It has been sent another way as well, and that one is on its way or there.
bool goesAnotherWay(const Progress& progress, DeliveryId delivery) {
  using document::DeliveryStatus;
  return std::ranges::any_of(progress.tried, [&](const auto& other) {
    return other.delivery != delivery && !other.expired && other.status != DeliveryStatus::failed &&
           other.status != DeliveryStatus::bounced && other.status != DeliveryStatus::returned;
  });
}

// The deadline may have passed while it was taken for opened.
std::vector<store::NewJob> deadlineAgain(const Seen& from, const store::Delivery& delivery,
                                         CompanyId sender) {
  if (!delivery.road.deadline || delivery.road.expiredAt) return {};
  return {deadlineJob(from.link.document, sender, delivery.id, std::max(*delivery.road.deadline, from.now))};
}

Result<Written> giveUpAddress(const Tools& tools, store::Reader& reader, const Seen& from) {
  const auto& link = from.link;
  TRY(const auto delivery, deliveryOf(reader, link.document, link.delivery));
  auto progress = progressOf(from.events);
  const auto tried = std::ranges::find(progress.tried, link.delivery, &Tried::delivery);
  Written written;
  if (!delivery || tried == progress.tried.end() || goesOnWithout(*delivery, link.recipient) ||
      goesAnotherWay(progress, link.delivery)) {
    auto fact = factOf(link);
    fact.detail = wrong_recipient;
    written.events = {{EventType::recipient_bounced, actorOf(link), fact}};
    if (delivery && delivery->status != document::DeliveryStatus::failed)
      written.jobs = deadlineAgain(from, *delivery, progress.sender);
    return written;
  }
  store::DeliveryFact fact;
  fact.delivery = link.delivery;
  fact.channel = tried->channel;
  fact.attempt = tried->attempts;
  fact.address = link.recipient;
  fact.evidence = wrong_recipient;
  tried->status = document::DeliveryStatus::failed;
  progress.status = document::fold(progress.status, EventType::wrong_recipient);
  TRY(auto following, followingOn(tools, reader, link.document, progress, "smartmail-wrong-recipient"));
  written.events = std::move(following.events);
  written.events.insert(written.events.begin(), {EventType::wrong_recipient, actorOf(link), fact});
  written.jobs = std::move(following.jobs);
  return written;
}

// The newest version's Smartmail to the same address.
Result<std::optional<store::RecipientLink>> newerLink(store::Reader& reader, const Seen& from) {
  TRY(const auto versions, store::versionsOf(reader, store::Viewer::system(), from.link.document));
  const auto newest = std::ranges::max_element(versions, {}, &store::DocumentRow::version);
  if (newest == versions.end() || newest->entry.document == from.link.document)
    return std::optional<store::RecipientLink>();
  TRY(const auto deliveries, store::deliveriesOf(reader, store::Viewer::system(), newest->entry.document));
  for (const auto& delivery : deliveries) {
    if (delivery.channel != "email" || !delivery.road.sentAt) continue;
    const bool isTheirs = std::ranges::any_of(delivery.road.recipients, [&](const auto& recipient) {
      return recipient.address == from.link.recipient && recipient.bounced.empty();
    });
    if (!isTheirs) continue;
    store::RecipientLink link;
    link.document = newest->entry.document;
    link.delivery = delivery.id;
    link.recipient = from.link.recipient;
    link.createdAt = from.now;
    link.expiresAt = from.link.expiresAt;
    link.bounceKey = randomToken(bounce_key_bytes);  // no mail has it
    return std::optional(std::move(link));
  }
  return std::optional<store::RecipientLink>();
}

}  // namespace

Digest recipientDigest(std::string_view token) {
  return sha256(token);
}

bool RecipientVisit::shows(std::string_view key, Instant now) const {
  return state == State::open && !link.pageKey.empty() && now < link.pageUntil &&
         equalInConstantTime(key, link.pageKey);
}

Result<std::optional<RecipientVisit>> recipientVisit(store::Reader& reader, const Digest& token,
                                                     Instant now) {
  TRY(auto link, store::recipientLink(reader, token));
  if (!link) return std::optional<RecipientVisit>();
  const auto state = stateOf(*link, now);
  return std::optional(RecipientVisit{std::move(*link), state});
}

Outcome RecipientPages::fetched(const Digest& token) const {
  return perform(tools_, token, [](store::Reader&, const Seen& from) -> Result<Written> {
    Written written;
    if (!from.hasOpened() && from.today(EventType::page_fetched) < fetches_a_day_max)
      written.events = {{EventType::page_fetched, {}, factOf(from.link)}};
    return written;
  });
}

Result<std::string> RecipientPages::open(const Digest& token) const {
  std::string key;
  CHECK_OK(perform(tools_, token, [&](store::Reader&, const Seen& from) -> Result<Written> {
    Written written;
    if (!from.hasOpenedToday())
      written.events = {{EventType::opened, actorOf(from.link),
                         store::AccessFact{{}, "page", from.link.delivery, from.link.recipient}}};
    // A second tab shares the first one's page.
    const bool holds = !from.link.pageKey.empty() && from.now < from.link.pageUntil;
    key = holds ? from.link.pageKey : randomToken(page_key_bytes);
    written.also = [token, key, until = from.now.plusSeconds(page_seconds)](store::Transaction& tx) {
      return store::openPage(tx, token, key, until);
    };
    return written;
  }));
  return key;
}

Outcome RecipientPages::openPart(const Digest& token, std::string_view part) const {
  return perform(tools_, token, [&](store::Reader&, const Seen& from) -> Result<Written> {
    Written written;
    if (from.said(EventType::part_opened, part)) return written;
    auto fact = factOf(from.link);
    fact.part = part;
    written.events = {{EventType::part_opened, actorOf(from.link), fact}};
    return written;
  });
}

Outcome RecipientPages::ask(const Digest& token, std::string_view question) const {
  const auto asked = std::string(trimmed(withoutControls(question)));
  if (asked.empty()) return fail(problem(ProblemKind::invalid, "question-empty"));
  if (codePoints(asked) > question_points_max)
    return fail(problem(ProblemKind::invalid, "question-too-long",
                        {{"points", std::to_string(question_points_max)}}));
  return perform(tools_, token, [&](store::Reader& reader, const Seen& from) -> Result<Written> {
    Written written;
    for (const auto& event : from.events)
      if (event.type == EventType::asked && Seen::isBy<store::SmartmailFact>(event, from.link) &&
          from.isToday(event) && std::get<store::SmartmailFact>(event.fact).detail == asked)
        return written;
    if (from.today(EventType::asked) >= questions_a_day_max)
      return fail(problem(ProblemKind::rate_limited, "questions-too-many",
                          {{"seconds", std::to_string(day_seconds)}}));
    auto fact = factOf(from.link);
    fact.detail = asked;
    written.events = {{EventType::asked, actorOf(from.link), fact}};
    TRY(auto mail,
        questionMailJob(tools_, reader, from.link.document, from.events, from.link.recipient, asked));
    if (mail) written.jobs.push_back(std::move(*mail));
    return written;
  });
}

Outcome RecipientPages::wantEinvoice(const Digest& token) const {
  return perform(tools_, token, [](store::Reader&, const Seen& from) -> Result<Written> {
    Written written;
    if (!from.said(EventType::einvoice_wanted))
      written.events = {{EventType::einvoice_wanted, actorOf(from.link), factOf(from.link)}};
    return written;
  });
}

Outcome RecipientPages::wrongRecipient(const Digest& token) const {
  const auto done = perform(tools_, token, [&](store::Reader& reader, const Seen& from) -> Result<Written> {
    TRY(auto written, giveUpAddress(tools_, reader, from));
    written.also = [link = from.link, now = from.now](store::Transaction& tx) {
      return store::endRecipientLinks(tx, link.delivery, now, link.recipient);
    };
    return written;
  });
  // Said twice, it has been said.
  return !done && done.error().code == "link-ended" ? Outcome() : done;
}

Outcome RecipientPages::sendNewLink(const Digest& token) const {
  return perform(
      tools_, token,
      [&](store::Reader&, const Seen& from) -> Result<Written> {
        Written written;
        if (from.today(EventType::reminded) > 0) return written;
        written.jobs = {remindJob(from.link.document, progressOf(from.events).sender, from.link.delivery,
                                  from.link.recipient, from.now)};
        return written;
      },
      RecipientVisit::State::expired);
}

// The new token follows from the old one, so that pressing again leads to the same page and makes nothing.
Result<std::optional<std::string>> RecipientPages::newer(std::string_view token) const {
  std::optional<std::string> made;
  const auto act = [&](store::Reader& reader, const Seen& from) -> Result<Written> {
    Written written;
    made.reset();
    TRY(auto link, newerLink(reader, from));
    if (!link) return written;
    const auto derived = sha256({"newer\n", token, "\n", link->delivery.text()});
    made = base64Url(view(derived).substr(0, token_bytes));
    link->tokenDigest = recipientDigest(*made);
    TRY(const auto known, store::recipientLink(reader, link->tokenDigest));
    if (known) return written;
    written.also = [link = std::move(*link)](store::Transaction& tx) {
      return store::createRecipientLink(tx, link);
    };
    return written;
  };
  CHECK_OK(perform(tools_, recipientDigest(token), act));
  return made;
}

Outcome RecipientPages::previewed(const store::Viewer& viewer, DocumentId document,
                                  DeliveryId delivery) const {
  return retried([&] {
    return tools_.store.write(store::Priority::intake, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto events, store::eventsOf(tx, store::Viewer::system(), document));
      const auto today = dateInStockholm(tools_.clock.now());
      const bool known = std::ranges::any_of(events, [&](const auto& event) {
        const auto* fact = std::get_if<store::SmartmailFact>(&event.fact);
        return event.type == EventType::page_fetched && fact->delivery == delivery &&
               event.actor.id == viewer.actor().id && dateInStockholm(event.at) == today;
      });
      if (known) return {};
      store::SmartmailFact fact;
      fact.delivery = delivery;
      return store::append(tx, document, events.back().sequence,
                           {{EventType::page_fetched, viewer.actor(), fact}}, {});
    });
  });
}

}  // namespace postgang::flow
