#include "app/demo/ordering.h"

#include <algorithm>
#include <cassert>
#include <set>

#include <boost/json.hpp>

#include "rules/demand_json.h"
#include "store/filters.h"
#include "store/registers.h"
#include "store/sql/session.h"

namespace postgang::app::demo {

namespace {

using store::RegisterKind;

constexpr std::string_view order_form =
    R"({"id":"order","term":"BT-13","test":"digits","count":8,"prefix":"45","example":"45102938","message":{"sv":"Skriv inköpsordernumret: åtta siffror som börjar med 45. Det står överst på vår beställning.","en":"State our purchase order number: eight digits beginning with 45. It is at the top of our order."}})";
constexpr std::string_view order_remark =
    R"({"id":"order","term":"BT-13","test":"digits","count":8,"prefix":"45","severity":"warn"})";
constexpr std::string_view order_known =
    R"({"id":"order-known","term":"BT-13","test":"inRegister","kind":"orderNumber"})";
constexpr std::string_view reference_there =
    R"({"id":"reference","term":"BT-10","test":"present","severity":"warn"})";
constexpr std::string_view reference_known =
    R"({"id":"reference-known","term":"BT-10","test":"inRegister","kind":"reference","message":{"sv":"Skriv vår referenskod som köparens referens, inte ett namn. Koden finns på beställningen.","en":"Put our reference code in buyer reference, not a name. The code is on the order."}})";
constexpr std::string_view centre_known =
    R"({"id":"cost-centre","term":"BT-19","test":"inRegister","kind":"costCentre"})";
constexpr std::string_view papers_over_limit =
    R"({"id":"specification","if":{"term":"BT-112","test":"moreThan","value":"10000","currency":"SEK"},"then":{"test":"attachment"},"appliesTo":{"kinds":["invoice"]}})";
constexpr std::string_view not_old =
    R"({"id":"age","term":"BT-2","test":"maxDaysOld","days":30,"severity":"hold","appliesTo":{"kinds":["invoice"]}})";
constexpr std::string_view account_known =
    R"({"id":"account","test":"registeredAccount","ifPresent":true,"ifRegistered":true,"severity":"hold"})";
constexpr std::string_view not_twice = R"({"id":"duplicate","test":"notRepeated","months":12})";
constexpr std::string_view time_to_pay =
    R"({"id":"days-left","term":"BT-9","test":"minDaysLeft","days":20,"ifPresent":true,"severity":"warn","appliesTo":{"kinds":["invoice"]}})";
constexpr std::string_view lines_numbered =
    R"({"id":"articles","test":"lineHas","terms":["BT-155","BT-156","BT-157"],"severity":"warn"})";

std::vector<std::string> rules(std::initializer_list<std::string_view> list) {
  return {list.begin(), list.end()};
}

std::string ruleList(const std::vector<std::string>& rules) {
  std::string list = "[";
  for (const auto& rule : rules) list += (list.size() > 1 ? "," : "") + rule;
  const auto reading = rules::parseDemands(list + "]");
  assert(reading.problems.empty() && "a demand of the demo world is one");
  return boost::json::serialize(rules::toJson(reading.demands));
}

store::Viewer viewerOf(const People& people, int company) {
  const auto index = static_cast<std::size_t>(company);
  return store::Viewer::ofCompanies({people.companies[index]}, people.readers[index]);
}

class Registers {
 public:
  Registers(House& house, const World& world, const People& people)
      : house_(house), world_(world), people_(people) {}

  Outcome lay(int company) {
    const auto& demands = world_.companies[static_cast<std::size_t>(company)].demands;
    CHECK_OK(keep(company, "Referenser", RegisterKind::references, true, coded(demands.references)));
    CHECK_OK(keep(company, "Kostnadsställen", RegisterKind::cost_centres, true, coded(demands.costCentres)));
    if (demands.standingOrders)
      CHECK_OK(keep(company, "Inköpsorder", RegisterKind::orders, true, orders(company)));
    if (!demands.accounts) return {};
    return keep(company, "Leverantörernas konton", RegisterKind::accounts, false, accounts(company));
  }

 private:
  static std::vector<store::RegisterRow> coded(const std::vector<Code>& codes) {
    std::vector<store::RegisterRow> rows;
    for (const auto& code : codes) rows.push_back({code.value, code.label, {}, {}, {}});
    return rows;
  }

  const Company& sellerOf(const Relation& relation) const {
    return world_.companies[static_cast<std::size_t>(relation.seller)];
  }

  template <typename RowOf>
  std::vector<store::RegisterRow> ofSuppliers(int company, RowOf rowOf) const {
    std::vector<store::RegisterRow> rows;
    std::set<std::string> known;
    for (const auto& relation : world_.relations) {
      if (relation.toHousehold || relation.buyer != company) continue;
      auto row = rowOf(relation);
      if (known.insert(row.value + row.supplier).second) rows.push_back(std::move(row));
    }
    return rows;
  }

  std::vector<store::RegisterRow> orders(int company) const {
    return ofSuppliers(company, [&](const Relation& relation) {
      return store::RegisterRow{relation.standingOrder, "Avrop " + sellerOf(relation).name, {}, {}, {}};
    });
  }

