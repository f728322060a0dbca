// Stores that have the newest schema already. Four hundred statements make it, which is most of what a small
// test would otherwise do under the sanitizers: they are run once in a program, and copied.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

// In memory where there is such a place: tests are about what is written, not about how long a disk takes.
inline std::string newTemporaryFolder() {
  const std::filesystem::path memory = "/dev/shm";
  const auto parent = std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
  auto name = (parent / "postgang-test-XXXXXX").string();
  if (!mkdtemp(name.data())) std::abort();
  return name;
}

// Makes `folder` a data folder of SQLite with nothing in it but the schema, unless it is one.
inline void layMigrated(const std::string& folder) {
  struct Laid {
    Laid() : folder(newTemporaryFolder()) {
      const SimulatedClock clock(Instant::atMidnight(Date::of(2026, 1, 1)));
      StoreOptions options;
      options.dataFolder = folder;
      const auto opened = Store::open(options, clock);
      EXPECT_TRUE(opened) << opened.error().detail;
    }
    ~Laid() {
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
    }
    Laid(const Laid&) = delete;
    Laid& operator=(const Laid&) = delete;
    std::string folder;
  };
  static const Laid laid;
  if (!std::filesystem::exists(folder + "/postgang.sqlite"))
    std::filesystem::copy(laid.folder, folder, std::filesystem::copy_options::recursive);
}

}  // namespace postgang::store
