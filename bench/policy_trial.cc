// «Vad hade det kostat?»: another policy tried on a year of what one company has sent. The documents are
// there as routing leaves them, each with the answers of three or four channels, to so many counterparts, a
// few of which have an order of channels of their own.
//
//   bench_policy_trial [documents] [counterparts] [times]     POSTGANG_BENCH_DATA: the folder's parent
#include <iostream>

#include "bench/support.h"
#include "insight/policy_trial.h"
#include "store/blobs.h"

namespace {

using namespace postgang;
using namespace postgang::bench;
using document::EventType;

constexpr int together = 500;

store::PartyFact receiverOf(int counterpart) {
  store::PartyFact party;
  party.name = "Mottagare " + std::to_string(counterpart) + " AB";
  party.customerNumber = std::to_string(10'000 + counterpart);
  party.person = counterpart % 5 == 0;
  if (!party.person) party.identifier = "0007:55" + std::to_string(10'000'000 + counterpart);
  return party;
}

store::PlanStep step(const char* channel, bool reachable, std::int64_t price_ore, const char* reason) {
  return {channel, reachable, Decimal::fromScaled(price_ore, 2), "SEK", reason};
}

store::RoutedFact routeTo(int counterpart) {
  store::RoutedFact routed;
  routed.by = counterpart % 50 == 1 ? "sender" : "price";
  const bool isCustomer = counterpart % 3 == 1, hasMail = counterpart % 4 != 2;
  routed.plan = {step("network", isCustomer, 30, isCustomer ? "receiver-is-customer" : "receiver-unknown"),
                 step("email", hasMail, 150, hasMail ? "email-kept" : "email-missing"),
                 step("print", true, 1240, "postal-address-good")};
  if (counterpart % 2 == 0)
    routed.plan.insert(routed.plan.begin(), step("peppol", false, 40, "not-registered"));
  routed.registers = {{"customers", isCustomer ? "known" : "unknown", {}}};
  return routed;
}

void append(store::Transaction& tx, IdMaker& ids, CompanyId sender, int number, int counterpart) {
  store::ReceivedFact received;
  received.sender = sender;
  received.door = "bench";
  received.digest = sha256(std::to_string(number));
  store::RecognisedFact facts;
  facts.format = "UBL 2.1 Invoice";
  facts.number = std::to_string(number);
  facts.seller = {"0007:5599900122", "Nordhamn Energi AB", {}, false, {}};
  facts.buyer = receiverOf(counterpart);
  facts.amount = Decimal(1250);
  facts.currency = "SEK";
  must(store::append(tx, ids.next<DocumentId>(), 0,
                     {{EventType::received, {}, received},
                      {EventType::recognised, {}, facts},
                      {EventType::checked, {}, store::NoteFact{}},
                      {EventType::routed, {}, routeTo(counterpart)}},
                     {}));
}

// Over eleven months, and read as after a restart.
CompanyId fill(const Folder& folder, SimulatedClock& clock, int documents, int counterparts) {
  const auto store = openStore(folder, clock, true);
  IdMaker ids(clock);
  const auto sender = company(*store, "Nordhamn Energi AB", "0007:5599900122");
  must(store->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    for (int i = 7; i < counterparts; i += 25) {
      store::Partner partner;
      const auto party = receiverOf(i);
      partner.identifier = party.identifier.empty() ? "customer:" + party.customerNumber : party.identifier;
      partner.name = party.name;
      partner.channels = {"print", "email"};
      CHECK_OK(store::putPartner(tx, sender, partner));
    }
    return {};
  }));
  const auto seconds = 330LL * 86'400 / std::max(1, documents / together);
  for (int at = 0; at < documents; at += together) {
    must(store->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      for (int i = at; i < std::min(documents, at + together); ++i)
        append(tx, ids, sender, 10'000 + i, static_cast<int>(i * 7919LL % counterparts));
      return {};
    }));
    clock.advanceSeconds(seconds);
  }
  return sender;
}

}  // namespace

int main(int count, char** values) {
  const int documents = argument(count, values, 1, 100'000);
  const int counterparts = argument(count, values, 2, 5'000);
  const int times = argument(count, values, 3, 3);
  const Folder folder("policy-trial");
  SimulatedClock clock(*Instant::parse("2026-01-02T09:00:00Z"));
  const auto sender = fill(folder, clock, documents, counterparts);
  const auto store = openStore(folder, clock);
  const auto registry = channels::allChannels();
  const auto policy = must(channels::policyFromJson(
      R"({"by":"speed","demands":[{"who":"persons","verb":"only","channels":["print"]},)"
      R"({"who":"everyone","verb":"never","channels":["email"]}]})",
      {"network", "peppol", "email", "print"}));
  for (int i = 0; i < times; ++i) {
    insight::PolicyTrial trial;
    const auto started = monotonicMicroseconds();
    must(store->read([&](store::Reader& reader) -> Outcome {
      TRY(trial, insight::tryPolicy(reader, store::Viewer::ofCompanies({sender}, {}), sender, registry,
                                    policy, 12, clock.now()));
      return {};
    }));
    const auto microseconds = monotonicMicroseconds() - started;
    demand(trial.documents + trial.byHand == documents, "documents are missing");
    demand(trial.changed > 0 && trial.changed < trial.documents, "a policy that changes nothing or all");
    std::cout << documents << " documents to " << counterparts << " counterparts tried in "
              << microseconds / 1000 << " ms: " << perSecond(documents, microseconds) << "/s, "
              << trial.changed << " would change\n";
  }
}
