#include "insight/answer.h"

namespace postgang::insight {

namespace {

using store::EventType;
using store::Status;

const store::Event* lastOf(const std::vector<store::Event>& events, EventType type) {
  for (auto event = events.rbegin(); event != events.rend(); ++event)
    if (event->type == type) return &*event;
  return nullptr;
}

const store::Event* firstOf(const std::vector<store::Event>& events, EventType type) {
  for (const auto& event : events)
    if (event.type == type) return &event;
  return nullptr;
}

class Sentence {
 public:
  Sentence(const store::DocumentRow& row, const std::vector<store::Event>& events)
      : row_(row), events_(events) {}

  Answer sender() const;
  Answer receiver() const;

 private:
  Answer arrived() const;
  Answer underWay() const;
  Answer mailed(const store::Event& mail) const;
  Answer letter(DeliveryId delivery) const;
  std::optional<Instant> deadlineOf(DeliveryId delivery) const;
  // Adds a value where it is known.
  void put(Answer& answer, std::string_view name, std::string_view value) const {
    if (!value.empty()) answer.parameters.insert_or_assign(std::string(name), std::string(value));
  }
  void putTime(Answer& answer, std::string_view name, const store::Event* event) const {
    if (event != nullptr) put(answer, name, event->at.text());
  }
  void putActor(Answer& answer, const store::Event* event) const {
    if (event != nullptr) put(answer, "by", event->actor.name);
  }
  void putWhomAndHow(Answer& answer) const {
    put(answer, "receiver", row_.entry.receiver.name);
    put(answer, "channel", row_.entry.channel);
  }
  const store::DeliveryFact* lastDelivery() const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event)
      if (const auto* fact = std::get_if<store::DeliveryFact>(&event->fact)) return fact;
    return nullptr;
  }
  const store::Event* mailSent() const {
    for (auto event = events_.rbegin(); event != events_.rend(); ++event)
      if (const auto* fact = std::get_if<store::DeliveryFact>(&event->fact);
          fact && event->type == EventType::sent && fact->channel == "email")
        return &*event;
    return nullptr;
  }
  Answer withReason(std::string key, EventType type, Colour colour) const {
    Answer answer{std::move(key), colour, {}};
    put(answer, "receiver", row_.entry.receiver.name);
    put(answer, "reason", row_.entry.lastEvent == type ? std::string_view(row_.entry.lastEventDetail) : "");
    putTime(answer, "at", lastOf(events_, type));
    return answer;
  }

  const store::DocumentRow& row_;
  const std::vector<store::Event>& events_;
};

// Delivered, and what came after it: a program's fetch is said as such, and never as an opening.
Answer Sentence::arrived() const {
  const auto* opened = firstOf(events_, EventType::opened);
  const auto* fetched = firstOf(events_, EventType::fetched);
  Answer answer{opened ? "opened" : fetched ? "fetched" : "delivered", Colour::green, {}};
  putWhomAndHow(answer);
  putTime(answer, "deliveredAt", lastOf(events_, EventType::delivered));
  putTime(answer, "sentAt", mailSent());
  if (opened != nullptr) {
    putTime(answer, "openedAt", opened);
    putActor(answer, opened);
  } else if (fetched != nullptr) {
    putTime(answer, "fetchedAt", fetched);
    putActor(answer, fetched);
  }
  return answer;
}

// The mail is with the recipient's server and nobody is known to have opened it; until when it waits.
Answer Sentence::mailed(const store::Event& mail) const {
  const auto& fact = std::get<store::DeliveryFact>(mail.fact);
  Answer answer{"mailed", Colour::blue, {}};
  put(answer, "receiver", row_.entry.receiver.name);
  put(answer, "address", fact.address);
  putTime(answer, "sentAt", &mail);
  if (const auto deadline = deadlineOf(fact.delivery)) put(answer, "deadline", deadline->text());
  return answer;
}

// As it stands now: given when the mail was made, moved or taken away since.
std::optional<Instant> Sentence::deadlineOf(DeliveryId delivery) const {
  std::optional<Instant> deadline;
  for (const auto& event : events_) {
    if (const auto* fact = std::get_if<store::DeliveryFact>(&event.fact)) {
      if (fact->delivery == delivery && fact->deadline) deadline = fact->deadline;
    } else if (const auto* moved = std::get_if<store::SmartmailFact>(&event.fact)) {
      if (moved->delivery == delivery && event.type == EventType::deadline_moved) deadline = moved->deadline;
    }
  }
  return deadline;
}

