#include "store/partner_invitations.h"

#include "base/bytes.h"
#include "store/partners.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class PartnerInvitations : public World {
 protected:
  void know(CompanyId owner, const std::string& identifier) {
    write([&](Transaction& tx) {
      Partner known;
      known.identifier = identifier;
      known.name = "Granberga Bygg AB";
      return putPartner(tx, owner, known);
    });
  }
  // The code of what went wrong; empty: it was made, with the token.
  std::string invite(CompanyId owner, const std::string& address, const std::string& token) {
    std::string code;
    const auto outcome = store().write(Priority::background, [&](Transaction& tx) {
      PartnerInvitation one;
      one.id = ids_.next<PartnerInvitationId>();
      one.owner = owner;
      one.identifier = "customer:1";
      one.address = address;
      one.tokenDigest = sha256(token);
      one.sentAt = clock_.now();
      one.sentBy = "Karin Sund";
      one.expiresAt = clock_.now().plusSeconds(invitation_open_seconds);
      return makePartnerInvitation(tx, of(owner), one);
    });
    return outcome ? code : outcome.error().code;
  }
  std::string answer(const std::string& token, const std::string& said, const std::string& value = {}) {
    const auto outcome = store().write(Priority::background, [&](Transaction& tx) {
      return answerPartnerInvitation(tx, sha256(token), said, value);
    });
    return outcome ? std::string() : outcome.error().code;
  }
  PartnerInvitationId of1Id_;
  std::vector<PartnerInvitation> of1(CompanyId owner) {
    std::vector<PartnerInvitation> all;
    read([&](Reader& reader) -> Outcome {
      TRY(all, partnerInvitations(reader, of(owner), owner, "customer:1"));
      return {};
    });
    return all;
  }
};
INSTANTIATE_BOTH_STORES(PartnerInvitations);

TEST_P(PartnerInvitations, AnAddressIsAskedOnceInThirtyDaysByEach) {
  for (int number = 1; number <= 2; ++number) know(company(number), "customer:1");
  EXPECT_EQ(invite(company(1), "Anna@Exempel.example", "a"), "");
  EXPECT_EQ(invite(company(1), "anna@exempel.example", "b"), "invited-lately");
  EXPECT_EQ(invite(company(2), "anna@exempel.example", "c"), "") << "what others have asked is not told";
  clock_.advanceSeconds(invited_again_seconds);
  EXPECT_EQ(invite(company(2), "anna@exempel.example", "d"), "");
  EXPECT_EQ(answer("d", "refuse"), "");
  clock_.advanceSeconds(2 * invited_again_seconds);
  EXPECT_EQ(invite(company(1), "ANNA@exempel.example", "e"), "invitation-refused");
}

TEST_P(PartnerInvitations, AnAddressIsAskedThreeTimesInThirtyDaysByAll) {
  for (int number = 1; number <= 4; ++number) know(company(number), "customer:1");
  for (int number = 1; number <= invitations_of_others_max; ++number)
    EXPECT_EQ(invite(company(number), "anna@exempel.example", std::to_string(number)), "");
  EXPECT_EQ(invite(company(4), "anna@exempel.example", "d"), "invitation-refused");
  EXPECT_EQ(invite(company(4), "per@exempel.example", "e"), "");
  clock_.advanceSeconds(invited_again_seconds);
  EXPECT_EQ(invite(company(4), "anna@exempel.example", "f"), "");
}

TEST_P(PartnerInvitations, ACompanySendsSoManyADay) {
  know(company(1), "customer:1");
  for (int i = 0; i < invitations_per_day; ++i)
    EXPECT_EQ(invite(company(1), std::to_string(i) + "@exempel.example", std::to_string(i)), "");
  EXPECT_EQ(invite(company(1), "till@exempel.example", "till"), "invitations-used-up");
  clock_.advanceSeconds(24 * 3600 + 1);
  EXPECT_EQ(invite(company(1), "till@exempel.example", "till"), "");
}

TEST_P(PartnerInvitations, TheLastAnswerStandsUntilItIsSettled) {
  const auto owner = company(1);
  know(owner, "customer:1");
  EXPECT_EQ(invite(owner, "anna@exempel.example", "hemlig"), "");
  EXPECT_EQ(answer("gissad", "no"), "link-invalid");
  const auto settle = [&](CompanyId as, bool taken) {
    const auto outcome = store().write(Priority::background, [&](Transaction& tx) {
      return settlePartnerInvitation(tx, of(as), as, "customer:1", of1Id_, taken);
    });
    return outcome ? std::string() : outcome.error().code;
  };
  of1Id_ = of1(owner).front().id;
  EXPECT_EQ(settle(owner, true), "invitation-unanswered");
  EXPECT_EQ(answer("hemlig", "no"), "");
  EXPECT_EQ(answer("hemlig", "peppol", "0007:5599900130"), "");
  EXPECT_EQ(settle(company(2), true), "invitation-not-found");
  EXPECT_EQ(settle(owner, true), "");
  EXPECT_EQ(answer("hemlig", "no"), "");  // too late: nothing changes
  const auto one = of1(owner).front();
  EXPECT_EQ(one.answer + " " + one.value, "peppol 0007:5599900130");
  EXPECT_TRUE(one.settledAt && one.taken);
  clock_.advanceSeconds(invitation_open_seconds);
  EXPECT_EQ(answer("hemlig", "no"), "link-invalid");
}

}  // namespace
}  // namespace postgang::store
