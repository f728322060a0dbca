// The command line as a caller sees it: exit codes, and what goes to which stream.
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "app/command.h"
#include "base/id.h"

namespace postgang::app {
namespace {

struct Run {
  int code;
  std::string out, err;
};

Run run(const std::vector<std::string>& arguments) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = runCommandLine(arguments);
  return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "postgang-app-XXXXXX").string();
    path_ = mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(CommandLine, HelpIsThereForEveryCommandAndIsGood) {
  EXPECT_EQ(run({"--help"}).code, 0);
  for (const auto& command : commands()) {
    EXPECT_NE(run({"--help"}).out.find(command.name), std::string::npos) << command.name;
    std::vector<std::string> arguments;
    std::istringstream words{std::string(command.name)};
    for (std::string word; words >> word;) arguments.push_back(word);
    arguments.push_back("--help");
    const auto help = run(arguments);
    EXPECT_EQ(help.code, 0) << command.name;
    EXPECT_NE(help.out.find(command.help), std::string::npos) << command.name;
  }
}

TEST(CommandLine, HelpOfAGroupListsItsCommandsAlone) {
  const auto help = run({"admin", "--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_NE(help.out.find("admin key create"), std::string::npos);
  EXPECT_EQ(help.out.find("\n  serve"), std::string::npos);
}

TEST(CommandLine, WrongUseIsTwo) {
  EXPECT_EQ(run({}).code, 2);
  EXPECT_EQ(run({"fly"}).code, 2);
  EXPECT_EQ(run({"serve", "--wings"}).code, 2);
  const Folder folder;
  EXPECT_EQ(run({"serve", "--workers", "many", "--data", folder / "data"}).code, 2);
  EXPECT_FALSE(std::filesystem::exists(folder / "data")) << "nothing is left behind";
  EXPECT_EQ(run({"version", "please"}).code, 2);
  EXPECT_EQ(run({"status", "not-an-id"}).code, 2);
  EXPECT_EQ(run({"send"}).code, 2);
  EXPECT_EQ(run({"admin", "company", "create", "--name", "Utan nummer"}).code, 2);
}

TEST(CommandLine, RefusedIsOneAndSaysWhyOnStandardError) {
  const auto refused = run({"render", "/nowhere/invoice.xml", "--output", "-"});
  EXPECT_EQ(refused.code, 1);
  EXPECT_EQ(refused.out, "");
  EXPECT_NE(refused.err.find("/nowhere/invoice.xml"), std::string::npos);
}

TEST(CommandLine, SetUpPrintsWhatAScriptNeedsAlone) {
  const Folder folder;
  const auto data = folder / "data";
  const auto made = run({"admin", "company", "create", "--data", data, "--identifier", "0007:559990-0122",
                         "--name", "Nordhamn AB"});
  EXPECT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(made.out, "0007:5599900122\n");
  EXPECT_EQ(run({"admin", "company", "create", "--data", data, "--identifier", "0007:5599900122", "--name",
                 "En till"})
                .code,
            1);
  const auto listed = run({"admin", "company", "list", "--data", data, "--json"});
  EXPECT_EQ(listed.out,
            "[{\"identifier\":\"0007:5599900122\",\"name\":\"Nordhamn AB\",\"operator\":false}]\n");
  const auto key = run({"admin", "key", "create", "--data", data, "--company", "0007:5599900122", "--scope",
                        "documents:read,documents:write"});
  EXPECT_EQ(key.code, 0) << key.err;
  EXPECT_TRUE(key.out.starts_with("pg_live_") && key.out.ends_with("\n")) << key.out;
  EXPECT_EQ(key.out.find(' '), std::string::npos);
  EXPECT_EQ(
      run({"admin", "key", "create", "--data", data, "--company", "0007:5599900122", "--scope", "moon:read"})
          .code,
      1);
}

TEST(CommandLine, TheSameSeedGivesTheSameWorldWhichIsWhole) {
  const Folder folder;
  std::vector<std::string> people;
  for (const auto* name : {"one", "two"}) {
    const auto made = run({"demo", "--data", folder / name, "--seed", "7", "--months", "1", "--documents",
                           "60", "--until", "2026-11-20T12:00:00Z"});
    ASSERT_EQ(made.code, 0) << made.err;
    people.push_back(made.out);
    const auto verified = run({"admin", "verify", "--data", folder / name});
    EXPECT_EQ(verified.code, 0) << verified.out;
    people.back() += verified.out;
  }
  EXPECT_EQ(people.at(0), people.at(1));
  EXPECT_NE(people.at(0).find("karin.sund@nordhamn.example"), std::string::npos);
  EXPECT_EQ(run({"demo", "--data", folder / "one"}).code, 1) << "a world is never mixed with anything else";
}

}  // namespace
}  // namespace postgang::app
