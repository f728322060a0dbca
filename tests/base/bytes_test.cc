#include "base/bytes.h"

#include <gtest/gtest.h>

namespace postgang {
namespace {

using namespace std::string_literals;

TEST(Digest, IsSha256OfThePartsLaidEndToEnd) {
  EXPECT_EQ(hex(view(sha256("abc"))), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256({"a", "", "bc"}), sha256("abc"));
  EXPECT_EQ(hex(view(sha256(""))), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Compression, GivesBackWhatItTook) {
  for (const std::string& bytes : {""s, "x"s, std::string(3'000'000, 'a'), randomBytes(100'000)}) {
    const auto back = decompress(compress(bytes), bytes.size());
    ASSERT_TRUE(back) << back.error().code;
    EXPECT_EQ(*back, bytes);
    EXPECT_EQ(*decompress(compress(bytes), SIZE_MAX), bytes);
  }
}

TEST(Compression, RefusesABombBeforeItUnpacks) {
  const auto result = decompress(compress(std::string(10'000'000, 'a')), 9'999'999);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "compressed-too-large");
  EXPECT_EQ(result.error().kind, ProblemKind::too_large);
}

TEST(Compression, RefusesDamage) {
  std::string packed = compress(randomBytes(5'000));
  EXPECT_EQ(decompress("not zstd at all", 100).error().code, "compressed-damaged");
  EXPECT_EQ(decompress("", 100).error().code, "compressed-damaged");
  EXPECT_EQ(decompress(packed.substr(0, packed.size() - 1), 5'000).error().code, "compressed-damaged");
}

TEST(Compression, CountsEveryFrameAgainstTheLimit) {
  const std::string two = compress(std::string(600, 'a')) + compress(std::string(600, 'b'));
  EXPECT_EQ(decompress(two, 1'000).error().code, "compressed-too-large");
  EXPECT_EQ(*decompress(two, 1'200), std::string(600, 'a') + std::string(600, 'b'));
}

TEST(Base64, FollowsRfc4648) {
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64Url("\xff\xef"), "_-8");
  EXPECT_EQ(fromBase64("Zm9v\r\n YmE=\n"), "fooba");
  EXPECT_EQ(fromBase64Url("_-8"), "\xff\xef");
  EXPECT_EQ(fromBase64(""), "");
}

TEST(Base64, RefusesWhatIsNotBase64) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "Zm9v=", "Zg==Zg==", "Zm9_", "=", "Zm9vå"})
    EXPECT_FALSE(fromBase64(text)) << text;
  EXPECT_FALSE(fromBase64Url("Zg=="));
  EXPECT_FALSE(fromBase64Url("Z"));
}

TEST(Random, TokensDiffer) {
  EXPECT_NE(randomToken(), randomToken());
  EXPECT_EQ(randomToken(32).size(), 43U);
  EXPECT_TRUE(equalInConstantTime("secret", "secret"));
  EXPECT_FALSE(equalInConstantTime("secret", "Secret"));
  EXPECT_FALSE(equalInConstantTime("secret", "secre"));
}

}  // namespace
}  // namespace postgang
