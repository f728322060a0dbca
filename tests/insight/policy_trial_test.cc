#include "insight/policy_trial.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "store/blobs.h"
#include "store/companies.h"
#include "tests/insight/own_store.h"

namespace postgang::insight {
namespace {

using document::EventType;

// A sender with some history, routed by channels that answered one thing or another.
class PolicyTrialTest : public OwnStore {
 protected:
  PolicyTrialTest() : OwnStore("2026-01-02T09:00:00Z") {}
  void SetUp() override {
    write([&](store::Transaction& tx) -> Outcome {
      store::Company made;
      made.name = made.identifier = "sender";
      TRY(sender_, store::createCompany(tx, made));
      return {};
    });
  }

  static store::PlanStep step(const std::string& channel, std::int64_t price_ore,
                              const std::string& reason = "") {
    return {channel, reason.empty(), Decimal::fromScaled(price_ore, 2), "SEK",
            reason.empty() ? "address-known" : reason};
  }
  DocumentId sent(const std::string& number, const std::string& receiver, std::vector<store::PlanStep> plan,
                  const std::string& by = "price") {
    const auto id = ids_.next<DocumentId>();
    store::ReceivedFact received;
    received.sender = sender_;
    received.digest = sha256(number);
    store::RecognisedFact facts;
    facts.number = number;
    facts.buyer = {receiver, "Receiver " + receiver, {}, false, {}};
    store::RoutedFact routed;
    routed.plan = std::move(plan);
    routed.by = by;
    write([&](store::Transaction& tx) {
      return store::append(tx, id, 0,
                           {{EventType::received, {}, received},
                            {EventType::recognised, {}, facts},
                            {EventType::routed, {}, routed}},
                           {});
    });
    clock_.advanceSeconds(60);
    return id;
  }
  PolicyTrial tried(std::string_view json, int months = 12) {
    PolicyTrial trial;
    const auto policy = channels::policyFromJson(json, {"network", "email", "print"});
    EXPECT_TRUE(policy) << json;
    const auto read = store_->read([&](store::Reader& reader) -> Outcome {
      TRY(trial, tryPolicy(reader, store::Viewer::ofCompanies({sender_}, {}), sender_, registry_, *policy,
                           months, clock_.now()));
      return {};
    });
    EXPECT_TRUE(read) << read.error().detail;
    return trial;
  }

  static constexpr auto never_email_ =
      R"({"demands":[{"who":"everyone","verb":"never","channels":["email"]}]})";
  channels::Registry registry_ = channels::allChannels();
  CompanyId sender_;
};

TEST_F(PolicyTrialTest, CountsWhoWouldChangeChannelAndWhatItCosts) {
  for (const auto* number : {"1", "2", "3"})
    sent(number, "0007:5599900122", {step("email", 150), step("print", 1350)});
  sent("4", "0007:2120000787", {step("network", 30), step("email", 150)});
  const auto same = tried("{}");
  EXPECT_EQ(same.documents, 4);
  EXPECT_EQ(same.changed, 0);
  EXPECT_EQ(same.cost.at("SEK").now, 480);
  EXPECT_EQ(same.cost.at("SEK").then, 480);

  const auto then = tried(never_email_);
  EXPECT_EQ(then.changed, 3);
  EXPECT_EQ(then.stranded, 0);
  EXPECT_EQ(then.channels.at("email").now, 3);
  EXPECT_EQ(then.channels.at("email").then, 0);
  EXPECT_EQ(then.channels.at("print").then, 3);
  EXPECT_EQ(then.cost.at("SEK").then, 3 * 1350 + 30);
  ASSERT_EQ(then.counterparts.size(), 1u);
  EXPECT_EQ(then.counterparts[0].documents, 3);
  EXPECT_EQ(then.counterparts[0].then, "print");
  ASSERT_EQ(then.shown.size(), 3u);
  EXPECT_EQ(then.shown[0].number, "3") << "the newest first";
}

TEST_F(PolicyTrialTest, WhatNoChannelReachesAnyMoreIsSaid) {
  sent("1", "0007:5599900122", {step("email", 150)});
  const auto then = tried(never_email_);
  EXPECT_EQ(then.stranded, 1);
  EXPECT_EQ(then.channels.at("").then, 1);
  EXPECT_TRUE(then.cost.empty()) << "without a price under both there is nothing to compare";
}

TEST_F(PolicyTrialTest, WhatAPolicyKeptAwayReachedAllTheSame) {
  sent("1", "0007:5599900122", {step("email", 150, "policy-never"), step("print", 1350)});
  const auto then = tried("{}");
  EXPECT_EQ(then.changed, 1);
  EXPECT_EQ(then.channels.at("email").then, 1);
  sent("2", "0007:5599900122", {step("email", 150, "email-missing"), step("print", 1350)});
  EXPECT_EQ(tried("{}").changed, 1) << "and what did not reach then does not now";
}

TEST_F(PolicyTrialTest, LeavesAloneWhatASenderChoseAndCounterpartsOwnOrders) {
  sent("1", "0007:5599900122", {step("print", 1350), step("email", 150, "not-chosen")}, "sender");
  EXPECT_EQ(tried("{}").byHand, 1);
  EXPECT_EQ(tried("{}").documents, 0);
  write([&](store::Transaction& tx) {
    store::Partner partner;
    partner.identifier = "0007:5599900130";
    partner.name = "Granberga";
    partner.channels = {"print"};
    return store::putPartner(tx, sender_, partner);
  });
  sent("2", "0007:5599900130", {step("print", 1350), step("email", 150)}, "counterpart");
  EXPECT_EQ(tried("{}").changed, 0);
  EXPECT_EQ(tried("{}").documents, 1);
}

TEST_F(PolicyTrialTest, LooksTwelveMonthsBackAndAtOnesOwn) {
  sent("1", "0007:5599900122", {step("email", 150), step("print", 1350)});
  clock_.advanceSeconds(400 * 86'400);
  sent("2", "0007:5599900122", {step("email", 150), step("print", 1350)});
  EXPECT_EQ(tried(never_email_).changed, 1);
  const auto policy = channels::policyFromJson(never_email_, {});
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    TRY(const auto other, tryPolicy(reader, store::Viewer::ofCompanies({CompanyId{99}}, {}), sender_,
                                    registry_, *policy, 12, clock_.now()));
    EXPECT_EQ(other.documents, 0);
    return {};
  });
  EXPECT_TRUE(read);
}

}  // namespace
}  // namespace postgang::insight