// Where the letter is. Posted is not arrived: of an ordinary letter nobody tells that.
Answer Sentence::letter(DeliveryId delivery) const {
  Answer answer{row_.entry.status == Status::sent ? "letter-sent" : "letter-queued", Colour::blue, {}};
  put(answer, "receiver", row_.entry.receiver.name);
  // What was a Smartmail before is said: the customer may have the mail.
  if (lastOf(events_, EventType::delivery_expired) != nullptr) putTime(answer, "sentAt", mailSent());
  for (const auto& event : events_) {
    const auto* fact = std::get_if<store::DeliveryFact>(&event.fact);
    if (fact == nullptr || fact->delivery != delivery) continue;
    if (event.type == EventType::delivery_queued && fact->deadline)
      put(answer, "printAt", fact->deadline->text());
    if (event.type == EventType::printed) answer.key = "letter-printed";
    if (event.type == EventType::posted) answer.key = "letter-posted";
    if (event.type == EventType::printed) putTime(answer, "printedAt", &event);
    if (event.type == EventType::posted) putTime(answer, "postedAt", &event);
  }
  return answer;
}

// On its way or sent, without evidence of arrival: by its last delivery.
Answer Sentence::underWay() const {
  const bool sent = row_.entry.status == Status::sent;
  if (const auto* fact = lastDelivery(); fact != nullptr && fact->channel == "print")
    return letter(fact->delivery);
  if (const auto* mail = mailSent(); sent && mail != nullptr && row_.entry.channel == "email")
    return mailed(*mail);
  Answer answer{sent ? "sent" : "sending", Colour::blue, {}};
  putWhomAndHow(answer);
  if (sent) putTime(answer, "sentAt", lastOf(events_, EventType::sent));
  return answer;
}

Answer Sentence::sender() const {
  Answer answer{"processing", Colour::blue, {}};
  switch (row_.entry.status) {
    case Status::received:
    case Status::ready:
      return answer;
    case Status::stopped:
      answer = {"stopped", Colour::amber, {}};
      put(answer, "reason", row_.entry.lastEventDetail);
      return answer;
    case Status::held:
      return {"held", Colour::amber, {}};
    case Status::sending:
    case Status::sent:
      return underWay();
    case Status::delivered:
    case Status::opened:
      return arrived();
    case Status::accepted:
      answer = {"accepted", Colour::green, {}};
      put(answer, "receiver", row_.entry.receiver.name);
      putTime(answer, "at", lastOf(events_, EventType::accepted));
      putActor(answer, lastOf(events_, EventType::accepted));
      return answer;
    case Status::rejected:
      return withReason("rejected", EventType::rejected, Colour::red);
    case Status::failed:
      return withReason("failed", EventType::failed, Colour::red);
    case Status::returned:
      return withReason("returned", EventType::returned, Colour::amber);
    case Status::superseded:
      answer.key = "superseded";
      put(answer, "version", std::to_string(row_.version + 1));
      return answer;
    case Status::cancelled:
      answer = {"cancelled", Colour::amber, {}};
      putTime(answer, "at", lastOf(events_, EventType::cancelled));
      return answer;
  }
  return answer;
}

Answer Sentence::receiver() const {
  const auto* opened = firstOf(events_, EventType::opened);
  const auto* fetched = firstOf(events_, EventType::fetched);
  Answer answer{"arrived", Colour::blue, {}};
  put(answer, "sender", row_.entry.sender.name);
  put(answer, "deliveredAt", row_.entry.receivedAt.text());
  if (opened != nullptr) {
    answer.key = "arrived-opened";
    answer.colour = Colour::green;
    putTime(answer, "openedAt", opened);
    putActor(answer, opened);
  } else if (fetched != nullptr) {
    answer.key = "arrived-fetched";
    putTime(answer, "fetchedAt", fetched);
    putActor(answer, fetched);
  }
  return answer;
}

}  // namespace

std::string_view name(Colour colour) {
  switch (colour) {
    case Colour::green:
      return "green";
    case Colour::blue:
      return "blue";
    case Colour::amber:
      return "amber";
    case Colour::red:
      return "red";
  }
  return "blue";
}

Answer answerFor(const store::DocumentRow& row, const std::vector<store::Event>& events) {
  const Sentence sentence(row, events);
  return row.entry.direction == store::Direction::sent ? sentence.sender() : sentence.receiver();
}

}  // namespace postgang::insight
