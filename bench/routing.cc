// Multikanal: how many roads are chosen in a second, with everything warm. Recipients of all sorts: customers
// here, others with and without an e-mail address, persons by post, some that nothing reaches; an outside
// register is asked about each company beforehand, and its kept answer is read for each document as the walk
// does. Each thread reads in snapshots of one batch.
//
//   bench_routing [documents] [recipients] [threads] [a batch]   POSTGANG_BENCH_DATA: the folder's parent
#include <algorithm>
#include <iostream>
#include <map>
#include <thread>

#include "bench/support.h"
#include "channels/recipient.h"
#include "flow/flow.h"
#include "flow/route.h"
#include "store/policies.h"

namespace {

using namespace postgang;
using namespace postgang::bench;

constexpr std::string_view policy =
    R"({"by":"price","order":[],"asks":false,"demands":[)"
    R"({"who":"public-sector","verb":"only","channels":["network","email"]},)"
    R"({"who":"persons","verb":"never","channels":["network"]},)"
    R"({"who":"named","counterparts":["0007:5599900015","0007:5599900023"],"verb":"only","channels":["print"]}]})";

// A register that has answered everything: of every other company it knows nothing.
class Kept final : public channels::OutsideRegister {
 public:
  std::string_view name() const override { return "peppol"; }
  std::string keyOf(const channels::Recipient& recipient) const override {
    return recipient.person || recipient.identifiers.empty() ? std::string() : recipient.identifiers.front();
  }
  store::Lookup ask(const std::string& key, int) const override {
    store::Lookup answer;
    const bool known = sha256(key).front() % 2 == 0;
    answer.result = known ? store::Lookup::Result::found : store::Lookup::Result::absent;
    if (known) answer.facts = R"({"smp":"https://smp.example","documents":["invoice","credit-note"]})";
    return answer;
  }
};

std::string organisationNumber(int number) {
  const auto nine = std::to_string(559'000'000 + number);
  return nine + document::luhnCheckDigit(nine);
}

enum Sort : int { customer, mailed, mailedByUs, person, posted, nobody, sorts };

document::Party party(int number) {
  const auto sort = number % sorts;
  document::Party made;
  made.name = "Mottagare " + std::to_string(number) + " AB";
  made.customerNumber = std::to_string(10'000 + number);
  made.isPerson = sort == person;
  if (!made.isPerson) {
    made.identifier = document::Identifier{"0007", organisationNumber(number)};
    made.identifiers = {*made.identifier};
  }
  if (sort == mailed) made.email = "faktura" + std::to_string(number) + "@mottagare.example";
  if (sort == person || sort == posted || sort == mailed) {
    made.address.lines = {"Storgatan " + std::to_string(1 + number % 90)};
    made.address.postCode = "851 11";
    made.address.city = "Tallmo";
    made.address.country = "SE";
  }
  return made;
}

// What the sender keeps of them: an address for mail, now and then an order of channels of its own.
void keepPartner(store::Transaction& tx, CompanyId sender, int number, const document::Party& party) {
  const auto sort = number % sorts;
  store::Partner partner;
  partner.identifier = party.identifier ? party.identifier->text() : "customer:" + party.customerNumber;
  partner.name = party.name;
  partner.person = party.isPerson;
  partner.customerNumber = party.customerNumber;
  if (sort == mailedByUs) partner.email = "kontor" + std::to_string(number) + "@mottagare.example";
  if (number % 20 == sort) partner.channels = {"email", "print"};
  must(store::putPartner(tx, sender, partner));
}

struct World {
  store::Store& store;
  const channels::Registry& registry;
  const flow::Registers& registers;
  CompanyId sender;
  std::vector<document::Party> parties;
};

struct Counted {
  std::map<std::string, std::int64_t> first;  // the road chosen; "": none
  std::int64_t open = 0;                      // questions that no kept answer held for
};

Counted choose(const World& world, int documents, int batch, int offset) {
  Counted counted;
  const auto now = world.store.clock().now();
  for (int at = 0; at < documents; at += batch)
    must(world.store.read([&](store::Reader& reader) -> Outcome {
      for (int i = at; i < std::min(documents, at + batch); ++i) {
        const auto& to = world.parties[static_cast<std::size_t>(offset + i * 7) % world.parties.size()];
        TRY(const auto recipient, channels::recipientOf(reader, world.sender, to));
        TRY(const auto open, world.registers.openQuestions(reader, recipient));
        TRY(const auto route, flow::route(reader, world.registry, world.sender, recipient, now));
        const auto road = std::ranges::find_if(route.plan.plan, &store::PlanStep::reachable);
        ++counted.first[road == route.plan.plan.end() ? "" : road->channel];
        counted.open += static_cast<std::int64_t>(open.size());
      }
      return {};
    }));
  return counted;
}

channels::Registry roads(const Folder& folder) {
  channels::Roads all;
  all.mailing.from = "retur@postgang.example";
  all.mailing.publicUrl = "https://postgang.example";
  all.mailing.send = [](const net::Envelope&, std::string_view) { return net::SmtpAnswer{}; };
  all.printing.drop = std::make_shared<const net::FileDrop>(
      must(net::FileDrop::at({.url = "file://" + folder.path(), .keyFile = {}, .hostKeys = {}})));
  return channels::allChannels(all);
}

std::vector<document::Party> settle(store::Store& store, CompanyId sender, int recipients) {
  std::vector<document::Party> parties;
  for (int i = 0; i < recipients; ++i) {
    parties.push_back(party(i));
    if (i % sorts == customer) (void)company(store, parties.back().name, parties.back().identifier->text());
  }
  must(store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    for (int i = 0; i < recipients; ++i)
      if (i % sorts != nobody) keepPartner(tx, sender, i, parties[static_cast<std::size_t>(i)]);
    return store::setChannelPolicy(tx, sender, policy);
  }));
  return parties;
}

