#include "formats/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <optional>

#include "formats/format.h"

namespace postgang::formats {
namespace {

struct Packed {
  std::string name;
  std::string bytes;
  int type = AE_IFREG;
};

std::string zipOf(const std::vector<Packed>& files) {
  std::string out(1'000'000, '\0');
  std::size_t used = 0;
  auto* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  for (const auto& file : files) {
    auto* entry = archive_entry_new();
    archive_entry_set_pathname(entry, file.name.c_str());
    archive_entry_set_filetype(entry, static_cast<unsigned>(file.type));
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(file.bytes.size()));
    if (file.type == AE_IFLNK) archive_entry_set_symlink(entry, "/etc/passwd");
    archive_write_header(writer, entry);
    archive_write_data(writer, file.bytes.data(), file.bytes.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

TEST(Unpack, GivesFilesInTheirOrder) {
  const auto files = unpack(zipOf({{"b.xml", "<b/>"}, {"september/a.xml", "<a/>"}}));
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ((*files)[0].name, "b.xml");
  EXPECT_EQ((*files)[0].bytes, "<b/>");
  EXPECT_EQ((*files)[1].name, "a.xml");
}

TEST(Unpack, NamesAreOnlyNames) {
  const auto files = unpack(zipOf({{"../../etc/cron.d/evil", "1"},
                                   {"C:\\windows\\x.xml", "2"},
                                   {"a\x01"
                                    "b\n.xml",
                                    "3"},
                                   {"faktura/..", "4"}}));
  ASSERT_TRUE(files) << files.error().detail;
  EXPECT_EQ((*files)[0].name, "evil");
  EXPECT_EQ((*files)[1].name, "x.xml");
  EXPECT_EQ((*files)[2].name.find_first_of("\x01\n"), std::string::npos);
  EXPECT_EQ((*files)[3].name, "document");
}

TEST(Unpack, PassesOverFoldersLinksAndWhatSystemsLeaveBehind) {
  const auto files = unpack(zipOf({{"map/", "", AE_IFDIR},
                                   {"link", "", AE_IFLNK},
                                   {"__MACOSX/._a.xml", "junk"},
                                   {"Thumbs.db", "junk"},
                                   {"a.xml", "<a/>"}}));
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 1U);
  EXPECT_EQ(files->front().name, "a.xml");
}

TEST(Unpack, AnArchiveWithinIsNotOpened) {
  const auto files = unpack(zipOf({{"inre.zip", zipOf({{"a.xml", "<a/>"}})}, {"b.xml", "<b/>"}}));
  ASSERT_TRUE(files);
  ASSERT_EQ(files->size(), 2U);
  EXPECT_EQ(readDocument(files->front().bytes).error().code, "format-not-xml");
}

struct Refused {
  const char* name;
  ArchiveLimits limits;
  const char* limit;
};
class TooLarge : public testing::TestWithParam<Refused> {};

TEST_P(TooLarge, IsRefusedWhole) {
  const auto zip = zipOf({{"a.xml", std::string(100'000, ' ')}, {"b.xml", "<b/>"}});
  const auto files = unpack(zip, GetParam().limits);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, "archive-too-large");
  EXPECT_EQ(files.error().kind, ProblemKind::too_large);
  EXPECT_EQ(files.error().parameters.at("limit"), GetParam().limit);
}

INSTANTIATE_TEST_SUITE_P(Limits, TooLarge,
                         testing::Values(Refused{"entries", {.entries = 1}, "entries"},
                                         Refused{"bytes", {.bytes = 100'001}, "bytes"},
                                         Refused{"entry", {.entryBytes = 99'999}, "entryBytes"},
                                         Refused{"bomb", {.ratio = 50, .ratioFrom = 1'000}, "ratio"}),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Unpack, WithinTheLimitsByOneIsTaken) {
  const auto zip = zipOf({{"a.xml", std::string(100, ' ')}, {"b.xml", "<b/>"}});
  EXPECT_TRUE(unpack(zip, {.entries = 2, .bytes = 104, .entryBytes = 100}));
}

TEST(Unpack, DamagedIsSaidSo) {
  auto zip = zipOf({{"a.xml", "<a>" + std::string(5'000, 'x') + "</a>"}});
  EXPECT_EQ(unpack("not a zip").error().code, "archive-damaged");
  EXPECT_EQ(unpack("").error().code, "archive-damaged");
  zip[60] = static_cast<char>(zip[60] ^ 0x55);
  EXPECT_EQ(unpack(zip).error().code, "archive-damaged");
}

TEST(Unpack, EveryCutIsAProblemOrWhole) {
  const auto zip = zipOf({{"a.xml", "<a>" + std::string(300, 'x') + "</a>"}, {"b.xml", "<b/>"}});
  for (std::size_t size = 0; size < zip.size(); ++size) {
    const auto files = unpack(std::string_view(zip).substr(0, size));
    if (files) continue;
    EXPECT_TRUE(files.error().code == "archive-damaged" || files.error().code == "archive-empty") << size;
  }
}

TEST(Unpack, EmptyIsSaidSo) {
  EXPECT_EQ(unpack(zipOf({{"map/", "", AE_IFDIR}})).error().code, "archive-empty");
}

// One entry under a password (traditional encryption: bit 0 of its flags), made by hand.
TEST(Unpack, EncryptedIsRefused) {
  auto zip = zipOf({{"a.xml", "<a/>"}});
  zip[6] = static_cast<char>(zip[6] | 1);
  const auto central = zip.find("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  zip[central + 8] = static_cast<char>(zip[central + 8] | 1);
  const auto files = unpack(zip);
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().code, "archive-encrypted");
}

}  // namespace
}  // namespace postgang::formats
