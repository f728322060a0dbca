#include "net/mail_authentication.h"

#include <gtest/gtest.h>

namespace postgang::net::test {
namespace {

constexpr std::string_view ours = "mx.postgang.example";

// As the receiving server hands it over: `fields` are the values of Authentication-Results, the topmost
// first.
bool proven(const std::vector<std::string>& fields, std::string_view authservId = ours,
            const std::string& from = "Karin <karin@nordhamn.example>") {
  std::string bytes;
  for (const auto& field : fields) bytes += "Authentication-Results: " + field + "\r\n";
  const auto mail = readMail(bytes + "From: " + from + "\r\nSubject: Hej\r\n\r\nHej\r\n");
  return mail && isSenderProven(*mail, authservId);
}

TEST(MailAuthentication, IsWhatOurOwnServerSays) {
  EXPECT_TRUE(proven({"mx.postgang.example; dmarc=pass header.from=nordhamn.example"}));
  EXPECT_TRUE(
      proven({"MX.Postgang.example 1;\r\n\tdkim=none;\r\n\tdmarc=pass (p=reject (sp=none) dis=none) "
              "header.from=Nordhamn.example"}));
  EXPECT_TRUE(proven({"mx.postgang.example; spf=softfail; dkim = pass header.d = nordhamn.example"}));
  EXPECT_TRUE(proven({"mx.postgang.example; dmarc=none; spf=pass smtp.mailfrom=karin@nordhamn.example"}));
  EXPECT_TRUE(proven({"mx.postgang.example; dkim=pass header.i=@nordhamn.example"}));
  EXPECT_TRUE(proven({"relay.example; dmarc=fail", "mx.postgang.example; dmarc=pass"}));
}

TEST(MailAuthentication, IsNothingThatAStrangerHasWritten) {
  EXPECT_FALSE(proven({}));
  EXPECT_FALSE(proven({"mx.postgang.example; dmarc=pass"}, "")) << "there is no such server";
  EXPECT_FALSE(proven({"mx.elak.example; dmarc=pass header.from=nordhamn.example"}));
  EXPECT_FALSE(proven({"mx.postgang.example; dmarc=fail", "mx.postgang.example; dmarc=pass"}))
      << "the topmost counts";
  EXPECT_FALSE(proven({"mx.postgang.example; none", "mx.postgang.example; dmarc=pass"}));
  EXPECT_FALSE(proven({"mx.postgang.example; dmarc=pass header.from=elak.example"}));
  EXPECT_FALSE(
      proven({"mx.postgang.example; dkim=pass header.d=elak.example; spf=pass "
              "smtp.mailfrom=nordhamn.example.elak.example"}));
  EXPECT_FALSE(proven({"mx.postgang.example; dmarc=fail; dkim=pass header.d=nordhamn.example"}));
  EXPECT_FALSE(proven({"mx.postgang.example; dkim=fail header.d=nordhamn.example"}));
  EXPECT_FALSE(proven({"mx.postgang.example; spf=fail smtp.mailfrom=\"x; dmarc=pass\"@elak.example"}));
  EXPECT_FALSE(proven({"mx.postgang.example; spf=fail (said; dmarc=pass)"}));
  EXPECT_FALSE(proven({"mx.postgang.example; spf=fail (open; dmarc=pass", "mx.postgang.example; dmarc=pass"}))
      << "what cannot be read may be our server's, and proves nothing";
  EXPECT_FALSE(proven({"mx.postgang.example; dmarc=pass"}, ours, "karin@nordhamn.example, eve@elak.example"))
      << "of several authors it is nobody's";
}

}  // namespace
}  // namespace postgang::net::test
