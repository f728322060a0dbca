// E-mail and paper in the test's hand: a mail that is taken by its server and waits to be opened, and a house
// that puts letters in line.
#pragma once

#include <algorithm>

#include "base/calendar.h"
#include "channels/smartmail_settings.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"

namespace postgang::flow {

class MailRoad final : public channels::Channel {
 public:
  std::string_view name() const override { return "email"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = true;
    reach.reason = "address-known";
    return reach;
  }
  channels::Price price() const override { return {Decimal::fromScaled(150, 2), "SEK"}; }
  bool inHouse() const override { return false; }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment&,
                                     Instant now) const override {
    channels::Prepared prepared;
    auto& fact = prepared.fact;
    fact.recipients = {{"lena@granberga.example", {}}, {"ekonomi@granberga.example", {}}};
    fact.parts = parts;
    fact.deadline = channels::deadlineOf(settings, now, dueDate, 16 * 60);
    fact.sheets = 2;
    fact.letterPrice = Decimal::fromScaled(1240, 2);
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = result;
    sent.evidence = "smtp";
    return sent;
  }

  channels::SmartmailSettings settings;
  std::optional<Date> dueDate;
  std::vector<store::PartFact> parts = {{"", false}};
  store::EventType result = store::EventType::sent;
};

class PaperRoad final : public channels::Channel {
 public:
  std::string_view name() const override { return "print"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = fault.empty();
    reach.reason = fault.empty() ? "postal-address-good" : fault;
    return reach;
  }
  channels::Price price() const override { return {Decimal::fromScaled(1240, 2), "SEK"}; }
  bool inHouse() const override { return true; }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment& consignment,
                                     Instant now) const override {
    channels::Prepared prepared;
    prepared.fact.sheets = consignment.sheets;
    prepared.fact.price = consignment.letterPrice;
    prepared.fact.currency = "SEK";
    prepared.fact.deadline = now.plusSeconds(600);
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = store::EventType::delivery_queued;
    sent.evidence = "cut-off";
    return sent;
  }

  std::string fault;  // why nobody is reached; empty: everybody
};

class MailHouse : public House {
 protected:
  MailHouse() { restart(); }

  // As after a stop: the same roads, another flow.
  void restart() {
    auto mail = mail_ ? std::make_unique<MailRoad>(*mail_) : std::make_unique<MailRoad>();
    mail_ = mail.get();
    auto paper = std::make_unique<PaperRoad>();
    paper_ = hasPaper_ ? paper.get() : nullptr;
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::move(mail));
    if (hasPaper_) all.push_back(std::move(paper));
    roads_ = std::make_unique<channels::Registry>(std::move(all));
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *roads_, settings_);
  }
  void withoutPaper() {
    hasPaper_ = false;
    restart();
  }

  DocumentId mailed(const std::string& number = "4711") {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    walk();
    return id;
  }

  std::vector<store::Delivery> deliveriesOf(DocumentId id) {
    std::vector<store::Delivery> deliveries;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(deliveries, store::deliveriesOf(reader, store::Viewer::system(), id));
      return {};
    }));
    return deliveries;
  }
  store::Delivery mailOf(DocumentId id) { return deliveriesOf(id).front(); }
  Instant deadlineOf(DocumentId id) { return mailOf(id).road.deadline.value_or(Instant{}); }
  void runUntil(Instant instant) {
    const auto seconds = (instant.microseconds - clock_.now().microseconds) / 1'000'000;
    ASSERT_TRUE(flow_->advance(clock_, seconds));
  }

  void write(DocumentId id, store::EventType type, store::Fact fact) {
    EXPECT_TRUE(store_->write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto sequence, store::lastSequence(tx, id));
      return store::append(tx, id, sequence, {{type, {}, fact}}, {});
    }));
  }
  // «Visa fakturan», and one of its attachments.
  void open(DocumentId id, const std::string& recipient = "lena@granberga.example") {
    write(id, store::EventType::opened, store::AccessFact{{}, "page", mailOf(id).id, recipient});
  }
  void openPart(DocumentId id, const std::string& part) {
    store::SmartmailFact fact;
    fact.delivery = mailOf(id).id;
    fact.recipient = "lena@granberga.example";
    fact.part = part;
    write(id, store::EventType::part_opened, fact);
  }
  int count(DocumentId id, store::EventType type) {
    const auto events = eventsOf(id);
    return static_cast<int>(std::ranges::count(events, type, &store::Event::type));
  }

  bool hasPaper_ = true;
  std::unique_ptr<channels::Registry> roads_;
  MailRoad* mail_ = nullptr;
  PaperRoad* paper_ = nullptr;
};

}  // namespace postgang::flow
