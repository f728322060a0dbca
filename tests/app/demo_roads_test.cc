// Every road is travelled in the demo world: some of what goes there arrives, some fails and goes on by the
// next, and some receivers become reachable while the world lives.
#include "tests/app/lived_world.h"

namespace postgang::app::demo {
namespace {

class DemoRoads : public testing::Test {
 protected:
  static void SetUpTestSuite() { lived_ = new LivedWorld({.seed = 1, .months = 6, .documents = 2500}); }
  static void TearDownTestSuite() {
    delete lived_;
    lived_ = nullptr;
  }
  static int road(const std::string& which) { return lived_->road(which); }
  static int event(const std::string& which) {
    return lived_->events.contains(which) ? lived_->events.at(which) : 0;
  }

  static LivedWorld* lived_;
};
LivedWorld* DemoRoads::lived_ = nullptr;

TEST_F(DemoRoads, EachHasDocumentsThatArriveAndSomeThatGoOnByTheNext) {
  for (const std::string arrives :
       {"network: delivered", "network: opened", "network: confirmed", "system: file-taken",
        "peppol: delivered", "bank: delivered", "email: opened", "print: sent"})
    EXPECT_GT(road(arrives), 5) << arrives;
  const auto goesOn = [](const std::string& channel) {
    int count = 0;
    for (const auto& [which, number] : lived_->roads)
      if (which.starts_with(channel + ": failed, then ")) count += number;
    return count;
  };
  for (const std::string channel : {"peppol", "bank"}) EXPECT_GT(goesOn(channel), 0) << channel;
  // Whose program says no has it in its inbox, and may have opened it there.
  for (const std::string channel : {"system", "network"})
    EXPECT_GT(road(channel + ": refused"), 0) << channel;
  EXPECT_GT(road("email: expired, then print") + road("email: bounced, then print"), 0);
  EXPECT_GT(road("print: returned"), 0);
}

TEST_F(DemoRoads, MostGoByTheNetworkAndFewestOnPaper) {
  const auto& first = lived_->channels;
  const auto of = [&](const std::string& channel) { return first.contains(channel) ? first.at(channel) : 0; };
  EXPECT_GT(of("network"), of("peppol"));
  EXPECT_GT(of("peppol") + of("network"), of("bank") + of("email"));
  EXPECT_GT(of("bank"), 0);
  EXPECT_GT(of("bank") + of("email"), of("print"));
}

TEST_F(DemoRoads, PayersApplyAtTheirBanksAndSomeWaitForTheClerk) {
  for (const std::string status : {"accepted", "applied", "refused", "ended"})
    EXPECT_GT(lived_->agreements.at(status), 0) << status;
  EXPECT_GT(lived_->agreements.at("accepted"), lived_->agreements.at("refused"));
}

TEST_F(DemoRoads, SystemsConfirmAndOneIsLate) {
  EXPECT_GT(event("not-fetched"), 0);
}

TEST_F(DemoRoads, AnswersComeBackOverPeppolAndSoDoInvoices) {
  EXPECT_GT(event("accepted"), 0);
  EXPECT_GT(event("answered"), 0);
  EXPECT_GT(lived_->doors.contains("peppol") ? lived_->doors.at("peppol") : 0, 5);
}

TEST_F(DemoRoads, SomebodyBecomesReachable) {
  EXPECT_GT(lived_->becameReachable, 2);
}

}  // namespace
}  // namespace postgang::app::demo
