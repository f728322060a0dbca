#include "app/demo/people.h"

#include "app/demo/designs.h"
#include "app/demo/group_profile.h"
#include "app/demo/paper.h"
#include "channels/smartmail_settings.h"
#include "store/companies.h"
#include "store/smartmail.h"

namespace postgang::app::demo {

namespace {

store::Company row(const std::string& name, const std::string& identifier, Instant now) {
  store::Company company;
  company.identifier = identifier;
  company.identifiers = {identifier};
  company.name = name;
  company.createdAt = now;
  return company;
}

class Settler {
 public:
  Settler(House& house, const World& world) : house_(house), world_(world) {}

  Result<People> settle() {
    people_.companies.resize(world_.companies.size());
    people_.readers.resize(world_.companies.size());
    people_.programs.resize(world_.companies.size());
    CHECK_OK(house_.store().write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      CHECK_OK(companies(tx));
      CHECK_OK(introduceGroup(tx, world_, people_.companies));
      CHECK_OK(readers(tx));
      return households(tx);
    }));
    CHECK_OK(programs());
    CHECK_OK(signIns());
    return std::move(people_);
  }

 private:
  Outcome companies(store::Transaction& tx) {
    const auto now = house_.clock().now();
    auto drift = row(std::string(operator_name), operatorIdentifier(), now);
    drift.isOperator = true;
    TRY(people_.operatorCompany, store::createCompany(tx, drift));
    for (std::size_t i = 0; i < world_.companies.size(); ++i) {
      const auto& company = world_.companies[i];
      if (!company.customer) continue;
      auto made = row(company.name, company.identifier(), now);
      if (i > 0 && i < World::group_size) made.parent = people_.companies[0];
      if (i < World::group_size) made.design = designOf(company, static_cast<int>(i));
      TRY(people_.companies[i], store::createCompany(tx, made));
    }
    return {};
  }

  // Those who only open what comes have no password: nobody signs in as them.
  Outcome readers(store::Transaction& tx) {
    for (std::size_t i = 1; i < world_.companies.size(); ++i) {
      const auto& company = world_.companies[i];
      if (!company.customer) continue;
      store::User user;
      user.id = house_.ids().next<UserId>();
      user.email = company.reader.email;
      user.name = company.reader.name;
      user.memberships = {{people_.companies[i], "clerk"}};
      if (isSignIn(i)) continue;
      CHECK_OK(store::createUser(tx, user));
      people_.readers[i] = {store::ActorKind::person, user.id.text(), user.name};
    }
    return {};
  }

  Outcome households(store::Transaction& tx) {
    for (const auto& relation : world_.relations) {
      if (!relation.toHousehold) continue;
      const auto& household = world_.households[static_cast<std::size_t>(relation.buyer)];
      store::Partner partner;
      partner.identifier = "customer:" + household.customerNumber;
      partner.name = household.name;
      partner.person = true;
      partner.customerNumber = household.customerNumber;
      if (!household.address.street.empty())
        partner.postalAddress = store::PostalAddress{household.address.street, household.address.postCode,
                                                     household.address.city, "SE"};
      if (!household.order.empty()) partner.channels = {household.order};
      const auto seller = people_.companies[static_cast<std::size_t>(relation.seller)];
      CHECK_OK(store::putPartner(tx, seller, partner));
      if (household.days == 0) continue;
      channels::SmartmailSet own;
      own.days = household.days;
      CHECK_OK(store::setPartnerSmartmailSettings(tx, seller, partner.identifier,
                                                  channels::smartmailSetToJson(own)));
    }
    return smartmail(tx);
  }

  // One has set up its Smartmail; the others have it as it comes.
  Outcome smartmail(store::Transaction& tx) const {
    channels::SmartmailSet set;
    set.days = 7;
    set.daysBeforeDue = 5;
    set.toPaper = true;
    set.exempt = {std::string(terms_pattern)};
    set.remindAfterDays = {4};
    set.replyTo = world_.companies[energy_company].seller.email;
    return store::setSmartmailSettings(tx, people_.companies[energy_company],
                                       channels::smartmailSetToJson(set));
  }

  Outcome programs() {
    for (std::size_t i = 0; i < world_.companies.size(); ++i) {
      if (!world_.companies[i].customer || !world_.companies[i].fetches) continue;
      std::vector<std::string> scopes = {"documents:read"};
      if (world_.companies[i].system != OwnSystem::none) scopes.emplace_back("documents:write");
      TRY(const auto key, house_.access().createKey(house_.ids(), {people_.companies[i], "Affärssystem",
                                                                   std::move(scopes), std::nullopt}));
      people_.programs[i] = {store::ActorKind::key, key.id.text(), "Affärssystem"};
    }
    return {};
  }

