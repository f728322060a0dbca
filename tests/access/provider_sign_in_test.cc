// Who comes in when a provider has said who it is: second steps, what is demanded, and where it leads.
#include "access/provider_sign_in.h"

#include <functional>

#include "store/identity_providers.h"
#include "store/second_factors.h"
#include "tests/access/people_world.h"

namespace postgang::access {
namespace {

class ProviderSignIn : public PeopleWorld {
 protected:
  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto written = store_->write(store::Priority::background, body);
    EXPECT_TRUE(written) << written.error().code;
  }
  // The company's own provider, with a domain of its own.
  void provider(CompanyId company, const std::string& domain, const std::string& firstRole = {}) {
    write([&](store::Transaction& tx) -> Outcome {
      store::IdentityProvider row;
      row.company = company;
      row.issuer = issuer;
      row.clientId = "postgang";
      row.active = true;
      row.firstRole = firstRole;
      row.changedAt = clock_.now();
      CHECK_OK(store::putIdentityProvider(tx, row));
      return store::putSignInDomain(tx, {company, domain, "challenge", clock_.now(), "dns"});
    });
  }
  Result<SignedIn> comesBack(CompanyId company, const Identity& identity) {
    store::ProviderSignIn signIn;
    signIn.company = company;
    signIn.issuer = issuer;
    signIn.clientId = "postgang";
    return access_->signInBy(signIn, identity, here, {});
  }
  void demanded(CompanyId company) {
    write([&](store::Transaction& tx) { return store::setSecondFactorDemand(tx, company, true); });
  }

  const std::string issuer = "https://login.example";
};

TEST_F(ProviderSignIn, WhoHasASecondStepHereIsAskedForIt) {
  provider(nordhamn_, "postgang.example");
  const auto karins = user("karin@postgang.example", "clerk", {nordhamn_});
  const Identity karin{"00u1", "karin@postgang.example", "Karin Sand"};
  const auto before = comesBack(nordhamn_, karin);
  ASSERT_TRUE(before) << before.error().code;
  EXPECT_EQ(before->caller->session->method, "oidc");
  write([&](store::Transaction& tx) {
    return store::putSecondFactor(tx,
                                  {karins, vault_.seal("seed", "totp:" + karins.text()), clock_.now(), -1});
  });
  const auto after = comesBack(nordhamn_, karin);
  ASSERT_TRUE(after);
  EXPECT_FALSE(after->caller);
  EXPECT_FALSE(after->pending.empty());
}

TEST_F(ProviderSignIn, WhatItsCompanyDemandsIsTheProvidersToAskWhatOthersDemandIsNot) {
  provider(nordhamn_, "postgang.example");
  user("karin@postgang.example", "clerk", {nordhamn_});
  user("nils@postgang.example", "clerk", {nordhamn_, granberga_});
  demanded(nordhamn_);
  EXPECT_FALSE(comesBack(nordhamn_, {"00u1", "karin@postgang.example", ""})->caller->mustEnrol);
  EXPECT_FALSE(comesBack(nordhamn_, {"00u2", "nils@postgang.example", ""})->caller->mustEnrol);
  EXPECT_TRUE(caller("karin@postgang.example")->mustEnrol) << "by password it is asked here";
  // What stands beneath is the provider's, too; what stands above, or beside, is not.
  demanded(granberga_);
  EXPECT_TRUE(comesBack(nordhamn_, {"00u2", "nils@postgang.example", ""})->caller->mustEnrol);
}

TEST_F(ProviderSignIn, TheProviderOfOneCompanyOpensNothingOfAnother) {
  provider(nordhamn_, "postgang.example", "reader");
  provider(granberga_, "other.example", "reader");
  user("karin@postgang.example", "clerk", {nordhamn_});
  EXPECT_EQ(codeOf(comesBack(granberga_, {"00u1", "karin@postgang.example", ""})), "identity-unverified");
  EXPECT_EQ(codeOf(comesBack(nordhamn_, {"00u1", "new@unclaimed.example", ""})), "identity-unverified");
  EXPECT_EQ(codeOf(comesBack(nordhamn_, {"00u1", "karin@postgang.example", ""})), "good");
  EXPECT_EQ(codeOf(comesBack(nordhamn_, {"00u2", "karin@postgang.example", ""})), "identity-of-another");
  const auto made = comesBack(nordhamn_, {"00u3", "new@postgang.example", "Ny Person"});
  ASSERT_TRUE(made) << made.error().code;
  EXPECT_EQ(made->caller->role, "reader");
  EXPECT_EQ(codeOf(access_->signIn("new@postgang.example", "", "192.0.2.7")), "credentials-wrong");
}

TEST(OwnPath, IsOfThePortalAlone) {
  EXPECT_EQ(ownPath("/documents?status=stopped"), "/documents?status=stopped");
  for (const std::string_view path :
       {"", "documents", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nSet-Cookie: b=c",
        "/a b", "/api/v1/session", "/\t/evil.example"})
    EXPECT_EQ(ownPath(path), "") << path;
  EXPECT_EQ(ownPath("/" + std::string(2000, 'a')), "");
}

TEST(SignInDomains, AreACompanysOwn) {
  EXPECT_EQ(claimableDomain(" Nordhamn.Example ").value(), "nordhamn.example");
  EXPECT_EQ(claimableDomain("xn--nrdhamn-90a.example").value(), "xn--nrdhamn-90a.example");
  for (const std::string_view text : {"", "nordhamn", ".example", "a..example", "-a.example", "a-.example",
                                      "10.0.0.1", "nörd.example", "*.example", "a.example.", "a@b.example"})
    EXPECT_EQ(claimableDomain(text).error().code, "domain-malformed") << text;
  for (const std::string_view text : {"gmail.com", "Hotmail.se", "telia.com", "outlook.com"})
    EXPECT_EQ(claimableDomain(text).error().code, "domain-common") << text;
}

}  // namespace
}  // namespace postgang::access
