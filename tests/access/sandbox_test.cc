// Who may enter a company's sandbox, and what is seen and done there.
#include "store/sandboxes.h"

#include <algorithm>

#include "access/visibility.h"
#include "tests/access/world.h"

namespace postgang::access {
namespace {

class SandboxAccess : public World {
 protected:
  SandboxAccess() {
    EXPECT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
      TRY(const auto real, store::company(tx, energi_));
      TRY(const auto twin, store::makeSandbox(tx, real));
      twin_ = twin.id;
      return {};
    }));
  }
  CallerPointer inSandbox(const std::string& token) {
    const auto caller = access_->switchCompany(token, {twin_});
    EXPECT_TRUE(caller) << caller.error().code;
    return caller.value_or(nullptr);
  }
  std::string refusedTo(const std::string& token) {
    const auto caller = access_->switchCompany(token, {twin_});
    return caller ? "let in" : caller.error().code;
  }

  CompanyId twin_;
};

TEST_F(SandboxAccess, is_offered_to_whoever_may_act_for_its_company) {
  user("inga@nordhamn.example", "administrator", {nordhamn_});
  user("karin@nordhamn.example", "clerk", {energi_});
  user("holm@granberga.example", "administrator", {granberga_});
  for (const auto* email : {"inga@nordhamn.example", "karin@nordhamn.example"}) {
    const auto caller = access_->bySession(token(email));
    ASSERT_TRUE(caller);
    const auto companies = access_->companiesToActFor(**caller);
    ASSERT_TRUE(companies);
    EXPECT_EQ(
        std::count_if(companies->begin(), companies->end(), [&](const auto& one) { return one.id == twin_; }),
        1);
  }
  EXPECT_EQ(refusedTo(token("karin@nordhamn.example")), "let in");
  EXPECT_EQ(refusedTo(token("holm@granberga.example")), "not-found");
}

TEST_F(SandboxAccess, has_the_roles_of_its_company_and_no_people) {
  user("inga@nordhamn.example", "administrator", {nordhamn_});
  const auto caller = inSandbox(token("inga@nordhamn.example"));
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->role, "administrator");
  EXPECT_TRUE(caller->isSandbox());
  EXPECT_TRUE(caller->may(Scope::keys_write));
  EXPECT_TRUE(caller->may(Scope::documents_write));
  EXPECT_FALSE(caller->may(Scope::users_read));
  EXPECT_FALSE(caller->may(Scope::users_write));
}

TEST_F(SandboxAccess, sees_itself_alone_and_is_seen_by_nobody_else) {
  user("inga@nordhamn.example", "administrator", {nordhamn_});
  const auto session = token("inga@nordhamn.example");
  const auto inside = inSandbox(session);
  ASSERT_TRUE(inside);
  EXPECT_TRUE(inside->viewer.sees(twin_));
  for (const auto company : {nordhamn_, energi_, lager_, granberga_})
    EXPECT_FALSE(inside->viewer.seesAnyOf(company));
  const auto everything = access_->switchCompany(session, {nordhamn_, /*everything=*/true});
  ASSERT_TRUE(everything) << everything.error().code;
  EXPECT_TRUE((*everything)->viewer.sees(energi_));
  EXPECT_FALSE((*everything)->viewer.seesAnyOf(twin_)) << "not even among all that a person may see";
}

TEST_F(SandboxAccess, whoever_is_in_it_stays_in_it_when_it_is_emptied) {
  user("inga@nordhamn.example", "administrator", {nordhamn_});
  const auto session = token("inga@nordhamn.example");
  inSandbox(session);
  CompanyId fresh;
  ASSERT_TRUE(store_->write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto real, store::company(tx, energi_));
    TRY(const auto made, store::renewSandbox(tx, real));
    fresh = made.id;
    return {};
  }));
  access_->forgetCallers();
  const auto caller = access_->bySession(session);
  ASSERT_TRUE(caller) << caller.error().code;
  EXPECT_EQ((*caller)->company.id, fresh);
  EXPECT_EQ(refusedTo(session), "not-found") << "the old one is nobody's";
}

}  // namespace
}  // namespace postgang::access
