#include "net/file_drop.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/net/cutting_proxy.h"
#include "tests/net/problem_of.h"
#include "tests/net/sftp_server.h"

namespace postgang::net::test {
namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string codeOf(const Outcome& outcome) {
  return outcome ? "" : outcome.error().code;
}

// Both kinds keep the same promises.
class FileDropTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    if (GetParam() && !server_.started()) GTEST_SKIP() << "sshd is not installed";
    DropAccess access = server_.access();
    if (!GetParam())
      access = DropAccess{.url = "file://" + server_.drop().string(), .keyFile = {}, .hostKeys = {}};
    auto opened = FileDrop::at(access);
    ASSERT_TRUE(opened) << opened.error().detail;
    drop_.emplace(std::move(*opened));
    ASSERT_TRUE(drop_->makeFolder("in"));
  }
  SftpServer server_;
  std::optional<FileDrop> drop_;
};

TEST_P(FileDropTest, AFileIsPutWholeAndFetchedAgain) {
  std::string bytes(3'000'000, 'x');
  bytes[1'234'567] = '\0';
  ASSERT_EQ(codeOf(drop_->put("in", "20261124-1600-001.zip", bytes)), "");
  EXPECT_EQ(contentOf(server_.drop() / "in/20261124-1600-001.zip"), bytes);
  const auto fetched = drop_->get("in", "20261124-1600-001.zip", 4'000'000);
  ASSERT_TRUE(fetched) << fetched.error().detail;
  EXPECT_TRUE(*fetched == bytes);
  EXPECT_EQ(problemOf(drop_->get("in", "20261124-1600-001.zip", 2'999'999)).code, "drop-file-too-large");
}

TEST_P(FileDropTest, OnlyWholeFilesAreListed) {
  std::ofstream(server_.drop() / "in/.half.zip.part") << "half";
  fs::create_directory(server_.drop() / "in/folder with blanks");
  ASSERT_TRUE(drop_->put("in", "b.json", "2"));
  ASSERT_TRUE(drop_->put("in", "a.json", "1"));
  const auto names = drop_->list("in");
  ASSERT_TRUE(names) << names.error().detail;
  EXPECT_EQ(*names, (std::vector<std::string>{"a.json", "b.json"}));
  EXPECT_TRUE(drop_->exists("in", "a.json").value());
  EXPECT_FALSE(drop_->exists("in", "c.json").value());
}

TEST_P(FileDropTest, NothingIsWrittenOver) {
  ASSERT_TRUE(drop_->put("in", "a.zip", "first"));
  EXPECT_EQ(codeOf(drop_->put("in", "a.zip", "second")), "drop-name-taken");
  EXPECT_EQ(contentOf(server_.drop() / "in/a.zip"), "first");
  ASSERT_TRUE(drop_->makeFolder("taken"));
  ASSERT_TRUE(drop_->put("taken", "a.zip", "other"));
  EXPECT_EQ(codeOf(drop_->move("in", "a.zip", "taken")), "drop-name-taken");
  EXPECT_EQ(contentOf(server_.drop() / "taken/a.zip"), "other");
}

TEST_P(FileDropTest, AHalfWrittenFileOfAnEarlierTryIsNoObstacle) {
  std::ofstream(server_.drop() / "in/.a.zip.part") << "half of an earlier and longer try";
  ASSERT_EQ(codeOf(drop_->put("in", "a.zip", "whole")), "");
  EXPECT_EQ(contentOf(server_.drop() / "in/a.zip"), "whole");
  EXPECT_FALSE(fs::exists(server_.drop() / "in/.a.zip.part"));
}

TEST_P(FileDropTest, FilesAreMovedAndTakenAway) {
  ASSERT_TRUE(drop_->makeFolder("taken"));
  ASSERT_TRUE(drop_->makeFolder("taken")) << "making it twice is no fault";
  ASSERT_TRUE(drop_->put("in", "a.zip", "bytes"));
  ASSERT_EQ(codeOf(drop_->move("in", "a.zip", "taken")), "");
  EXPECT_TRUE(fs::exists(server_.drop() / "taken/a.zip"));
  ASSERT_EQ(codeOf(drop_->remove("taken", "a.zip")), "");
  EXPECT_FALSE(fs::exists(server_.drop() / "taken/a.zip"));
}

