// What people are told, on both stores: rows that count, their order, and who still sees them.
#include "store/notifications.h"

#include <algorithm>

#include "store/listeners.h"
#include "store/own_settings.h"
#include "tests/store/told_people.h"

namespace postgang::store {
namespace {

class Notifications : public ToldPeople {
 protected:
  Notification like(UserId user, CompanyId company, const std::string& kind = "failed") {
    Notification row;
    row.user = user;
    row.kind = kind;
    row.company = company;
    row.direction = Direction::sent;
    row.type = document::Kind::invoice;
    row.document = ids_.next<DocumentId>();
    row.path = "/documents/" + row.document->text();
    row.words = {{"number", "4711"}, {"counterpart", "Granberga \"Bygg\" AB"}};
    row.mail = "digest";
    return row;
  }
  static Hearer hearing(UserId user, std::vector<CompanyId> companies) {
    return {user, Viewer::ofCompanies(std::move(companies), {})};
  }
  std::vector<NotificationId> listed(const Hearer& hearer, NotificationQuery query = {}) {
    std::vector<NotificationId> ids;
    read([&](Reader& reader) -> Outcome {
      for (int pages = 0; pages < 100; ++pages) {
        TRY(const auto page, listNotifications(reader, hearer, query));
        for (const auto& row : page.items) ids.push_back(row.id);
        if (!page.nextCursor) break;
        query.cursor = *page.nextCursor;
      }
      return {};
    });
    return ids;
  }
  std::int64_t unread(const Hearer& hearer) {
    std::int64_t count = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto counts, countNotifications(reader, hearer));
      for (const auto& each : counts) count += each.unread;
      return {};
    });
    return count;
  }
  std::size_t waiting(const Hearer& hearer) {
    std::size_t count = 0;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto rows, toMail(reader, hearer, "digest"));
      count = rows.size();
      return {};
    });
    return count;
  }
};
INSTANTIATE_BOTH_STORES(Notifications);

TEST_P(Notifications, ComeUnreadFirstThenTheLatestOverEveryPage) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  std::vector<NotificationId> ids;
  for (int i = 0; i < 5; ++i) ids.push_back(put(like(user, company(1))));
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto read, markRead(tx, user, {ids[4], ids[1]}, clock_.now()));
    EXPECT_EQ(read, 2);
    return {};
  });
  NotificationQuery query;
  query.limit = 2;
  const auto all = listed(hearing(user, {company(1)}), query);
  EXPECT_EQ(all, (std::vector{ids[3], ids[2], ids[0], ids[4], ids[1]}));
  EXPECT_EQ(unread(hearing(user, {company(1)})), 3);
  query.unreadOnly = true;
  EXPECT_EQ(listed(hearing(user, {company(1)}), query).size(), 3U);
  query = {};
  query.kind = "rejected";
  EXPECT_TRUE(listed(hearing(user, {company(1)}), query).empty());
  for (const auto* malformed :
       {"x", "MSAx", "MiAxIDAx", "MSAtMSAwMTlhYjJjNC01ZDEwLTdjM2UtOWE1MS0yZjZmMGM4ZTQ3MTE"})
    read([&](Reader& reader) -> Outcome {
      NotificationQuery wrong;
      wrong.cursor = malformed;
      const auto page = listNotifications(reader, hearing(user, {company(1)}), wrong);
      EXPECT_EQ(page ? std::string() : page.error().code, "cursor-malformed");
      return {};
    });
}

TEST_P(Notifications, SayWhatTheyWereToldWith) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  const auto row = like(user, company(1));
  put(row);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listNotifications(reader, hearing(user, {company(1)}), {}));
    EXPECT_EQ(page.items.size(), 1U);
    const auto& kept = page.items.front();
    EXPECT_EQ(kept.words, row.words);
    EXPECT_EQ(kept.document, row.document);
    EXPECT_EQ(kept.direction, Direction::sent);
    EXPECT_EQ(kept.type, document::Kind::invoice);
    EXPECT_FALSE(kept.readAt);
    return {};
  });
}

TEST_P(Notifications, ManyOfAKindAreOneRowThatCountsAndNamesNone) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  auto row = like(user, company(1));
  put(row);
  const auto join = [&](const Notification& other) {
    bool joined = false;
    write([&](Transaction& tx) -> Outcome {
      const auto now = clock_.now();
      TRY(const auto into, notificationToJoin(tx, other, now.plusSeconds(-600), now.plusSeconds(-3600)));
      if (!into) return {};
      TRY(joined, joinNotification(tx, *into, "/documents/sent?status=failed", now));
      return {};
    });
    return joined;
  };
  EXPECT_TRUE(join(row));
  EXPECT_TRUE(join(row));
  auto other = row;
  other.type = document::Kind::credit_note;
  EXPECT_FALSE(join(other)) << "who may see invoices alone does not count credit notes";
  other = row;
  other.company = company(2);
  EXPECT_FALSE(join(other));
  other = row;
  other.mail = "each";
  EXPECT_FALSE(join(other));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto page, listNotifications(reader, hearing(user, {company(1)}), {}));
    EXPECT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items.front().count, 3);
    EXPECT_TRUE(page.items.front().words.empty());
    EXPECT_FALSE(page.items.front().document);
    EXPECT_EQ(page.items.front().path, "/documents/sent?status=failed");
    return {};
  });
  clock_.advanceSeconds(601);
  EXPECT_FALSE(join(row)) << "it has been quiet for ten minutes";
}

