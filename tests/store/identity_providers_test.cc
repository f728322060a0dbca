// Identity providers, their domains, who is bound to whom, and sign-ins under way, on both stores.
#include "store/identity_providers.h"

#include "store/invitations.h"
#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class IdentityProviders : public BothStores {
 protected:
  IdentityProvider provider(int of) {
    IdentityProvider row;
    row.company = of == 1 ? one_ : two_;
    row.issuer = "https://login.example";
    row.clientId = "postgang";
    row.changedAt = clock_.now();
    row.changedBy = "Inga Berg";
    return row;
  }
  void SetUp() override {
    BothStores::SetUp();
    if (IsSkipped()) return;
    one_ = company(1);
    two_ = company(2);
  }
  void put(const IdentityProvider& row) {
    write([&](Transaction& tx) { return putIdentityProvider(tx, row); });
  }
  std::string claim(int of, const std::string& name, bool confirmed) {
    SignInDomain domain{of == 1 ? one_ : two_, name, "challenge", {}, {}};
    if (confirmed) domain.confirmedAt = clock_.now();
    const auto put =
        store().write(Priority::background, [&](Transaction& tx) { return putSignInDomain(tx, domain); });
    return put ? "good" : put.error().code;
  }
  std::string bind(int of, const std::string& subject, UserId user) {
    const auto at = of == 1 ? one_ : two_;
    const auto bound = store().write(Priority::background, [&](Transaction& tx) {
      return bindIdentity(tx, {at, "https://login.example", subject, user, clock_.now()});
    });
    return bound ? "good" : bound.error().code;
  }

  CompanyId one_, two_;  // made by writes of their own
};
INSTANTIATE_BOTH_STORES(IdentityProviders);

TEST_P(IdentityProviders, ComeBackAsTheyWereKept) {
  auto row = provider(1);
  put(row);
  row.clientSecret = "v1.sealed";
  row.active = row.alone = true;
  row.firstRole = "reader";
  row.triedAt = clock_.now();
  row.lastTry = R"({"good":true})";
  put(row);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, identityProvider(reader, one_));
    EXPECT_TRUE(found);
    EXPECT_EQ(found->issuer, row.issuer);
    EXPECT_EQ(found->clientSecret, "v1.sealed");
    EXPECT_TRUE(found->active && found->alone);
    EXPECT_EQ(found->firstRole, "reader");
    EXPECT_EQ(found->triedAt, row.triedAt);
    EXPECT_EQ(found->lastTry, row.lastTry);
    EXPECT_EQ(found->changedBy, "Inga Berg");
    TRY(const auto none, identityProvider(reader, two_));
    EXPECT_FALSE(none);
    return {};
  });
}

TEST_P(IdentityProviders, ADomainIsOneCompanysOnceItIsConfirmed) {
  put(provider(1));
  put(provider(2));
  EXPECT_EQ(claim(1, "nordhamn.example", false), "good");
  EXPECT_EQ(claim(2, "nordhamn.example", false), "good") << "anybody may claim what nobody has confirmed";
  EXPECT_EQ(claim(1, "nordhamn.example", true), "good");
  EXPECT_EQ(claim(2, "nordhamn.example", true), "domain-taken");
  EXPECT_EQ(claim(1, "nordhamn.example", true), "good") << "one's own, again";
  read([&](Reader& reader) -> Outcome {
    TRY(const auto owner, companyOfDomain(reader, "nordhamn.example"));
    EXPECT_EQ(owner, one_);
    TRY(const auto by, identityProviderOf(reader, "nordhamn.example"));
    EXPECT_TRUE(by && by->company == one_);
    TRY(const auto none, identityProviderOf(reader, "other.example"));
    EXPECT_FALSE(none);
    TRY(const auto still, signInDomains(reader, two_));
    EXPECT_TRUE(still.size() == 1 && !still[0].confirmedAt) << "what was refused changed nothing";
    return {};
  });
}

