#include "net/mail_reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/text.h"
#include "net/bounce_cause.h"
#include "net/mail_fields.h"
#include "tests/net/problem_of.h"

namespace postgang::net::test {
namespace {

std::string bytesOf(const std::string& name) {
  std::ifstream file(std::string(POSTGANG_SOURCE_DIR) + "/tests/net/mails/" + name + ".eml",
                     std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name;
  return bytes.str();
}

ReceivedMail read(const std::string& name) {
  const auto mail = readMail(bytesOf(name));
  EXPECT_TRUE(mail) << problemOf(mail).detail;
  return mail.value_or(ReceivedMail{});
}

const std::string verp = "retur+b-k7q2m4nd6xw3h5t8yj9cabcdef@postgang.example";
const std::string smartmail = "smartmail.019ab000-0000-7000-8000-000000000001.1@postgang.example";

TEST(MailReader, AReportByTheStandard) {
  const auto mail = read("bounce_postfix");
  EXPECT_EQ(mail.returnPath, "");
  EXPECT_EQ(mail.recipients, std::vector<std::string>{verp});
  EXPECT_TRUE(mail.automatic);
  EXPECT_EQ(mail.returnedMessageId, smartmail);
  ASSERT_EQ(mail.reports.size(), 1U);
  const auto& report = mail.reports.front();
  EXPECT_EQ(report.action, ReportAction::failed);
  EXPECT_EQ(report.status, "5.1.1");
  EXPECT_EQ(report.diagnostic,
            "550 5.1.1 <ekonomi@granberga.example>: Recipient address rejected: User unknown in virtual "
            "mailbox table");
  EXPECT_EQ(report.finalRecipient, "ekonomi@granberga.example");
  EXPECT_EQ(report.originalRecipient, "ekonomi@granberga.example");
  EXPECT_EQ(report.remoteMta, "in.granberga.example");
  EXPECT_NE(report.fields.find("Status: 5.1.1\n"), std::string::npos) << report.fields;
  EXPECT_TRUE(mail.attachments.empty());
}

TEST(MailReader, ADelayIsNoFailure) {
  const auto mail = read("bounce_delayed");
  ASSERT_EQ(mail.reports.size(), 1U);
  EXPECT_EQ(mail.reports.front().action, ReportAction::delayed);
  EXPECT_EQ(mail.reports.front().status, "4.4.1");
  EXPECT_EQ(mail.returnedMessageId, smartmail) << "from the headers alone";
}

TEST(MailReader, AReportOfALargeHostInSwedish) {
  const auto mail = read("bounce_exchange");
  EXPECT_EQ(mail.recipients, std::vector<std::string>{verp}) << "whatever its case";
  EXPECT_EQ(mail.subject, "Oleverbart: Faktura 4711");
  ASSERT_EQ(mail.reports.size(), 1U);
  EXPECT_EQ(mail.reports.front().status, "5.1.10");
  EXPECT_NE(mail.text.find("hittades inte på granberga.example"), std::string::npos) << mail.text;
  EXPECT_EQ(mail.references, std::vector<std::string>{smartmail});
}

TEST(MailReader, EachRecipientOfAReport) {
  const auto mail = read("bounce_two_recipients");
  ASSERT_EQ(mail.reports.size(), 2U);
  EXPECT_EQ(mail.reports[0].action, ReportAction::delivered);
  EXPECT_EQ(mail.reports[1].finalRecipient, "borta@stor.example");
  EXPECT_EQ(mail.returnedMessageId,
            "notice.019ab000-0000-7000-8000-000000000002.0.0123abcd@postgang.example");
  EXPECT_EQ(bounceCauseOf(mail.reports[1].diagnostic), "address-unknown");
}

TEST(MailReader, ReportsForPeopleAreGuessed) {
  const auto qmail = guessedReport(read("bounce_qmail"));
  ASSERT_TRUE(qmail);
  EXPECT_EQ(qmail->action, ReportAction::failed);
  EXPECT_TRUE(qmail->guessed);
  EXPECT_EQ(qmail->status, "5.1.1");
  EXPECT_EQ(qmail->diagnostic, "Sorry, no mailbox here by that name. (#5.1.1)");
  const auto exchange = guessedReport(read("bounce_exchange_text"));
  ASSERT_TRUE(exchange);
  EXPECT_EQ(exchange->status, "5.2.2");
  EXPECT_EQ(bounceCauseOf(exchange->diagnostic), "mailbox-full");
}

TEST(MailReader, AnAbsenceIsNoBounceWhateverItsDates) {
  const auto mail = read("absence");
  EXPECT_TRUE(mail.automatic);
  EXPECT_EQ(mail.from.name, "Karin Åberg");
  EXPECT_EQ(mail.subject, "Autosvar: Tjänstledig till 5.1.26");
  EXPECT_EQ(mail.text, "Hej, jag är borta till 5.1.26. Ring 08-550 12 34 vid brådskande.");
  EXPECT_FALSE(guessedReport(mail));
}

TEST(MailReader, APersonsAnswer) {
  const auto mail = read("question");
  EXPECT_FALSE(mail.automatic);
  EXPECT_FALSE(mail.bulk);
  EXPECT_EQ(mail.from.address, "karin@granberga.example");
  EXPECT_EQ(mail.messageId, "CAF=abc123@mail.granberga.example");
  ASSERT_FALSE(mail.references.empty());
  EXPECT_EQ(mail.references.front(), smartmail);
  EXPECT_NE(mail.text.find("Vad är posten ”Fjärrvärme” för?"), std::string::npos) << mail.text;
  EXPECT_FALSE(guessedReport(mail));
}

TEST(MailReader, AttachmentsAlsoOfWhatWasForwarded) {
  const auto mail = read("invoice");
  EXPECT_EQ(mail.recipients, (std::vector<std::string>{"retur+in-abcdefghijklmnopqrstuvwxyz@postgang.example",
                                                       "kopia@granberga.example"}));
  EXPECT_EQ(mail.subject, "Räkning för september – åäö") << "eight bits in a header";
  ASSERT_EQ(mail.attachments.size(), 3U);
  EXPECT_EQ(mail.attachments[0].fileName, "faktura åäö.xml") << "no folders";
  EXPECT_EQ(mail.attachments[0].mediaType, "application/xml");
  EXPECT_EQ(mail.attachments[0].bytes, "<Invoice>\n</Invoice>");
  EXPECT_EQ(mail.attachments[1].mediaType, "application/pdf");
  EXPECT_EQ(mail.attachments[2].fileName, "inre.xml");
  EXPECT_EQ(mail.attachments[2].bytes, "<Invoice a=\"1\"/>");
  EXPECT_EQ(mail.text, "Hej,\nhär är fakturan <1>.\n") << "of the HTML, without its style and script";
}

TEST(MailReader, ABrokenMessageIsReadAsFarAsItGoes) {
  const auto mail = read("broken");
  EXPECT_TRUE(isUtf8(mail.subject));
  EXPECT_TRUE(isUtf8(mail.text));
  EXPECT_TRUE(mail.from.address.empty() || isMailAddress(mail.from.address));
  EXPECT_EQ(mail.references, std::vector<std::string>{"ok@x.example"});
}

TEST(MailReader, HostileMessagesAreRefusedOrRead) {
  EXPECT_EQ(problemOf(readMail("")).code, "mail-unreadable");
  EXPECT_EQ(problemOf(readMail(std::string(1000, '\0'))).code, "mail-unreadable");
  EXPECT_EQ(problemOf(readMail("A: " + std::string(MailLimits::header_bytes_max, 'x') + "\n\n")).code,
            "mail-unreadable");
  EXPECT_EQ(problemOf(readMail(std::string(MailLimits::bytes_max + 1, 'x'))).code, "mail-received-too-large");

  // As deep as is let through, and one deeper.
  for (const std::size_t depth : {MailLimits::containers_max / 2 - 1, std::size_t{5000}}) {
    std::string deep, boundary;
    for (std::size_t i = 0; i < depth; ++i) {
      boundary = "b" + std::to_string(i);
      deep += "Content-Type: multipart/mixed; boundary=" + boundary + "\n\n--" + boundary + "\n";
    }
    const auto read = readMail(deep + "Content-Type: text/plain\n\nhej\n");
    EXPECT_EQ(problemOf(read).code, depth < 1000 ? "" : "mail-unreadable") << depth;
  }
  std::string nested;
  for (std::size_t i = 0; i < MailLimits::containers_max; ++i) nested += "Content-Type: message/rfc822\n\n";
  EXPECT_TRUE(readMail(nested));
  EXPECT_EQ(problemOf(readMail(nested + "Content-Type: message/rfc822\n\n")).code, "mail-unreadable");

  std::string many = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (std::size_t i = 0; i <= MailLimits::parts_max; ++i) many += "--b\n\nx\n";
  EXPECT_EQ(problemOf(readMail(many)).code, "mail-unreadable");

  std::string fields;
  for (int i = 0; i < 5000; ++i) fields += "To: a" + std::to_string(i) + "@b.example\n";
  const auto crowded = readMail(fields + "\n");
  ASSERT_TRUE(crowded);
  EXPECT_EQ(crowded->recipients.size(), MailLimits::addresses_max);
  const auto long_text =
      readMail("Subject: " + std::string(5000, 'x') + "\n\n" + std::string(1'000'000, 'y'));
  ASSERT_TRUE(long_text);
  EXPECT_EQ(long_text->subject.size(), MailLimits::value_codePoints_max);
  EXPECT_LE(long_text->text.size(), MailLimits::text_bytes_max);
}

TEST(MailReader, OnlyItsHeaderWhereItIsTooLarge) {
  const auto mail = readMailHeader(bytesOf("invoice").substr(0, 700));
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->from.address, "faktura@bjorkvik.example");
  EXPECT_TRUE(mail->attachments.empty());
}

TEST(MailReader, NamesOfFilesAreSafe) {
  for (const auto& [given, safe] : std::initializer_list<std::pair<std::string, std::string>>{
           {"faktura.xml", "faktura.xml"},
           {"../../etc/passwd", "passwd"},
           {"C:\\temp\\räkning.xml", "räkning.xml"},
           {"...dold.xml", "dold.xml"},
           {"a\r\nb\0.xml", "a b"},
           {"....", ""},
           {"", ""},
           {std::string(300, 'a') + ".xml", std::string(96, 'a') + ".xml"}})
    EXPECT_EQ(safeName(given), safe);
}

TEST(MailReader, StatusCodesAreFoundAndAddressesAreNot) {
  EXPECT_EQ(enhancedStatusIn("550 5.1.1 gone"), "5.1.1");
  EXPECT_EQ(enhancedStatusIn("(#5.7.26)"), "5.7.26");
  EXPECT_EQ(enhancedStatusIn("from 10.5.1.1 to 5.1.1.7 at 15.1.1"), "");
  EXPECT_EQ(enhancedStatusIn("version 5.1"), "");
  EXPECT_EQ(enhancedStatusIn("5.1."), "");
  EXPECT_EQ(enhancedStatusIn("5.1.2026"), "");
}

TEST(BounceCause, IsTheSameInEveryServersWords) {
  for (const auto& [words, cause] : std::initializer_list<std::pair<std::string, std::string>>{
           {"550 5.1.1 <a@b.example>: Recipient address rejected: User unknown", "address-unknown"},
           {"550 5.4.1 Recipient address rejected: Access denied.", "address-unknown"},
           {"550 5.1.10 RESOLVER.ADR.RecipientNotFound", "address-unknown"},
           {"550 No such user here", "address-unknown"},
           {"Sorry, no mailbox here by that name. (#5.1.1)", "address-unknown"},
           {"552 5.2.2 Over quota", "mailbox-full"},
           {"552 mailbox is full", "mailbox-full"},
           {"550 5.2.1 The account is disabled", "mailbox-closed"},
           {"552 5.3.4 Message size exceeds fixed limit", "message-too-large"},
           {"550 5.7.1 Message rejected as spam by Content Filtering", "refused-as-spam"},
           {"550 5.7.1 Our system", "refused-by-policy"},
           {"550 5.7.26 DMARC", "sender-not-trusted"},
           {"554 5.7.1 <a@b.example>: Relay access denied", "relaying-denied"},
           {"5.4.4 Host or domain name not found. Name service error", "domain-unknown"},
           {"5.4.7 delivery time expired", "server-unreachable"},
           {"4.4.1 connect to mx[192.0.2.1]:25: Connection timed out", "server-unreachable"},
           {"554 Denied", "refused-by-policy"},
           {"The message came back without a reason.", "other"},
           {"", "other"}})
    EXPECT_EQ(bounceCauseOf(words), cause) << words;
}

TEST(BounceCause, IsSaidInBothLanguages) {
  for (const auto* cause :
       {"address-unknown", "address-malformed", "domain-unknown", "mailbox-full", "mailbox-closed",
        "message-too-large", "sender-not-trusted", "refused-by-policy", "refused-as-spam",
        "server-unreachable", "server-trouble", "mail-loop", "relaying-denied", "other"})
    for (const auto language : {Language::swedish, Language::english})
      EXPECT_TRUE(Texts::of(language).has("bounce." + std::string(cause))) << cause;
}

}  // namespace
}  // namespace postgang::net::test
