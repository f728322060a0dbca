// Multikanal: what a policy does with documents that are on their way, through two channels in the test's
// hand.
#include "channels/policy.h"
#include "store/policies.h"
#include "tests/flow/courier.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

using store::EventType;

class Multichannel : public House {
 protected:
  Multichannel() {
    std::vector<std::unique_ptr<channels::Channel>> all;
    all.push_back(std::make_unique<Courier>("print", 900));
    all.push_back(std::make_unique<Courier>("email", 50));
    print_ = static_cast<Courier*>(all[0].get());
    email_ = static_cast<Courier*>(all[1].get());
    couriers_ = std::make_unique<channels::Registry>(std::move(all));
    flow_ = std::make_unique<Flow>(*store_, clock_, ids_, *couriers_, settings_);
  }
  ~Multichannel() override { flow_.reset(); }

  void set(std::string_view json) {
    const auto set = store_->write(store::Priority::background, [&](store::Transaction& tx) {
      return store::setChannelPolicy(tx, energi_, json);
    });
    ASSERT_TRUE(set);
  }
  std::string failure(DocumentId id) {
    std::string code = "none";
    for (const auto& event : eventsOf(id))
      if (const auto* failed = std::get_if<store::FailedFact>(&event.fact)) code = failed->code;
    return code;
  }
  DocumentId sent(const std::string& number) {
    Sample sample;
    sample.number = number;
    const auto id = send(sample);
    walk();
    return id;
  }
  static channels::Sent bounce() {
    channels::Sent sent;
    sent.result = EventType::bounced;
    return sent;
  }

  std::unique_ptr<channels::Registry> couriers_;
  Courier* email_ = nullptr;
  Courier* print_ = nullptr;
};

constexpr auto never_email = R"({"demands":[{"who":"everyone","verb":"never","channels":["email"]}]})";

TEST_F(Multichannel, goes_by_what_the_policy_allows_and_the_plan_says_why) {
  set(never_email);
  const auto id = sent("1");
  EXPECT_EQ(print_->sent.size(), 1u);
  EXPECT_EQ(email_->sent.size(), 0u);
  const auto plan = fact<store::RoutedFact>(id);
  EXPECT_EQ(plan.by, "price");
  ASSERT_EQ(plan.plan.size(), 2u);
  EXPECT_EQ(plan.plan[0].channel, "email") << "the cheapest stands first, and why it is not taken";
  EXPECT_EQ(plan.plan[0].reason, "policy-never");
  EXPECT_FALSE(plan.plan[0].reachable);
  EXPECT_TRUE(plan.plan[1].reachable);
}

TEST_F(Multichannel, fails_with_the_reason_where_the_policy_leaves_no_road) {
  set(R"({"demands":[{"who":"companies","verb":"never","channels":["email","print"]}]})");
  EXPECT_EQ(failure(sent("1")), "policy-forbids");
}

TEST_F(Multichannel, who_names_a_channel_means_it) {
  set(never_email);
  auto made = upload(Sample{});
  made.channel = "email";
  const auto id = send(made);
  walk();
  EXPECT_EQ(email_->sent.size(), 1u);
  EXPECT_EQ(fact<store::RoutedFact>(id).by, "sender");
}

TEST_F(Multichannel, the_next_takes_over_or_the_sender_is_asked) {
  email_->answers = {bounce(), bounce()};
  EXPECT_EQ(statusOf(sent("1")), "sent");
  EXPECT_EQ(print_->sent.size(), 1u) << "nobody asked to be asked";
  set(R"({"asks":true})");
  const auto id = sent("2");
  EXPECT_EQ(print_->sent.size(), 1u);
  EXPECT_EQ(statusOf(id), "failed");
  EXPECT_EQ(failure(id), "next-channel-waits");
  const auto chosen = flow_->resend(store::Viewer::ofCompanies({energi_}, {}), id, "print", true);
  ASSERT_TRUE(chosen) << chosen.error().code;
  walk();
  EXPECT_EQ(print_->sent.size(), 2u);
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(Multichannel, sending_again_by_name_goes_past_the_policy_and_without_one_does_not) {
  set(never_email);
  const auto id = sent("1");
  const auto viewer = store::Viewer::ofCompanies({energi_}, {});
  EXPECT_EQ(flow_->resend(viewer, id, "", true).value_or("none"), "print");
  walk();
  EXPECT_EQ(flow_->resend(viewer, id, "email", true).value_or("none"), "email");
  walk();
  EXPECT_EQ(email_->sent.size(), 1u);
}

}  // namespace
}  // namespace postgang::flow
