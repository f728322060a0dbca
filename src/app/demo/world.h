// The demo world before anything has happened: the operator, the group Nordhamn, its counterparts, and who
// buys what from whom how often. Made from a seed alone: the same seed gives the same world.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/demo/names.h"
#include "app/demo/trades.h"

namespace postgang::app::demo {

// A value of a receiver's register: a reference or a cost centre, and whose it is.
struct Code {
  std::string value, label;
};

// What a receiver demands that its suppliers write.
struct Demands {
  bool order = false;                         // an order number of eight digits that begins with 45 …
  bool standingOrders = false;                // … and stands in its register of orders
  bool attachment = false;                    // a specification with what is over attachment_limit_ore
  bool age = false;                           // not older than thirty days
  bool accounts = false;                      // the account that it has registered
  std::vector<Code> references, costCentres;  // one of these, where there are any
};
inline constexpr std::int64_t attachment_limit_ore = 10'000'00;

// How well a seller does what its buyers demand.
enum class Care { careful, ordinary, poor, improving, worsening };

// How a customer's own system takes what comes, from some time on.
enum class OwnSystem {
  none,
  prompt,  // fetches by the API, and confirms within hours
  late,    // likewise, and now and then a day or more too late
  folder   // takes files out of a folder below the operator's root
};

struct Company {
  std::string name;
  std::string organisationNumber;
  Address address;
  Person seller;  // «Vår referens» on its invoices
  Person reader;  // who opens what it receives
  std::string bankgiro;
  const Trade* trade = nullptr;
  bool customer = true;  // has its documents in Postgång; otherwise it is only known as a counterpart
  bool fetches = false;  // its own system fetches by the API
  OwnSystem system = OwnSystem::none;
  std::optional<int> peppol_perMille = {};  // no customer: registered there since then, of the world's time
  int opens_perMille = 900;                 // of what it receives
  int opensWithin_hours = 20;               // at most, in office hours
  bool roundsToKronor = false;
  int firstNumber = 1000;     // of its invoices
  int run_minuteOfDay = 540;  // when it sends what it has written, Swedish time
  Care care = Care::careful;
  Demands demands;
  std::string identifier() const { return "0007:" + organisationNumber; }
};

// What a household does at its internet bank about its invoices. Times are of the world's, in thousandths.
struct BankCustomer {
  std::string receiver;        // what its bank knows it by; empty: it has none that takes invoices
  std::string bank;            // its name
  int applies_perMille = 0;    // 0: not yet
  int ends_perMille = 0;       // 0: never
  std::string appliesAs;       // the account is in another's name
  std::string customerNumber;  // that it writes at first, where it is mistaken
};

struct Household {
  std::string name, customerNumber;
  Address address;
  std::string email;  // most have one
  std::string order;  // the channel that its seller keeps for it; mostly empty
  int days = 0;       // until its Smartmails go to paper; 0: as its seller's others
  BankCustomer atBank = {};
};

enum class Cadence { weekly, fortnightly, monthly, quarterly };

// Somebody buys from somebody, by habit.
struct Relation {
  int seller = 0;  // index of a company
  int buyer = 0;   // index of a company, or of a household
  bool toHousehold = false;
  const Trade* trade = nullptr;
  Cadence cadence = Cadence::monthly;
  int day = 1;  // weekday 1..5, or working day of the month 1..18
  int lines_least = 1, lines_most = 4;
  int terms_days = 30;
  std::string customerNumber;
  std::string buyerReference;  // «Er referens»
  std::string contract;        // may be empty
  std::string standingOrder;   // that all of its invoices are for; may be empty
  std::string costCentre;      // «Kontering»; may be empty
  bool inbound = false;        // the seller is no customer: its buyer hands its invoices in
  bool ordered = false;        // each invoice has an order number
  bool attaches = false;       // a time sheet or the like goes with it now and then
  bool paysLate = false;       // interest is invoiced now and then
  int credit_perMille = 20;    // invoices that are credited some days later
  int careless_perMille = 12;  // invoices that go wrong at first
};

struct World {
  std::uint64_t seed = 1;
  std::vector<Company> companies;  // 0: Nordhamn AB, 1..6: its subsidiaries, then the counterparts
  std::vector<Household> households;
  std::vector<Relation> relations;
  std::vector<int> strict;  // companies that demand something, in the order of strict.h
  static constexpr int group_size = group_trades;
};

World makeWorld(std::uint64_t seed);

// Somebody can sign in there: what is stopped there is left for them.
inline bool isSignIn(std::size_t company) {
  return company < World::group_size + 2;
}

inline constexpr int energy_company = 2;  // invoices private persons, and has set up its Smartmail

// Reached by neither e-mail nor letter: what is sent to them fails.
bool isOutOfReach(const Household& household);
// Has its invoices in its internet bank when the world ends.
bool isAtBank(const Household& household);

}  // namespace postgang::app::demo
