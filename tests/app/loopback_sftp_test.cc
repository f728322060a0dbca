// The demo world's letters leave over real SFTP, to a server that lives no longer than we do.
#include "app/demo/loopback_sftp.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/demo/post_office.h"

namespace postgang::app::demo {
namespace {

namespace files = std::filesystem;

class LoopbackSftpTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (files::temp_directory_path() / "postgang-loopback-XXXXXX").string();
    data_ = ::mkdtemp(name.data());
    if (!files::exists("/usr/sbin/sshd")) GTEST_SKIP() << "sshd is not installed";
  }
  void TearDown() override { files::remove_all(data_); }

  Result<std::unique_ptr<LoopbackSftp>> started() const {
    return LoopbackSftp::start((data_ / "drop").string(), (data_ / "keys").string());
  }
  static std::string codeOf(const net::DropAccess& access) {
    const auto drop = net::FileDrop::at(access);
    if (!drop) return drop.error().code;
    const auto listed = drop->list("");
    return listed ? "" : listed.error().code;
  }
  static bool isGoneSoon(const net::DropAccess& access) {
    for (int tried = 0; tried < 500; ++tried) {
      if (codeOf(access) == "drop-unreachable") return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));  // tidy: another process is to end
    }
    return false;
  }

  files::path data_;
};

TEST_F(LoopbackSftpTest, TakesFilesFromItsKeyAndFromNoOther) {
  const auto server = started();
  ASSERT_TRUE(server) << server.error().code << " " << server.error().detail;
  const auto& access = (*server)->access();
  EXPECT_TRUE(access.url.starts_with("sftp://")) << access.url;
  EXPECT_NE(access.url.find("@127.0.0.1:"), std::string::npos) << access.url;
  const auto drop = net::FileDrop::at(access);
  ASSERT_TRUE(drop);
  const auto put = drop->put("", "a.zip", "letters");
  ASSERT_TRUE(put) << put.error().detail;
  std::ifstream in(data_ / "drop" / "a.zip");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), "letters");

  auto stranger = access;
  stranger.keyFile = access.keyFile.substr(0, access.keyFile.rfind('/')) + "/host";
  EXPECT_EQ(codeOf(stranger), "drop-sign-in-refused");
  EXPECT_EQ(files::status(data_ / "keys").permissions(), files::perms::owner_all);
}

TEST_F(LoopbackSftpTest, EndsWithItsOwner) {
  net::DropAccess access;
  {
    const auto server = started();
    ASSERT_TRUE(server) << server.error().detail;
    access = (*server)->access();
  }
  EXPECT_EQ(codeOf(access), "drop-unreachable");
  const auto again = started();  // with the keys that lie there, on a port of its own
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ((*again)->access().hostKeys, access.hostKeys);
}

TEST_F(LoopbackSftpTest, EndsWhenItsOwnerIsKilled) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const auto owner = ::fork();
  if (owner == 0) {
    const auto server = started();
    const auto url = server ? (*server)->access().url : std::string("?");
    (void)!::write(ends[1], url.data(), url.size());
    for (;;) ::pause();
  }
  char text[512];
  const auto size = ::read(ends[0], text, sizeof text);
  ASSERT_GT(size, 1);
  net::DropAccess access;
  access.url.assign(text, static_cast<std::size_t>(size));
  access.keyFile = (data_ / "keys" / "client").string();
  access.hostKeys = {"SHA256:" + std::string(43, 'A')};
  EXPECT_EQ(codeOf(access), "drop-host-unknown");  // it answers
  ::kill(owner, SIGKILL);
  ::waitpid(owner, nullptr, 0);
  EXPECT_TRUE(isGoneSoon(access));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST_F(LoopbackSftpTest, LettersOfTheDemoWorldGoThatWay) {
  const auto office = PostOffice::open(1, data_.string(), public_url);
  ASSERT_TRUE(office) << office.error().detail;
  EXPECT_TRUE((*office)->paperRoad().starts_with("sftp://")) << (*office)->paperRoad();
  flow::FlowSettings settings;
  PostOffice::standIn(*office, settings);
  ASSERT_TRUE(settings.printing.isOn());
  const auto put = settings.printing.drop->put("in", "20261124-1600-001.zip", "no batch");
  ASSERT_TRUE(put) << put.error().detail;
  ASSERT_TRUE((*office)->printRound(*Instant::parse("2026-11-24T16:00:00Z")));
  const auto refused = settings.printing.drop->list("refused");
  ASSERT_TRUE(refused) << refused.error().detail;
  EXPECT_EQ(*refused, std::vector<std::string>{"20261124-1600-001.zip"});
}

TEST_F(LoopbackSftpTest, WhereThereIsAnotherPrintHouseNoServerIsStarted) {
  const auto office = PostOffice::open(1, data_.string(), public_url, false);
  ASSERT_TRUE(office);
  EXPECT_EQ((*office)->paperRoad(), "");
  flow::FlowSettings settings;
  PostOffice::standIn(*office, settings);
  EXPECT_FALSE(settings.printing.isOn());
  EXPECT_TRUE((*office)->printRound(*Instant::parse("2026-11-24T16:00:00Z")));
}

TEST_F(LoopbackSftpTest, AFolderThatCanBeNoDropHasNoPrintHouse) {
  const auto office = PostOffice::open(1, (data_ / "a b").string(), public_url);
  ASSERT_TRUE(office);
  EXPECT_EQ((*office)->paperRoad(), "");
}

}  // namespace
}  // namespace postgang::app::demo
