#include "app/demo/world.h"

#include <algorithm>
#include <set>
#include <utility>

#include "app/demo/strict.h"

namespace postgang::app::demo {

namespace {

constexpr int counterparts = 184;
constexpr int households = 84;
constexpr int strangers_perMille = 70;  // counterparts that are not customers
constexpr int no_mail_perMille = 260;   // of private persons
constexpr int out_of_reach_every = 30;  // of them
constexpr int applies_perMille = 780;   // of those, at an internet bank over the time
constexpr int operator_number = 0;      // the operator's own organisation number

// Sellers' systems run at so many times of the day: what comes at one instant shares its commits, and that is
// most of what a year costs.
constexpr int runs_aDay = 11;

constexpr std::pair<std::string_view, std::string_view> bank_names[] = {
    {"KB", "Kustbanken"}, {"STB", "Strandbanken"}, {"FJB", "Fjällbanken"}, {"HSB", "Hamnens Sparbank"}};

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : root_(seed) { world_.seed = seed; }

  World make() {
    makeGroup();
    makeCounterparts();
    makeHouseholds();
    relateGroup();
    relateCounterparts();
    giveMail();
    giveBanks();
    makeStrict(world_, root_.of(9));
    giveSystems();
    return std::move(world_);
  }

 private:
  Person person(Random& random, std::string_view company) {
    Person made;
    made.name = personName(random);
    made.email = emailOf(made.name, domainOf(company));
    made.telephone = telephone(random);
    return made;
  }

  Company company(Random& random, std::string name, const Trade& trade) {
    const int index = static_cast<int>(world_.companies.size());
    Company made;
    made.name = std::move(name);
    made.organisationNumber = organisationNumber(operator_number + 1 + index);
    made.address = address(random);
    made.seller = person(random, made.name);
    made.reader = person(random, made.name);
    made.bankgiro = bankgiro(index);
    made.trade = &trade;
    made.fetches = random.chance(250);
    made.opens_perMille = random.between(700, 980);
    made.opensWithin_hours = random.between(3, 70);
    made.roundsToKronor = random.chance(450);
    made.firstNumber = random.between(1, 9) * 10000 + random.between(0, 900);
    made.run_minuteOfDay = 7 * 60 + 10 + 55 * random.between(0, runs_aDay - 1);
    return made;
  }

  void makeGroup() {
    auto random = root_.of(1);
    for (int i = 0; i < World::group_size; ++i) {
      const auto& trade = trades()[static_cast<std::size_t>(i)];
      const std::string name = i == 0 ? "Nordhamn AB" : "Nordhamn " + std::string(trade.word) + " AB";
      auto made = company(random, name, trade);
      made.address.city = "Nordhamn";
      made.address.postCode = "480 12";
      made.fetches = i == 3;
      made.seller.email = "faktura@" + domainOf(name);
      world_.companies.push_back(std::move(made));
    }
    world_.companies[0].reader = {"Karin Sund", "karin.sund@nordhamn.example", "08-465 004 10"};
  }

  void makeCounterparts() {
    auto random = root_.of(2);
    std::set<std::pair<int, int>> taken;
    const int words = static_cast<int>(trades().size()) - World::group_size;
    while (static_cast<int>(world_.companies.size()) < World::group_size + counterparts) {
      const std::pair<int, int> pair{random.below(companyStems()), random.below(words)};
      if (!taken.insert(pair).second) continue;
      const auto& trade = trades()[static_cast<std::size_t>(World::group_size + pair.second)];
      auto made = company(random, companyStem(pair.first) + " " + std::string(trade.word) + " AB", trade);
      made.customer = !random.chance(strangers_perMille) || isSignIn(world_.companies.size());
      world_.companies.push_back(std::move(made));
    }
  }

  void makeHouseholds() {
    auto random = root_.of(3);
    for (int i = 0; i < households; ++i)
      world_.households.push_back(
          {personName(random), std::to_string(20100 + 7 * i), homeAddress(random), {}, {}});
  }

