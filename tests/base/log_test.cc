#include "base/log.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace postgang {
namespace {

std::string logged(const std::function<void()>& act) {
  testing::internal::CaptureStderr();
  act();
  return testing::internal::GetCapturedStderr();
}

TEST(Log, IsOneJsonLineAnEvent) {
  const std::string line = logged([] {
    log::info("taken in", {{"document", "019ab0c1"}, {"file", "a \"b\"\n\x01\xff.xml"}});
  });
  ASSERT_FALSE(line.empty());
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto json = boost::json::parse(line).as_object();
  EXPECT_EQ(json.at("level").as_string(), "info");
  EXPECT_EQ(json.at("message").as_string(), "taken in");
  EXPECT_EQ(json.at("document").as_string(), "019ab0c1");
  EXPECT_EQ(json.at("file").as_string(), "a \"b\"\n\x01\uFFFD.xml");
  EXPECT_EQ(json.at("time").as_string().back(), 'Z');
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  EXPECT_EQ(logged([] { log::debug("too fine"); }), "");
  log::setLevel(log::Level::error);
  EXPECT_EQ(logged([] { log::warning("not now"); }), "");
  EXPECT_NE(logged([] { log::error("this"); }), "");
  log::setLevel(log::Level::info);
}

TEST(Log, LevelsHaveNames) {
  EXPECT_EQ(log::levelFromName("warning"), log::Level::warning);
  EXPECT_FALSE(log::levelFromName("loud"));
}

}  // namespace
}  // namespace postgang