TEST_P(Notifications, WhatIsReadOrMailedMeanwhileIsNotJoined) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  const auto mailed = put(like(user, company(1))), seen = put(like(user, company(1)));
  const auto fresh = put(like(user, company(1)));
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(markMailed(tx, {mailed}, clock_.now()));
    TRY(const auto marked, markRead(tx, user, {seen}, clock_.now()));
    EXPECT_EQ(marked, 1);
    for (const auto& id : {mailed, seen, fresh}) {
      TRY(const bool joined, joinNotification(tx, id, "/documents/sent", clock_.now()));
      EXPECT_EQ(joined, id == fresh);
    }
    return {};
  });
}

TEST_P(Notifications, ARightThatIsLostTakesTheRowsWithIt) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  put(like(user, company(1)));
  EXPECT_EQ(listed(hearing(user, {company(1)})).size(), 1U);
  EXPECT_TRUE(listed(hearing(user, {company(2)})).empty());
  EXPECT_EQ(unread(hearing(user, {})), 0);
  EXPECT_EQ(waiting(hearing(user, {company(2)})), 0U);
  EXPECT_TRUE(listed(hearing(ids_.next<UserId>(), {company(1)})).empty()) << "nobody else's";
}

TEST_P(Notifications, PartOfACompanysTrafficIsHeardOfByDirectionAndKind) {
  const auto user = person("karin@x.example", {{company(2), "clerk"}});
  put(like(user, company(1)));
  auto received = like(user, company(1));
  received.direction = Direction::received;
  put(received);
  auto own = like(user, company(1), "ticket");
  own.direction.reset();
  own.type.reset();
  own.document.reset();
  put(own);
  own.personal = true;
  put(own);
  const auto part = [&](bool sent, bool isReceived, std::vector<document::Kind> kinds) {
    Hearer hearer{user,
                  Viewer::ofSights({{company(1), sent, isReceived, std::move(kinds), false, false}}, {})};
    return listed(hearer).size();
  };
  EXPECT_EQ(part(true, false, {}), 2U) << "what was sent, and what one was told alone";
  EXPECT_EQ(part(true, true, {}), 3U);
  EXPECT_EQ(part(true, true, {document::Kind::order}), 1U);
}

TEST_P(Notifications, WhatOnlyAdministratorsMendOnlyTheySee) {
  const auto user = person("karin@x.example", {{company(1), "administrator"}});
  auto row = like(user, company(1), "webhook-off");
  row.administrators = true;
  put(row);
  auto hearer = hearing(user, {company(1)});
  EXPECT_TRUE(listed(hearer).empty());
  hearer.administers = {company(1)};
  EXPECT_EQ(listed(hearer).size(), 1U);
}

TEST_P(Notifications, AreReadByTheirOwnerUntilAnInstant) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  const auto first = put(like(user, company(1)));
  const auto until = clock_.now().plusSeconds(-1);
  put(like(user, company(1)));
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto foreign, markRead(tx, ids_.next<UserId>(), {first}, clock_.now()));
    EXPECT_EQ(foreign, 0);
    TRY(const auto none, markRead(tx, user, {}, clock_.now()));
    EXPECT_EQ(none, 0);
    TRY(const auto read, markReadUntil(tx, user, until, clock_.now()));
    EXPECT_EQ(read, 1);
    return {};
  });
  EXPECT_EQ(unread(hearing(user, {company(1)})), 1);
  EXPECT_EQ(waiting(hearing(user, {company(1)})), 1U) << "what is read is not mailed";
}

TEST_P(Notifications, AreMailedOnce) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  const auto id = put(like(user, company(1)));
  auto hidden = like(user, company(1));
  hidden.shown = false;
  put(hidden);
  EXPECT_EQ(listed(hearing(user, {company(1)})).size(), 1U) << "one waits for the mail alone";
  EXPECT_EQ(waiting(hearing(user, {company(1)})), 2U);
  write([&](Transaction& tx) { return markMailed(tx, {id}, clock_.now()); });
  EXPECT_EQ(waiting(hearing(user, {company(1)})), 1U);
}

