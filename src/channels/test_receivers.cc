#include "channels/test_receivers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "channels/email.h"

namespace postgang::channels {

namespace {

constexpr std::array receivers = {
    TestReceiver{"delivers", Fate::opened, "network", "Testmottagare Levereras", "0007:5599999009",
                 "levereras@test.postgang.example", "TEST-1"},
    TestReceiver{"bounces", Fate::bounced, "email", "Testmottagare Studsar", "0007:5599999017",
                 "studsar@test.postgang.example", "TEST-2"},
    TestReceiver{"never-opens", Fate::never_opened, "email", "Testmottagare Öppnar aldrig", "0007:5599999025",
                 "oppnar.aldrig@test.postgang.example", "TEST-3"},
    TestReceiver{"refuses", Fate::rejected, "network", "Testmottagare Vägrar", "0007:5599999033",
                 "vagrar@test.postgang.example", "TEST-4"},
    TestReceiver{"stops", Fate::stopped, "network", "Testmottagare Stoppas", "0007:5599999041",
                 "stoppas@test.postgang.example", "TEST-5"},
    TestReceiver{"slow", Fate::late, "network", "Testmottagare Långsam", "0007:5599999058",
                 "langsam@test.postgang.example", "TEST-6"},
    TestReceiver{"uncertain", Fate::uncertain, "email", "Testmottagare Osäker", "0007:5599999066",
                 "osaker@test.postgang.example", "TEST-7"},
    TestReceiver{"bank", Fate::banked, "bank", "Testmottagare Internetbank", "0007:5599999074",
                 "internetbank@test.postgang.example", "TEST-8"},
};

template <typename Is>
const TestReceiver* first(Is&& is) {
  const auto found = std::ranges::find_if(receivers, is);
  return found == receivers.end() ? nullptr : &*found;
}

}  // namespace

std::span<const TestReceiver> testReceivers() {
  return receivers;
}

const TestReceiver* testReceiverByKey(std::string_view key) {
  return first([&](const TestReceiver& one) { return one.key == key; });
}

const TestReceiver* testReceiverOf(const Recipient& recipient) {
  for (const auto& identifier : recipient.identifiers)
    if (const auto* found = first([&](const TestReceiver& one) { return one.identifier == identifier; }))
      return found;
  const auto email = lowered(emailOf(recipient));
  if (const auto* found = first([&](const TestReceiver& one) { return one.email == email; })) return found;
  if (const auto* found =
          first([&](const TestReceiver& one) { return one.customerNumber == recipient.customerNumber; }))
    return found;
  const auto name = folded(collapsed(recipient.name));
  return first([&](const TestReceiver& one) { return folded(one.name) == name; });
}

}  // namespace postgang::channels