  std::vector<store::RegisterRow> accounts(int company) const {
    return ofSuppliers(company, [&](const Relation& relation) {
      const auto& seller = sellerOf(relation);
      const auto account =
          isAccountOutdated(relation) ? bankgiro(800 + relation.seller % 100) : seller.bankgiro;
      return store::RegisterRow{account, seller.name, seller.identifier(), {}, {}};
    });
  }

  Outcome keep(int company, const std::string& name, RegisterKind kind, bool shared,
               const std::vector<store::RegisterRow>& rows) {
    if (rows.empty()) return {};
    const auto viewer = viewerOf(people_, company);
    store::Register made;
    made.id = house_.ids().next<store::RegisterId>();
    made.company = people_.companies[static_cast<std::size_t>(company)];
    made.name = name;
    made.kind = kind;
    made.sharedWithSenders = shared;
    return house_.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(store::createRegister(tx, made, viewer.actor()));
      TRY(const auto filling, store::beginFilling(tx, viewer, made.company, made.id, true));
      CHECK_OK(store::addRows(tx, filling, rows));
      return store::endFilling(tx, filling, static_cast<std::int64_t>(rows.size()), viewer.actor());
    });
  }

  House& house_;
  const World& world_;
  const People& people_;
};

std::vector<FilterOrder> madeOrders() {
  using enum Strict;
  return {
      {head, "Inköp", 120, true, 0, rules({order_remark, reference_there}),
       "Vi börjar med att bara anmärka."},
      {head, "Inköp", 330, true, 0, rules({order_form, reference_there}),
       "Leverantörerna har fått besked. Från i dag stoppar vi."},
      {head, "Inköp", 610, true, 0, rules({order_form, reference_there, not_old, not_twice}),
       "Gamla fakturor hålls för beslut, efter genomgången med revisorn."},
      {head, "Inköp", 985, true, 12, rules({order_form, reference_there, not_old, not_twice, time_to_pay}),
       "Nytt från nästa månad: anmärkning när förfallodagen är nära."},
      {head, "Betalkonton", 400, true, 0, rules({account_known}),
       "Bankgirot ska vara det vi har registrerat."},
      {energy, "Referens och underlag", 90, true, 0, rules({reference_known}),
       "Referenskod i stället för namn."},
      {energy, "Referens och underlag", 420, true, 0, rules({reference_known, papers_over_limit}),
       "Underlag över 10 000 kr: attestanterna slipper fråga."},
      {energy, "Betalkonton", 250, true, 0, rules({account_known, not_twice}), ""},
      {property, "Kontering", 200, true, 0, rules({centre_known}), ""},
      {property, "Kontering", 560, true, 0, rules({centre_known, not_old}),
       "Gamla fakturor hålls för beslut."},
      {freight, "Underlag", 260, true, 0, rules({papers_over_limit}), ""},
      {freight, "Underlag", 720, false, 0, rules({papers_over_limit}),
       "Avstängt: för många åkerier hade inget att bifoga."},
      {freight, "Referens", 730, true, 0, rules({reference_there, lines_numbered}), "Bara anmärkningar."},
      {orders, "Våra order", 150, true, 0, rules({order_form, order_known}), ""},
      {references, "Fakturakrav", 180, true, 0, rules({reference_known, papers_over_limit}), ""},
      {facilities, "Anläggning", 60, true, 0, rules({reference_known, not_old}), ""},
      {contracts, "Avropsorder", 110, true, 0, rules({order_known}), ""},
      {contracts, "Avropsorder", 500, true, 0, rules({order_form, order_known}), "Även formen kontrolleras."},
      {papers, "Underlag och referens", 210, true, 0, rules({papers_over_limit, reference_there}), ""},
      {centres, "Order och kostnadsställe", 240, true, 0, rules({order_form, centre_known}), ""},
      {accounts, "Kontroll före betalning", 70, true, 0, rules({account_known, not_twice, not_old}), ""},
  };
}

}  // namespace

const std::vector<FilterOrder>& filterOrders() {
  static const auto list = madeOrders();
  return list;
}

bool isAccountOutdated(const Relation& relation) {
  if (isSignIn(static_cast<std::size_t>(relation.seller)) || relation.inbound) return false;
  return relation.seller % 37 == 5;
}

Outcome layRegisters(House& house, const World& world, const People& people) {
  Registers registers(house, world, people);
  for (const int company : world.strict) CHECK_OK(registers.lay(company));
  return {};
}

Outcome order(House& house, const World& world, const People& people, const FilterOrder& ordered,
              Instant plannedFrom) {
  const int company = world.strict[static_cast<std::size_t>(ordered.receiver)];
  const auto viewer = viewerOf(people, company);
  const auto owner = people.companies[static_cast<std::size_t>(company)];
  store::FilterContent content;
  content.name = ordered.name;
  content.active = ordered.active;
  if (ordered.plannedDays > 0) content.activeFrom = plannedFrom;
  content.rules = ruleList(ordered.rules);
  content.comment = ordered.comment;
  return house.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto filters, store::listFilters(tx, viewer, owner));
    const auto known = std::ranges::find(
        filters, ordered.name, [](const store::Filter& filter) { return filter.newest.content.name; });
    if (known == filters.end())
      return store::createFilter(tx, owner, house.ids().next<store::FilterId>(), content, viewer.actor());
    TRY(const auto version,
        store::changeFilter(tx, viewer, owner, known->id, known->newest.version, content));
    (void)version;
    return {};
  });
}

}  // namespace postgang::app::demo
