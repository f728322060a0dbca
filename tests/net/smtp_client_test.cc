#include "net/smtp_client.h"

#include <gtest/gtest.h>

#include "tests/net/smtp_script.h"

namespace postgang::net::test {
namespace {

using namespace std::chrono_literals;

const std::string short_message = "Subject: hej\r\n\r\n.en punkt\r\n";

SmtpAnswer sentTo(const SmtpScript& script, const std::vector<std::string>& recipients = {"a@b.example"},
                  const std::string& message = short_message) {
  SmtpServer server;
  server.url = script.url();
  server.totalTime = 3s;
  return sendMail(server, {"retur@postgang.example", recipients}, message);
}

TEST(SmtpClient, HandsOverAMessageAndKeepsTheDialogue) {
  SmtpScript script(SmtpScript::Replies{{".", "250 2.0.0 queued as 4711"}});
  const auto answer = sentTo(script);
  EXPECT_EQ(answer.result, SmtpResult::accepted);
  EXPECT_EQ(answer.words, "250 2.0.0 queued as 4711");
  const auto heard = script.heard();
  EXPECT_NE(heard.find("EHLO postgang.example\nMAIL FROM:<retur@postgang.example>"), heard.npos) << heard;
  EXPECT_NE(heard.find("RCPT TO:<a@b.example>\nDATA\nSubject: hej\n\n..en punkt\n.\n"), heard.npos) << heard;
  EXPECT_NE(answer.dialogue.find("> RCPT TO:<a@b.example>\n< 250 fine\n"), heard.npos) << answer.dialogue;
  EXPECT_EQ(answer.dialogue.find("punkt"), heard.npos) << answer.dialogue;
}

// libcurl asks for the end of a message only where dots were doubled on the way.
TEST(SmtpClient, AMessageOfAnyLengthIsAccepted) {
  for (const std::size_t size :
       {1000U, 16'384U, 60'000U, 65'534U, 65'535U, 65'536U, 65'537U, 131'072U, 200'000U}) {
    for (const std::string_view line : {"ord\r\n", ".punkt\r\n"}) {
      std::string message = "Subject: hej\r\n\r\n";
      while (message.size() < size) message += line;
      message.resize(size - 2);
      message += "\r\n";
      SmtpScript script(SmtpScript::Replies{{".", "250 2.0.0 queued"}});
      const auto answer = sentTo(script, {"a@b.example"}, message);
      EXPECT_EQ(answer.result, SmtpResult::accepted)
          << size << " " << line << answer.words << answer.dialogue;
    }
  }
}

TEST(SmtpClient, AnUnknownRecipientIsRefusedInTheServersWords) {
  SmtpScript script(SmtpScript::Replies{{"RCPT", "550 5.1.1 no such user"}});
  const auto answer = sentTo(script);
  EXPECT_EQ(answer.result, SmtpResult::refused);
  EXPECT_EQ(answer.words, "550 5.1.1 no such user");
}

TEST(SmtpClient, AMessageRefusedAtItsEndIsRefused) {
  SmtpScript script(SmtpScript::Replies{{".", "554 5.7.1 spam"}});
  const auto answer = sentTo(script);
  EXPECT_EQ(answer.result, SmtpResult::refused);
  EXPECT_EQ(answer.words, "554 5.7.1 spam");
}

TEST(SmtpClient, ABusyServerIsTriedLater) {
  SmtpScript greylisting(SmtpScript::Replies{{"RCPT", "451 4.7.1 greylisted"}});
  EXPECT_EQ(sentTo(greylisting).result, SmtpResult::later);
  SmtpScript full(SmtpScript::Replies{{".", "452 4.3.1 no room"}});
  EXPECT_EQ(sentTo(full).result, SmtpResult::later);
  SmtpScript closed(SmtpScript::Replies{{"", "421 not now"}});
  EXPECT_EQ(sentTo(closed).result, SmtpResult::later);
}

TEST(SmtpClient, AServerThatDoesNotTakeMailFromUsIsNoBounce) {
  SmtpScript script(SmtpScript::Replies{{"MAIL", "530 5.7.0 sign in first"}});
  const auto answer = sentTo(script);
  EXPECT_EQ(answer.result, SmtpResult::later);
  EXPECT_EQ(answer.words, "530 5.7.0 sign in first");
}

TEST(SmtpClient, NobodyThereIsTriedLater) {
  SmtpServer server;
  server.url = "smtp://127.0.0.1:1";
  EXPECT_EQ(sendMail(server, {"a@b.example", {"c@d.example"}}, short_message).result, SmtpResult::later);
}

TEST(SmtpClient, CutBeforeTheDotNobodyHasIt) {
  for (const char* word : {"MAIL", "RCPT", "DATA"}) {
    SmtpScript script(SmtpScript::Replies{{word, "CUT"}});
    EXPECT_EQ(sentTo(script).result, SmtpResult::later) << word;
  }
}

TEST(SmtpClient, CutAfterTheDotIsUncertain) {
  SmtpScript script(SmtpScript::Replies{{".", "CUT"}});
  const auto answer = sentTo(script);
  EXPECT_EQ(answer.result, SmtpResult::uncertain);
  EXPECT_NE(answer.words.find("No answer after the message's end"), std::string::npos);
}

TEST(SmtpClient, OneOfSeveralRecipientsMayBeUnknown) {
  SmtpScript script(SmtpScript::Replies{{"RCPT TO:<gone@b.example>", "550 5.1.1 gone"}});
  const auto answer = sentTo(script, {"gone@b.example", "here@b.example"});
  EXPECT_EQ(answer.result, SmtpResult::accepted);
  EXPECT_EQ(answer.refused, std::vector<std::string>{"gone@b.example"});
}

TEST(SmtpClient, AddressesThatWouldSpeakToTheServerAreRefusedUnsent) {
  SmtpServer server;
  server.url = "smtp://127.0.0.1:1";
  for (const char* hostile : {"a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "<a@b.example>",
                              "a@b@", "", "\"a b\"@c.example", "a@b.example\n", "å@b.example"})
    EXPECT_EQ(sendMail(server, {"x@y.example", {hostile}}, short_message).result, SmtpResult::refused)
        << hostile;
}

TEST(SmtpClient, TheServersAddressIsCheckedAtStart) {
  const auto codeOf = [](std::string url) {
    SmtpServer server;
    server.url = std::move(url);
    const auto checked = checkSmtpServer(server);
    return checked ? "" : checked.error().code;
  };
  for (const char* good : {"smtp://localhost:25", "smtps://mail.example", "smtp://[::1]:2525/"})
    EXPECT_EQ(codeOf(good), "") << good;
  for (const char* bad : {"", "localhost:25", "http://x", "smtp://", "smtp:///x", "smtp://u:p@h",
                          "smtp://h/path", "smtp://h\r\nQUIT"})
    EXPECT_EQ(codeOf(bad), "smtp-url-invalid") << bad;
}

}  // namespace
}  // namespace postgang::net::test
