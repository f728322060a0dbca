// Channel `network`: the recipient is a customer here, so the document lies in its inbox as soon as it is
// sent. That is what `delivered` claims, and its evidence: "inbox".
//
// Where the receiver's program fetches and confirms what it gets (handover.h, way `api`), the document lies
// there all the same, and is only `sent`, evidence "waiting", until the program has confirmed it.
#pragma once

#include "channels/channel.h"

namespace postgang::channels {

class Network final : public Channel {
 public:
  explicit Network(Price price) : price_(std::move(price)) {}
  std::string_view name() const override { return "network"; }
  Result<Reach> reach(store::Reader& reader, const Recipient& recipient) const override;
  Price price() const override { return price_; }
  int typicalHours() const override { return 0; }
  bool inHouse() const override { return true; }
  Result<Prepared> prepare(store::Reader& reader, const Consignment& consignment, Instant now) const override;
  Result<Sent> send(const Consignment& consignment, const Prepared& prepared) const override;

 private:
  Price price_;
};

}  // namespace postgang::channels
