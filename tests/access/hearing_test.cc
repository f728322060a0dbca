// How people hear of what, by their role and their own choice.
#include "access/hearing.h"

#include <gtest/gtest.h>

namespace postgang::access {
namespace {

const store::NewsKind& kind(std::string_view name) {
  return *store::newsKind(name);
}

TEST(Hearing, AReaderIsNotToldByItselfOfWhatItCannotMend) {
  EXPECT_TRUE(hearingOf({}, kind("failed"), "clerk").portal);
  EXPECT_EQ(hearingOf({}, kind("failed"), "clerk").mail, "digest");
  EXPECT_FALSE(hearingOf({}, kind("failed"), "reader").portal);
  EXPECT_EQ(hearingOf({}, kind("failed"), "reader").mail, "none");
  EXPECT_TRUE(hearingOf({}, kind("stopped"), "reader").portal);
  EXPECT_EQ(hearingOf({}, kind("stopped"), "reader").mail, "each");
}

TEST(Hearing, IsAsOneHasChosen) {
  store::OwnSettings own;
  own.notices = {{"failed", "each"}, {"stopped", "none"}};
  own.portal = {{"failed", true}, {"stopped", false}};
  EXPECT_TRUE(hearingOf(own, kind("failed"), "reader").portal);
  EXPECT_EQ(hearingOf(own, kind("failed"), "reader").mail, "each");
  EXPECT_FALSE(hearingOf(own, kind("stopped"), "clerk").portal);
  EXPECT_EQ(hearingOf(own, kind("stopped"), "clerk").mail, "none");
}

TEST(Hearing, SomeKindsAreNotForEverybodyToChoose) {
  store::User user;
  user.memberships = {{CompanyId{1}, "clerk"}};
  EXPECT_FALSE(mayHear(user, kind("webhook-off")));
  EXPECT_FALSE(mayHear(user, kind("lead")));
  EXPECT_TRUE(mayHear(user, kind("ticket")));
  user.memberships.push_back({CompanyId{2}, "administrator"});
  EXPECT_TRUE(mayHear(user, kind("webhook-off")));
  EXPECT_EQ(highestRole(user), "administrator");
  user.staff = true;
  EXPECT_TRUE(mayHear(user, kind("lead")));
}

}  // namespace
}  // namespace postgang::access
