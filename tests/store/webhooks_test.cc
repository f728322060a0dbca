// Webhooks, how far the feed has been told to them, their messages and attempts, on both stores.
#include "store/webhooks.h"

#include <algorithm>

#include "tests/store/both_stores.h"

namespace postgang::store {
namespace {

class Webhooks : public BothStores {
 protected:
  Webhook make(CompanyId of, bool active = true, bool below = false) {
    Webhook webhook;
    webhook.id = ids_.next<WebhookId>();
    webhook.company = of;
    webhook.url = "https://erp.example.com/in";
    webhook.events = {"document.sent", "document.failed"};
    webhook.directions = {Direction::sent};
    webhook.kinds = {document::Kind::invoice};
    webhook.includeSubsidiaries = below;
    webhook.active = active;
    webhook.secret = "sealed";
    webhook.createdAt = webhook.changedAt = webhook.activeSince = clock_.now();
    webhook.createdBy = webhook.changedBy = "Karin Sund";
    write([&](Transaction& tx) { return createWebhook(tx, webhook); });
    return webhook;
  }
  std::optional<Webhook> find(CompanyId as, WebhookId id) {
    std::optional<Webhook> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, webhook(reader, as, id));
      return {};
    });
    return found;
  }
  std::vector<WebhookId> about(CompanyId of) {
    std::vector<WebhookId> ids;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto webhooks, webhooksAbout(reader, of));
      for (const auto& each : webhooks) ids.push_back(each.id);
      return {};
    });
    return ids;
  }
  std::optional<std::string> position() {
    std::optional<std::string> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, webhookPosition(reader));
      return {};
    });
    return found;
  }
  std::string end() {
    std::string cursor;
    read([&](Reader& reader) -> Outcome {
      TRY(cursor, feedEnd(reader));
      return {};
    });
    return cursor;
  }
  WebhookMessage message(const Webhook& of, const std::string& place) {
    WebhookMessage made;
    made.id = ids_.next<MessageId>();
    made.webhook = of.id;
    made.company = of.company;
    made.position = place;
    made.type = "document.sent";
    made.payload = R"({"type":"document.sent"})";
    made.createdAt = clock_.now();
    made.nextTryAt = clock_.now();
    return made;
  }
  bool create(const WebhookMessage& made) {
    bool isNew = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(isNew, createMessage(tx, made));
      return {};
    });
    return isNew;
  }
  MessagePage list(MessageQuery query) {
    MessagePage page;
    read([&](Reader& reader) -> Outcome {
      TRY(page, listMessages(reader, query));
      return {};
    });
    return page;
  }
  WebhookMessage kept(MessageId id) {
    std::optional<WebhookMessage> found;
    read([&](Reader& reader) -> Outcome {
      TRY(found, webhookMessage(reader, id));
      return {};
    });
    EXPECT_TRUE(found);
    return found.value_or(WebhookMessage());
  }
};
INSTANTIATE_BOTH_STORES(Webhooks);

TEST_P(Webhooks, IsReadBackAsItWasWrittenAndByItsOwnCompanyAlone) {
  auto made = make(company(1));
  made.description = "Affärssystemet";
  made.previousSecret = "sealed before";
  made.previousUntil = clock_.now().plusSeconds(60);
  made.failingSince = clock_.now();
  write([&](Transaction& tx) { return updateWebhook(tx, made); });
  reopen();
  const auto found = find(company(1), made.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->url, made.url);
  EXPECT_EQ(found->description, made.description);
  EXPECT_EQ(found->events, made.events);
  EXPECT_EQ(found->directions, made.directions);
  EXPECT_EQ(found->kinds, made.kinds);
  EXPECT_EQ(found->previousSecret, made.previousSecret);
  EXPECT_EQ(found->previousUntil, made.previousUntil);
  EXPECT_EQ(found->failingSince, made.failingSince);
  EXPECT_EQ(found->createdBy, "Karin Sund");
  EXPECT_FALSE(find(company(2), made.id));
}

TEST_P(Webhooks, ACompanyHasSoManyAndNoMore) {
  for (std::size_t index = 0; index < webhooks_max; ++index) make(company(1));
  auto more = make(company(2));
  more.id = ids_.next<WebhookId>();
  more.company = company(1);
  const auto refused =
      store().write(Priority::walk, [&](Transaction& tx) { return createWebhook(tx, more); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "webhooks-too-many");
}

TEST_P(Webhooks, ThoseAboveHearOfWhatLiesBeneathOnlyWhereTheySaySo) {
  Company below;
  below.name = "Dotter AB";
  below.identifier = "0007:5599909909";
  below.identifiers = {below.identifier};
  below.parent = company(1);
  below.createdAt = clock_.now();
  write([&](Transaction& tx) -> Outcome {
    TRY(below.id, createCompany(tx, below));
    return {};
  });
  const auto own = make(below.id), above = make(company(1), true, true);
  make(company(1));
  make(company(1), false, true);
  make(company(2), true, true);
  EXPECT_EQ(about(below.id), (std::vector{own.id, above.id}));
  EXPECT_EQ(about(company(1)).size(), 2U);
}

TEST_P(Webhooks, TheFirstThatIsOnBeginsWhereTheFeedEndsAndTheNextChangeNothing) {
  delivered(company(1), company(2), invoiceFacts(company(1), company(2), "1"));
  EXPECT_FALSE(position()) << "nobody asks";
  auto off = make(company(1), false);
  EXPECT_FALSE(position());
  const auto here = end();
  off.active = true;
  write([&](Transaction& tx) { return updateWebhook(tx, off); });
  EXPECT_EQ(position(), here);
  delivered(company(1), company(2), invoiceFacts(company(1), company(2), "2"));
  make(company(2));
  EXPECT_EQ(position(), here) << "what the first has not been told yet is not passed over";
}

TEST_P(Webhooks, WhoeverTellsOnSaysFromWhere) {
  make(company(1));
  const auto from = position().value_or("");
  const auto move = [&](std::string_view to) {
    bool moved = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(moved, moveWebhookPosition(tx, from, to));
      return {};
    });
    return moved;
  };
  EXPECT_TRUE(move("0.7"));
  EXPECT_EQ(position(), "0.7");
  EXPECT_FALSE(move("0.8"));
  EXPECT_EQ(position(), "0.7");
}

