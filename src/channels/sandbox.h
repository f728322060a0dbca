// The channels of a sandbox: the same names and prices as the real ones, and nothing behind them. No socket,
// no file, no mail, no line that waits for a batch: what becomes of a document follows from its receiver
// alone (test_receivers.h). Everybody else is reached by what the document says of them (an identifier:
// peppol, an address: email, print), and what is sent there is delivered.
//
// Rows in the store are all that is written, so every channel here is of the house (Channel::inHouse). What a
// test receiver does later is said with the result (Sent::afterwards). Evidence is "sandbox": nothing here
// proves more.
//
// A real channel that is its model is asked for its name, its price and its hours, and for nothing else.
#pragma once

#include "channels/registry.h"

namespace postgang::channels {

inline constexpr std::string_view sandbox_evidence = "sandbox";

// One for each of these, in their order.
Registry sandboxChannels(const Registry& real);

}  // namespace postgang::channels
