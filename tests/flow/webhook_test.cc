// What happens is told to integrators' programs: once each, signed, again for three days, and not for ever.
#include "tests/flow/webhook_house.h"

namespace postgang::flow {
namespace {

TEST_F(Webhooks, each_is_told_of_its_own_once_and_without_contents) {
  const auto seller = subscribe(energi_, {"document.delivered"});
  const auto buyer = subscribe(granberga_, {"*"});
  const auto id = sent("4711");
  std::map<std::string, int> toSeller, toBuyer;
  for (const auto& call : receiver_.take()) {
    const auto data = json::parse(call.body).at("data").as_object();
    EXPECT_EQ(data.at("id").as_string(), id.text());
    EXPECT_EQ(data.at("number").as_string(), "4711");
    EXPECT_EQ(call.body.find("1250.00"), std::string::npos) << "no contents";
    EXPECT_EQ(call.signature, channels::webhookSignature(secret_, call.id, call.timestamp, call.body));
    ++(data.at("direction").as_string() == "sent" ? toSeller : toBuyer)[call.type()];
  }
  EXPECT_EQ(toSeller, (std::map<std::string, int>{{"document.delivered", 1}}));
  EXPECT_EQ(toBuyer["document.delivered"], 1);
  walk();
  EXPECT_TRUE(receiver_.take().empty()) << "nothing twice";
  EXPECT_EQ(messages(seller).size(), 1U);
  for (const auto& message : messages(buyer)) EXPECT_EQ(message.state, MessageState::delivered);
}

TEST_F(Webhooks, what_happened_before_it_was_there_or_while_it_was_off_is_not_told) {
  sent("1");
  auto webhook = subscribe(energi_, {"document.delivered"});
  walk();
  EXPECT_TRUE(receiver_.take().empty());
  webhook.active = false;
  write([&](store::Transaction& tx) { return store::updateWebhook(tx, webhook); });
  clock_.advanceSeconds(1);
  sent("2");
  clock_.advanceSeconds(1);
  webhook.active = true;
  webhook.activeSince = clock_.now();
  write([&](store::Transaction& tx) { return store::updateWebhook(tx, webhook); });
  sent("3");
  const auto calls = receiver_.take();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_NE(calls[0].body.find("\"number\":\"3\""), std::string::npos) << calls[0].body;
}

TEST_F(Webhooks, the_feed_told_again_from_an_old_place_tells_nothing_twice) {
  const auto webhook = subscribe(energi_, {"document.delivered"});
  std::string before, after;
  const auto position = [&](std::string& into) {
    write([&](store::Transaction& tx) -> Outcome {
      TRY(const auto found, store::webhookPosition(tx));
      into = found.value_or("");
      return {};
    });
  };
  position(before);
  sent("1");
  position(after);
  ASSERT_NE(before, after);
  write([&](store::Transaction& tx) -> Outcome {
    TRY(const bool moved, store::moveWebhookPosition(tx, after, before));
    EXPECT_TRUE(moved);
    return {};
  });
  walk();
  EXPECT_EQ(receiver_.take().size(), 1U);
  EXPECT_EQ(messages(webhook).size(), 1U);
}

TEST_F(Webhooks, is_tried_again_for_three_days_under_the_same_id_and_then_given_up) {
  const auto webhook = subscribe(energi_, {"document.delivered"});
  receiver_.answer(500);
  const auto began = clock_.now();
  sent("1");
  EXPECT_EQ(messages(webhook)[0].state, MessageState::failed);
  pass(3LL * 24 * 3600 - 3600);
  EXPECT_EQ(messages(webhook)[0].state, MessageState::failed) << "not yet";
  pass(10 * 3600);
  const auto calls = receiver_.take();
  ASSERT_EQ(calls.size(), 11U);
  const std::int64_t waits[] = {5, 60, 300, 1800, 7200, 18000, 36000, 50400, 72000, 72000};
  for (std::size_t index = 0; index + 1 < calls.size(); ++index) {
    EXPECT_EQ(calls[index].id, calls[0].id);
    EXPECT_EQ(calls[index].body, calls[0].body);
    const auto waited = number(calls[index + 1].timestamp) - number(calls[index].timestamp);
    EXPECT_GE(waited, waits[index]) << index;
    EXPECT_LE(waited, waits[index] * 11 / 10 + 1) << index;
  }
  EXPECT_GE(number(calls.back().timestamp) - began.microseconds / 1'000'000, 3LL * 24 * 3600 - 3600);
  EXPECT_EQ(messages(webhook)[0].state, MessageState::given_up);
  EXPECT_EQ(messages(webhook)[0].attempts, 11);
  EXPECT_TRUE(now(webhook).active) << "five days have not gone";
}

TEST_F(Webhooks, the_wait_is_chance_and_the_same_for_the_same_attempt) {
  store::WebhookMessage message;
  std::set<std::int64_t> waits;
  for (int index = 0; index < 50; ++index) {
    message.id = ids_.next<MessageId>();
    message.tries = message.attempts = 4;
    const auto next = nextWebhookTry(message, {}, clock_.now());
    ASSERT_TRUE(next);
    EXPECT_EQ(next, nextWebhookTry(message, {}, clock_.now()));
    waits.insert(next->microseconds - clock_.now().microseconds);
  }
  EXPECT_GT(waits.size(), 20U);
  EXPECT_GE(*waits.begin(), 1800LL * 1'000'000);
  EXPECT_LE(*waits.rbegin(), 1980LL * 1'000'000);
  message.tries = 11;
  EXPECT_FALSE(nextWebhookTry(message, {}, clock_.now()));
}

TEST_F(Webhooks, retry_after_is_waited_for_within_a_day) {
  const auto webhook = subscribe(energi_, {"document.delivered"});
  receiver_.answer(503, "600");
  sent("1");
  const auto wanted = clock_.now().plusSeconds(600);
  EXPECT_EQ(messages(webhook)[0].nextTryAt, wanted);
  receiver_.answer(503, "172800");
  pass(600);
  EXPECT_LT(*messages(webhook)[0].nextTryAt, clock_.now().plusSeconds(120)) << "two days are too long";
}

TEST_F(Webhooks, gone_turns_it_off_at_once_and_five_days_of_failure_do) {
  const auto gone = subscribe(energi_, {"document.delivered"});
  receiver_.answer(410);
  sent("1");
  EXPECT_FALSE(now(gone).active);
  EXPECT_EQ(now(gone).offReason, "gone");
  EXPECT_EQ(messages(gone)[0].state, MessageState::given_up);
  const auto failing = subscribe(energi_, {"document.delivered"});
  receiver_.answer(404);
  sent("2");
  pass(4LL * 24 * 3600);
  sent("3");
  EXPECT_TRUE(now(failing).active);
  pass(2LL * 24 * 3600);
  EXPECT_FALSE(now(failing).active);
  EXPECT_EQ(now(failing).offReason, "failing");
}

TEST_F(Webhooks, administrators_are_told_that_it_was_turned_off_once) {
  addUser("chef@energi.example", "administrator");
  addUser("karin@energi.example", "clerk");
  const auto webhook = subscribe(energi_, {"*"});
  receiver_.answer(410);
  sent("1");
  sent("2");
  pass(3600);
  EXPECT_EQ(mailed_, std::vector<std::string>{"chef@energi.example"});
  EXPECT_FALSE(now(webhook).active);
}

TEST_F(Webhooks, one_that_works_again_is_not_failing_any_more) {
  const auto webhook = subscribe(energi_, {"document.delivered"});
  receiver_.answer(500);
  sent("1");
  EXPECT_TRUE(now(webhook).failingSince);
  receiver_.answer(200);
  pass(60);
  EXPECT_FALSE(now(webhook).failingSince);
  EXPECT_EQ(messages(webhook)[0].state, MessageState::delivered);
  EXPECT_EQ(messages(webhook)[0].attempts, 2);
}

TEST_F(Webhooks, a_replay_begins_anew_under_the_same_id_and_the_old_retries_end) {
  const auto webhook = subscribe(energi_, {"document.delivered"});
  receiver_.answer(500);
  sent("1");
  const auto first = receiver_.take();
  ASSERT_EQ(first.size(), 1U);
  receiver_.answer(204);
  const auto id = messages(webhook)[0].id;
  write([&](store::Transaction& tx) -> Outcome {
    TRY(const auto message, store::webhookMessage(tx, id));
    TRY(const auto again, replayMessage(tx, *message));
    EXPECT_EQ(again.round, 1);
    return {};
  });
  walk();
  const auto second = receiver_.take();
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].id, first[0].id);
  pass(24 * 3600);
  EXPECT_TRUE(receiver_.take().empty());
  EXPECT_EQ(messages(webhook)[0].attempts, 2);
}