TEST_P(Webhooks, OnePlaceOfTheFeedMakesOneMessage) {
  const auto webhook = make(company(1)), other = make(company(1));
  EXPECT_TRUE(create(message(webhook, "0.1")));
  EXPECT_FALSE(create(message(webhook, "0.1")));
  EXPECT_TRUE(create(message(other, "0.1")));
  EXPECT_TRUE(create(message(webhook, ""))) << "tests have no place in the feed";
  EXPECT_TRUE(create(message(webhook, "")));
  EXPECT_EQ(list({.webhook = webhook.id}).items.size(), 3U);
}

TEST_P(Webhooks, MessagesAreListedNewestFirstPageByPageAndByState) {
  const auto webhook = make(company(1));
  std::vector<MessageId> made;
  for (int index = 0; index < 7; ++index) {
    auto one = message(webhook, "0." + std::to_string(index + 1));
    one.state = index % 2 == 0 ? MessageState::delivered : MessageState::failed;
    EXPECT_TRUE(create(one));
    made.insert(made.begin(), one.id);
    clock_.advanceSeconds(1);
  }
  std::vector<MessageId> seen;
  MessageQuery query{.webhook = webhook.id, .limit = 3};
  for (;;) {
    const auto page = list(query);
    for (const auto& one : page.items) seen.push_back(one.id);
    if (!page.nextCursor) break;
    query.cursor = *page.nextCursor;
  }
  EXPECT_EQ(seen, made);
  EXPECT_EQ(list({.webhook = webhook.id, .states = {MessageState::failed}}).items.size(), 3U);
  EXPECT_EQ(list({.webhook = webhook.id, .from = clock_.now().plusSeconds(-3)}).items.size(), 3U);
  EXPECT_EQ(list({.webhook = webhook.id, .to = clock_.now().plusSeconds(-3)}).items.size(), 4U);
  for (const std::string wrong : {"made-up", "AAAA"}) {
    const auto refused = store().read([&](Reader& reader) -> Outcome {
      TRY(const auto page, listMessages(reader, {.webhook = webhook.id, .cursor = wrong}));
      return page.items.empty() ? Outcome() : Outcome();
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "cursor-malformed");
  }
}

TEST_P(Webhooks, AttemptsAreKeptAndALateAnswerDoesNotEndANewRound) {
  const auto webhook = make(company(1));
  auto first = message(webhook, "0.1");
  create(first);
  first.tries = first.attempts = 1;
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(updateMessage(tx, first));
    return startAttempt(tx, first, clock_.now());
  });
  WebhookMessage again;
  write([&](Transaction& tx) -> Outcome {
    TRY(again, restartMessage(tx, first, clock_.now()));
    return {};
  });
  EXPECT_EQ(again.round, 1);
  EXPECT_EQ(again.tries, 0);
  EXPECT_EQ(again.attempts, 1) << "attempts are counted on";
  first.state = MessageState::given_up;
  WebhookAttempt answered{1, clock_.now(), 17, 503, {}, {}, "not now"};
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(endAttempt(tx, first, answered));
    return updateMessage(tx, first);
  });
  EXPECT_EQ(kept(first.id).state, MessageState::waiting);
  std::vector<WebhookAttempt> attempts;
  std::map<WebhookId, WebhookHealth> health;
  read([&](Reader& reader) -> Outcome {
    TRY(attempts, attemptsOf(reader, first.id));
    TRY(health, webhookHealth(reader, company(1), clock_.now().plusSeconds(-60)));
    return {};
  });
  ASSERT_EQ(attempts.size(), 1U);
  EXPECT_EQ(attempts[0].milliseconds, 17);
  EXPECT_EQ(attempts[0].status, 503);
  EXPECT_EQ(attempts[0].answer, "not now");
  EXPECT_EQ(health[webhook.id].failed, 1);
  EXPECT_EQ(health[webhook.id].delivered, 0);
}

TEST_P(Webhooks, WhatIsOldIsForgottenOnceADayAndAWebhookTakesItsMessagesWithIt) {
  const auto webhook = make(company(1));
  const auto old = message(webhook, "0.1");
  create(old);
  clock_.advanceSeconds(1000);
  create(message(webhook, "0.2"));
  write([&](Transaction& tx) -> Outcome {
    TRY(const bool due, isMessageSweepDue(tx, clock_.now()));
    EXPECT_TRUE(due);
    TRY(const bool again, isMessageSweepDue(tx, clock_.now()));
    EXPECT_FALSE(again);
    return forgetMessages(tx, clock_.now().plusSeconds(-500));
  });
  EXPECT_EQ(list({.webhook = webhook.id}).items.size(), 1U);
  write([&](Transaction& tx) { return deleteWebhook(tx, webhook.id); });
  EXPECT_TRUE(list({.webhook = webhook.id}).items.empty());
  EXPECT_FALSE(find(company(1), webhook.id));
  EXPECT_FALSE(position());
}

}  // namespace
}  // namespace postgang::store
