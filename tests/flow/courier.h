// A channel that leaves the house, in the test's hand.
#pragma once

#include <deque>
#include <functional>

#include "channels/channel.h"

namespace postgang::flow {

// Answers what has been laid ready (else `sent`), and remembers what it was given.
class Courier final : public channels::Channel {
 public:
  Courier(std::string name, std::int64_t price_ore) : name_(std::move(name)), price_ore_(price_ore) {}

  std::string_view name() const override { return name_; }
  Result<channels::Reach> reach(store::Reader&, const channels::Recipient&) const override {
    channels::Reach reach;
    reach.reachable = true;
    reach.reason = "address-known";
    return reach;
  }
  channels::Price price() const override { return {Decimal::fromScaled(price_ore_, 2), "SEK"}; }
  bool inHouse() const override { return false; }
  Result<channels::Sent> send(const channels::Consignment& consignment,
                              const channels::Prepared& /*nothing*/) const override {
    sent.push_back(consignment);
    if (onSend) onSend();
    channels::Sent answer;
    answer.result = store::EventType::sent;
    if (!answers.empty()) {
      answer = answers.front();
      answers.pop_front();
    }
    return answer;
  }

  mutable std::vector<channels::Consignment> sent;
  mutable std::deque<channels::Sent> answers;
  std::function<void()> onSend;

 private:
  std::string name_;
  std::int64_t price_ore_;
};

}  // namespace postgang::flow
