#include "base/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace postgang {
namespace {

Settings server() {
  return Settings({{"data", "/var/lib/postgang", "where everything lies", "DIR"},
                   {"max-document-bytes", "50000000", "the largest document taken", "BYTES"},
                   {"simulated-clock", "false", "lets time be moved", ""}});
}

class SettingsFile {
 public:
  explicit SettingsFile(std::string_view content)
      : path_(std::filesystem::temp_directory_path() / ("settings_test_" + std::to_string(getpid()))) {
    std::ofstream(path_) << content;
  }
  ~SettingsFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_; }

 private:
  std::filesystem::path path_;
};

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Environment() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(Settings, FallBackOnTheirDefaults) {
  Settings settings = server();
  ASSERT_TRUE(settings.read({}));
  EXPECT_EQ(settings.text("data"), "/var/lib/postgang");
  EXPECT_FALSE(settings.isSet("data"));
  EXPECT_FALSE(settings.yes("simulated-clock"));
  EXPECT_EQ(*settings.number("max-document-bytes"), 50'000'000);
}

TEST(Settings, TakeFlagsInBothForms) {
  Settings settings = server();
  ASSERT_TRUE(settings.read(
      {"a.xml", "--data", "/tmp/x", "--max-document-bytes=7", "--simulated-clock", "-", "--", "--data"}));
  EXPECT_EQ(settings.text("data"), "/tmp/x");
  EXPECT_EQ(*settings.number("max-document-bytes"), 7);
  EXPECT_TRUE(settings.yes("simulated-clock"));
  EXPECT_EQ(settings.positional(), (std::vector<std::string>{"a.xml", "-", "--data"}));
}

TEST(Settings, KeepEveryValueOfARepeatedFlag) {
  Settings settings = server();
  ASSERT_TRUE(settings.read({"--data", "a", "--data=b"}));
  EXPECT_EQ(settings.all("data"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(settings.text("data"), "b");
}

TEST(Settings, FlagBeforeEnvironmentBeforeFile) {
  const SettingsFile file("# a comment\n\ndata = from file\nmax-document-bytes=1\nsimulated-clock = yes\n");
  const Environment data("POSTGANG_DATA", "from environment");
  const Environment bytes("POSTGANG_MAX_DOCUMENT_BYTES", "2");
  Settings settings = server();
  ASSERT_TRUE(settings.read({"--config", file.path(), "--data", "from flag"}));
  EXPECT_EQ(settings.text("data"), "from flag");
  EXPECT_EQ(*settings.number("max-document-bytes"), 2);
  EXPECT_TRUE(settings.yes("simulated-clock"));
}

TEST(Settings, TheEnvironmentMayNameTheFile) {
  const SettingsFile file("data = from file\n");
  const std::string path = file.path();
  const Environment config("POSTGANG_CONFIG", path.c_str());
  Settings settings = server();
  ASSERT_TRUE(settings.read({}));
  EXPECT_EQ(settings.text("data"), "from file");
}

TEST(Settings, RefuseWhatIsUnknown) {
  Settings settings = server();
  const auto flag = settings.read({"--dta", "x"});
  ASSERT_FALSE(flag);
  EXPECT_EQ(flag.error().code, "unknown-setting");
  EXPECT_EQ(flag.error().where, "--dta");
  EXPECT_EQ(server().read({"-d"}).error().code, "unknown-setting");
  const SettingsFile file("data = x\ndaat = y\n");
  const auto line = server().read({"--config", file.path()});
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().code, "unknown-setting");
  EXPECT_EQ(line.error().where, file.path() + ", line 2");
}

TEST(Settings, RefuseAFlagWithoutItsValueAndAFileThatIsNotThere) {
  EXPECT_EQ(server().read({"--data"}).error().code, "setting-without-value");
  EXPECT_EQ(server().read({"--data", "--simulated-clock"}).error().code, "setting-without-value");
  EXPECT_EQ(server().read({"--config", "/nowhere/at/all"}).error().code, "settings-file-unreadable");
}

TEST(Settings, RefuseNumbersThatAreNot) {
  for (const char* text : {"many", "", "1.5", "7x", "99999999999999999999"}) {
    Settings settings = server();
    ASSERT_TRUE(settings.read({std::string("--max-document-bytes=") + text}));
    EXPECT_EQ(settings.number("max-document-bytes").error().code, "setting-not-a-number") << text;
  }
}

TEST(Settings, HelpNamesEveryOne) {
  const std::string help = server().help();
  for (const char* part : {"--data DIR", "where everything lies (default /var/lib/postgang)",
                           "--simulated-clock", "--config FILE", "POSTGANG_DATA"})
    EXPECT_NE(help.find(part), std::string::npos) << part << "\n" << help;
}

}  // namespace
}  // namespace postgang
