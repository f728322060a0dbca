#include "channels/test_receivers.h"

#include <gtest/gtest.h>

#include <set>

#include "document/identifiers.h"
#include "net/mail.h"

namespace postgang::channels {
namespace {

TEST(TestReceivers, have_right_check_digits_in_a_series_of_their_own) {
  std::set<std::string_view> keys, identifiers;
  for (const auto& one : testReceivers()) {
    const auto parsed = document::parseIdentifier(one.identifier);
    ASSERT_TRUE(parsed) << one.key;
    EXPECT_EQ(parsed->text(), one.identifier);
    EXPECT_TRUE(one.identifier.starts_with("0007:5599999")) << one.identifier;
    EXPECT_TRUE(net::isMailAddress(one.email)) << one.email;
    EXPECT_TRUE(one.email.ends_with(".example")) << "an address that no mail can go to";
    keys.insert(one.key);
    identifiers.insert(one.identifier);
  }
  EXPECT_EQ(keys.size(), testReceivers().size());
  EXPECT_EQ(identifiers.size(), testReceivers().size());
  EXPECT_TRUE(document::parseIdentifier(test_supplier_identifier));
}

TEST(TestReceivers, are_known_by_identifier_then_mail_then_number_then_name) {
  Recipient recipient;
  EXPECT_EQ(testReceiverOf(recipient), nullptr) << "nothing is not a receiver";
  recipient.name = "  testmottagare  VÄGRAR ";
  ASSERT_NE(testReceiverOf(recipient), nullptr);
  EXPECT_EQ(testReceiverOf(recipient)->key, "refuses");
  recipient.customerNumber = "TEST-6";
  EXPECT_EQ(testReceiverOf(recipient)->key, "slow");
  recipient.email = "Studsar@test.postgang.example";
  EXPECT_EQ(testReceiverOf(recipient)->key, "bounces");
  recipient.identifiers = {"0007:5599999041"};
  EXPECT_EQ(testReceiverOf(recipient)->key, "stops");
}

TEST(TestReceivers, are_nobody_else) {
  Recipient recipient;
  recipient.identifiers = {"0007:5599900023"};
  recipient.name = "Granberga Bygg AB";
  recipient.email = "ekonomi@granberga.example";
  recipient.customerNumber = "1";
  EXPECT_EQ(testReceiverOf(recipient), nullptr);
  EXPECT_EQ(testReceiverByKey("delivers")->fate, Fate::opened);
  EXPECT_EQ(testReceiverByKey(""), nullptr);
}

}  // namespace
}  // namespace postgang::channels
