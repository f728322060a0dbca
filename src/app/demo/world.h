// The demo world before anything has happened: the operator, the group Nordhamn, its counterparts, and who
// buys what from whom how often. Made from a seed alone: the same seed gives the same world.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/names.h"
#include "app/demo/trades.h"

namespace postgang::app::demo {

struct Company {
  std::string name;
  std::string organisationNumber;
  Address address;
  Person seller;  // «Vår referens» on its invoices
  Person reader;  // who opens what it receives
  std::string bankgiro;
  const Trade* trade = nullptr;
  bool customer = true;        // has its documents in Postgång; otherwise it is only known as a counterpart
  bool fetches = false;        // its own system fetches by the API
  int opens_perMille = 900;    // of what it receives
  int opensWithin_hours = 20;  // at most, in office hours
  bool roundsToKronor = false;
  int firstNumber = 1000;     // of its invoices
  int run_minuteOfDay = 540;  // when it sends what it has written, Swedish time
  std::string identifier() const { return "0007:" + organisationNumber; }
};

struct Household {
  std::string name, customerNumber;
  Address address;
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
  static constexpr int group_size = group_trades;
};

World makeWorld(std::uint64_t seed);

}  // namespace postgang::app::demo