TEST_F(Webhooks, while_a_secret_is_changed_both_sign_until_the_old_one_ends) {
  auto webhook = subscribe(energi_, {"document.delivered"});
  const auto newer = channels::newWebhookSecret();
  webhook.previousSecret = webhook.secret;
  webhook.previousUntil = clock_.now().plusSeconds(3600);
  webhook.secret = vault_.seal(newer, webhookSecretContext(webhook.id));
  write([&](store::Transaction& tx) { return store::updateWebhook(tx, webhook); });
  sent("1");
  auto calls = receiver_.take();
  ASSERT_EQ(calls.size(), 1U);
  const auto& both = calls[0];
  EXPECT_EQ(both.signature, channels::webhookSignature(newer, both.id, both.timestamp, both.body) + " " +
                                channels::webhookSignature(secret_, both.id, both.timestamp, both.body));
  pass(3600);
  sent("2");
  calls = receiver_.take();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].signature,
            channels::webhookSignature(newer, calls[0].id, calls[0].timestamp, calls[0].body));
}

TEST_F(Webhooks, a_test_goes_to_one_that_is_off_and_is_tried_once) {
  auto webhook = subscribe(energi_, {"*"});
  webhook.active = false;
  write([&](store::Transaction& tx) { return store::updateWebhook(tx, webhook); });
  receiver_.answer(500);
  write([&](store::Transaction& tx) -> Outcome {
    TRY(const auto message, testWebhook(tx, ids_, webhook));
    EXPECT_EQ(message.type, "webhook.test");
    return {};
  });
  walk();
  pass(24 * 3600);
  const auto calls = receiver_.take();
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].type(), "webhook.test");
  EXPECT_EQ(messages(webhook)[0].state, MessageState::given_up);
  EXPECT_FALSE(now(webhook).failingSince) << "a test says nothing of what is told";
}