  // Two in three of those that are no customers have an e-mail address; a few have no postal address that a
  // letter could go to either.
  void giveMail() {
    auto random = root_.of(21);
    for (int i = 0; i < households; ++i) {
      auto& household = world_.households[static_cast<std::size_t>(i)];
      const int kind = i % out_of_reach_every;
      if (kind != out_of_reach_every - 1 && !random.chance(no_mail_perMille))
        household.email =
            emailOf(household.name + " " + household.customerNumber.substr(3), mailHost(random));
      if (kind == out_of_reach_every - 1) household.address.street.clear();
      if (i % 17 == 5) household.order = "print";
      if (i % 11 == 4) household.days = i % 2 == 0 ? 14 : 3;
    }
    int stranger = 0;
    for (auto& company : world_.companies)
      if (!company.customer && ++stranger % 3 == 0) company.reader.email.clear();
    givePeppol();
  }

  // Most of those who may get mail apply at their bank over the time: two in three of them soon,
  // most accepted by themselves, some in another's name or with a mistaken number, some end it again.
  void giveBanks() {
    auto random = root_.of(31);
    int applicants = 0;
    for (int i = 0; i < households; ++i) {
      auto& household = world_.households[static_cast<std::size_t>(i)];
      auto& bank = household.atBank;
      if (!household.order.empty() || household.address.street.empty()) continue;
      const auto& [code, name] = random.pick(bank_names);
      bank.bank = name;
      bank.receiver = "9150" + household.customerNumber + std::to_string(random.between(10, 99)) + "." +
                      std::string(code) + ".SE";
      if (!random.chance(applies_perMille)) continue;
      const int nth = ++applicants;
      bank.applies_perMille = nth % 3 != 0 ? random.between(2, 40) : random.between(40, 700);
      if (nth % 9 == 4) bank.ends_perMille = std::min(bank.applies_perMille + random.between(150, 500), 950);
      if (nth % 6 == 2) bank.appliesAs = otherName(random, household.name);
      if (nth % 7 == 5) bank.customerNumber = std::to_string(random.between(40000, 49999));
      // The last ones are in time for whoever looks at the world.
      if (nth % 12 == 8) bank.applies_perMille = random.between(981, 996);
    }
  }

  // Four in five of those that are no customers are reached by Peppol, one of them not until some time on.
  void givePeppol() {
    auto random = root_.of(33);
    int stranger = 0;
    for (auto& company : world_.companies) {
      if (company.customer) continue;
      const int nth = stranger++ % 5;
      if (nth == 4) continue;
      company.peppol_perMille = nth == 2 ? random.between(250, 700) : 0;
    }
  }

  // One of the group where somebody can sign in, and some others; strict receivers have enough of their own.
  void giveSystems() {
    world_.companies[3].system = OwnSystem::prompt;
    constexpr OwnSystem further[] = {OwnSystem::late, OwnSystem::folder, OwnSystem::prompt};
    std::size_t given = 0;
    for (std::size_t i = World::group_size + 2; i < world_.companies.size() && given < std::size(further);
         ++i) {
      auto& company = world_.companies[i];
      if (!company.customer || std::ranges::count(world_.strict, static_cast<int>(i)) > 0) continue;
      company.system = further[given++];
      company.fetches = company.system != OwnSystem::folder;
    }
  }

  // Somebody of the same family name.
  static std::string otherName(Random& random, const std::string& name) {
    const auto family = name.substr(name.find(' ') + 1);
    for (;;) {
      const auto other = personName(random);
      auto made = other.substr(0, other.find(' ')) + " " + family;
      if (made != name) return made;
    }
  }

  Relation relation(Random& random, int seller, int buyer, Cadence cadence) {
    const auto& from = world_.companies[static_cast<std::size_t>(seller)];
    Relation made;
    made.seller = seller;
    made.buyer = buyer;
    made.trade = from.trade;
    made.cadence = cadence;
    made.day = cadence == Cadence::weekly || cadence == Cadence::fortnightly ? random.between(1, 5)
                                                                             : monthlyDay(random, seller);
    made.lines_most = random.between(2, 8);
    made.terms_days = random.chance(700) ? 30 : random.chance(500) ? 20 : 10;
    made.customerNumber = std::to_string(30000 + random.below(9999));
    made.ordered = random.chance(400);
    made.attaches = random.chance(60);
    made.paysLate = random.chance(60);
    made.careless_perMille = random.chance(120) ? 60 : 5;
    if (random.chance(250)) made.contract = "A-" + std::to_string(random.between(1000, 9999));
    return made;
  }

