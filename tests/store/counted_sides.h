// What every party's side of every document counts as, worked out the slow way: from the timelines alone, one
// event after the other. What statistics answer is held against sums of these.
#pragma once

#include <algorithm>
#include <set>

#include "base/durations.h"
#include "store/figures.h"
#include "tests/store/smartmail_world.h"

namespace postgang::store {

struct Side {
  DocumentId document;
  CompanyId company, other;  // other: 0 where that is no company here, or does not have it yet
  Direction direction{};
  document::Kind kind = document::Kind::other;
  Status status = Status::received;
  std::string channel, currency, counterpart, format, country;
  Instant at;
  Decimal amount;
  std::optional<std::int64_t> toDelivered, toOpened;
  bool stopped = false;
  std::int64_t sheets = 0;
  std::map<std::string, Decimal> costs;

  Date day() const { return dateInStockholm(at); }
};

class SideCounter {
 public:
  SideCounter(const std::vector<Event>& events, Direction direction, CompanyId company) {
    side_.direction = direction;
    side_.company = company;
    side_.at = events.front().at;
    for (const auto& event : events) add(event);
    addDeliveries();
  }
  Side side() const { return side_; }

 private:
  void add(const Event& event) {
    if (const auto* facts = std::get_if<RecognisedFact>(&event.fact)) recognise(*facts);
    if (const auto* routed = std::get_if<RoutedFact>(&event.fact))
      for (const auto& step : routed->plan)
        if (step.reachable) {
          side_.channel = step.channel;
          break;
        }
    if (const auto* fact = std::get_if<DeliveryFact>(&event.fact)) {
      if (!fact->channel.empty()) side_.channel = fact->channel;
      auto& delivery = deliveries_[fact->delivery];
      if (fact->price) delivery.price = {fact->currency, *fact->price};
      if (fact->sheets) delivery.sheets = *fact->sheets;
      if (!fact->channel.empty()) delivery.channel = fact->channel;
      delivery.left = delivery.left || event.type == EventType::sent || event.type == EventType::delivered;
    }
    if (event.type != EventType::received) side_.status = document::fold(side_.status, event.type);
    const auto seconds = (event.at.microseconds - side_.at.microseconds) / 1'000'000;
    if (event.type == EventType::delivered && !side_.toDelivered) side_.toDelivered = seconds;
    if (event.type == EventType::opened) {
      if (!side_.toOpened) side_.toOpened = seconds;
      if (!side_.toDelivered) side_.toDelivered = seconds;
    }
    if (event.type == EventType::stopped) side_.stopped = true;
  }
  void recognise(const RecognisedFact& facts) {
    side_.kind = facts.kind;
    side_.currency = facts.currency;
    side_.amount = facts.amount.value_or(Decimal());
    side_.format = facts.format;
    const auto& other = side_.direction == Direction::sent ? facts.buyer : facts.seller;
    side_.counterpart = !other.identifier.empty()      ? other.identifier
                        : other.customerNumber.empty() ? ""
                                                       : "customer:" + other.customerNumber;
    if (other.identifier.starts_with("0007:")) side_.country = "SE";
    if (other.identifier.starts_with("0192:")) side_.country = "NO";
  }
  void addDeliveries() {
    if (side_.direction == Direction::received) return;
    for (const auto& [id, delivery] : deliveries_) {
      if (!delivery.left) continue;
      if (delivery.channel == "print") side_.sheets += delivery.sheets;
      if (!delivery.price) continue;
      auto& sum = side_.costs[delivery.price->first];
      sum = *sum.plus(delivery.price->second);
    }
  }

  struct Left {
    std::optional<std::pair<std::string, Decimal>> price;
    int sheets = 0;
    std::string channel;
    bool left = false;
  };
  std::map<DeliveryId, Left> deliveries_;
  Side side_;
};

// A world in which everything happens that statistics count.
class CountedWorld : public SmartmailWorld {
 protected:
  int some(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }

