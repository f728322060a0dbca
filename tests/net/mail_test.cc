#include "net/mail.h"

#include <gtest/gtest.h>

namespace postgang::net::test {
namespace {

Mail sample() {
  Mail mail;
  mail.from = {"Fjällhem via Postgång", "retur@postgang.example"};
  mail.to = {{"", "faktura@bjorkvik.example"}};
  mail.subject = "Faktura 4711 är stoppad: ordernummer behöver rättas";
  mail.text = "Hej, räksmörgås.\n";
  mail.html = "<p>Hej, räksmörgås.</p>";
  mail.messageId = "notice.1@postgang.example";
  mail.date = *Instant::parse("2026-11-02T08:14:00Z");
  return mail;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != text.npos;
}

TEST(Mail, IsTextAndHtmlInUtf8) {
  const auto bytes = composed(sample());
  ASSERT_TRUE(bytes) << bytes.error().detail;
  EXPECT_TRUE(has(*bytes, "Date: Mon, 02 Nov 2026 08:14:00 +0000\r\n")) << *bytes;
  EXPECT_TRUE(has(*bytes, "Message-Id: <notice.1@postgang.example>\r\n")) << *bytes;
  EXPECT_TRUE(has(*bytes, "To: faktura@bjorkvik.example\r\n"));
  EXPECT_TRUE(has(*bytes, "Auto-Submitted: auto-generated\r\n"));
  EXPECT_TRUE(has(*bytes, "Content-Language: sv\r\n"));
  EXPECT_TRUE(has(*bytes, "Content-Type: multipart/alternative;"));
  EXPECT_TRUE(has(*bytes, "Hej, r=C3=A4ksm=C3=B6rg=C3=A5s."));
  EXPECT_FALSE(has(*bytes, "ä")) << "seven bits only";
}

TEST(Mail, TheSameMailIsTheSameBytes) {
  EXPECT_EQ(*composed(sample()), *composed(sample()));
}

TEST(Mail, CarriesTheOriginal) {
  auto mail = sample();
  mail.attachments = {{"faktura åäö\r\nX-Evil: 1.xml", "application/xml", "<Invoice>\n</Invoice>"}};
  const auto bytes = composed(mail);
  ASSERT_TRUE(bytes);
  EXPECT_TRUE(has(*bytes, "Content-Type: multipart/mixed;"));
  EXPECT_TRUE(has(*bytes, "Content-Disposition: attachment;"));
  EXPECT_TRUE(has(*bytes, "PEludm9pY2U+CjwvSW52b2ljZT4="));
  EXPECT_FALSE(has(*bytes, "\nX-Evil"));
}

TEST(Mail, NoHeaderCanBeSlippedIn) {
  auto mail = sample();
  mail.subject = "Faktura 1\r\nBcc: alla@example.com\r\n\r\nHej";
  mail.from.name = "Fjällhem\nX-Evil: 1";
  const auto bytes = composed(mail);
  ASSERT_TRUE(bytes);
  EXPECT_FALSE(has(*bytes, "\nBcc:"));
  EXPECT_FALSE(has(*bytes, "\nX-Evil"));
  mail = sample();
  mail.to = {{"", "a@b.example\r\nBcc: c@d.example"}};
  EXPECT_EQ(composed(mail).error().code, "mail-address-invalid");
}

TEST(Mail, HasALimit) {
  auto mail = sample();
  mail.attachments = {{"stor.xml", "application/xml", std::string(mail_bytes_max, 'x')}};
  EXPECT_EQ(composed(mail).error().code, "mail-too-large");
}

TEST(Mail, KnowsAnAddress) {
  for (const char* good : {"a@b", "faktura@bjorkvik.example", "a.b+c@d-e.example", "o'hara@x.example"})
    EXPECT_TRUE(isMailAddress(good)) << good;
  for (const char* bad : {"", "@", "a@", "@b", "a b@c", "a@b c", "a..b@c", ".a@b", "a@-b", "a@b\r\nRCPT",
                          "a@b>", "a@b,c@d", "å@b.example", "a@b..c"})
    EXPECT_FALSE(isMailAddress(bad)) << bad;
}

}  // namespace
}  // namespace postgang::net::test
