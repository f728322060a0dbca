// A house whose mail goes through a channel in the test's hand: it says what a Smartmail says (recipients,
// parts, deadline, links), and its letters stand in line as the print house's do.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "flow/recipient_page.h"
#include "store/smartmail.h"
#include "tests/flow/house.h"

namespace postgang::flow {

inline std::string tokenOf(DocumentId document, const std::string& address) {
  return "token-" + document.text() + "-" + address;
}

struct MailPlan {
  std::vector<std::string> addresses = {"anna@berg.example"};
  std::vector<store::PartFact> parts = {{"", false}};
  std::int64_t deadlineSeconds = 7 * 24 * 3600;
  std::int64_t linkSeconds = 400LL * 24 * 3600;
};

class Mail final : public channels::Channel {
 public:
  explicit Mail(const MailPlan& plan) : plan_(plan) {}
  std::string_view name() const override { return "email"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = true;
    reach.reason = "address-known";
    return reach;
  }
  channels::Price price() const override { return {Decimal::fromScaled(150, 2), "SEK"}; }
  bool inHouse() const override { return false; }
  Result<channels::Prepared> prepare(store::Reader&, const channels::Consignment& consignment,
                                     Instant now) const override {
    channels::Prepared prepared;
    if (plan_.deadlineSeconds > 0) prepared.fact.deadline = now.plusSeconds(plan_.deadlineSeconds);
    prepared.fact.parts = plan_.parts;
    for (const auto& address : plan_.addresses) {
      prepared.fact.recipients.push_back({address, {}});
      store::RecipientLink link;
      link.tokenDigest = recipientDigest(tokenOf(consignment.document, address));
      link.document = consignment.document;
      link.delivery = consignment.delivery;
      link.recipient = address;
      link.createdAt = now;
      link.expiresAt = now.plusSeconds(plan_.linkSeconds);
      link.bounceKey = "b-" + tokenOf(consignment.document, address);
      prepared.links.push_back(link);
    }
    return prepared;
  }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = store::EventType::sent;
    sent.evidence = "smtp";
    return sent;
  }

 private:
  const MailPlan& plan_;
};

class Letters final : public channels::Channel {
 public:
  explicit Letters(const bool& reaches) : reaches_(reaches) {}
  std::string_view name() const override { return "print"; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = reaches_;
    reach.reason = "address-known";
    return reach;
  }
  channels::Price price() const override { return {Decimal::fromScaled(1200, 2), "SEK"}; }
  bool inHouse() const override { return true; }
  Result<channels::Sent> send(const channels::Consignment&, const channels::Prepared&) const override {
    channels::Sent sent;
    sent.result = store::EventType::delivery_queued;
    sent.evidence = "cut-off";
    return sent;
  }

 private:
  const bool& reaches_;
};

class Mailed : public House {
 protected:
  Mailed() {
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::make_unique<Mail>(plan_));
    all.push_back(std::make_unique<Letters>(letters_));
    roads_ = std::make_unique<channels::Registry>(std::move(all));
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *roads_, settings_);
  }
  ~Mailed() override { flow_.reset(); }

  DocumentId mailed(const std::string& number = "4711") {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    walk();
    return id;
  }
  static Digest digest(DocumentId document, const std::string& address = "anna@berg.example") {
    return recipientDigest(tokenOf(document, address));
  }
  RecipientPages pages() const { return flow_->recipientPages(); }
  RecipientVisit visit(const Digest& token) {
    std::optional<RecipientVisit> visit;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(visit, recipientVisit(reader, token, clock_.now()));
      return {};
    });
    EXPECT_TRUE(read && visit);
    return visit.value_or(RecipientVisit());
  }
  std::string codeOf(const Outcome& outcome) { return outcome ? "" : outcome.error().code; }
  std::vector<store::Delivery> deliveries(DocumentId id) {
    std::vector<store::Delivery> all;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(all, store::deliveriesOf(reader, store::Viewer::system(), id));
      return {};
    });
    EXPECT_TRUE(read);
    return all;
  }
  // "email:opened print:queued"
  std::string roads(DocumentId id) {
    std::string text;
    for (const auto& delivery : deliveries(id))
      text += (text.empty() ? "" : " ") + delivery.channel + ":" + std::string(store::roadState(delivery));
    return text;
  }
  // What has happened since the mail was sent.
  std::string since(DocumentId id) {
    constexpr std::string_view sent = " delivery-started sent";
    auto text = story(id);
    const auto at = text.find(sent);
    text.erase(0, at == text.npos ? 0 : at + sent.size());
    return text.starts_with(' ') ? text.substr(1) : text;
  }
  void later(std::int64_t seconds) {
    const auto moved = flow_->advance(clock_, seconds);
    EXPECT_TRUE(moved) << moved.error().detail;
  }

  static constexpr std::int64_t day = 24 * 3600;
  MailPlan plan_;
  bool letters_ = true;
  std::unique_ptr<channels::Registry> roads_;
};

}  // namespace postgang::flow