TEST_F(Webhooks, a_node_that_died_in_the_middle_of_an_attempt_leaves_it_to_be_made_again) {
  const auto webhook = subscribe(energi_, {"document.delivered"});
  sent("1");
  receiver_.take();
  // As a crash leaves it: begun, and its job leased by nobody that lives.
  auto message = messages(webhook)[0];
  write([&](store::Transaction& tx) -> Outcome {
    TRY(message, replayMessage(tx, message));
    return {};
  });
  const auto claimed = store::claim(*store_, {"webhook"}, 1, 60);
  ASSERT_TRUE(claimed && claimed->size() == 1);
  write([&](store::Transaction& tx) -> Outcome {
    ++message.tries;
    ++message.attempts;
    CHECK_OK(store::updateMessage(tx, message));
    return store::startAttempt(tx, message, clock_.now());
  });
  walk();
  EXPECT_TRUE(receiver_.take().empty()) << "it is leased";
  pass(61);
  EXPECT_EQ(receiver_.take().size(), 1U);
  std::vector<store::WebhookAttempt> attempts;
  write([&](store::Transaction& tx) -> Outcome {
    TRY(attempts, store::attemptsOf(tx, message.id));
    return {};
  });
  ASSERT_EQ(attempts.size(), 3U);
  EXPECT_FALSE(attempts[1].milliseconds) << "the one that was cut short says so";
  EXPECT_TRUE(attempts[2].taken());
}

// The one thing that leaves a sandbox, and to nobody but its own webhooks.
TEST_F(Webhooks, a_sandbox_tells_its_own_and_no_others) {
  CompanyId twin;
  write([&](store::Transaction& tx) -> Outcome {
    TRY(const auto real, store::company(tx, energi_));
    TRY(const auto made, store::makeSandbox(tx, real));
    twin = made.id;
    return {};
  });
  const auto inside = subscribe(twin, {"*"});
  const auto outside = subscribe(energi_, {"*"});
  Sample sample;
  sample.number = "P-1";
  auto handedIn = upload(sample);
  handedIn.sender = twin;
  const auto id = send(handedIn);
  walk();
  const auto calls = receiver_.take();
  EXPECT_FALSE(calls.empty());
  for (const auto& call : calls) EXPECT_EQ(json::parse(call.body).at("data").at("id").as_string(), id.text());
  EXPECT_EQ(messages(inside).size(), calls.size());
  for (const auto& message : messages(inside)) EXPECT_EQ(message.state, MessageState::delivered);
  EXPECT_TRUE(messages(outside).empty());
  EXPECT_TRUE(mailed_.empty());
}

}  // namespace
}  // namespace postgang::flow
