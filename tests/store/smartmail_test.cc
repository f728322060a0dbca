#include "store/smartmail.h"

#include <set>

#include "base/bytes.h"
#include "store/smartmail_road.h"
#include "tests/store/smartmail_world.h"

namespace postgang::store {
namespace {

class SmartmailRows : public SmartmailWorld {
 protected:
  SmartmailQuery by(SmartmailSort sort, int limit = 50) {
    SmartmailQuery query;
    query.sort = sort;
    query.limit = limit;
    return query;
  }
  std::string counts(const Viewer& viewer, const SmartmailQuery& query = {}) {
    std::string text;
    read([&](Reader& reader) -> Outcome {
      TRY(const auto found, countSmartmail(reader, viewer, query));
      for (const auto& count : found) {
        text += count.state + " " + std::to_string(count.documents);
        for (const auto& sum : count.letters) text += " " + std::to_string(sum.hundredths) + sum.currency;
        text += ";";
      }
      return {};
    });
    return text;
  }
};
INSTANTIATE_BOTH_STORES(SmartmailRows);

TEST_P(SmartmailRows, EachCompanyHasItsOwnNewestFirst) {
  const auto sender = company(1);
  for (const auto* number : {"1", "2", "3"}) {
    mailed(sender, number);
    clock_.advanceSeconds(60);
  }
  mailed(company(2), "other");
  delivered(sender, company(2), invoiceFacts(sender, company(2), "network"));
  EXPECT_EQ(numbers(listedMails(of(sender), by(SmartmailSort::sent_at))), "3 2 1");
  EXPECT_EQ(numbers(listedMails(of(company(2)), {})), "other");
  EXPECT_EQ(numbers(listedMails(of(company(3)), {})), "");
  EXPECT_EQ(listedMails(Viewer::system(), {}).size(), 4U);
  EXPECT_EQ(listedMails(Viewer::ofCompanies({sender, company(2)}, {}), {}).size(), 4U);
  const auto row = listedMails(of(sender), {}).back();
  EXPECT_EQ(row.buyer.name, invoiceFacts(sender, company(9), "1").buyer.name);
  EXPECT_EQ(row.amount->text(), "1250.00");
  EXPECT_EQ(row.delivery.road.letterPrice->text(), "12.40");
  EXPECT_EQ(row.state, "waiting");
}

TEST_P(SmartmailRows, TheNearestDeadlineGoesFirstAndNoneLast) {
  const auto sender = company(1);
  const auto with = [&](const char* number, std::optional<Instant> deadline) {
    auto fact = mailFact(ids_.next<DeliveryId>());
    fact.deadline = deadline;
    return mailed(sender, number, fact);
  };
  with("late", clock_.now().plusSeconds(9 * 86'400));
  with("never", std::nullopt);
  const auto opened = with("opened", clock_.now().plusSeconds(2 * 86'400));
  with("soon", clock_.now().plusSeconds(86'400));
  open(opened);
  EXPECT_EQ(numbers(listedMails(of(sender), by(SmartmailSort::deadline))), "soon opened late never");
  auto waiting = by(SmartmailSort::deadline, 1);
  waiting.states = {"waiting"};
  EXPECT_EQ(numbers(listedMails(of(sender), waiting)), "soon late never");
  waiting.states = {"opened", "bounced"};
  EXPECT_EQ(numbers(listedMails(of(sender), waiting)), "opened");
}

// Mails of one instant, two of them of one document: a page ends where the next one begins.
TEST_P(SmartmailRows, PagesUnderTiesSkipNothingAndRepeatNothing) {
  const auto sender = company(1);
  for (int i = 0; i < 23; ++i) {
    const auto mail = mailed(sender, std::to_string(i));
    if (i % 5 != 0) continue;
    const auto again = mailFact(ids_.next<DeliveryId>());
    appendTo(mail.document, {{EventType::delivery_started, {}, again}, {EventType::sent, {}, after(again)}});
  }
  for (const auto sort : {SmartmailSort::sent_at, SmartmailSort::deadline})
    for (const int limit : {1, 2, 7, 200}) {
      const auto rows = listedMails(of(sender), by(sort, limit));
      std::set<std::string> deliveries;
      for (const auto& row : rows) deliveries.insert(row.delivery.id.text());
      EXPECT_EQ(rows.size(), 28U);
      EXPECT_EQ(deliveries.size(), 28U) << limit;
    }
}

TEST_P(SmartmailRows, AMadeUpCursorIsRefused) {
  for (const auto* cursor : {"x", "1.2", "1.2.3", "9223372036854775808.a.b"})
    read([&](Reader& reader) -> Outcome {
      SmartmailQuery query;
      query.cursor = cursor;
      const auto page = listSmartmail(reader, of(company(1)), query);
      EXPECT_EQ(page ? "taken" : page.error().code, "cursor-malformed") << cursor;
      return {};
    });
}

TEST_P(SmartmailRows, PeriodCounterpartAndWordsNarrowIt) {
  const auto sender = company(1);
  const auto before = clock_.now();
  mailed(sender, "F-100");
  clock_.advanceSeconds(86'400);
  const auto between = clock_.now();
  mailed(sender, "F-200", mailFact(ids_.next<DeliveryId>(), "Oskar.Holm@firma.example"));
  clock_.advanceSeconds(86'400);
  mailed(sender, "F-300");
  const auto found = [&](auto&& narrow) {
    SmartmailQuery query;
    narrow(query);
    return numbers(listedMails(of(sender), query));
  };
  EXPECT_EQ(found([&](auto& q) { q.from = between; }), "F-300 F-200");
  EXPECT_EQ(found([&](auto& q) { q.from = before, q.to = between; }), "F-100");
  EXPECT_EQ(found([](auto& q) { q.text = "f-200"; }), "F-200");
  EXPECT_EQ(found([](auto& q) { q.text = "oskar.HOLM"; }), "F-200");
  EXPECT_EQ(found([](auto& q) { q.text = "100%"; }), "") << "a sign that LIKE knows is a sign";
  EXPECT_EQ(found([](auto& q) { q.text = "' OR 1=1 --"; }), "");
  const auto buyer = invoiceFacts(sender, company(9), "x").buyer.identifier;
  EXPECT_EQ(found([&](auto& q) { q.counterpart = buyer; }), "F-300 F-200 F-100");
  EXPECT_EQ(found([](auto& q) { q.counterpart = "0007:0"; }), "");
}

TEST_P(SmartmailRows, CountsAndPostageByState) {
  const auto sender = company(1);
  for (int i = 0; i < 3; ++i) mailed(sender, std::to_string(i));
  open(mailed(sender, "3"));
  expire(mailed(sender, "4"), clock_.now());
  auto euros = mailFact(ids_.next<DeliveryId>());
  euros.currency = "EUR";
  open(mailed(sender, "5", euros));
  EXPECT_EQ(counts(of(sender)), "opened 2 1240EUR 1240SEK;posted 1 1240SEK;waiting 3 3720SEK;");
  EXPECT_EQ(counts(of(company(2))), "");
  SmartmailQuery later;
  later.from = clock_.now().plusSeconds(1);
  EXPECT_EQ(counts(of(sender), later), "");
}

TEST_P(SmartmailRows, TheNearestDeadlineOfAllAndWhatGoesBeforeTomorrow) {
  const auto sender = company(1);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto none, nearestDeadline(reader, of(sender)));
    EXPECT_FALSE(none);
    TRY(const auto soon, smartmailDueBefore(reader, of(sender), clock_.now(), 10));
    EXPECT_EQ(soon.documents, 0);
    return {};
  });
  const auto at = clock_.now().plusSeconds(3600);
  for (const auto seconds : {3600, 3600, 90'000}) {
    auto fact = mailFact(ids_.next<DeliveryId>());
    fact.deadline = clock_.now().plusSeconds(seconds);
    mailed(sender, std::to_string(seconds), fact);
  }
  auto never = mailFact(ids_.next<DeliveryId>());
  never.deadline.reset();
  mailed(sender, "never", never);
  read([&](Reader& reader) -> Outcome {
    TRY(const auto nearest, nearestDeadline(reader, of(sender)));
    EXPECT_TRUE(nearest);
    if (!nearest) return {};
    EXPECT_EQ(nearest->at, at);
    EXPECT_EQ(nearest->documents, 2);
    EXPECT_EQ(nearest->letters.at(0).hundredths, 2480);
    TRY(const auto soon, smartmailDueBefore(reader, of(sender), at.plusSeconds(1), 10));
    EXPECT_EQ(soon.documents, 2);
    EXPECT_EQ(soon.first, at);
    EXPECT_EQ(soon.rows.size(), 2U);
    return {};
  });
}

TEST_P(SmartmailRows, HistoryIsNewestFirstWithWhatBecameOfIt) {
  const auto sender = company(1);
  const auto from = clock_.now();
  const auto posted = mailed(sender, "1");
  clock_.advanceSeconds(60);
  open(mailed(sender, "2"));
  expire(posted, clock_.now());
  mailed(company(2), "other");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto all, smartmailHistory(reader, of(sender), from, clock_.now().plusSeconds(1), 10));
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all.at(0).state, "opened");
    EXPECT_EQ(all.at(1).state, "posted");
    EXPECT_EQ(all.at(1).evidence, "deadline");
    EXPECT_EQ(all.at(1).letterHundredths, 1240);
    EXPECT_EQ(all.at(1).expiredAt, clock_.now());
    TRY(const auto one, smartmailHistory(reader, of(sender), from, clock_.now().plusSeconds(1), 1));
    EXPECT_EQ(one.size(), 1U);
    return {};
  });
}

TEST_P(SmartmailRows, ADeliveryKnowsItsDocument) {
  const auto mail = mailed(company(1), "1");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, documentOf(reader, mail.delivery));
    EXPECT_EQ(found, mail.document);
    TRY(const auto none, documentOf(reader, ids_.next<DeliveryId>()));
    EXPECT_FALSE(none);
    TRY(const auto road, roadOf(reader, mail.document, mail.delivery));
    EXPECT_EQ(road.value().sheets, 2);
    TRY(const auto nowhere, roadOf(reader, mail.document, ids_.next<DeliveryId>()));
    EXPECT_FALSE(nowhere);
    return {};
  });
}

TEST_P(SmartmailRows, LettersWaitInOrderOfTheirCutOff) {
  const auto sender = company(1);
  const auto now = clock_.now();
  const auto late = expire(mailed(sender, "1"), now.plusSeconds(200));
  const auto early = expire(mailed(sender, "2"), now.plusSeconds(100));
  expire(mailed(sender, "3"), now.plusSeconds(300));
  read([&](Reader& reader) -> Outcome {
    TRY(const auto letters, queuedLetters(reader, now.plusSeconds(200), 10));
    EXPECT_EQ(letters.size(), 2U);
    EXPECT_EQ(letters.at(0).delivery, early);
    EXPECT_EQ(letters.at(1).delivery, late);
    TRY(const auto one, queuedLetters(reader, now.plusSeconds(200), 1));
    EXPECT_EQ(one.size(), 1U);
    return {};
  });
}

TEST_P(SmartmailRows, LinksAreFoundByTheirDigestAndBounceKeyUntilTheyAreEnded) {
  RecipientLink link;
  link.tokenDigest = sha256("token");
  link.document = ids_.next<DocumentId>();
  link.delivery = ids_.next<DeliveryId>();
  link.recipient = "lena@kund.example";
  link.createdAt = clock_.now();
  link.expiresAt = clock_.now().plusSeconds(400 * 86'400);
  link.bounceKey = "5hnc2wjd7kqev4tm8xp03rgbya";
  write([&](Transaction& tx) { return createRecipientLink(tx, link); });
  clock_.advanceSeconds(60);
  auto newer = link;
  newer.tokenDigest = sha256("another");
  newer.createdAt = clock_.now();
  write([&](Transaction& tx) { return createRecipientLink(tx, newer); });
  write([&](Transaction& tx) {
    return openPage(tx, link.tokenDigest, "page-key", clock_.now().plusSeconds(3600));
  });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, recipientLink(reader, link.tokenDigest));
    EXPECT_EQ(found.value().recipient, "lena@kund.example");
    EXPECT_EQ(found.value().pageKey, "page-key");
    EXPECT_EQ(found.value().pageUntil, clock_.now().plusSeconds(3600));
    EXPECT_FALSE(found.value().endedAt);
    TRY(const auto bounced, recipientLinkOfBounce(reader, link.bounceKey));
    EXPECT_EQ(bounced.value().tokenDigest, newer.tokenDigest) << "the newest";
    TRY(const auto none, recipientLink(reader, sha256("guess")));
    EXPECT_FALSE(none);
    TRY(const auto nobody, recipientLinkOfBounce(reader, "guess"));
    EXPECT_FALSE(nobody);
    return {};
  });
  const auto ended = clock_.now();
  write([&](Transaction& tx) { return endRecipientLinks(tx, link.delivery, ended); });
  clock_.advanceSeconds(60);
  write([&](Transaction& tx) { return endRecipientLinks(tx, link.delivery, clock_.now()); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, recipientLink(reader, link.tokenDigest));
    EXPECT_EQ(found.value().endedAt, ended) << "once";
    return {};
  });
}

