#include "app/demo/strict.h"

#include <algorithm>
#include <array>
#include <set>

namespace postgang::app::demo {

namespace {

constexpr int group_suppliers_first = World::group_size + 2;  // counterparts without a sign-in
constexpr int improving_days = 84, worsening_days = 42;
constexpr int facilities_count = 6, contracts_count = 4, outside_buyers = 6;
constexpr int strangers_handedIn = 6;  // suppliers that are no customers

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

// Who orders things, and what the invoices for them are booked on.
constexpr std::pair<std::string_view, std::string_view> references[] = {
    {"1104", "Inköp, kontor"},
    {"1120", "Fordon och drivmedel"},
    {"1207", "Drift, dag"},
    {"1208", "Drift, natt"},
    {"1315", "Lager"},
    {"1402", "IT och telefoni"},
    {"1410", "Marknad och trycksaker"},
    {"1533", "Personal"},
    {"1601", "Fastighet och städ"},
    {"1702", "Projekt kajen"},
    {"1703", "Projekt magasin 4"},
    {"1811", "Ledning"},
};
constexpr std::pair<std::string_view, std::string_view> costCentres[] = {
    {"4100", "Drift"},       {"4200", "Underhåll"},     {"4310", "Energi och vatten"},
    {"4400", "Transporter"}, {"4520", "Reparation"},    {"5010", "Lokaler"},
    {"5400", "Kontor"},      {"6200", "Tele och data"},
};

template <typename Pairs>
std::vector<Code> codes(const Pairs& pairs, std::string_view prefix) {
  std::vector<Code> made;
  for (const auto& [value, label] : pairs)
    made.push_back({std::string(prefix) + std::string(value), std::string(label)});
  return made;
}

Demands demandsOf(Strict which) {
  Demands demands;
  switch (which) {
    case Strict::head:
      demands.order = demands.age = demands.accounts = true;
      break;
    case Strict::energy:
      demands.attachment = demands.accounts = true;
      demands.references = codes(references, "NE-");
      break;
    case Strict::property:
      demands.age = true;
      demands.costCentres = codes(costCentres, "");
      break;
    case Strict::freight:
    case Strict::papers:
      demands.attachment = true;
      break;
    case Strict::orders:
    case Strict::contracts:
      demands.order = demands.standingOrders = true;
      break;
    case Strict::references:
      demands.attachment = true;
      demands.references = codes(references, "R");
      break;
    case Strict::facilities:
      demands.age = true;
      demands.references = codes(references, "AN-");
      break;
    case Strict::centres:
      demands.order = true;
      demands.costCentres = codes(costCentres, "K");
      break;
    case Strict::accounts:
      demands.accounts = demands.age = true;
      break;
  }
  return demands;
}

class Teacher {
 public:
  Teacher(World& world, Random random) : world_(world), random_(random) {}

  void teach() {
    choose();
    giveCare();
    addContracts();
    addStrangers();
    for (auto& relation : world_.relations)
      if (!relation.toHousehold) prepare(relation);
    sameCodes(2, Strict::facilities);
    sameCodes(0, Strict::contracts);
  }

 private:
  Company& company(int index) { return world_.companies[at(index)]; }
  int strict(Strict which) const { return world_.strict[static_cast<std::size_t>(which)]; }

  // Of those that buy power from the group the ones that buy most from all.
  std::vector<int> busyBuyers() {
    std::set<int> powered;
    std::vector<int> bought(world_.companies.size());
    for (const auto& relation : world_.relations) {
      if (relation.toHousehold) continue;
      ++bought[at(relation.buyer)];
      if (relation.seller == 2) powered.insert(relation.buyer);
    }
    std::vector<int> buyers;
    for (const int buyer : powered)
      if (buyer >= group_suppliers_first && company(buyer).customer) buyers.push_back(buyer);
    std::ranges::stable_sort(buyers, std::ranges::greater(), [&](int buyer) { return bought[at(buyer)]; });
    return buyers;
  }

  void choose() {
    world_.strict = {0, 2, 4, 3, World::group_size, World::group_size + 1};
    const auto busy = busyBuyers();
    for (std::size_t i = 0; world_.strict.size() < strict_receivers; ++i) world_.strict.push_back(busy[i]);
    for (std::size_t i = 0; i < strict_receivers; ++i)
      company(world_.strict[i]).demands = demandsOf(static_cast<Strict>(i));
  }

