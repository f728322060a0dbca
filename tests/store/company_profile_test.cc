// What a company tells of itself, and its place in a group, on both stores.
#include "store/company_profile.h"

#include <algorithm>

#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class CompanyProfiles : public BothStores {
 protected:
  CompanyProfile profile(CompanyId company) {
    CompanyProfile found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, companyProfile(reader, company));
      return {};
    });
    return found;
  }
  Company row(CompanyId id) {
    Company found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, store::company(reader, id));
      return {};
    });
    return found;
  }
  std::optional<CompanyId> owner(const std::string& identifier) {
    std::optional<CompanyId> found;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto company, companyByIdentifier(reader, identifier));
      if (company) found = company->id;
      return {};
    });
    return found;
  }
  CompanyId counterpart(const std::string& identifier) {
    Company made;
    made.identifier = identifier;
    made.name = "Okänd Fisk";
    made.isCustomer = false;
    CompanyId id;
    write([&](Transaction& tx) -> Outcome {
      TRY(id, createCompany(tx, made));
      return {};
    });
    return id;
  }
};
INSTANTIATE_BOTH_STORES(CompanyProfiles);

using Texts = std::vector<std::string>;

TEST_P(CompanyProfiles, AddressesAndContactsAreReplacedAndKeepTheirOrder) {
  const auto one = company(1);
  const auto other = company(2);
  const CompanyAddress visiting{"visiting", {"Hamngatan 4", "999 99", "Tallmo", "SE"}};
  const CompanyAddress billing{"billing", {"Box 12", "999 98", "Tallmo", "SE"}};
  const CompanyContact karin{"Kundreskontra", "Karin Sand", "karin@nordhamn.example", "060-555 01 20"};
  const CompanyContact bo{"", "Bo Ek", "", ""};
  write([&](Transaction& tx) { return setCompanyAddresses(tx, one, {billing, visiting}); });
  write([&](Transaction& tx) { return setCompanyContacts(tx, one, {karin, bo}); });
  EXPECT_EQ(profile(one).addresses, (std::vector{visiting, billing})) << "visiting, postal, billing";
  EXPECT_EQ(profile(one).contacts, (std::vector{karin, bo}));
  EXPECT_TRUE(profile(other).addresses.empty());
  reopen();
  write([&](Transaction& tx) { return setCompanyContacts(tx, one, {bo, karin}); });
  write([&](Transaction& tx) { return setCompanyAddresses(tx, one, {}); });
  EXPECT_EQ(profile(one).contacts, (std::vector{bo, karin}));
  EXPECT_TRUE(profile(one).addresses.empty());
}

TEST_P(CompanyProfiles, IdentifiersBelongToOneCompanyAndOfThoseTakenOneNothingIsKept) {
  const auto one = company(1);
  const auto other = company(2);
  const auto before = row(one);
  const auto taken = row(other).identifier;
  write([&](Transaction& tx) {
    return setCompanyIdentifiers(tx, one, "0088:7300000000004", {before.identifier});
  });
  EXPECT_EQ(row(one).identifier, "0088:7300000000004");
  EXPECT_EQ(row(one).identifiers, (Texts{before.identifier, "0088:7300000000004"}));
  EXPECT_EQ(owner("0088:7300000000004"), one);

  const auto refused = store().write(Priority::background, [&](Transaction& tx) {
    return setCompanyIdentifiers(tx, one, "0088:7300000000011", {taken});
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "identifier-taken");
  EXPECT_EQ(refused.error().where, taken);
  EXPECT_EQ(row(one).identifier, "0088:7300000000004");
  EXPECT_FALSE(owner("0088:7300000000011"));

  write([&](Transaction& tx) { return setCompanyIdentifiers(tx, one, before.identifier, {}); });
  EXPECT_FALSE(owner("0088:7300000000004")) << "what is taken away finds nobody";
  write([&](Transaction& tx) { return setCompanyIdentifiers(tx, other, taken, {"0088:7300000000004"}); });
  EXPECT_EQ(owner("0088:7300000000004"), other);
}

TEST_P(CompanyProfiles, ACounterpartBecomesACustomerOnce) {
  const auto fish = counterpart("0007:5599901500");
  EXPECT_FALSE(row(fish).isCustomer);
  write([&](Transaction& tx) { return makeCustomer(tx, fish, "Okänd Fisk AB"); });
  EXPECT_TRUE(row(fish).isCustomer);
  EXPECT_EQ(row(fish).name, "Okänd Fisk AB");
  const auto again = store().write(Priority::background,
                                   [&](Transaction& tx) { return makeCustomer(tx, fish, "Annat AB"); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "company-not-found");
  EXPECT_EQ(row(fish).name, "Okänd Fisk AB");
  const auto nobody = store().write(
      Priority::background, [&](Transaction& tx) { return setCompanyName(tx, CompanyId{9999}, "X"); });
  EXPECT_EQ(nobody.error().code, "company-not-found");
}

TEST_P(CompanyProfiles, AGroupIsTheTreeFromItsTop) {
  const auto top = company(1);
  const auto middle = company(2);
  const auto low = company(3);
  const auto alone = company(4);
  write([&](Transaction& tx) { return setParent(tx, low, middle); });
  write([&](Transaction& tx) { return setParent(tx, middle, top); });
  const auto group = [&](CompanyId of) {
    std::vector<CompanyId> ids;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto companies, companiesOfGroup(reader, of));
      for (const auto& each : companies) ids.push_back(each.id);
      return {};
    });
    std::ranges::sort(ids);
    return ids;
  };
  for (const auto of : {top, middle, low}) EXPECT_EQ(group(of), (std::vector{top, middle, low}));
  EXPECT_EQ(group(alone), std::vector{alone});
  write([&](Transaction& tx) { return setParent(tx, middle, std::nullopt); });
  EXPECT_EQ(group(low), (std::vector{middle, low}));
  EXPECT_EQ(group(top), std::vector{top});
}

}  // namespace
}  // namespace postgang::store