TEST_P(SmartmailRows, BatchesHaveTheirNamesOnce) {
  PrintBatch batch;
  batch.id = "20261102-1600-001";
  batch.house = "Tryckeriet";
  batch.cutOff = batch.madeAt = clock_.now();
  batch.digest = sha256("zip");
  batch.letters = 500;
  batch.sheets = 900;
  write([&](Transaction& tx) { return createPrintBatch(tx, batch); });
  const auto again =
      store().write(Priority::walk, [&](Transaction& tx) { return createPrintBatch(tx, batch); });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, "batch-known");
  batch.uploadedAt = clock_.now().plusSeconds(1);
  batch.attempts = 2;
  batch.trouble = "drop-unreachable";
  write([&](Transaction& tx) { return updatePrintBatch(tx, batch); });
  auto second = batch;
  second.id = "20261103-1600-001";
  second.madeAt = clock_.now().plusSeconds(86'400);
  write([&](Transaction& tx) { return createPrintBatch(tx, second); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto found, printBatch(reader, batch.id));
    EXPECT_EQ(found.value().uploadedAt, batch.uploadedAt);
    EXPECT_EQ(found.value().attempts, 2);
    EXPECT_EQ(found.value().trouble, "drop-unreachable");
    EXPECT_EQ(found.value().sheets, 900);
    TRY(const auto all, listPrintBatches(reader, 10));
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all.at(0).id, second.id);
    TRY(const auto none, printBatch(reader, "none"));
    EXPECT_FALSE(none);
    return {};
  });
}