TEST_P(Notifications, OfOneKeyAreToldOnceAndForgottenInTime) {
  const auto of = company(1);
  const auto once = [&](const std::string& key) {
    bool isNew = false;
    write([&](Transaction& tx) -> Outcome {
      TRY(isNew, tellOnce(tx, of, "failed", key, clock_.now()));
      return {};
    });
    return isNew;
  };
  EXPECT_TRUE(once("a"));
  EXPECT_FALSE(once("a"));
  EXPECT_TRUE(once("b"));
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  put(like(user, company(1)));
  write([&](Transaction& tx) { return forgetNotifications(tx, clock_.now().plusSeconds(1)); });
  EXPECT_TRUE(listed(hearing(user, {company(1)})).empty());
  EXPECT_TRUE(once("a"));
}

TEST_P(Notifications, SayWhatChangedSince) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  const auto from = clock_.now();
  const auto id = put(like(user, company(1)));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto changes, notificationsSince(reader, from, 10));
    EXPECT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes.front().id, id);
    EXPECT_EQ(changes.front().user, user);
    TRY(const auto later, notificationsSince(reader, from.plusSeconds(1), 10));
    EXPECT_TRUE(later.empty());
    TRY(const auto newest, newestNotification(reader));
    EXPECT_EQ(newest, from);
    return {};
  });
}

class Listeners : public Notifications {
 protected:
  std::vector<UserId> told(CompanyId of, bool ownOnly = false) {
    std::vector<UserId> users;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto all, listenersOf(reader, of, "failed"));
      for (const auto& each : all)
        if (!ownOnly || each.own) users.push_back(each.user);
      return {};
    });
    return users;
  }
  void choose(UserId user, const OwnSettings& settings) {
    write([&](Transaction& tx) { return putOwnSettings(tx, user, settings); });
  }
};
INSTANTIATE_BOTH_STORES(Listeners);

TEST_P(Listeners, AreACompanysOwnElseThoseAboveAndWhoeverAsks) {
  const auto parent = company(1), child = company(2);
  write([&](Transaction& tx) { return setParent(tx, child, parent); });
  const auto above = person("chef@x.example", {{company(1), "administrator"}});
  EXPECT_EQ(told(company(2), true), std::vector{above}) << "there is nobody of its own";
  const auto own = person("karin@x.example", {{company(2), "clerk"}});
  EXPECT_EQ(told(company(2)), std::vector{own});
  choose(above, {.alsoSeen = true});
  EXPECT_EQ(told(company(2)), (std::vector{own, above}));
  EXPECT_EQ(told(company(2), true), std::vector{own});
  person("drift@x.example", {{company(2), "administrator"}}, true);
  EXPECT_EQ(told(company(2)).size(), 2U) << "operator staff is told of no customer's";
}

TEST_P(Listeners, HaveWhatTheyChose) {
  const auto user = person("karin@x.example", {{company(1), "clerk"}});
  OwnSettings settings;
  settings.notices = {{"failed", "each"}};
  settings.portal = {{"failed", false}, {"ticket", true}};
  settings.digestHour = 16;
  settings.alsoSeen = true;
  choose(user, settings);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto all, listenersOf(reader, company(1), "failed"));
    EXPECT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().mail, "each");
    EXPECT_EQ(all.front().portal, false);
    EXPECT_EQ(all.front().digestHour, 16);
    EXPECT_EQ(all.front().role, "clerk");
    EXPECT_EQ(all.front().email, "karin@x.example");
    TRY(const auto others, listenersOf(reader, company(1), "rejected"));
    EXPECT_FALSE(others.front().mail);
    TRY(const auto own, ownSettings(reader, user));
    EXPECT_EQ(own.portal, settings.portal);
    EXPECT_EQ(own.digestHour, 16);
    EXPECT_TRUE(own.alsoSeen);
    return {};
  });
}

TEST(NewsJob, CarriesWhatHappened) {
  News news;
  news.kind = "ticket";
  news.company = CompanyId{3};
  news.path = "/tickets/1";
  news.words = {{"subject", "Hur gör \"jag\"?\n"}};
  news.key = "1:reply:7";
  news.mailed = true;
  const auto made = newsJob(news, Instant());
  EXPECT_TRUE(made.document.isNil()) << "a job that is buried fails its document";
  Job job;
  job.kind = made.kind;
  job.company = made.company;
  job.payload = made.payload;
  const auto read = newsIn(job);
  EXPECT_EQ(read.kind, news.kind);
  EXPECT_EQ(read.company, news.company);
  EXPECT_EQ(read.words, news.words);
  EXPECT_EQ(read.key, news.key);
  EXPECT_TRUE(read.mailed);
  EXPECT_FALSE(read.only);
  job.payload = "[";
  EXPECT_TRUE(newsIn(job).kind.empty());
}

}  // namespace
}  // namespace postgang::store
