// Who sees whom.
#include "access/visibility.h"

#include <algorithm>

#include "tests/access/world.h"

namespace postgang::access {
namespace {

class Visibility : public World {
 protected:
  // The companies that this user sees when acting for one of them.
  std::vector<CompanyId> seen(const store::User& user, CompanyId actingFor) {
    std::vector<CompanyId> companies;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto company, companyToActFor(reader, user, actingFor));
      TRY(const auto viewer, viewerOf(reader, user, company));
      for (const auto id : {operator_, nordhamn_, energi_, lager_, granberga_})
        if (viewer.sees(id)) companies.push_back(id);
      return {};
    });
    EXPECT_TRUE(read || read.error().kind == ProblemKind::not_found) << read.error().detail;
    return companies;
  }
  std::vector<std::string> mayActFor(const store::User& user) {
    std::vector<std::string> names;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto companies, companiesToActFor(reader, user));
      for (const auto& company : companies) names.push_back(company.name);
      return {};
    }));
    return names;
  }
  static store::User userOf(std::string role, std::vector<CompanyId> companies) {
    store::User user;
    user.name = "Karin Sand";
    user.staff = role == "operator";
    for (const auto company : companies) user.memberships.push_back({company, role});
    return user;
  }
};

using Ids = std::vector<CompanyId>;
using Names = std::vector<std::string>;

TEST_F(Visibility, a_parent_sees_its_subsidiaries) {
  EXPECT_EQ(seen(userOf("clerk", {nordhamn_}), nordhamn_), (Ids{nordhamn_, energi_, lager_}));
}

TEST_F(Visibility, a_subsidiary_sees_only_itself) {
  EXPECT_EQ(seen(userOf("clerk", {energi_}), energi_), Ids{energi_});
  EXPECT_EQ(seen(userOf("clerk", {energi_}), nordhamn_), Ids{}) << "not even as if the parent existed";
  EXPECT_EQ(seen(userOf("clerk", {energi_}), lager_), Ids{});
}

TEST_F(Visibility, a_parents_user_who_acts_for_a_subsidiary_sees_what_that_one_sees) {
  EXPECT_EQ(seen(userOf("clerk", {nordhamn_}), lager_), Ids{lager_});
}

TEST_F(Visibility, every_level_beneath_is_seen) {
  const auto grandchild = company("0007:5599900056", "Nordhamn Frakt AB", energi_);
  std::vector<CompanyId> companies;
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto parent, store::company(reader, nordhamn_));
    TRY(const auto viewer, viewerOf(reader, userOf("clerk", {nordhamn_}), parent));
    EXPECT_TRUE(viewer.sees(grandchild));
    return {};
  }));
}

TEST_F(Visibility, one_may_act_for_ones_companies_and_what_is_beneath_them) {
  EXPECT_EQ(mayActFor(userOf("clerk", {nordhamn_})),
            (Names{"Nordhamn AB", "Nordhamn Energi AB", "Nordhamn Lager AB"}));
  EXPECT_EQ(mayActFor(userOf("clerk", {lager_})), Names{"Nordhamn Lager AB"});
  EXPECT_EQ(mayActFor(userOf("clerk", {lager_, granberga_})),
            (Names{"Granberga Bygg AB", "Nordhamn Lager AB"}));
  EXPECT_EQ(mayActFor(userOf("clerk", {})), Names{});
}

TEST_F(Visibility, staff_see_everybody_for_the_operator_and_one_customer_for_that_customer) {
  const auto staff = userOf("operator", {});
  EXPECT_EQ(seen(staff, operator_), (Ids{operator_, nordhamn_, energi_, lager_, granberga_}));
  EXPECT_EQ(seen(staff, granberga_), Ids{granberga_});
  EXPECT_EQ(mayActFor(staff).size(), 5U);
}

TEST_F(Visibility, a_clerk_of_the_operators_company_is_no_staff) {
  EXPECT_EQ(seen(userOf("clerk", {operator_}), operator_), Ids{operator_});
}

TEST_F(Visibility, a_key_sees_as_its_company_does) {
  store::Key key;
  key.company = nordhamn_;
  key.name = "Affärssystem";
  ASSERT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto viewer, viewerOf(reader, key));
    EXPECT_TRUE(viewer.sees(lager_));
    EXPECT_FALSE(viewer.sees(granberga_));
    EXPECT_EQ(viewer.actor().kind, store::ActorKind::key);
    EXPECT_EQ(viewer.actor().name, "Affärssystem");
    return {};
  }));
}

}  // namespace
}  // namespace postgang::access