TEST_P(IdentityProviders, ASubjectIsOneUserAndAUserOneSubject) {
  const auto karin = ids_.next<UserId>(), nils = ids_.next<UserId>();
  EXPECT_EQ(bind(1, "00u1", karin), "good");
  EXPECT_EQ(bind(1, "00u1", nils), "identity-of-another");
  EXPECT_EQ(bind(1, "00u2", karin), "identity-of-another");
  EXPECT_EQ(bind(2, "00u1", nils), "good") << "another company's subjects are others";
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, boundUser(reader, one_, "https://login.example", "00u1"));
    EXPECT_EQ(found, karin);
    TRY(const auto other, boundUser(reader, one_, "https://other.example", "00u1"));
    EXPECT_FALSE(other);
    TRY(const int count, boundUsers(reader, one_));
    EXPECT_EQ(count, 1);
    return {};
  });
  write([&](Transaction& tx) { return forgetBindings(tx, one_); });
  EXPECT_EQ(bind(1, "00u2", karin), "good");
}

TEST_P(IdentityProviders, ASignInComesBackOnce) {
  ProviderSignIn signIn;
  signIn.stateDigest = sha256("state");
  signIn.browserDigest = sha256("browser");
  signIn.company = one_;
  signIn.issuer = "https://login.example";
  signIn.clientId = "postgang";
  signIn.onwards = "/documents";
  signIn.createdAt = clock_.now();
  signIn.expiresAt = clock_.now().plusSeconds(600);
  write([&](Transaction& tx) { return putProviderSignIn(tx, signIn); });
  int taken = 0;
  for (int i = 0; i < 2; ++i)
    write([&](Transaction& tx) -> Outcome {
      TRY(const auto found, takeProviderSignIn(tx, sha256("state")));
      if (!found) return {};
      ++taken;
      EXPECT_EQ(found->browserDigest, sha256("browser"));
      EXPECT_EQ(found->onwards, "/documents");
      EXPECT_FALSE(found->triedBy);
      EXPECT_EQ(found->expiresAt, signIn.expiresAt);
      return {};
    });
  EXPECT_EQ(taken, 1);
}

TEST_P(IdentityProviders, WhatIsOverGoesWithTheNext) {
  ProviderSignIn old;
  old.stateDigest = sha256("old");
  old.company = one_;
  old.createdAt = clock_.now();
  old.expiresAt = clock_.now().plusSeconds(1);
  auto next = old;
  next.stateDigest = sha256("next");
  next.createdAt = old.expiresAt;
  write([&](Transaction& tx) { return putProviderSignIn(tx, old); });
  write([&](Transaction& tx) { return putProviderSignIn(tx, next); });
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto gone, takeProviderSignIn(tx, sha256("old")));
    EXPECT_FALSE(gone);
    return {};
  });
}

TEST_P(IdentityProviders, AllOfACompanysGoesTogether) {
  put(provider(1));
  claim(1, "nordhamn.example", true);
  bind(1, "00u1", ids_.next<UserId>());
  write([&](Transaction& tx) { return deleteIdentityProvider(tx, one_); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto none, identityProvider(reader, one_));
    EXPECT_FALSE(none);
    TRY(const auto owner, companyOfDomain(reader, "nordhamn.example"));
    EXPECT_FALSE(owner);
    TRY(const int bound, boundUsers(reader, one_));
    EXPECT_EQ(bound, 0);
    return {};
  });
}

TEST_P(IdentityProviders, OpenInvitationsToAnAddress) {
  Invitation row;
  row.id = ids_.next<InvitationId>();
  row.email = "per@x.example";
  row.name = "Per Lind";
  row.memberships = {{one_, "clerk"}};
  row.invitedBy = ids_.next<UserId>();
  row.createdAt = clock_.now();
  row.expiresAt = clock_.now().plusSeconds(3600);
  write([&](Transaction& tx) { return putInvitation(tx, row); });
  const auto count = [&](const std::string& email) {
    std::size_t found = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto invitations, invitationsTo(reader, email));
      found = invitations.size();
      return {};
    });
    return found;
  };
  EXPECT_EQ(count("per@x.example"), 1U);
  EXPECT_EQ(count("eva@x.example"), 0U);
  row.withdrawnAt = clock_.now();
  write([&](Transaction& tx) { return putInvitation(tx, row); });
  EXPECT_EQ(count("per@x.example"), 0U);
}

}  // namespace
}  // namespace postgang::store
