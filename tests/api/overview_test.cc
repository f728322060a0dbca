// What the overview, the statistics and the partners say of the same traffic.
#include "tests/api/world.h"

namespace postgang::api {
namespace {

class Traffic : public World {
 protected:
  void SetUp() override {
    delivered(seller_, "A-1", energi, granberga);
    delivered(seller_, "A-2", energi, granberga);
    delivered(seller_, "A-3", energi, stranger);
    clock_.advanceSeconds(60);
    send(seller_, "not a document");
    walk();
  }
  const SampleParty stranger{"5599900155", "Okänd Fisk AB"};
  std::string seller_ = key(energi_), buyer_ = key(granberga_);
};

TEST_F(Traffic, adds_up_in_the_overview) {
  const auto overview = jsonOf(get("/api/v1/overview", seller_));
  EXPECT_EQ(overview.at("date"), "2026-11-23");
  EXPECT_EQ(overview.at_pointer("/sent/documents"), 4);
  EXPECT_EQ(overview.at_pointer("/sent/amounts/0/value"), "3750.00") << boost::json::serialize(overview);
  EXPECT_EQ(overview.at_pointer("/deliveredShare/delivered"), 2);
  EXPECT_EQ(overview.at_pointer("/deliveredShare/total"), 3) << "what could not be read was never sent";
  EXPECT_EQ(jsonOf(get("/api/v1/overview", buyer_)).at("unopenedReceived"), 2);
}

TEST_F(Traffic, names_what_needs_somebody_and_why) {
  const auto needs = jsonOf(get("/api/v1/overview", seller_)).at("needsYou").as_array();
  ASSERT_EQ(needs.size(), 2U) << boost::json::serialize(needs);
  for (const auto& need : needs) {
    EXPECT_EQ(need.at("count"), 1);
    EXPECT_EQ(need.at("reasons").as_array().size(), 1U) << boost::json::serialize(need);
    if (need.at("kind") != "failed") continue;
    EXPECT_EQ(need.at_pointer("/counterparts/0"), "Okänd Fisk AB");
  }
}

TEST_F(Traffic, is_counted_by_channel_with_today_last) {
  const auto channels = jsonOf(get("/api/v1/overview", seller_)).at("channels").as_array();
  ASSERT_FALSE(channels.empty());
  EXPECT_EQ(channels[0].at("channel"), "network");
  EXPECT_EQ(channels[0].at("today"), 2);
  EXPECT_EQ(channels[0].at("days").as_array().size(), 30U);
  EXPECT_EQ(channels[0].at("medianSecondsToReceipt"), 0);
}

TEST_F(Traffic, shows_the_latest_first_and_at_most_twelve) {
  const auto latest = jsonOf(get("/api/v1/overview", seller_)).at("latest").as_array();
  ASSERT_FALSE(latest.empty());
  EXPECT_LE(latest.size(), 12U);
  EXPECT_EQ(latest[0].at("event"), "stopped");
}

TEST_F(Traffic, is_grouped_by_the_statistics) {
  const auto rows =
      jsonOf(get("/api/v1/statistics?groupBy=direction,month,company", seller_)).at("items").as_array();
  std::int64_t documents = 0;
  for (const auto& row : rows) {
    EXPECT_EQ(row.at("direction"), "sent");
    EXPECT_EQ(row.at("month"), "2026-11");
    EXPECT_EQ(row.at_pointer("/company/name"), "Nordhamn Energi AB");
    documents += row.at("documents").as_int64();
  }
  EXPECT_EQ(documents, 4);
}

TEST_F(Traffic, counts_each_facet_without_its_own_filter) {
  const auto facets = jsonOf(get("/api/v1/documents/facets?status=failed", seller_));
  EXPECT_EQ(facets.at_pointer("/total/count"), 1);
  std::int64_t all = 0;
  for (const auto& status : facets.at("status").as_array()) all += status.at("count").as_int64();
  EXPECT_EQ(all, 4);
}

TEST_F(Traffic, makes_partners_that_can_be_changed) {
  const auto path = "/api/v1/partners/0007:" + granberga.organisationNumber;
  const auto partner = jsonOf(get(path, seller_));
  EXPECT_EQ(partner.at("sentCount"), 2) << boost::json::serialize(partner);
  EXPECT_EQ(partner.at("channels"), boost::json::parse(R"(["network"])"));
  const auto changed =
      call("PUT", path, seller_, {{"Content-Type", "application/json"}},
           R"({"name":"Granberga Bygg","email":"faktura@granberga.example","channels":["print"]})");
  EXPECT_EQ(changed.status, 200) << changed.bytes();
  EXPECT_EQ(textAt(changed, "/email"), "faktura@granberga.example");
  EXPECT_EQ(jsonOf(changed).at("sentCount"), 2) << "counts are left as they are";
  EXPECT_EQ(get(path, buyer_).status, 404) << "a company's partners are its own";
}

TEST_F(Traffic, tells_which_channel_reaches_whom) {
  const auto reached =
      jsonOf(get("/api/v1/channels/lookup?identifier=0007:" + granberga.organisationNumber, seller_));
  const auto reaches = [](const auto& step) { return step.at("reachable").as_bool(); };
  const auto& plan = reached.at("plan").as_array();
  const auto first = std::ranges::find_if(plan, reaches);
  ASSERT_NE(first, plan.end());
  EXPECT_EQ(first->at("channel"), "network");
  EXPECT_EQ(get("/api/v1/channels/lookup?identifier=0007:5599900131", seller_).status, 400);
}

}  // namespace
}  // namespace postgang::api
