#include "store/notices.h"

#include "store/access_rows.h"
#include "tests/store/world.h"

namespace postgang::store {
namespace {

class Notices : public BothStores {
 protected:
  // A document that the receiver's filter has returned.
  DocumentId returned(CompanyId sender, CompanyId receiver, const std::string& number) {
    const auto id = received(sender);
    StoppedFact stopped;
    stopped.receiver = receiver;
    stopped.findings.push_back({.id = "demand-missing",
                                .severity = "error",
                                .term = "BT-13",
                                .place = {},
                                .value = {},
                                .detail = {},
                                .advice = {},
                                .parameters = {}});
    appendTo(id, {{EventType::recognised, {}, invoiceFacts(sender, receiver, number)},
                  {EventType::stopped, {}, stopped},
                  {EventType::returned, {}, NoteFact{}}});
    return id;
  }
  std::vector<DocumentId> untold(CompanyId receiver, CompanyId sender) {
    std::vector<DocumentId> documents;
    read([&](Reader& reader) -> Outcome {
      TRY(documents, untoldDocuments(reader, receiver, sender, 100));
      return {};
    });
    return documents;
  }
  Notice fresh(CompanyId receiver, CompanyId sender) {
    Notice notice;
    notice.id = ids_.next<NoticeId>();
    notice.receiver = receiver;
    notice.sender = sender;
    notice.createdAt = clock_.now();
    return notice;
  }
  std::vector<DocumentId> create(const Notice& notice, const std::vector<DocumentId>& documents) {
    std::vector<DocumentId> taken;
    write([&](Transaction& tx) -> Outcome {
      TRY(taken, createNotice(tx, notice, documents));
      return {};
    });
    return taken;
  }
};
INSTANTIATE_BOTH_STORES(Notices);

TEST_P(Notices, WhatWasReturnedIsUntoldUntilItHasANotice) {
  const auto seller = company(1), buyer = company(2);
  const auto first = returned(seller, buyer, "1"), second = returned(seller, buyer, "2");
  delivered(seller, buyer, invoiceFacts(seller, buyer, "3"));
  returned(seller, company(3), "4");
  EXPECT_EQ(untold(buyer, seller), (std::vector{first, second}));
  create(fresh(buyer, seller), {first});
  EXPECT_EQ(untold(buyer, seller), std::vector{second});
  appendTo(second, {{EventType::cancelled, {}, NoteFact{}}});
  EXPECT_TRUE(untold(buyer, seller).empty());
}

TEST_P(Notices, TwoWhoTellAtTheSameTimeTellOnce) {
  const auto seller = company(1), buyer = company(2);
  const auto first = returned(seller, buyer, "1"), second = returned(seller, buyer, "2");
  EXPECT_EQ(create(fresh(buyer, seller), {first}), std::vector{first});
  EXPECT_EQ(create(fresh(buyer, seller), {first, second}), std::vector{second});
  const auto late = fresh(buyer, seller);
  EXPECT_TRUE(create(late, {first, second}).empty());
  read([&](Reader& reader) -> Outcome {
    EXPECT_EQ(notice(reader, late.id).error().code, "notice-not-found");
    return {};
  });
}

TEST_P(Notices, ANoticeIsKeptAsItIs) {
  const auto seller = company(1), buyer = company(2);
  const auto document = returned(seller, buyer, "1");
  auto kept = fresh(buyer, seller);
  create(kept, {document});
  kept.state = NoticeState::unreachable;
  kept.way = "email";
  kept.address = "faktura@bjorkvik.example";
  kept.reason = "550 5.1.1 Användaren finns inte";
  kept.missing = {"email"};
  kept.reminders = 2;
  kept.plan = "{\"ways\":[]}";
  kept.round = 1;
  kept.attempts = 3;
  kept.startedAt = clock_.now();
  kept.evidence = "> EHLO\n< 250\n";
  write([&](Transaction& tx) { return updateNotice(tx, kept); });
  write([&](Transaction& tx) -> Outcome {
    TRY(const auto again, noticeToChange(tx, kept.id));
    EXPECT_EQ(again.state, kept.state);
    EXPECT_EQ(again.address, kept.address);
    EXPECT_EQ(again.reason, kept.reason);
    EXPECT_EQ(again.missing, kept.missing);
    EXPECT_EQ(again.reminders, 2);
    EXPECT_EQ(again.plan, kept.plan);
    EXPECT_EQ(again.round, 1);
    EXPECT_EQ(again.attempts, 3);
    EXPECT_EQ(again.startedAt, kept.startedAt);
    EXPECT_EQ(again.sentAt, std::nullopt);
    EXPECT_EQ(again.evidence, kept.evidence);
    return {};
  });
}

TEST_P(Notices, OnlyTheTwoPartiesSeeThem) {
  const auto seller = company(1), buyer = company(2), stranger = company(3);
  const auto document = returned(seller, buyer, "1"), other = returned(seller, buyer, "2");
  create(fresh(buyer, seller), {document, other});
  read([&](Reader& reader) -> Outcome {
    for (const auto who : {seller, buyer}) {
      TRY(const auto seen, noticesOf(reader, of(who), document));
      EXPECT_EQ(seen.size(), 1U);
      EXPECT_EQ(seen.empty() ? 0 : seen.front().documents, 2);
      TRY(const auto latest, latestNoticeOf(reader, of(who), other));
      EXPECT_TRUE(latest);
    }
    TRY(const auto hidden, noticesOf(reader, of(stranger), document));
    EXPECT_TRUE(hidden.empty());
    return {};
  });
}

TEST_P(Notices, AgainIsANewNoticeAndTheOldOneStays) {
  const auto seller = company(1), buyer = company(2);
  const auto document = returned(seller, buyer, "1");
  const auto first = fresh(buyer, seller);
  create(first, {document});
  write([&](Transaction& tx) { return forgetLatest(tx, first.id); });
  EXPECT_EQ(untold(buyer, seller), std::vector{document});
  clock_.advanceSeconds(60);
  const auto second = fresh(buyer, seller);
  EXPECT_EQ(create(second, {document}).size(), 1U);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto all, noticesOf(reader, of(buyer), document));
    EXPECT_EQ(all.size(), 2U);
    TRY(const auto latest, latestNoticeOf(reader, of(buyer), document));
    EXPECT_EQ(latest->notice.id, second.id);
    return {};
  });
}

