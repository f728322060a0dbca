#include "formats/zip_file.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "formats/archive.h"

namespace postgang::formats {
namespace {

std::string zipOf(const std::vector<std::pair<std::string, std::string>>& files) {
  ZipFile zip;
  for (const auto& [path, bytes] : files) zip.add(path, bytes);
  return std::move(zip).finish().value();
}

TEST(ZipFile, WhatIsPackedIsUnpackedTheSame) {
  const std::string noise = randomBytes(10'000), text(100'000, 'a');
  const auto files = unpack(zipOf({{"brev/ett.pdf", noise}, {"manifest.json", text}, {"tom.txt", ""}}));
  ASSERT_TRUE(files) << files.error().detail;
  ASSERT_EQ(files->size(), 3U);
  EXPECT_EQ(files->at(0).name, "ett.pdf");
  EXPECT_EQ(files->at(0).bytes, noise);
  EXPECT_EQ(files->at(1).bytes, text);
  EXPECT_EQ(files->at(2).bytes, "");
}

// An uploader's own words for a file: none of them may lead out of the folder that the zip is unpacked in.
TEST(ZipFile, NamesThatOthersGaveLeadNowhere) {
  EXPECT_EQ(plainFileName("faktura 4711.xml", "x"), "faktura_4711.xml");
  EXPECT_EQ(plainFileName("../../etc/passwd", "x"), "_._etc_passwd");
  EXPECT_EQ(plainFileName("a..b....xml", "x"), "a.b.xml");
  EXPECT_EQ(plainFileName("C:\\..\\x", "x"), "C__._x");
  EXPECT_EQ(plainFileName("...", "x"), "x");
  EXPECT_EQ(plainFileName("", "x"), "x");
  EXPECT_EQ(plainFileName(std::string(500, '.') + std::string(100, 'a'), "x"), std::string(80, 'a'));
  EXPECT_EQ(plainFileName("räk\n", "x"), "r__k_");
}

TEST(ZipFile, CompressesWhatCanBeCompressed) {
  EXPECT_LT(zipOf({{"a.txt", std::string(100'000, 'a')}}).size(), 1'000U);
  EXPECT_LT(zipOf({{"a.bin", randomBytes(10'000)}}).size(), 10'200U);
}

TEST(ZipFile, TheSameFilesGiveTheSameBytes) {
  EXPECT_EQ(zipOf({{"räkning.txt", "1"}}), zipOf({{"räkning.txt", "1"}}));
}

TEST(ZipFile, NamesInSwedishComeThrough) {
  const auto files = unpack(zipOf({{"räkning ö.txt", "1"}}));
  ASSERT_TRUE(files);
  EXPECT_EQ(files->front().name, "räkning ö.txt");
}

}  // namespace
}  // namespace postgang::formats
