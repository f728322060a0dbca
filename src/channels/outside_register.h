// A register outside the house ("peppol"): asked over the network, never within a transaction. Its answers
// are kept (store/lookups.h), and a channel's reach() reads what is kept; flow/registers.h asks, all that
// apply at once, each for its time-out at most.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "channels/channel.h"
#include "store/lookups.h"

namespace postgang::channels {

class OutsideRegister {
 public:
  virtual ~OutsideRegister() = default;
  virtual std::string_view name() const = 0;
  // What it is asked for this recipient: "0007:5599900122"; empty: it has nothing to say of them.
  virtual std::string keyOf(const Recipient& recipient) const = 0;
  // Returns after `milliseconds` at the latest. A time-out, a fault and an answer that cannot be believed are
  // `unknown`, never `absent`. Called by several threads at once.
  virtual store::Lookup ask(const std::string& key, int milliseconds) const = 0;
};

}  // namespace postgang::channels
