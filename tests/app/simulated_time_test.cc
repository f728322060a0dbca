#include "app/simulated_time.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace postgang::app {
namespace {

class SimulatedTime : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "postgang-time-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  static Instant at(const char* text) { return *Instant::parse(text); }
  Instant goesOn(Instant otherwise, Instant real) const {
    const auto start = timeGoesOn(folder_, otherwise, real);
    EXPECT_TRUE(start) << start.error().detail;
    return start.value_or(Instant{});
  }

  std::string folder_;
};

TEST_F(SimulatedTime, GoesOnFromWhereItHadBeenMovedToAndFromWhatHasPassedSince) {
  const auto real = at("2026-11-23T09:00:00Z"), moved = at("2026-12-01T09:00:00.123456Z");
  EXPECT_EQ(goesOn(real, real), real) << "nothing is kept";
  ASSERT_TRUE(keepTime(folder_, moved, real));
  EXPECT_EQ(goesOn(real, real), moved);
  EXPECT_EQ(goesOn(real, real.plusSeconds(90)), moved.plusSeconds(90));
  EXPECT_EQ(goesOn(moved.plusSeconds(500), real), moved.plusSeconds(500)) << "something happened later";
  EXPECT_EQ(goesOn(real, real.plusSeconds(-3600)), moved) << "the machine's clock was put back";
  ASSERT_TRUE(keepTime(folder_, moved.plusSeconds(60), real));
  EXPECT_EQ(goesOn(real, real), moved.plusSeconds(60));
}

TEST_F(SimulatedTime, AFileThatCannotBeReadIsNotPassedOver) {
  for (const char* text : {"", "tomorrow", "2026-12-01T09:00:00Z", "2026-12-01T09:00:00Z yesterday\n"}) {
    std::ofstream(folder_ + "/simulated-time") << text;
    const auto start = timeGoesOn(folder_, Instant{}, Instant{});
    ASSERT_FALSE(start) << text;
    EXPECT_EQ(start.error().code, "simulated-time-malformed");
  }
}

TEST_F(SimulatedTime, WhereNothingCanBeWrittenItIsSaid) {
  const auto kept = keepTime(folder_ + "/missing", Instant{}, Instant{});
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, "file-unwritable");
}

}  // namespace
}  // namespace postgang::app