  // One in sixteen is poor at it, a few get better or worse.
  void giveCare() {
    int n = 0;
    for (int i = group_suppliers_first; i < static_cast<int>(world_.companies.size()); ++i, ++n)
      company(i).care = n % 16 == 3    ? Care::poor
                        : n % 32 == 7  ? Care::improving
                        : n % 32 == 23 ? Care::worsening
                        : n % 4 == 1   ? Care::ordinary
                                       : Care::careful;
    // What is left for a visitor shall not be drowned by old files that nobody can put right.
    for (auto& relation : world_.relations)
      if (isSignIn(at(relation.seller))) relation.careless_perMille = 0;
  }

  Relation relation(int seller, int buyer, Cadence cadence, int day) {
    Relation made;
    made.seller = seller;
    made.buyer = buyer;
    made.trade = company(seller).trade;
    made.cadence = cadence;
    made.day = day;
    made.customerNumber = std::to_string(41000 + random_.below(8999));
    made.buyerReference = company(buyer).reader.name;
    made.careless_perMille = 0;
    return made;
  }

  // The group's head sells its services outside the group, too.
  void addContracts() {
    for (int i = 1; i < facilities_count; ++i)
      world_.relations.push_back(relation(2, strict(Strict::facilities), Cadence::monthly, 8));
    for (int i = 0; i < contracts_count; ++i)
      world_.relations.push_back(relation(0, strict(Strict::contracts), Cadence::monthly, 4));
    for (const auto which : {Strict::orders, Strict::references, Strict::facilities, Strict::papers,
                             Strict::centres, Strict::accounts})
      world_.relations.push_back(relation(0, strict(which), Cadence::fortnightly, 3));
    int added = 0;
    for (int buyer = group_suppliers_first; added < outside_buyers; buyer += 11)
      if (company(buyer).customer && company(buyer).demands.references.empty()) {
        world_.relations.push_back(relation(0, buyer, Cadence::fortnightly, 2));
        ++added;
      }
  }

  // Suppliers that are no customers, whose invoices three of the receivers hand in. Some say no mail address.
  void addStrangers() {
    int added = 0;
    for (int i = group_suppliers_first; i < static_cast<int>(world_.companies.size()); ++i) {
      if (company(i).customer || added == strangers_handedIn) continue;
      company(i).care = Care::ordinary;
      if (added % 2 == 1) company(i).seller.email.clear();
      const std::array buyers = {strict(Strict::head), strict(Strict::energy), strict(Strict::orders)};
      for (const int n : {added, added + 1}) {
        auto made = relation(i, buyers[at(n) % buyers.size()], Cadence::monthly, 3 + added);
        made.inbound = true;
        made.credit_perMille = 0;
        world_.relations.push_back(std::move(made));
      }
      ++added;
    }
  }

  // What its buyer wants to read on every invoice. Whoever gets better or worse is seen often enough for that
  // to show.
  void prepare(Relation& relation) {
    const auto& demands = company(relation.buyer).demands;
    const auto care = company(relation.seller).care;
    const bool shows = relation.buyer == 0 || relation.buyer == 2;
    if (shows && care != Care::careful && care != Care::ordinary) {
      relation.cadence = Cadence::weekly;
      relation.day = random_.between(1, 5);
    }
    if (demands.order) relation.ordered = true;
    if (demands.standingOrders)
      relation.standingOrder = "45" + std::to_string(random_.between(100000, 999999));
    if (!demands.references.empty()) relation.buyerReference = random_.pick(demands.references).value;
    if (!demands.costCentres.empty()) relation.costCentre = random_.pick(demands.costCentres).value;
  }

  // Several invoices to one buyer for the same thing: what is wrong with one is wrong with all.
  void sameCodes(int seller, Strict buyer) {
    const Relation* first = nullptr;
    for (auto& relation : world_.relations) {
      if (relation.seller != seller || relation.buyer != strict(buyer) || relation.toHousehold) continue;
      if (!first) first = &relation;
      relation.buyerReference = first->buyerReference;
      relation.standingOrder = first->standingOrder;
      relation.cadence = Cadence::monthly;
      relation.day = first->day;
    }
  }

