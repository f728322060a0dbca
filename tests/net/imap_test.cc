// Against Debian's own dovecot.
#include "net/imap.h"

#include <gtest/gtest.h>

#include "tests/net/cutting_proxy.h"
#include "tests/net/dovecot.h"
#include "tests/net/problem_of.h"

namespace postgang::net::test {
namespace {

std::string message(const std::string& subject, std::size_t lines = 1) {
  std::string text = "From: a@b.example\r\nSubject: " + subject + "\r\n\r\n";
  for (std::size_t i = 0; i < lines; ++i) text += "rad " + std::to_string(i) + "\r\n";
  return text;
}

class Imap : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!server_.started()) GTEST_SKIP() << "no dovecot, or not root";
  }
  Dovecot server_;
};

TEST_F(Imap, ListsFetchesAndPutsAway) {
  Mailbox mailbox(server_.account());
  EXPECT_TRUE(mailbox.list()->empty());
  server_.deliver(message("ett"));
  server_.deliver(message("två", 20'000));
  const auto listed = mailbox.list();
  ASSERT_TRUE(listed) << listed.error().detail;
  ASSERT_EQ(listed->size(), 2U);
  const auto first = mailbox.fetch((*listed)[0], 1'000'000);
  ASSERT_TRUE(first) << first.error().detail;
  EXPECT_EQ(*first, message("ett"));
  const auto second = mailbox.fetch((*listed)[1], 1'000'000);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->size(), (*listed)[1].size);
  EXPECT_EQ(*second, message("två", 20'000));
  EXPECT_EQ(mailbox.fetch((*listed)[1], 1000)->size(), 1000U) << "its beginning";

  ASSERT_TRUE(mailbox.move((*listed)[0].uid, "Postgang-done"));
  ASSERT_TRUE(mailbox.move((*listed)[1].uid, "Postgang-done"));
  EXPECT_EQ(server_.count("Postgang-done"), 2);
  EXPECT_EQ(server_.count(""), 0);
  EXPECT_TRUE(mailbox.list()->empty());
  EXPECT_EQ(problemOf(mailbox.fetch((*listed)[0], 1000)).code, "mail-gone");
}

TEST_F(Imap, WhatComesMeanwhileIsInTheNextList) {
  Mailbox mailbox(server_.account());
  EXPECT_TRUE(mailbox.list()->empty());
  server_.deliver(message("nytt"));
  EXPECT_EQ(mailbox.list()->size(), 1U);
}

TEST_F(Imap, OverTlsWithACertificateThatItBelieves) {
  server_.deliver(message("hemligt"));
  EXPECT_EQ(Mailbox(server_.secureAccount()).list()->size(), 1U);
  auto unknown = server_.secureAccount();
  unknown.authorities.clear();
  EXPECT_EQ(problemOf(Mailbox(unknown).list()).code, "imap-not-secret");
}

TEST_F(Imap, SaysWhatIsWrong) {
  auto wrong = server_.account();
  wrong.password = "fel";
  EXPECT_EQ(problemOf(Mailbox(wrong).list()).code, "imap-sign-in-refused");
  auto nobody = server_.account(1);
  EXPECT_EQ(problemOf(Mailbox(nobody).list()).code, "imap-unreachable");
}

// At every point of a conversation: what is cut is said, and nothing is lost.
TEST_F(Imap, ACutConnectionLosesNothing) {
  server_.deliver(message("kvar", 3000));
  for (const std::size_t after : {0U, 100U, 400U, 900U, 1500U, 8000U, 20'000U}) {
    CuttingProxy proxy(server_.port(), [after](Passing passing, std::size_t passed) {
      return passing == Passing::to_client && passed >= after;
    });
    Mailbox mailbox(server_.account(proxy.port()));
    const auto listed = mailbox.list();
    if (!listed || listed->empty()) {
      EXPECT_EQ(problemOf(listed).code, "imap-unreachable") << after;
      continue;
    }
    const auto fetched = mailbox.fetch(listed->front(), 1'000'000);
    EXPECT_TRUE(!fetched || *fetched == message("kvar", 3000)) << after << ": never half of it";
  }
  EXPECT_EQ(server_.count(""), 1);
  EXPECT_EQ(Mailbox(server_.account()).list()->size(), 1U);
}

TEST(ImapAccount, IsCheckedAtStart) {
  const auto codeOf = [](std::string url, std::string user = "u") {
    ImapAccount account;
    account.url = std::move(url);
    account.user = std::move(user);
    account.password = "p";
    const auto checked = checkImapAccount(account);
    return checked ? "" : checked.error().code;
  };
  for (const char* good : {"imap://localhost:143", "imaps://mail.example", "imap://[::1]:1143/"})
    EXPECT_EQ(codeOf(good), "") << good;
  for (const char* bad : {"", "localhost", "http://x", "imap://", "imap:///x", "imap://u:p@h",
                          "imap://h/INBOX", "imap://h?ALL", "imap://h\r\nA1 DELETE"})
    EXPECT_EQ(codeOf(bad), "imap-url-invalid") << bad;
  EXPECT_EQ(codeOf("imap://h", ""), "imap-user-missing");
}

}  // namespace
}  // namespace postgang::net::test
