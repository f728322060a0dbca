// The receivers that a sandbox has, each with one fate: what is sent to them ends so every time. Their
// organisation numbers are Postgång's own test numbers, 559999-9009 to 559999-9090: right check digits, a
// series that no company is given. Outside a sandbox nobody knows them.
#pragma once

#include <span>
#include <string_view>

#include "channels/channel.h"

namespace postgang::channels {

enum class Fate {
  opened,        // delivered, and opened a minute after that
  bounced,       // its mail server knows no such address: the next channel's turn
  never_opened,  // the mail is taken and not opened: it goes to paper at its deadline
  rejected,      // delivered, and rejected by an answer a minute after that
  stopped,       // its filter wants an order number of its own form; what has one is delivered
  late,          // sent, and delivered ten minutes after that
  uncertain,     // the line dies after the last byte
  banked,        // lies in its internet bank
};

struct TestReceiver {
  std::string_view key;  // what the API calls it: "delivers", "bounces" …
  Fate fate{};
  std::string_view channel;  // that reaches it first; paper reaches each of them
  std::string_view name, identifier, email, customerNumber;
};
std::span<const TestReceiver> testReceivers();
const TestReceiver* testReceiverByKey(std::string_view key);  // null: there is none
// Known by its identifier, its e-mail address, its customer number or its name, in this order; null: none of
// them.
const TestReceiver* testReceiverOf(const Recipient& recipient);

// Who sends the test invoices that a sandbox receives.
inline constexpr std::string_view test_supplier_identifier = "0007:5599999090",
                                  test_supplier_name = "Testleverantören AB";

// The order number that the filter of Fate::stopped asks for begins with these, and has eight digits.
inline constexpr std::string_view stopped_order_prefix = "45";

}  // namespace postgang::channels