  World& world_;
  Random random_;
};

// Relations of one seller with one buyer, or (seller -1) of whoever has no sign-in, by index.
std::vector<int> between(const World& world, int seller, int buyer, bool inbound = false) {
  std::vector<int> found;
  for (std::size_t i = 0; i < world.relations.size(); ++i) {
    const auto& relation = world.relations[i];
    if (relation.toHousehold || relation.buyer != buyer || relation.inbound != inbound) continue;
    if (seller < 0 ? !isSignIn(at(relation.seller)) : relation.seller == seller)
      found.push_back(static_cast<int>(i));
  }
  return found;
}

struct Wrongs {
  std::vector<Mistake> mistakes;
  void from(const std::vector<int>& relations, std::vector<Incident>& incidents, int daysAgo_first) const {
    for (std::size_t i = 0; i < mistakes.size() && !relations.empty(); ++i)
      incidents.push_back(
          {relations[(i * 5 + 1) % relations.size()], mistakes[i], daysAgo_first + static_cast<int>(i % 3)});
  }
};

}  // namespace

void makeStrict(World& world, Random random) {
  Teacher(world, random).teach();
}

const Company& strictCompany(const World& world, Strict which) {
  return world.companies[at(world.strict[static_cast<std::size_t>(which)])];
}

int slips_perMille(const World& world, const Relation& relation, int daysBeforeEnd) {
  switch (world.companies[at(relation.seller)].care) {
    case Care::careful:
      return 6;
    case Care::ordinary:
      return 25;
    case Care::poor:
      return 260;
    case Care::improving:
      return 10 + 390 * std::clamp(daysBeforeEnd, 0, improving_days) / improving_days;
    case Care::worsening:
      return daysBeforeEnd > worsening_days ? 10 : 320;
  }
  return 0;
}

std::vector<Incident> lastDays(const World& world) {
  const auto place = [&](Strict which) { return world.strict[static_cast<std::size_t>(which)]; };
  std::vector<Incident> incidents;
  // Ours that others have stopped. A system that leaves a field out leaves it out everywhere.
  for (const int relation : between(world, 2, place(Strict::facilities)))
    incidents.push_back({relation, Mistake::reference_missing, 2});
  for (const int relation : between(world, 0, place(Strict::contracts)))
    incidents.push_back({relation, Mistake::order_missing, 2});
  Wrongs{{Mistake::cost_centre_unknown}}.from(between(world, 2, place(Strict::centres)), incidents, 1);
  Wrongs{{Mistake::attachment_missing}}.from(between(world, 2, place(Strict::papers)), incidents, 3);
  Wrongs{{Mistake::cost_centre_missing}}.from(between(world, 0, place(Strict::centres)), incidents, 1);
  Wrongs{{Mistake::reference_unknown}}.from(between(world, 0, place(Strict::references)), incidents, 4);
  Wrongs{{Mistake::totals_off}}.from(between(world, 2, place(Strict::accounts)), incidents, 1);
  // On their way to us.
  Wrongs{{Mistake::order_missing, Mistake::order_malformed, Mistake::issued_long_ago, Mistake::order_missing,
          Mistake::account_unknown, Mistake::order_malformed}}
      .from(between(world, -1, 0), incidents, 1);
  Wrongs{{Mistake::reference_unknown, Mistake::attachment_missing, Mistake::account_unknown,
          Mistake::reference_unknown, Mistake::reference_missing}}
      .from(between(world, -1, 2), incidents, 1);
  Wrongs{{Mistake::order_missing, Mistake::order_missing}}.from(between(world, -1, 0, true), incidents, 2);
  Wrongs{{Mistake::reference_missing}}.from(between(world, -1, 2, true), incidents, 3);
  Wrongs{{Mistake::order_unknown, Mistake::order_missing}}.from(between(world, -1, place(Strict::orders)),
                                                                incidents, 1);
  Wrongs{{Mistake::reference_unknown}}.from(between(world, -1, place(Strict::references)), incidents, 2);
  return incidents;
}

}  // namespace postgang::app::demo
