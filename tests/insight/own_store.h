// A store of the test's own, on a clock that the test moves; gone with the test.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>

#include "base/bytes.h"
#include "base/id.h"
#include "store/sql/session.h"
#include "tests/store/migrated.h"

namespace postgang::insight {

class OwnStore : public ::testing::Test {
 protected:
  explicit OwnStore(std::string_view begins) : clock_(*Instant::parse(begins)) {
    store::StoreOptions options;
    options.dataFolder = folder_;
    store::layMigrated(folder_);
    store_ = std::move(*store::Store::open(options, clock_));
  }
  ~OwnStore() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto outcome = store_->write(store::Priority::walk, body);
    ASSERT_TRUE(outcome) << outcome.error().detail;
  }

  SimulatedClock clock_;
  IdMaker ids_{clock_, 5};
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("postgang-insight-" + hex(randomBytes(6)));
  std::unique_ptr<store::Store> store_;
};

}  // namespace postgang::insight
