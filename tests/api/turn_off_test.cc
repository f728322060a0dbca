#include "api/turn_off.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "flow/news_mailing.h"

namespace postgang::api {
namespace {

using Kinds = std::vector<std::string>;

class TurnOff : public testing::Test {
 protected:
  TurnOff() { user_.memberships = {{CompanyId{1}, "administrator"}}; }
  store::User user_;
  store::OwnSettings own_;
};

TEST_F(TurnOff, AKindComesNoMore) {
  own_.notices["ticket"] = "each";
  const auto turned = turnOff(user_, "ticket", own_);
  EXPECT_EQ(turned.off, Kinds{"ticket"});
  EXPECT_EQ(own_.notices["ticket"], "none");
}

TEST_F(TurnOff, ThatMoneyGoesElsewhereOrWhoComesInIsSilencedByNoLink) {
  for (const std::string kind : {"payment-changed", "account-changed"}) {
    own_.notices[kind] = "each";
    const auto turned = turnOff(user_, kind, own_);
    EXPECT_TRUE(turned.off.empty());
    EXPECT_EQ(turned.lowered, Kinds{kind});
    EXPECT_EQ(own_.notices[kind], "digest");
    for (const auto& again : {turnOff(user_, kind, own_), turnOff(user_, flow::of_digest, own_)}) {
      EXPECT_TRUE(again.lowered.empty());
      EXPECT_EQ(std::ranges::count(again.off, kind), 0);
    }
    EXPECT_EQ(own_.notices[kind], "digest");
  }
}

}  // namespace
}  // namespace postgang::api
