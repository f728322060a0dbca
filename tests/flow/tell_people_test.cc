// Who hears of what happens, and how: in the portal, at once, once a day, and not when nothing needs doing.
#include "flow/tell_people.h"

#include <algorithm>

#include "flow/document_news.h"
#include "store/grants.h"
#include "tests/flow/news_house.h"

namespace postgang::flow {
namespace {

using store::EventType;

class TellPeople : public NewsHouse {};

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST_F(TellPeople, TheSendersPeopleHearThatADocumentFailedEachByItsRole) {
  const auto karin = person("karin@nordhamn.example", energi_);
  const auto reader = person("las@nordhamn.example", energi_, "reader");
  const auto foreign = person("ivar@granberga.example", granberga_);
  const auto id = failing("4711");
  const auto rows = shownTo(karin);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].kind, "failed");
  EXPECT_EQ(rows[0].document, id);
  EXPECT_EQ(rows[0].words.at("number"), "4711");
  EXPECT_EQ(rows[0].words.at("counterpart"), "Fyrnäs El AB");
  EXPECT_EQ(rows[0].path, "/documents/" + id.text());
  EXPECT_TRUE(shownTo(reader).empty()) << "a reader can do nothing about it";
  EXPECT_TRUE(shownTo(foreign).empty());
  choose(reader, {.portal = {{"failed", true}}});
  failing("4712");
  EXPECT_EQ(shownTo(reader).size(), 1U) << "but it may ask";
}

TEST_F(TellPeople, WhatSucceedsIsNoNews) {
  const auto karin = person("karin@nordhamn.example", energi_);
  const auto id = send(Sample{});
  walk();
  EXPECT_EQ(statusOf(id), "delivered");
  until("2026-11-25T12:00:00Z");
  EXPECT_TRUE(shownTo(karin).empty());
  EXPECT_TRUE(sent_.empty());
}

TEST_F(TellPeople, TheDigestComesAtSevenOnceAndOnlyWithWhatIsUnread) {
  const auto karin = person("karin@nordhamn.example", energi_);
  failing("4711");
  until("2026-11-24T05:59:00Z");
  EXPECT_TRUE(sent_.empty()) << "not before seven in Sweden";
  until("2026-11-24T06:00:01Z");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].to, "karin@nordhamn.example");
  EXPECT_TRUE(has(sent_[0].message, "4711"));
  EXPECT_TRUE(has(sent_[0].message, "List-Unsubscribe: <https://postgang.example/api/v1/unsubscribe/"))
      << sent_[0].message.substr(0, 2000);
  EXPECT_TRUE(has(sent_[0].message, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
  until("2026-11-26T12:00:00Z");
  EXPECT_EQ(sent_.size(), 1U) << "there is nothing new";
  failing("4712");
  reads(karin);
  until("2026-11-28T12:00:00Z");
  EXPECT_EQ(sent_.size(), 1U) << "it has read it";
}

TEST_F(TellPeople, TheDigestComesAtTheOwnHour) {
  const auto karin = person("karin@nordhamn.example", energi_);
  choose(karin, {.digestHour = 16});
  failing("4711");
  until("2026-11-23T14:59:00Z");
  EXPECT_TRUE(sent_.empty());
  until("2026-11-23T15:00:01Z");
  EXPECT_EQ(sent_.size(), 1U);
  failing("4712");
  choose(karin, {.digestHour = 9});
  until("2026-11-24T07:59:00Z");
  EXPECT_EQ(sent_.size(), 1U);
  until("2026-11-24T15:01:00Z");
  EXPECT_EQ(sent_.size(), 1U) << "the hour that held is given up for the new one";
  until("2026-11-25T08:00:01Z");
  EXPECT_EQ(sent_.size(), 2U);
}

TEST_F(TellPeople, ACrowdIsOneRowThatCountsAndOneMail) {
  const auto karin = person("karin@nordhamn.example", energi_);
  choose(karin, {.notices = {{"failed", "each"}}});
  for (int i = 0; i < 14; ++i) {
    failing("F" + std::to_string(i));
    later(5);
  }
  EXPECT_TRUE(sent_.empty()) << "it gathers";
  const auto rows = shownTo(karin);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].count, 14);
  EXPECT_EQ(rows[0].path, "/documents/sent?status=failed");
  later(120);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_TRUE(has(sent_[0].message, "14 fakturor kunde inte levereras"));
  failing("G1");
  later(300);
  EXPECT_EQ(sent_.size(), 1U) << "not twice within half an hour";
  later(1800);
  EXPECT_EQ(sent_.size(), 2U);
  EXPECT_EQ(shownTo(karin).size(), 2U) << "what was mailed does not grow";
  until("2026-11-25T12:00:00Z");
  EXPECT_EQ(sent_.size(), 2U) << "and is in no digest";
}