TEST_P(FileDropTest, WhatIsAbsentIsNotFound) {
  EXPECT_EQ(problemOf(drop_->list("nowhere")).code, "drop-not-found");
  EXPECT_EQ(problemOf(drop_->get("in", "a.zip", 10)).code, "drop-not-found");
  EXPECT_EQ(codeOf(drop_->put("nowhere", "a.zip", "x")), "drop-not-found");
  EXPECT_EQ(codeOf(drop_->remove("in", "a.zip")), "drop-not-found");
}

TEST_P(FileDropTest, ANameLeadsNowhereElse) {
  for (const char* name : {"..", "../a", "a/b", ".hidden", "", "a b", "a\nrm b", "a\"b", "å.zip"})
    EXPECT_EQ(codeOf(drop_->put("in", name, "x")), "drop-name-invalid") << name;
  EXPECT_EQ(codeOf(drop_->put("../in", "a", "x")), "drop-name-invalid");
}

INSTANTIATE_TEST_SUITE_P(EveryKind, FileDropTest, testing::Bool(),
                         [](const auto& kind) { return kind.param ? "Sftp" : "Local"; });

TEST(FileDropAddress, IsLookedAtBeforeAnythingIsDone) {
  const auto codeFor = [](std::string url, std::string keyFile = "key") {
    DropAccess access;
    access.url = std::move(url);
    access.keyFile = std::move(keyFile);
    access.hostKeys = {"SHA256:uNiVztksCsDhcc0u9e8BrN1ruIQtaaP+Ldjt0+jtqSc"};
    return problemOf(FileDrop::at(access)).code;
  };
  EXPECT_EQ(codeFor("sftp://us@print.example/in"), "");
  EXPECT_EQ(codeFor("sftp://us@print.example:2222/srv/in/"), "");
  EXPECT_EQ(codeFor("file:///srv/in"), "");
  for (const char* url :
       {"ftp://us@print.example/in", "sftp://print.example/in", "sftp://us:secret@print.example/in",
        "sftp://us@print.example/in/../out", "sftp://us@print.example/a b", "sftp://us@print.example/a%20b",
        "sftp://us@print.example/in?x", "srv/in", ""})
    EXPECT_EQ(codeFor(url), "drop-url-invalid") << url;
  EXPECT_EQ(codeFor("sftp://us@print.example/in", ""), "drop-key-missing");
  DropAccess unpinned{.url = "sftp://us@print.example/in", .keyFile = "key", .hostKeys = {}};
  EXPECT_EQ(problemOf(FileDrop::at(unpinned)).code, "drop-host-key-invalid");
  unpinned.hostKeys = {"MD5:aa:bb"};
  EXPECT_EQ(problemOf(FileDrop::at(unpinned)).code, "drop-host-key-invalid");
}

class SftpDropTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!server_.started()) GTEST_SKIP() << "sshd is not installed";
    fs::create_directory(server_.drop() / "in");
  }
  static FileDrop opened(const DropAccess& access) { return std::move(FileDrop::at(access).value()); }
  SftpServer server_;
};

TEST_F(SftpDropTest, AHostWithAnotherKeyIsNotSpokenTo) {
  auto access = server_.access();
  access.hostKeys = {"SHA256:uNiVztksCsDhcc0u9e8BrN1ruIQtaaP+Ldjt0+jtqSc"};
  const FileDrop drop = opened(access);
  EXPECT_EQ(codeOf(drop.put("in", "a.zip", "x")), "drop-host-unknown");
  EXPECT_EQ(problemOf(drop.list("in")).code, "drop-host-unknown");
  EXPECT_TRUE(fs::is_empty(server_.drop() / "in"));
}

TEST_F(SftpDropTest, WithoutTheRightKeyNobodyGetsIn) {
  auto access = server_.access();
  access.keyFile = (server_.folder() / "host").string();  // a key, but not one that it lets in
  EXPECT_EQ(codeOf(opened(access).put("in", "a.zip", "x")), "drop-sign-in-refused");
  access.keyFile = (server_.folder() / "no-such-key").string();
  EXPECT_EQ(codeOf(opened(access).put("in", "a.zip", "x")), "drop-sign-in-refused");
}

