#include "channels/mail_keys.h"

#include <gtest/gtest.h>

#include "net/mail.h"

namespace postgang::channels {
namespace {

TEST(MailKeys, AKeyComesBackInItsAddress) {
  const auto key = newBounceKey();
  const auto address = verpAddress("retur@postgang.example", key);
  EXPECT_EQ(address, "retur+b-" + key + "@postgang.example");
  EXPECT_TRUE(net::isMailAddress(address));
  EXPECT_EQ(bounceKeyIn(address), key);
  EXPECT_EQ(bounceKeyIn("RETUR+B-" + key + "@Postgang.example"), key);
  EXPECT_EQ(bounceKeyIn(verpAddress("retur+test@postgang.example", key)), key);
  EXPECT_NE(newBounceKey(), key);
}

TEST(MailKeys, TheLongestAddressOfAHouseStillFits) {
  const auto from = std::string(verp_local_max, 'r') + "@postgang.example";
  EXPECT_TRUE(net::isMailAddress(verpAddress(from, newBounceKey())));
  EXPECT_FALSE(net::isMailAddress(verpAddress("r" + from, newBounceKey())));
}

TEST(MailKeys, WhatIsNoKeyIsNone) {
  for (const auto* address :
       {"", "retur@postgang.example", "retur+b-@postgang.example", "retur+b-kort@p.example",
        "retur+b-5hnc2wjd7kqev4tm8xp03rgby!@p.example", "retur+b-5hnc2wjd7kqev4tm8xp03rgbyau@p.example",
        "x@b-5hnc2wjd7kqev4tm8xp03rgbya.example"})
    EXPECT_FALSE(bounceKeyIn(address)) << address;
}

TEST(MailKeys, ATokenIsReadInFours) {
  const auto token = newPageToken();
  EXPECT_EQ(token.size(), 35U);
  EXPECT_EQ(token[8], '-');
  EXPECT_NE(pageTokenDigest(token), pageTokenDigest(newPageToken()));
}

}  // namespace
}  // namespace postgang::channels
