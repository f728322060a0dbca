// Into a receiver's own system: what is claimed when, what happens when nobody takes it, and when it says no.
#include "tests/flow/handed.h"

namespace postgang::flow {
namespace {

using store::EventType;

constexpr auto by_api = R"({"way":"api","hours":24})";
constexpr auto in_folder = R"({"way":"folder","address":"in","copy":true,"hours":4})";

class Handover : public Handed {};

TEST_F(Handover, without_a_choice_it_lies_in_the_inbox) {
  const auto id = sent("1");
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(last(id, EventType::delivered).evidence, "inbox");
  EXPECT_TRUE(waiting().empty());
}

TEST_F(Handover, what_waits_for_a_program_is_sent_until_it_confirms) {
  choose(by_api);
  const auto id = sent("1");
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(last(id, EventType::sent).evidence, "waiting");
  EXPECT_EQ(last(id, EventType::sent).channel, "network");
  EXPECT_TRUE(find(id, granberga_)) << "it lies in the receiver's inbox all the same";
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_EQ(waiting()[0].number, "1");
  const auto answered = answer(id);
  ASSERT_TRUE(answered) << answered.error().detail;
  EXPECT_EQ(answered->evidence, "confirmed");
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(last(id, EventType::delivered).evidence, "confirmed");
  EXPECT_TRUE(waiting().empty());
  const auto again = answer(id);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->at, answered->at);
  EXPECT_EQ(count(id, EventType::delivered), 1);
  EXPECT_EQ(answer(id, "too late").error().code, "handover-answered");
}

TEST_F(Handover, a_program_that_says_no_leaves_it_in_the_inbox_with_its_words) {
  choose(by_api);
  const auto id = sent("1");
  const auto refused = answer(id, "The supplier is not in our register.");
  ASSERT_TRUE(refused) << refused.error().detail;
  EXPECT_TRUE(refused->refused);
  EXPECT_EQ(last(id, EventType::delivery_failed).detail, "The supplier is not in our register.");
  EXPECT_EQ(last(id, EventType::delivered).evidence, "inbox");
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_TRUE(answer(id, "The supplier is not in our register.")) << "twice is once";
  EXPECT_EQ(count(id, EventType::delivery_failed), 1);
  EXPECT_EQ(answer(id).error().code, "handover-answered");
}

TEST_F(Handover, nobody_else_can_confirm_it) {
  choose(by_api);
  const auto id = sent("1");
  const auto seller = store::Viewer::ofCompanies({energi_}, {});
  EXPECT_FALSE(answerHandover(*store_, clock_, ids_, seller, energi_, id, {}));
  EXPECT_FALSE(answerHandover(*store_, clock_, ids_, seller, granberga_, id, {}));
  EXPECT_EQ(statusOf(id), "sent");
}

TEST_F(Handover, what_is_not_taken_in_time_is_said_once_to_both) {
  choose(by_api);
  const auto id = sent("1");
  pass(23 * 3600);
  EXPECT_EQ(count(id, EventType::not_fetched), 0);
  pass(3600 + 601);
  EXPECT_EQ(count(id, EventType::not_fetched), 1);
  pass(48 * 3600);
  EXPECT_EQ(count(id, EventType::not_fetched), 1);
  EXPECT_EQ(statusOf(id), "sent") << "nothing is claimed by it";
  ASSERT_EQ(waiting().size(), 1U);
  EXPECT_TRUE(waiting()[0].overdue);
  const auto read = store_->read([&](store::Reader& reader) -> Outcome {
    for (const auto& [company, direction, name] :
         {std::tuple(energi_, store::Direction::sent, "Granberga Bygg AB"),
          std::tuple(granberga_, store::Direction::received, "Nordhamn Energi AB")}) {
      const auto viewer = store::Viewer::ofCompanies({company}, {});
      TRY(const auto overdue, store::overdueHandovers(reader, viewer, direction, 10));
      EXPECT_EQ(overdue.documents, 1);
      EXPECT_EQ(overdue.counterparts, std::vector<std::string>{name});
      TRY(const auto events, store::eventsOf(reader, viewer, id));
      EXPECT_TRUE(
          std::ranges::any_of(events, [](const auto& e) { return e.type == EventType::not_fetched; }));
    }
    return {};
  });
  EXPECT_TRUE(read);
  EXPECT_TRUE(answer(id)) << "late is better than never";
  EXPECT_EQ(statusOf(id), "delivered");
}

TEST_F(Handover, a_file_is_delivered_when_the_receiver_has_taken_it) {
  choose(in_folder);
  const auto id = sent("47/11");
  EXPECT_EQ(statusOf(id), "sent");
  const auto fact = last(id, EventType::sent);
  EXPECT_EQ(fact.channel, "system");
  EXPECT_EQ(fact.evidence, "file");
  EXPECT_EQ(fact.address, "0007:5599900023") << "the sender is not told where";
  const auto names = files(inFolder());
  ASSERT_EQ(names.size(), 2U);
  EXPECT_EQ(names[0], "47_11_" + fact.delivery.text() + ".xml");
  EXPECT_EQ(names[1], "47_11_" + fact.delivery.text() + "_copy.pdf");
  pass(600);
  EXPECT_EQ(statusOf(id), "sent");
  std::filesystem::remove(inFolder() + "/" + names[0]);
  pass(600);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(last(id, EventType::delivered).evidence, "file-taken");
  EXPECT_TRUE(waiting().empty());
  EXPECT_TRUE(find(id, granberga_));
}

TEST_F(Handover, each_kind_goes_its_own_way) {
  choose(in_folder, "credit-note");
  EXPECT_EQ(statusOf(sent("1")), "delivered");
  choose(by_api, "invoice");
  EXPECT_EQ(statusOf(sent("2")), "sent");
}

TEST_F(Handover, what_never_gets_there_lies_in_the_inbox_after_three_days) {
  choose(in_folder);
  std::filesystem::create_directories(rules_.root + "/0007_5599900023");
  std::ofstream(inFolder()) << "no folder";
  const auto id = sent("1");
  EXPECT_EQ(statusOf(id), "sending");
  pass(4 * 86'400);
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(last(id, EventType::delivered).evidence, "inbox");
  EXPECT_EQ(last(id, EventType::delivered).channel, "network");
  EXPECT_EQ(count(id, EventType::delivery_failed), 10);
}

TEST_F(Handover, a_way_that_was_turned_off_is_not_taken) {
  choose(in_folder);
  rules_.root.clear();
  restart();
  const auto id = sent("1");
  EXPECT_EQ(statusOf(id), "delivered");
  EXPECT_EQ(last(id, EventType::delivered).channel, "network");
}

TEST_F(Handover, who_asks_for_the_network_leaves_the_receiver_its_way) {
  choose(in_folder);
  Sample sample;
  sample.number = "1";
  auto made = upload(sample);
  made.channel = "network";
  const auto id = send(made);
  walk();
  EXPECT_EQ(last(id, EventType::sent).channel, "system");
}

// As if the process had ended between an attempt's beginning and its result.
TEST_F(Handover, an_attempt_that_was_cut_off_is_made_again) {
  choose(in_folder);
  std::filesystem::create_directories(rules_.root + "/0007_5599900023");
  std::ofstream(inFolder()) << "no folder";
  const auto id = sent("1");
  auto cut = last(id, EventType::delivery_failed);
  cut.attempt = 2;
  cut.evidence.clear();
  const auto written = store_->write(store::Priority::walk, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto sequence, store::lastSequence(tx, id));
    return store::append(tx, id, sequence,
                         {{EventType::delivery_started, {}, cut}, {EventType::delivery_uncertain, {}, cut}},
                         {});
  });
  ASSERT_TRUE(written) << written.error().detail;
  std::filesystem::remove(inFolder());
  pass(900);
  EXPECT_EQ(statusOf(id), "sent");
  EXPECT_EQ(last(id, EventType::sent).attempt, 3);
  EXPECT_EQ(files(inFolder()).size(), 2U);
}

}  // namespace
}  // namespace postgang::flow
