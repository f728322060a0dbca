#include "base/vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "base/bytes.h"

namespace postgang {
namespace {

class VaultFile : public ::testing::Test {
 protected:
  VaultFile() {
    std::string name = (std::filesystem::temp_directory_path() / "postgang-vault-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~VaultFile() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file() const { return folder_ / "vault.key"; }
  std::string text() const {
    std::ostringstream out;
    out << std::ifstream(file()).rdbuf();
    return out.str();
  }
  void put(const std::string& text) const {
    std::ofstream(file()) << text;
    ::chmod(file().c_str(), 0600);
  }
  unsigned mode() const {
    struct stat facts {};
    ::stat(file().c_str(), &facts);
    return facts.st_mode & 0777U;
  }
  std::string codeOfOpening() const {
    const auto vault = Vault::open(file());
    return vault ? "" : vault.error().code;
  }

  std::filesystem::path folder_;
};

std::string code(const Result<std::string>& result) {
  return result ? "" : result.error().code;
}

TEST_F(VaultFile, IsMadeForItsOwnerAloneAndOpensWhatItSealedAfterARestart) {
  const auto sealed = Vault::open(file())->seal("JBSWY3DP", "totp:7");
  EXPECT_EQ(mode(), 0600U);
  EXPECT_EQ(*Vault::open(file())->unseal(sealed, "totp:7"), "JBSWY3DP");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1) << "nothing lies beside it";
}

TEST_F(VaultFile, IsMadeOnceWhenManyStartAtTheSameTime) {
  std::vector<std::string> sealed(8);
  std::vector<std::thread> threads;
  for (auto& each : sealed) threads.emplace_back([&] { each = Vault::open(file())->seal("hemlig", "all"); });
  for (auto& thread : threads) thread.join();
  for (const auto& each : sealed) EXPECT_EQ(*Vault::open(file())->unseal(each, "all"), "hemlig");
}

TEST_F(VaultFile, OpenToOthersMalformedOrNoFileIsRefusedWithItsCode) {
  put(base64(std::string(32, 'k')) + "\n");
  for (const mode_t open : {0640U, 0604U, 0660U, 0777U}) {
    ::chmod(file().c_str(), open);
    EXPECT_EQ(codeOfOpening(), "vault-open-to-others") << open;
  }
  for (const std::string& text : {std::string(), std::string("\n\n"), std::string("inte base64!\n"),
                                  base64(std::string(31, 'k')) + "\n", base64(std::string(33, 'k')) + "\n",
                                  base64(std::string(32, 'k')) + "\nx\n", std::string(70'000, '\n')}) {
    std::filesystem::remove(file());
    put(text);
    EXPECT_EQ(codeOfOpening(), "vault-malformed") << text.substr(0, 60);
  }
  std::filesystem::remove(file());
  std::filesystem::create_directory(file());
  EXPECT_EQ(codeOfOpening(), "vault-unreadable");
  std::filesystem::remove(file());
  std::filesystem::create_symlink(folder_ / "elsewhere", file());
  EXPECT_EQ(codeOfOpening(), "vault-unreadable") << "a link leads where somebody else says";
}

TEST_F(VaultFile, NeverSealsTheSameTwiceAndShowsNothingOfWhatItSealed) {
  const auto vault = Vault::open(file());
  std::set<std::string> sealed;
  for (int i = 0; i < 100; ++i) sealed.insert(vault->seal("samma", "all"));
  EXPECT_EQ(sealed.size(), 100U);
  for (const auto& each : sealed) EXPECT_EQ(each.find("samma"), std::string::npos);
  EXPECT_EQ(*vault->unseal(vault->seal("", "all"), "all"), "");
  const std::string bytes = randomBytes(100'000);
  EXPECT_EQ(*vault->unseal(vault->seal(bytes, "all"), "all"), bytes);
}

TEST_F(VaultFile, WhatWasSealedForOneOpensForNoOther) {
  const auto vault = Vault::open(file());
  const auto sealed = vault->seal("hemlig", "totp:1");
  for (const auto* other : {"totp:2", "totp:", "", "totp:11", "TOTP:1"})
    EXPECT_EQ(code(vault->unseal(sealed, other)), "sealed-wrong") << other;
}

TEST_F(VaultFile, AnyChangeOfASealedTextShows) {
  const auto vault = Vault::open(file());
  const auto sealed = vault->seal("hemlig text", "all");
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto changed = sealed;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(vault->unseal(changed, "all")) << at;
    EXPECT_FALSE(vault->unseal(sealed.substr(0, at), "all")) << at;
  }
  for (const auto* text : {"", "v1.", "v1.abcdef01", "v1.abcdef01.", "v1.abcdef01.AAAA", "v2.abcdef01.AAAA"})
    EXPECT_EQ(code(vault->unseal(text, "all")), "sealed-malformed") << text;
}

TEST_F(VaultFile, AnotherKeyOpensNothingAndSaysWhichIsMissing) {
  const auto sealed = Vault::withKey(std::string(32, 'a')).seal("hemlig", "all");
  const auto opened = Vault::withKey(std::string(32, 'b')).unseal(sealed, "all");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "sealed-key-unknown");
  EXPECT_EQ(opened.error().kind, ProblemKind::unavailable);
  EXPECT_NE(opened.error().detail.find(sealed.substr(3, 8)), std::string::npos);
  EXPECT_EQ(opened.error().detail.find("hemlig"), std::string::npos);
}

TEST_F(VaultFile, ARunningVaultSeesANewKeyWhenItSealsAndWhenItOpens) {
  const auto running = *Vault::open(file());
  const auto old = running.seal("hemlig", "all");
  EXPECT_TRUE(running.isNewest(old));
  ASSERT_TRUE(Vault::addKey(file()));
  EXPECT_EQ(mode(), 0600U);
  EXPECT_FALSE(running.isNewest(old));
  EXPECT_EQ(running.keys(), 2U);
  EXPECT_EQ(*running.unseal(old, "all"), "hemlig") << "old keys go on opening";
  EXPECT_TRUE(Vault::open(file())->isNewest(running.seal("ny", "all"))) << "and the newest seals";
  const auto others = Vault::open(file())->seal("annans", "all");
  EXPECT_EQ(*running.unseal(others, "all"), "annans");

  ASSERT_TRUE(Vault::dropOldKeys(file()));
  EXPECT_EQ(code(running.unseal(old, "all")), "sealed-key-unknown");
  EXPECT_EQ(*running.unseal(others, "all"), "annans");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(VaultFile, KeysAddedAtTheSameTimeAreAllKept) {
  ASSERT_TRUE(Vault::open(file()));
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { EXPECT_TRUE(Vault::addKey(file())); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(Vault::open(file())->keys(), 9U);
}

TEST_F(VaultFile, WhileTheFileIsBrokenARunningVaultKeepsWhatItHas) {
  const auto running = *Vault::open(file());
  const auto before = text();
  const auto sealed = running.seal("hemlig", "all");
  put("trasig\n");
  EXPECT_EQ(*running.unseal(sealed, "all"), "hemlig");
  std::filesystem::remove(file());
  EXPECT_EQ(*running.unseal(running.seal("ny", "all"), "all"), "ny");
  put(before);
  EXPECT_EQ(*Vault::open(file())->unseal(running.seal("sen", "all"), "all"), "sen");
}

}  // namespace
}  // namespace postgang
