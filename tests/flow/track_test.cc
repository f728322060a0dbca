#include "flow/track.h"

#include "flow/deliver.h"
#include "tests/flow/house.h"

namespace postgang::flow {
namespace {

class Track : public House {
 protected:
  store::Viewer person(CompanyId company, std::string id = "0193-user") {
    return store::Viewer::ofCompanies({company}, {store::ActorKind::person, std::move(id), "Lena Hagström"});
  }
  store::Viewer program(CompanyId company) {
    return store::Viewer::ofCompanies({company}, {store::ActorKind::key, "0193-key", "Affärssystem"});
  }
  DocumentId delivered() {
    const auto id = send(Sample{});
    walk();
    return id;
  }
};

constexpr auto there = "received recognised checked routed delivery-started delivered";

TEST_F(Track, an_opening_is_a_receivers_person) {
  const auto id = delivered();
  ASSERT_TRUE(flow_->opened(person(energi_), energi_, id, "copy"));
  EXPECT_EQ(story(id), there) << "the sender's own looking is no opening";
  ASSERT_TRUE(flow_->opened(person(granberga_), granberga_, id, "copy"));
  EXPECT_EQ(story(id), std::string(there) + " opened");
  EXPECT_EQ(statusOf(id), "opened");
  EXPECT_EQ(eventsOf(id).back().actor.name, "Lena Hagström");
}

TEST_F(Track, an_opening_counts_once_per_person_and_day) {
  const auto id = delivered();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(flow_->opened(person(granberga_), granberga_, id, "copy"));
  EXPECT_EQ(story(id), std::string(there) + " opened");
  ASSERT_TRUE(flow_->opened(person(granberga_, "0193-other"), granberga_, id, "copy"));
  EXPECT_EQ(story(id), std::string(there) + " opened opened");
  clock_.advanceSeconds(24 * 3600);
  ASSERT_TRUE(flow_->opened(person(granberga_), granberga_, id, "copy"));
  EXPECT_EQ(story(id), std::string(there) + " opened opened opened");
}

TEST_F(Track, a_program_fetches_once_and_never_opens) {
  const auto id = delivered();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(flow_->fetched(program(granberga_), granberga_, id, "original"));
    clock_.advanceSeconds(24 * 3600);
  }
  EXPECT_EQ(story(id), std::string(there) + " fetched");
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(Track, a_stranger_finds_nothing) {
  const auto other = company("Stensäter Data AB", "0007:5599900049");
  const auto outcome = flow_->opened(person(other), other, delivered(), "copy");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, ProblemKind::not_found);
}

TEST_F(Track, a_receipt_is_kept_once) {
  const auto id = delivered();
  store::DeliveryFact receipt;
  for (const auto& event : eventsOf(id))
    if (event.type == store::EventType::delivered) receipt = std::get<store::DeliveryFact>(event.fact);
  const Tools tools{*store_, clock_, ids_, channels_};
  ASSERT_TRUE(track(tools, {id, store::EventType::delivered, receipt}));
  EXPECT_EQ(story(id), there);
  ASSERT_TRUE(track(tools, {id, store::EventType::bounced, receipt}));
  ASSERT_TRUE(track(tools, {id, store::EventType::bounced, receipt}));
  EXPECT_EQ(story(id), std::string(there) + " bounced");
}

}  // namespace
}  // namespace postgang::flow
