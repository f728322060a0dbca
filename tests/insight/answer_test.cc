// What to say when the customer calls.
#include "insight/answer.h"

#include <gtest/gtest.h>

namespace postgang::insight {
namespace {

using store::EventType;
using store::Status;

const Instant delivered_at = *Instant::parse("2026-11-20T07:02:14Z");
const Instant later = *Instant::parse("2026-11-23T08:41:07Z");

store::DocumentRow row(Status status, store::Direction direction = store::Direction::sent) {
  store::DocumentRow row;
  row.entry.status = status;
  row.entry.direction = direction;
  row.entry.sender.name = "Nordhamn Energi AB";
  row.entry.receiver.name = "Granberga Bygg AB";
  row.entry.channel = "network";
  row.entry.receivedAt = delivered_at;
  return row;
}

store::Event event(EventType type, Instant at, std::string by = {}) {
  store::Event event;
  event.type = type;
  event.at = at;
  event.actor.name = std::move(by);
  return event;
}

using Parameters = std::map<std::string, std::string>;

TEST(Answer, says_who_opened_it_and_when) {
  const auto answer = answerFor(row(Status::opened), {event(EventType::received, delivered_at),
                                                      event(EventType::delivered, delivered_at),
                                                      event(EventType::opened, later, "Karin Holm")});
  EXPECT_EQ(answer.key, "opened");
  EXPECT_EQ(answer.colour, Colour::green);
  EXPECT_EQ(answer.parameters, (Parameters{{"receiver", "Granberga Bygg AB"},
                                           {"channel", "network"},
                                           {"deliveredAt", delivered_at.text()},
                                           {"openedAt", later.text()},
                                           {"by", "Karin Holm"}}));
}

TEST(Answer, never_calls_a_programs_fetch_an_opening) {
  const auto answer = answerFor(row(Status::delivered), {event(EventType::delivered, delivered_at),
                                                         event(EventType::fetched, later, "Affärssystem")});
  EXPECT_EQ(answer.key, "fetched");
  EXPECT_EQ(answer.parameters.at("by"), "Affärssystem");
  EXPECT_EQ(answer.parameters.count("openedAt"), 0U);
}

TEST(Answer, names_the_first_opening_not_the_last) {
  const auto answer =
      answerFor(row(Status::opened),
                {event(EventType::delivered, delivered_at), event(EventType::opened, later, "Karin Holm"),
                 event(EventType::opened, later.plusSeconds(86'400), "Per Ek")});
  EXPECT_EQ(answer.parameters.at("by"), "Karin Holm");
}

const auto mail = DeliveryId::parse("019ab2c4-6e00-7a10-8b00-1c2d3e4f5a6c").value();
const auto paper = DeliveryId::parse("019ab2c4-6e00-7a10-8b00-1c2d3e4f5a6d").value();
const Instant deadline = *Instant::parse("2026-11-27T15:00:00Z");

store::Event delivering(EventType type, Instant at, DeliveryId delivery, std::optional<Instant> until = {}) {
  auto told = event(type, at);
  store::DeliveryFact fact;
  fact.delivery = delivery;
  fact.channel = delivery == mail ? "email" : "print";
  fact.address = delivery == mail ? "lena@granberga.example" : "Granberga";
  fact.deadline = until;
  told.fact = fact;
  return told;
}

store::Event movedTo(std::optional<Instant> until) {
  auto told = event(EventType::deadline_moved, later);
  store::SmartmailFact fact;
  fact.delivery = mail;
  fact.deadline = until;
  told.fact = fact;
  return told;
}

std::vector<store::Event> mailing() {
  return {delivering(EventType::delivery_started, delivered_at, mail, deadline),
          delivering(EventType::sent, delivered_at, mail)};
}

store::DocumentRow through(Status status, std::string channel) {
  auto document = row(status);
  document.entry.channel = std::move(channel);
  return document;
}

TEST(Answer, says_of_a_mail_that_it_is_not_opened_and_when_it_goes_to_paper) {
  const auto answer = answerFor(through(Status::sent, "email"), mailing());
  EXPECT_EQ(answer.key, "mailed");
  EXPECT_EQ(answer.colour, Colour::blue);
  EXPECT_EQ(answer.parameters, (Parameters{{"receiver", "Granberga Bygg AB"},
                                           {"address", "lena@granberga.example"},
                                           {"sentAt", delivered_at.text()},
                                           {"deadline", deadline.text()}}));
}

TEST(Answer, knows_a_deadline_that_was_moved_or_taken_away) {
  auto events = mailing();
  events.push_back(movedTo(deadline.plusSeconds(86'400)));
  EXPECT_EQ(answerFor(through(Status::sent, "email"), events).parameters.at("deadline"),
            deadline.plusSeconds(86'400).text());
  events.push_back(movedTo(std::nullopt));
  EXPECT_EQ(answerFor(through(Status::sent, "email"), events).parameters.count("deadline"), 0U);
}

TEST(Answer, says_of_a_mail_that_was_opened_when_it_was_sent) {
  auto events = mailing();
  events.push_back(event(EventType::opened, later));
  const auto answer = answerFor(through(Status::opened, "email"), events);
  EXPECT_EQ(answer.key, "opened");
  EXPECT_EQ(answer.parameters.at("sentAt"), delivered_at.text());
}

TEST(Answer, says_where_a_letter_is_and_that_it_was_a_mail_before) {
  auto events = mailing();
  events.push_back(delivering(EventType::delivery_expired, later, mail));
  events.push_back(delivering(EventType::delivery_queued, later, paper, deadline));
  const auto queued = answerFor(through(Status::sending, "print"), events);
  EXPECT_EQ(queued.key, "letter-queued");
  EXPECT_EQ(queued.parameters.at("printAt"), deadline.text());
  EXPECT_EQ(queued.parameters.at("sentAt"), delivered_at.text());

  events.push_back(delivering(EventType::sent, later, paper));
  EXPECT_EQ(answerFor(through(Status::sent, "print"), events).key, "letter-sent");
  events.push_back(delivering(EventType::printed, later, paper));
  EXPECT_EQ(answerFor(through(Status::sent, "print"), events).key, "letter-printed");
  events.push_back(delivering(EventType::posted, deadline, paper));
  const auto posted = answerFor(through(Status::sent, "print"), events);
  EXPECT_EQ(posted.key, "letter-posted");
  EXPECT_EQ(posted.parameters.at("postedAt"), deadline.text());
}

TEST(Answer, does_not_say_of_a_second_letter_what_is_known_of_the_first) {
  std::vector<store::Event> events{delivering(EventType::delivery_queued, delivered_at, mail)};
  std::get<store::DeliveryFact>(events.front().fact).channel = "print";
  events.push_back(events.front());
  events.back().type = EventType::posted;
  events.push_back(delivering(EventType::delivery_queued, later, paper, deadline));
  EXPECT_EQ(answerFor(through(Status::sending, "print"), events).key, "letter-queued");
}

TEST(Answer, gives_the_reason_for_what_was_stopped_or_failed) {
  auto stopped = row(Status::stopped);
  stopped.entry.lastEvent = EventType::stopped;
  stopped.entry.lastEventDetail = "number-missing";
  EXPECT_EQ(answerFor(stopped, {}).key, "stopped");
  EXPECT_EQ(answerFor(stopped, {}).colour, Colour::amber);
  EXPECT_EQ(answerFor(row(Status::returned), {}).colour, Colour::amber);
  EXPECT_EQ(answerFor(row(Status::rejected), {}).colour, Colour::red);
  EXPECT_EQ(answerFor(stopped, {}).parameters.at("reason"), "number-missing");

  auto failed = row(Status::failed);
  failed.entry.lastEvent = EventType::failed;
  failed.entry.lastEventDetail = "no-channel";
  const auto answer = answerFor(failed, {event(EventType::failed, later)});
  EXPECT_EQ(answer.colour, Colour::red);
  EXPECT_EQ(answer.parameters,
            (Parameters{{"receiver", "Granberga Bygg AB"}, {"reason", "no-channel"}, {"at", later.text()}}));
}

TEST(Answer, tells_the_receiver_when_it_came_and_who_has_seen_it) {
  const auto received = row(Status::delivered, store::Direction::received);
  EXPECT_EQ(answerFor(received, {}).key, "arrived");
  EXPECT_EQ(answerFor(received, {}).parameters,
            (Parameters{{"sender", "Nordhamn Energi AB"}, {"deliveredAt", delivered_at.text()}}));
  EXPECT_EQ(answerFor(received, {event(EventType::fetched, later, "Affärssystem")}).key, "arrived-fetched");
  EXPECT_EQ(answerFor(received, {event(EventType::opened, later, "Karin Holm")}).key, "arrived-opened");
}

TEST(Answer, has_a_key_for_every_status) {
  for (const auto status :
       {Status::received, Status::stopped, Status::ready, Status::sending, Status::sent, Status::delivered,
        Status::opened, Status::accepted, Status::rejected, Status::held, Status::failed, Status::returned,
        Status::superseded, Status::cancelled})
    EXPECT_FALSE(answerFor(row(status), {}).key.empty()) << document::name(status);
}

TEST(Answer, points_from_what_was_superseded_to_the_next_version) {
  EXPECT_EQ(answerFor(row(Status::superseded), {}).parameters, (Parameters{{"version", "2"}}));
}

}  // namespace
}  // namespace postgang::insight