TEST_F(TellPeople, WhatIsReadInThePortalMeanwhileIsNotMailed) {
  const auto karin = person("karin@nordhamn.example", energi_);
  choose(karin, {.notices = {{"failed", "each"}}});
  failing("4711");
  reads(karin);
  later(3600);
  EXPECT_TRUE(sent_.empty());
}

TEST_F(TellPeople, AStopIsMailedByItsNoticeOrStandsInTheDigest) {
  demand(order_number_demanded);
  const auto karin = person("karin@nordhamn.example", energi_);
  const auto digest = person("per@nordhamn.example", energi_);
  const auto none = person("eva@nordhamn.example", energi_);
  choose(digest, {.notices = {{"stopped", "digest"}}});
  choose(none, {.notices = {{"stopped", "none"}}});
  const auto id = send(Sample{});
  walk();
  ASSERT_EQ(statusOf(id), "returned");
  later(3600);
  ASSERT_EQ(sent_.size(), 1U) << "the notice alone";
  EXPECT_EQ(sent_[0].to, "karin@nordhamn.example");
  for (const auto& user : {karin, digest, none}) EXPECT_EQ(shownTo(user).size(), 1U);
  until("2026-11-24T06:01:00Z");
  ASSERT_EQ(sent_.size(), 2U);
  EXPECT_EQ(sent_[1].to, "per@nordhamn.example");
  EXPECT_TRUE(has(sent_[1].message, "4711"));
}

TEST_F(TellPeople, WhoHasLostTheRightHearsNothingMoreAndSeesNothingOfIt) {
  const auto karin = person("karin@nordhamn.example", energi_);
  const auto stays = person("per@nordhamn.example", energi_);
  failing("4711");
  EXPECT_EQ(shownTo(karin).size(), 1U);
  belongsTo(karin, {{granberga_, "clerk"}});
  EXPECT_TRUE(shownTo(karin).empty());
  failing("4712");
  until("2026-11-24T06:01:00Z");
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].to, "per@nordhamn.example");
  belongsTo(karin, {{energi_, "clerk"}});
  EXPECT_EQ(shownTo(karin).size(), 1U) << "what was told in between was not told to it";
  (void)stays;
}

TEST_F(TellPeople, OthersHearOfACompanyOnlyWhereTheyAskAndMaySee) {
  const auto group = company("Nordhamn Koncern AB", "0007:5599900049");
  const auto sister = company("Nordhamn Elnät AB", "0007:5599900056", group);
  const auto controller = person("chef@nordhamn.example", group);
  const auto shared = person("stod@nordhamn.example", sister);
  person("karin@nordhamn.example", energi_);
  write([&](store::Transaction& tx) -> Outcome {
    CHECK_OK(store::setParent(tx, energi_, group));
    store::Grant grant{energi_, sister, false, true, {}, false, clock_.now(), "Karin Sund"};
    return store::putGrant(tx, grant);
  });
  failing("4711");
  EXPECT_TRUE(shownTo(controller).empty()) << "it has not asked";
  choose(controller, {.alsoSeen = true});
  choose(shared, {.alsoSeen = true});
  failing("4712");
  EXPECT_EQ(shownTo(controller).size(), 1U);
  EXPECT_TRUE(shownTo(shared).empty()) << "it sees what is received alone";
  write([&](store::Transaction& tx) {
    return store::putGrant(
        tx, {energi_, sister, true, true, {document::Kind::invoice}, false, clock_.now(), "Karin"});
  });
  failing("4713");
  ASSERT_EQ(shownTo(shared).size(), 1U);
  write([&](store::Transaction& tx) { return store::removeGrant(tx, energi_, sister); });
  EXPECT_TRUE(shownTo(shared).empty()) << "and no longer when the insight has ended";
}