TEST_P(SmartmailRows, SettingsOfACompanyAndOfItsCounterparts) {
  const auto mine = company(1), other = company(2);
  Partner partner;
  partner.identifier = "0007:5599900130";
  partner.name = "Granberga Bygg AB";
  write([&](Transaction& tx) -> Outcome {
    CHECK_OK(putPartner(tx, mine, partner));
    CHECK_OK(setSmartmailSettings(tx, mine, R"({"days":5})"));
    CHECK_OK(setPartnerSmartmailSettings(tx, mine, partner.identifier, R"({"days":9})"));
    CHECK_OK(setMorningList(tx, mine, "{}"));
    return {};
  });
  const auto unknown = store().write(Priority::background, [&](Transaction& tx) {
    return setPartnerSmartmailSettings(tx, other, partner.identifier, "{}");
  });
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, "partner-not-found");
  read([&](Reader& reader) -> Outcome {
    TRY(const auto texts, smartmailSettings(reader, mine, partner.identifier));
    EXPECT_EQ(texts.company, R"({"days":5})");
    EXPECT_EQ(texts.partner, R"({"days":9})");
    TRY(const auto nobody, smartmailSettings(reader, mine, "0007:1"));
    EXPECT_EQ(nobody.partner, "");
    TRY(const auto theirs, smartmailSettings(reader, other, partner.identifier));
    EXPECT_EQ(theirs.company + theirs.partner, "");
    TRY(const auto own, partnersWithSmartmailSettings(reader, mine, 10));
    EXPECT_EQ(own.size(), 1U);
    EXPECT_EQ(own.at(0).name, "Granberga Bygg AB");
    TRY(const auto morning, morningList(reader, mine));
    EXPECT_EQ(morning, "{}");
    TRY(const auto companies, companiesWithMorningList(reader));
    EXPECT_EQ(companies, std::vector<CompanyId>{mine});
    return {};
  });
  // A counterpart that is changed otherwise keeps what is set for it.
  partner.name = "Granberga Bygg och Mark AB";
  write([&](Transaction& tx) { return putPartner(tx, mine, partner); });
  read([&](Reader& reader) -> Outcome {
    TRY(const auto texts, smartmailSettings(reader, mine, partner.identifier));
    EXPECT_EQ(texts.partner, R"({"days":9})");
    return {};
  });
}

}  // namespace
}  // namespace postgang::store