  Outcome signIn(CompanyId company, const Person& person, const std::string& companyName,
                 const std::string& role, store::Actor* reader) {
    TRY(const auto id,
        house_.access().createUser(
            house_.ids(), {person.email, person.name, std::string(demo_password), role, "sv", {company}}));
    people_.signIns.push_back({person.email, person.name, companyName, role});
    if (reader) *reader = {store::ActorKind::person, id.text(), person.name};
    return {};
  }

  Outcome signIns() {
    for (std::size_t i = 0; i < world_.companies.size(); ++i) {
      const auto& company = world_.companies[i];
      if (!company.customer || !isSignIn(i)) continue;
      CHECK_OK(signIn(people_.companies[i], company.reader, company.name, "clerk", &people_.readers[i]));
    }
    CHECK_OK(signIn(people_.companies[0], {"Mats Hedin", "mats.hedin@nordhamn.example", ""},
                    world_.companies[0].name, "administrator", nullptr));
    CHECK_OK(roles());
    return signIn(people_.operatorCompany, {"Drift Postgång", "drift@postgang.example", ""},
                  std::string(operator_name), "operator", nullptr);
  }

  // One of each role in the group; a shared support desk over its subsidiaries; a clerk of two companies.
  Outcome roles() {
    CHECK_OK(signIn(people_.companies[0], {"Lena Ros", "lena.ros@nordhamn.example", ""},
                    world_.companies[0].name, "reader", nullptr));
    std::vector<CompanyId> subsidiaries;
    for (std::size_t i = 1; i < World::group_size; ++i)
      if (world_.companies[i].customer) subsidiaries.push_back(people_.companies[i]);
    CHECK_OK(member({"Samir Haddad", "samir.haddad@nordhamn.example", ""}, "support", subsidiaries));
    if (subsidiaries.size() > 2) subsidiaries.resize(2);
    return member({"Eva Strand", "eva.strand@nordhamn.example", ""}, "clerk", subsidiaries);
  }

  Outcome member(const Person& person, const std::string& role, const std::vector<CompanyId>& companies) {
    CHECK_OK(house_.access().createUser(
        house_.ids(), {person.email, person.name, std::string(demo_password), role, "sv", companies}));
    people_.signIns.push_back({person.email, person.name, world_.companies[0].name, role});
    return {};
  }

  House& house_;
  const World& world_;
  People people_;
};

Result<store::Actor> actorOf(store::Reader& reader, const Person& person) {
  TRY(const auto user, store::userByEmail(reader, person.email));
  if (!user) return store::Actor{};
  return store::Actor{store::ActorKind::person, user->id.text(), user->name};
}

Result<store::Actor> programOf(store::Reader& reader, CompanyId company) {
  TRY(const auto keys, store::listKeys(reader, store::Viewer::ofCompanies({company}, {})));
  if (keys.empty()) return store::Actor{};
  return store::Actor{store::ActorKind::key, keys.front().id.text(), keys.front().name};
}

}  // namespace

std::string operatorIdentifier() {
  return "0007:" + organisationNumber(0);
}

Result<People> settle(House& house, const World& world) {
  return Settler(house, world).settle();
}

Result<People> findPeople(House& house, const World& world) {
  People people;
  people.companies.resize(world.companies.size());
  people.readers.resize(world.companies.size());
  people.programs.resize(world.companies.size());
  CHECK_OK(house.store().read([&](store::Reader& reader) -> Outcome {
    for (std::size_t i = 0; i < world.companies.size(); ++i) {
      const auto& company = world.companies[i];
      if (!company.customer) continue;
      TRY(const auto row, store::companyByIdentifier(reader, company.identifier()));
      if (!row || row->name != company.name)
        return fail(ProblemKind::invalid, "not-a-demo-world", "The data is not the demo world of this seed.",
                    company.identifier(), "Fill an empty folder with `postgang demo`.");
      people.companies[i] = row->id;
      TRY(people.readers[i], actorOf(reader, company.reader));
      if (company.fetches) {
        TRY(people.programs[i], programOf(reader, row->id));
      }
    }
    return {};
  }));
  return people;
}

}  // namespace postgang::app::demo