  void happen(unsigned seed, int documents) {
    random_.seed(seed);
    const auto parent = company(1), child = company(2);
    write([&](Transaction& tx) { return setParent(tx, child, parent); });
    for (int i = 0; i < documents; ++i) {
      one(std::to_string(seed * 1'000 + static_cast<unsigned>(i)));
      clock_.advanceSeconds(some(3) == 0 ? some(40) * 86'400 : some(90'000));
    }
  }

  std::vector<Side> sides() {
    std::vector<Side> all;
    for (const auto& [document, receiver] : documents_)
      read([&](Reader& reader) -> Outcome {
        TRY(const auto whole, eventsOf(reader, Viewer::system(), document));
        const auto sender = std::get<ReceivedFact>(whole.front().fact).sender;
        auto sent = SideCounter(whole, Direction::sent, sender).side();
        sent.document = document;
        const auto arrived = eventsOf(reader, of(receiver), document);
        const bool has = arrived && sender != receiver && !arrived->empty();
        if (has) sent.other = receiver;
        if (has) {
          auto seen = *arrived;
          // Its facts are known to the receiver, though the event is the sender's.
          for (const auto& event : whole)
            if (event.type == EventType::recognised) seen.push_back(event);
          std::ranges::stable_partition(
              seen, [](const Event& event) { return event.type != EventType::recognised; });
          auto received = SideCounter(seen, Direction::received, receiver).side();
          received.document = document;
          received.other = sender;
          all.push_back(received);
        }
        all.push_back(sent);
        return {};
      });
    return all;
  }

 private:
  void one(const std::string& number) {
    const int from = some(3), to = (from + 1 + some(2)) % 3;
    const auto sender = company(1 + from), receiver = company(1 + to);
    auto facts = invoiceFacts(sender, receiver, number, std::to_string(1 + some(900)) + ".25");
    facts.kind = some(4) == 0 ? document::Kind::credit_note : document::Kind::invoice;
    facts.currency = some(5) == 0 ? "EUR" : "SEK";
    facts.format = some(3) == 0 ? "Svefaktura 1.0" : "UBL 2.1 Invoice";
    if (some(6) == 0) facts.amount.reset();
    const int fate = some(6);
    if (fate >= 4) facts.buyer = outside();
    if (fate == 0) documents_.emplace_back(received(sender), receiver);
    if (fate == 1) {
      const auto document = received(sender);
      appendTo(document, {{EventType::recognised, {}, facts}, {EventType::stopped, {}, StoppedFact{}}});
      documents_.emplace_back(document, receiver);
    }
    if (fate == 2 || fate == 3) arrive(sender, receiver, facts);
    if (fate >= 4) mail(sender, receiver, facts, fate == 5);
  }
  PartyFact outside() {
    if (some(3) == 0) return {"", "Anna Berg", "K-" + std::to_string(some(5)), true, ""};
    return {(some(2) == 0 ? "0192:98765432" : "0007:55999901") + std::to_string(10 + some(9)),
            "Utom AB",
            {},
            false,
            ""};
  }
  void arrive(CompanyId sender, CompanyId receiver, const RecognisedFact& facts) {
    const auto document = delivered(sender, receiver, facts);
    documents_.emplace_back(document, receiver);
    clock_.advanceSeconds(some(200'000));
    if (some(2) == 0) appendTo(document, {{EventType::opened, {}, AccessFact{receiver, "copy", {}, {}}}});
    if (some(3) == 0) appendTo(document, {{EventType::accepted, {}, NoteFact{}}});
  }
  void mail(CompanyId sender, CompanyId receiver, const RecognisedFact& facts, bool toPaper) {
    const auto document = received(sender);
    auto fact = mailFact(ids_.next<DeliveryId>());
    fact.currency = some(4) == 0 ? "EUR" : "SEK";
    appendTo(document, {{EventType::recognised, {}, facts},
                        {EventType::delivery_started, {}, fact},
                        {EventType::sent, {}, after(fact)}});
    documents_.emplace_back(document, receiver);
    const Mailed mailed{document, fact.delivery};
    clock_.advanceSeconds(some(700'000));
    if (!toPaper && some(2) == 0) open(mailed);
    if (!toPaper) return;
    const auto letter = expire(mailed, clock_.now());
    if (some(3) == 0) return;
    auto printed = letterFact(letter, clock_.now());
    printed.evidence = "receipt";
    appendTo(document, {{EventType::delivery_started, {}, printed}, {EventType::sent, {}, printed}});
  }

  std::mt19937 random_;
  std::vector<std::pair<DocumentId, CompanyId>> documents_;
};

}  // namespace postgang::store