TEST_P(Notices, WhatIsPutRightNeedsNoMoreReminders) {
  const auto seller = company(1), buyer = company(2);
  const auto first = returned(seller, buyer, "1"), second = returned(seller, buyer, "2");
  const auto notice = fresh(buyer, seller);
  create(notice, {first, second});
  appendTo(first, {{EventType::superseded, {}, NoteFact{}}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto open, documentsOf(reader, notice.id, true));
    EXPECT_EQ(open, std::vector{second});
    TRY(const auto all, documentsOf(reader, notice.id));
    EXPECT_EQ(all.size(), 2U);
    return {};
  });
}

TEST_P(Notices, WhatNobodyCouldBeToldOfIsTheReceiversTask) {
  const auto seller = company(1), buyer = company(2);
  auto notice = fresh(buyer, seller);
  notice.state = NoticeState::unreachable;
  notice.missing = {"email"};
  const auto first = returned(seller, buyer, "1"), second = returned(seller, buyer, "2");
  create(notice, {first, second});
  appendTo(first, {{EventType::superseded, {}, NoteFact{}}});
  read([&](Reader& reader) -> Outcome {
    TRY(const auto task, unreachableNotices(reader, of(buyer)));
    EXPECT_EQ(task.documents, 1);
    EXPECT_EQ(task.missing, std::vector<std::string>{"email"});
    EXPECT_EQ(task.counterparts.size(), 1U);
    EXPECT_EQ(task.oldest, notice.createdAt);
    TRY(const auto none, unreachableNotices(reader, of(seller)));
    EXPECT_EQ(none.documents, 0);
    return {};
  });
}

TEST_P(Notices, ALinkIsFoundByItsDigestAlone) {
  const auto seller = company(1), buyer = company(2);
  const auto notice = fresh(buyer, seller);
  create(notice, {returned(seller, buyer, "1")});
  Link made;
  made.tokenDigest = sha256("token");
  made.notice = notice.id;
  made.mayEdit = true;
  made.address = "a@b.example";
  made.createdAt = clock_.now();
  made.expiresAt = clock_.now().plusSeconds(3600);
  write([&](Transaction& tx) { return createLink(tx, made); });
  write([&](Transaction& tx) { return useLink(tx, made.tokenDigest, clock_.now()); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, link(reader, made.tokenDigest));
    EXPECT_TRUE(found && found->mayEdit && found->notice == notice.id);
    EXPECT_EQ(found->expiresAt, made.expiresAt);
    EXPECT_EQ(found->usedAt, clock_.now());
    TRY(const auto none, link(reader, sha256("token.")));
    EXPECT_FALSE(none);
    return {};
  });
  write([&](Transaction& tx) { return deleteLink(tx, made.tokenDigest); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto gone, link(reader, made.tokenDigest));
    EXPECT_FALSE(gone);
    return {};
  });
}

TEST_P(Notices, ACompanySaysWhereItWantsToHear) {
  const auto seller = company(1);
  write([&](Transaction& tx) { return setNoticeEmail(tx, seller, "ekonomi@nordhamn.example"); });
  write([&](Transaction& tx) { return setNoticeTexts(tx, seller, "{\"reminderDays\":5}"); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto settings, noticeSettings(reader, seller));
    EXPECT_TRUE(settings.customer);
    EXPECT_EQ(settings.email, "ekonomi@nordhamn.example");
    EXPECT_EQ(settings.texts, "{\"reminderDays\":5}");
    return {};
  });
}

TEST_P(Notices, TheMembersOfACompanyAreItsOwnUsersAndItsGroups) {
  const auto child = company(1);
  const auto user = [&](const std::string& email, CompanyId company, bool active = true, bool staff = false) {
    write([&](Transaction& tx) {
      return createUser(tx,
                        {ids_.next<UserId>(), email, email, "x", "en", staff, {{company, "clerk"}}, active});
    });
  };
  const auto parent = company(2);
  write([&](Transaction& tx) -> Outcome { return setParent(tx, child, parent); });
  user("a-koncern@x.example", parent);
  user("karin@x.example", child);
  user("slutat@x.example", child, false);
  user("drift@x.example", child, true, true);
  user("annan@x.example", company(3));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto members, membersOf(reader, child, 10));
    std::vector<std::string> emails;
    for (const auto& member : members) emails.push_back(member.email);
    EXPECT_EQ(emails, (std::vector<std::string>{"karin@x.example", "a-koncern@x.example"}));
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
