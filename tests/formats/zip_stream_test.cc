#include "formats/zip_stream.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "formats/archive.h"

namespace postgang::formats {
namespace {

namespace fs = std::filesystem;

class ZipStreams : public ::testing::Test {
 protected:
  ZipStreams() : folder_(fs::temp_directory_path() / "postgang-zip-stream-test") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~ZipStreams() override { fs::remove_all(folder_); }
  std::string at(const char* name) const { return (folder_ / name).string(); }
  static std::string read(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  const fs::path folder_;
};

TEST_F(ZipStreams, WhatIsWrittenIsReadAgain) {
  std::ofstream(at("large"), std::ios::binary) << std::string(3'000'000, 'x') << "end";
  auto zip = ZipStream::create(at("a.zip"), Instant::atMidnight(Date::of(2026, 11, 23)));
  ASSERT_TRUE(zip) << zip.error().detail;
  ASSERT_TRUE(zip->add("documents/å.xml", "<a/>"));
  ASSERT_TRUE(zip->addFile("large.txt", at("large")));
  ASSERT_TRUE(zip->add("empty", ""));
  ASSERT_TRUE(zip->finish());
  const auto files = unpack(read(at("a.zip")));
  ASSERT_TRUE(files) << files.error().detail;
  ASSERT_EQ(files->size(), 3U);
  EXPECT_EQ((*files)[0].name, "å.xml");
  EXPECT_EQ((*files)[0].bytes, "<a/>");
  EXPECT_EQ((*files)[1].bytes.size(), 3'000'003U);
  EXPECT_TRUE((*files)[1].bytes.ends_with("end"));
}

TEST_F(ZipStreams, WhereNothingCanBeWritten) {
  const auto zip = ZipStream::create(at("absent/a.zip"), Instant());
  EXPECT_EQ(zip.error().code, "zip-not-written");
}

}  // namespace
}  // namespace postgang::formats