store::News ticket(CompanyId company) {
  store::News news;
  news.kind = "ticket";
  news.company = company;
  news.path = "/tickets/1";
  news.words = {{"number", "12"}, {"subject", "Hur gör jag?"}};
  news.key = "1:1";
  return news;
}

TEST_F(TellPeople, NewsOfOneKeyAreToldOnceAndNotToWhoDidIt) {
  const auto karin = person("karin@nordhamn.example", energi_);
  const auto per = person("per@nordhamn.example", energi_);
  auto news = ticket(energi_);
  news.by = per.id;
  tell(news);
  tell(news);
  EXPECT_EQ(shownTo(karin).size(), 1U);
  EXPECT_TRUE(shownTo(per).empty());
  EXPECT_EQ(sent_.size(), 1U) << "a ticket is mailed at once";
  news.only = per.id;
  news.by.reset();
  news.key = "1:2";
  tell(news);
  EXPECT_EQ(shownTo(per).size(), 1U);
  EXPECT_EQ(shownTo(karin).size(), 1U);
}

TEST_F(TellPeople, AloneOnlyWhoMaySeeTheCompany) {
  const auto foreign = person("ivar@granberga.example", granberga_);
  auto news = ticket(energi_);
  news.only = foreign.id;
  tell(news);
  EXPECT_TRUE(shownTo(foreign).empty());
  EXPECT_TRUE(sent_.empty());
}

TEST_F(TellPeople, WhatAnAdministratorMendsIsToldToAdministrators) {
  const auto clerk = person("karin@nordhamn.example", energi_);
  const auto chief = person("chef@nordhamn.example", energi_, "administrator");
  auto news = ticket(energi_);
  news.kind = "webhook-off";
  tell(news);
  EXPECT_TRUE(shownTo(clerk).empty());
  EXPECT_EQ(shownTo(chief).size(), 1U);
  belongsTo(chief, {{energi_, "clerk"}});
  EXPECT_TRUE(shownTo(chief).empty()) << "nor seen any longer by who was one";
}

TEST_F(TellPeople, LeadsAreTheOperatorsAlone) {
  const auto clerk = person("karin@nordhamn.example", energi_, "administrator");
  store::User staff{ids_.next<UserId>(), "drift@postgang.example", "Dag Drift", "x", "sv", true, {}, true};
  write([&](store::Transaction& tx) { return store::createUser(tx, staff); });
  auto news = ticket(energi_);
  news.kind = "lead";
  tell(news);
  EXPECT_TRUE(shownTo(clerk).empty());
  EXPECT_EQ(shownTo(staff).size(), 1U);
}

TEST_F(TellPeople, WhatComesFromOutsideNeitherBreaksTheMailNorLeadsElsewhere) {
  const auto karin = person("karin@nordhamn.example", energi_);
  auto news = ticket(energi_);
  news.path = "https://evil.example/";
  news.words["subject"] = "x\r\nBcc: other@evil.example\r\n\r\n" + std::string(5000, 'a');
  tell(news);
  const auto rows = shownTo(karin);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].path, "/notifications");
  EXPECT_LT(rows[0].words.at("subject").size(), 300U);
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_FALSE(has(sent_[0].message, "\r\nBcc:"));
  EXPECT_FALSE(has(sent_[0].message, "evil.example/"));
  for (const auto* path : {"//evil.example", "/\\evil.example", "/a b", "javascript:x", ""}) {
    news.path = path;
    news.key = std::string("path ") + path;
    tell(news);
  }
  for (const auto& row : shownTo(karin)) EXPECT_EQ(row.path, "/notifications");
}