void askBeforehand(store::Store& store, flow::Registers& registers, CompanyId sender,
                   const std::vector<document::Party>& parties) {
  std::vector<flow::Registers::Question> questions;
  must(store.read([&](store::Reader& reader) -> Outcome {
    for (const auto& each : parties) {
      TRY(const auto recipient, channels::recipientOf(reader, sender, each));
      TRY(auto open, registers.openQuestions(reader, recipient));
      std::ranges::move(open, std::back_inserter(questions));
    }
    return {};
  }));
  must(registers.ask(questions));
}

}  // namespace

int main(int count, char** values) {
  const int documents = argument(count, values, 1, 100'000);
  const int recipients = argument(count, values, 2, 6'000);
  const int threads = argument(count, values, 3, 1);
  const int batch = argument(count, values, 4, 64);
  const Folder folder("routing");
  const SystemClock clock;
  const auto store = openStore(folder, clock);
  const auto registry = roads(folder);
  flow::Registers registers(*store, clock, {std::make_shared<Kept>()});
  const auto sender = company(*store, "Nordhamn Energi AB", "0007:5599900122");
  const World world{*store, registry, registers, sender, settle(*store, sender, recipients)};
  askBeforehand(*store, registers, sender, world.parties);
  (void)choose(world, recipients, batch, 0);  // warm

  std::vector<Counted> counted(static_cast<std::size_t>(threads));
  std::vector<std::thread> running;
  const auto started = monotonicMicroseconds();
  for (int i = 0; i < threads; ++i)
    running.emplace_back(
        [&, i] { counted[static_cast<std::size_t>(i)] = choose(world, documents, batch, i * 1'000); });
  for (auto& thread : running) thread.join();
  const auto microseconds = monotonicMicroseconds() - started;
  Counted all;
  for (const auto& each : counted) {
    all.open += each.open;
    for (const auto& [road, roads] : each.first) all.first[road] += roads;
  }
  demand(all.open == 0, "a register would have been asked");
  for (const std::string road : {"network", "email", "print", ""})
    demand(all.first[road] > 0, "nobody went by «" + road + "»");
  const auto chosen = static_cast<std::int64_t>(documents) * threads;
  std::cout << chosen << " roads chosen in " << microseconds / 1000
            << " ms: " << perSecond(chosen, microseconds) << "/s with " << threads << " threads;";
  for (const auto& [road, roads] : all.first)
    std::cout << " " << (road.empty() ? "none" : road) << " " << roads;
  std::cout << "\n";
}