TEST_F(SftpDropTest, AnAddressThatIsNotAllowedIsNotConnectedTo) {
  auto access = server_.access();
  access.allowAddress = isPublic;
  EXPECT_EQ(problemOf(opened(access).put("", "a.xml", "bytes")).code, "drop-unreachable");
  EXPECT_EQ(problemOf(opened(access).list("")).code, "drop-unreachable");
  access.allowAddress = [](const IpAddress&) { return true; };
  EXPECT_TRUE(opened(access).put("", "a.xml", "bytes"));
}

TEST_F(SftpDropTest, AServerThatIsDownHasTakenNothing) {
  EXPECT_EQ(codeOf(opened(server_.access(1)).put("in", "a.zip", "x")), "drop-unreachable");
}

TEST_F(SftpDropTest, CutBeforeTheSessionStandsNothingHasHappened) {
  CuttingProxy proxy(server_.port(), [](Passing way, std::size_t passed) {
    return way == Passing::to_server && passed > 200;
  });
  EXPECT_EQ(codeOf(opened(server_.access(proxy.port())).put("in", "a.zip", "x")), "drop-unreachable");
}

TEST_F(SftpDropTest, CutWhileWritingNothingLiesUnderTheName) {
  CuttingProxy proxy(server_.port(), [](Passing way, std::size_t passed) {
    return way == Passing::to_server && passed > 500'000;
  });
  const FileDrop drop = opened(server_.access(proxy.port()));
  EXPECT_EQ(codeOf(drop.put("in", "a.zip", std::string(1'000'000, 'x'))), "drop-cut");
  EXPECT_FALSE(fs::exists(server_.drop() / "in/a.zip"));
}

TEST_F(SftpDropTest, CutAfterTheRenameAndBeforeItsAnswerIsUncertainUntilAsked) {
  const auto final = server_.drop() / "in/a.zip";
  CuttingProxy proxy(server_.port(), [&, cut = false](Passing way, std::size_t) mutable {
    if (!cut && way == Passing::to_client && fs::exists(final)) return cut = true;
    return false;
  });
  const FileDrop drop = opened(server_.access(proxy.port()));
  EXPECT_EQ(codeOf(drop.put("in", "a.zip", "bytes")), "drop-uncertain");
  EXPECT_TRUE(drop.exists("in", "a.zip").value()) << "on a new connection";
  EXPECT_EQ(contentOf(final), "bytes");
}

TEST_F(SftpDropTest, CutBetweenUploadAndRenameNothingLiesUnderTheName) {
  const auto part = server_.drop() / "in/.a.zip.part";
  const std::string bytes(100'000, 'x');
  std::atomic<bool> lifted = false;
  CuttingProxy proxy(server_.port(), [&, down = false](Passing way, std::size_t) mutable {
    std::error_code error;
    if (way == Passing::to_server && fs::file_size(part, error) == bytes.size()) down = true;
    return down && !lifted;  // and nobody gets through again
  });
  const FileDrop drop = opened(server_.access(proxy.port()));
  const auto code = codeOf(drop.put("in", "a.zip", bytes));
  EXPECT_TRUE(code == "drop-cut" || code == "drop-unreachable" || code == "drop-uncertain") << code;
  lifted = true;
  EXPECT_FALSE(drop.exists("in", "a.zip").value());
  EXPECT_EQ(codeOf(drop.put("in", "a.zip", bytes)), "") << "the next try";
  EXPECT_EQ(contentOf(server_.drop() / "in/a.zip"), bytes);
}

TEST_F(SftpDropTest, AHostThatSaysNothingIsGivenUp) {
  CuttingProxy silent(1, [](Passing, std::size_t) { return true; });
  auto access = server_.access(silent.port());
  access.totalTime = std::chrono::milliseconds(1000);
  EXPECT_EQ(codeOf(opened(access).put("in", "a.zip", "x")), "drop-unreachable");
}

}  // namespace
}  // namespace postgang::net::test