TEST_F(TellPeople, AMailThatDoesNotGoIsTriedAgainAndThenLetBe) {
  person("karin@nordhamn.example", energi_);
  answer_ = net::SmtpResult::later;
  tell(ticket(energi_));
  later(3 * 24 * 3600);
  EXPECT_EQ(sent_.size(), 6U);
}

TEST_F(TellPeople, TheLinkOutOfTheMailsIsForOnePersonAndKind) {
  const auto karin = person("karin@nordhamn.example", energi_);
  const auto day = Date::of(2026, 11, 23);
  const auto token = unsubscribeToken(vault_, karin.id, "ticket", day);
  const auto asked = unsubscribingIn(vault_, token, day);
  ASSERT_TRUE(asked);
  EXPECT_EQ(asked->user, karin.id);
  EXPECT_EQ(asked->kind, "ticket");
  EXPECT_TRUE(unsubscribingIn(vault_, unsubscribeToken(vault_, karin.id, of_digest, day), day));
  EXPECT_FALSE(unsubscribingIn(vault_, unsubscribeToken(vault_, karin.id, "anything", day), day));
  EXPECT_FALSE(unsubscribingIn(vault_, token.substr(0, token.size() - 4) + "AAAA", day));
  EXPECT_FALSE(unsubscribingIn(vault_, "x", day));
  EXPECT_FALSE(unsubscribingIn(Vault::withKey("another key of thirty-two bytes!"), token, day));
  EXPECT_TRUE(unsubscribingIn(vault_, token, day.plusDays(unsubscribe_days)));
  EXPECT_FALSE(unsubscribingIn(vault_, token, day.plusDays(unsubscribe_days + 1)));
}

TEST(NextDigest, IsTheNextTimeThatClocksInSwedenShowIt) {
  const auto at = [](const char* instant) { return *Instant::parse(instant); };
  EXPECT_EQ(nextDigest(7, at("2026-11-23T05:59:59Z")), at("2026-11-23T06:00:00Z"));
  EXPECT_EQ(nextDigest(7, at("2026-11-23T06:00:00Z")), at("2026-11-24T06:00:00Z"));
  EXPECT_EQ(nextDigest(7, at("2026-07-01T04:00:00Z")), at("2026-07-01T05:00:00Z"));
}

store::DeliveryFact byChannel(std::string channel, std::string evidence = {}) {
  store::DeliveryFact fact;
  fact.channel = std::move(channel);
  fact.evidence = std::move(evidence);
  return fact;
}

TEST(DocumentNews, AreWhatItsSenderShouldHearOf) {
  const store::NewEvent failed{EventType::failed, {}, store::FailedFact{"no-channel", {}, {}, {}}};
  const store::NewEvent returned{EventType::returned, {}, store::NoteFact{}};
  store::StoppedFact byReceiver;
  byReceiver.receiver = CompanyId{2};
  EXPECT_EQ(newsOf({failed}), "failed");
  EXPECT_EQ(newsOf({{EventType::stopped, {}, store::StoppedFact{}}}), "stopped");
  EXPECT_EQ(newsOf({{EventType::stopped, {}, byReceiver}, returned}), "stopped");
  EXPECT_EQ(newsOf({{EventType::stopped, {}, byReceiver}}), "") << "it is put right by itself";
  EXPECT_EQ(newsOf({{EventType::rejected, {}, store::NoteFact{}}}), "rejected");
  EXPECT_EQ(newsOf({{EventType::sent, {}, byChannel("email")}}), "");
  const store::NewEvent expired{EventType::delivery_expired, {}, byChannel("email", "deadline")};
  const store::NewEvent queued{EventType::delivery_queued, {}, byChannel("print")};
  EXPECT_EQ(newsOf({expired, queued}), "smartmail-posted");
  EXPECT_EQ(newsOf({expired, failed}), "failed");
  EXPECT_EQ(newsOf({queued}), "");
  EXPECT_EQ(newsOf({{EventType::delivery_expired, {}, byChannel("email", "asked")}, queued}), "")
      << "its sender has asked for it";
}

}  // namespace
}  // namespace postgang::flow