  // A seller writes its monthly invoices on one of a few days, all together.
  int monthlyDay(Random& random, int seller) {
    const int first = 1 + (seller * 7) % 12;
    return first + (random.chance(300) ? 5 : 0);
  }

  void relate(Random& random, int seller, int buyer, Cadence cadence) {
    auto made = relation(random, seller, buyer, cadence);
    made.buyerReference = world_.companies[static_cast<std::size_t>(buyer)].reader.name;
    world_.relations.push_back(std::move(made));
  }

  void relateHousehold(Random& random, int seller, int household, const Trade& trade) {
    auto made = relation(random, seller, household, Cadence::monthly);
    made.toHousehold = true;
    made.trade = &trade;
    made.customerNumber = world_.households[static_cast<std::size_t>(household)].customerNumber;
    made.ordered = made.paysLate = false;
    made.attaches = household % 3 == 1;
    made.careless_perMille = 0;
    made.lines_least = made.lines_most = 2;
    world_.relations.push_back(std::move(made));
  }

  int counterpart(Random& random) { return World::group_size + random.below(counterparts); }

  // Some buyers, each once.
  template <typename Relate>
  void toSome(Random& random, int count, Relate relateWith) {
    std::set<int> chosen;
    while (static_cast<int>(chosen.size()) < count) {
      const int buyer = counterpart(random);
      if (chosen.insert(buyer).second) relateWith(buyer);
    }
  }

  void relateGroup() {
    auto random = root_.of(4);
    for (int subsidiary = 1; subsidiary < World::group_size; ++subsidiary) {
      relate(random, 0, subsidiary, Cadence::monthly);  // group services
      if (subsidiary != 2) relate(random, 2, subsidiary, Cadence::monthly);
      if (subsidiary != 4) relate(random, 4, subsidiary, Cadence::monthly);
      if (subsidiary != 3 && subsidiary != 2) relate(random, 3, subsidiary, Cadence::fortnightly);
      if (subsidiary != 6) relate(random, 6, subsidiary, Cadence::quarterly);
    }
    toSome(random, 34, [&](int b) { relate(random, 1, b, Cadence::fortnightly); });
    toSome(random, 82, [&](int b) { relate(random, 2, b, Cadence::monthly); });
    toSome(random, 44, [&](int b) { relate(random, 3, b, Cadence::weekly); });
    toSome(random, 46, [&](int b) { relate(random, 4, b, Cadence::monthly); });
    toSome(random, 48, [&](int b) { relate(random, 5, b, Cadence::weekly); });
    toSome(random, 60, [&](int b) { relate(random, 6, b, Cadence::monthly); });
    for (int i = 0; i < households; ++i)
      i % 3 == 0 ? relateHousehold(random, 4, i, householdTrade(0))
                 : relateHousehold(random, 2, i, householdTrade(1));
  }

  void relateCounterparts() {
    auto random = root_.of(5);
    for (int seller = World::group_size; seller < World::group_size + counterparts; ++seller) {
      if (!world_.companies[static_cast<std::size_t>(seller)].customer)
        continue;  // what it sends does not pass here
      const int toGroup = random.between(1, 3);
      for (int i = 0; i < toGroup; ++i)
        relate(random, seller, (seller + i * 3) % World::group_size,
               random.chance(300) ? Cadence::fortnightly : Cadence::monthly);
      const int toOthers = random.between(3, 6);
      toSome(random, toOthers, [&](int buyer) {
        if (buyer != seller)
          relate(random, seller, buyer, random.chance(120) ? Cadence::weekly : Cadence::monthly);
      });
    }
  }

  Random root_;
  World world_;
};

}  // namespace

bool isOutOfReach(const Household& household) {
  return household.email.empty() && household.address.street.empty();
}

bool isAtBank(const Household& household) {
  const auto& bank = household.atBank;
  return bank.applies_perMille > 0 && bank.ends_perMille == 0;
}

World makeWorld(std::uint64_t seed) {
  return Maker(seed).make();
}

}  // namespace postgang::app::demo
