#include "access/password_rules.h"

#include <gtest/gtest.h>

#include "access/device.h"

namespace postgang::access {
namespace {

const std::vector<std::string> known = {"Karin Sand", "karin.sand@nordhamn.example", "Nordhamn Energi AB"};

std::string codeOf(std::string_view password) {
  const auto checked = checkPassword(password, known);
  return checked ? "good" : checked.error().code;
}

TEST(PasswordRules, refuse_what_is_guessed_first) {
  for (const std::string_view password :
       {"1234567890", "0987654321", "qwertyuiop", "password123", "Password2026!", "lösenord123", "Sommar2026",
        "aaaaaaaaaa", "1212121212", "abcabcabcabc", "1q2w3e4r5t", "----------"})
    EXPECT_EQ(codeOf(password), "password-common") << password;
}

TEST(PasswordRules, refuse_what_anybody_knows) {
  for (const std::string_view password :
       {"karinsand1", "Karin Sand 1", "nordhamn2026", "NordhamnEnergi", "sand.karin.42"})
    EXPECT_EQ(codeOf(password), "password-personal") << password;
}

TEST(PasswordRules, let_everything_else_be) {
  for (const std::string_view password : {"sommar i hamnen", "fyra kloka ugglor", "karin gillar blåbär",
                                          "Xk9#mQ2$vL", "åäö kommer sist!?", "¡™£¢∞§¶•ªº", "postgang-demo"})
    EXPECT_EQ(codeOf(password), "good") << password;
}

TEST(Device, is_named_as_people_know_it) {
  EXPECT_EQ(deviceOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"),
            "Firefox, Windows");
  EXPECT_EQ(
      deviceOf(
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
          "Version/18.0 Mobile/15E148 Safari/604.1"),
      "Safari, iPhone");
  EXPECT_EQ(
      deviceOf(
          "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 "
          "Edg/130.0"),
      "Edge, Windows");
  EXPECT_EQ(deviceOf("<script>alert(1)</script>"), "");
}

TEST(Device, is_told_apart_by_its_network) {
  const UserId user(Uuid::fromBytes("0123456789abcdef"));
  const auto here = deviceDigest(user, {"192.0.2.7", "Firefox, Windows"});
  EXPECT_EQ(deviceDigest(user, {"192.0.2.200", "Firefox, Windows"}), here);
  EXPECT_NE(deviceDigest(user, {"192.0.3.7", "Firefox, Windows"}), here);
  EXPECT_NE(deviceDigest(user, {"192.0.2.7", "Chrome, Windows"}), here);
  EXPECT_EQ(deviceDigest(user, {"2001:db8:1:2::7", ""}), deviceDigest(user, {"2001:db8:1:9::8", ""}));
}

}  // namespace
}  // namespace postgang::access
