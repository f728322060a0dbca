// A channel to another system that knows each consignment by an id of ours, and takes it once however often
// it is handed over. An attempt of its that was cut off is therefore no puzzle: the same is sent again.
#pragma once

#include <functional>
#include <string_view>

#include "channels/channel.h"

namespace postgang::channels {

// DeliveryFact::evidence of a failed attempt that may have reached the other side all the same.
inline constexpr std::string_view cut_off_evidence = "in-hand";

struct Exchanged {
  Sent sent;
  // Rows of the channel's own, in the commit of the result; absent: none.
  std::function<Outcome(store::Transaction&)> keep;
};

class Exchanging : public Channel {
 public:
  bool inHouse() const final { return false; }
  virtual Result<Exchanged> exchange(const Consignment& consignment, const Prepared& prepared,
                                     Instant now) const = 0;
  Result<Sent> send(const Consignment& /*unused*/, const Prepared& /*unused*/) const final {
    return fail(ProblemKind::internal, "channel-exchanges", "This channel is sent by exchange().");
  }
};

}  // namespace postgang::channels
