#include "formats/workbook_writer.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/id.h"
#include "formats/archive.h"
#include "formats/spreadsheet.h"

namespace postgang::formats {
namespace {

using Rows = std::vector<std::vector<std::string>>;

constexpr Instant noon{1'760'000'000'000'000};

std::string written(const Rows& rows) {
  WorkbookWriter writer("Motparter", noon);
  for (const auto& row : rows) writer.add(row);
  const auto bytes = std::move(writer).finish();
  EXPECT_TRUE(bytes) << bytes.error().detail;
  return bytes.value_or("");
}

Rows readBack(const std::string& bytes) {
  Rows rows;
  const auto sheet = Spreadsheet::open(bytes);
  EXPECT_TRUE(sheet) << sheet.error().detail;
  if (!sheet) return rows;
  const auto read = sheet->rows([&](const SheetRow& row) {
    auto& texts = rows.emplace_back();
    for (const auto& cell : row.cells) {
      EXPECT_EQ(cell.remark, CellRemark::none);
      texts.push_back(cell.text);
    }
    return true;
  });
  EXPECT_TRUE(read);
  return rows;
}

TEST(WorkbookWriter, WhatIsWrittenIsReadAgain) {
  const Rows rows = {{"Identifierare", "Namn"},
                     {"0007:5599900015", "Nordhamn & <Söner> \"AB\""},
                     {"", "=1+1"},
                     {"00123", "+46 8 123"},
                     {"x", "_x0041_ [@]"},
                     {"två\nrader", "1e5"}};
  EXPECT_EQ(readBack(written(rows)), rows);
}

TEST(WorkbookWriter, TheSameCellsGiveTheSameBytes) {
  EXPECT_EQ(written({{"A"}, {"1"}}), written({{"A"}, {"1"}}));
}

// Beyond Z columns are called AA; a cell in the wrong place would be read back in another one.
TEST(WorkbookWriter, ManyColumns) {
  std::vector<std::string> row;
  for (int i = 0; i < 60; ++i) row.push_back("c" + std::to_string(i));
  EXPECT_EQ(readBack(written({row})), Rows{row});
}

TEST(WorkbookWriter, ControlCharactersDoNotBreakTheFile) {
  EXPECT_EQ(readBack(written({{std::string("a\x01") + "b"}})), (Rows{{"a b"}}));
}

// Excel would call a longer one a damaged file, and one text does not cost the whole list.
TEST(WorkbookWriter, ATextLongerThanACellIsCut) {
  EXPECT_NE(written({{std::string(32'767, 'a')}}), "") << "which the reader here takes for too long";
  WorkbookWriter writer("Motparter", noon);
  writer.add({std::string(32'768, 'a')});
  EXPECT_TRUE(std::move(writer).finish());
}

// Numbers and dates are such: read back plainly, which a text that looks like one is as well, so the sheet's
// own cells are looked at, too.
TEST(WorkbookWriter, AmountsAndDatesAreValues) {
  WorkbookWriter writer("Dokument", noon);
  writer.add({"Belopp", "Datum", "Mottaget"});
  writer.addCells(
      {*Decimal::parse("-1234.50"), Date::of(2026, 11, 23), *Instant::parse("2026-11-23T23:30:00Z")});
  writer.addCells({*Decimal::parse("12345678901234567.89"), Date::of(1850, 1, 1), std::string("=1+1")});
  const auto bytes = std::move(writer).finish();
  ASSERT_TRUE(bytes) << bytes.error().detail;
  const auto rows = readBack(*bytes);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[1][0], "-1234.5");
  EXPECT_EQ(rows[1][1], "2026-11-23");
  EXPECT_EQ(rows[1][2].substr(0, 10), "2026-11-24") << "as the calendar in Sweden says";
  EXPECT_EQ(rows[2], (std::vector<std::string>{"12345678901234567.89", "1850-01-01", "=1+1"}))
      << "what Excel cannot hold is a text, not nearly it";
}

TEST(WorkbookWriter, OtherSheetsLieBesideTheFirst) {
  WorkbookWriter writer("Statistik", noon);
  writer.add({"Kanal", "Dokument"});
  writer.add({"Papper", "4"});
  writer.addSheet("Om tabellen", {"Dokument per kanal", "2026-01-01 <till> 2026-12-31."});
  const auto bytes = std::move(writer).finish();
  ASSERT_TRUE(bytes) << bytes.error().detail;
  EXPECT_EQ(readBack(*bytes), (Rows{{"Kanal", "Dokument"}, {"Papper", "4"}})) << "the first is what is read";
  const auto parts = unpack(*bytes);
  ASSERT_TRUE(parts);
  std::string second, names;
  for (const auto& part : *parts) {
    if (part.name == "sheet2.xml") second = part.bytes;
    if (part.name == "workbook.xml") names = part.bytes;
  }
  EXPECT_NE(names.find("Om tabellen"), std::string::npos);
  EXPECT_NE(second.find("2026-01-01 &lt;till&gt; 2026-12-31."), std::string::npos) << second;
}

TEST(WorkbookWriter, IntoAFile) {
  const SystemClock clock;
  const auto file =
      (std::filesystem::temp_directory_path() / (IdMaker(clock).next().text() + ".xlsx")).string();
  WorkbookWriter writer("Dokument", noon, file);
  writer.add({"Nummer"});
  writer.add({"4711"});
  ASSERT_TRUE(std::move(writer).finishFile());
  std::ifstream in(file, std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  EXPECT_EQ(readBack(bytes), (Rows{{"Nummer"}, {"4711"}}));
  std::filesystem::remove(file);
}

TEST(WorkbookWriter, OneThatIsNotFinishedIsGivenUp) {
  WorkbookWriter writer("Motparter", noon);
  writer.add({"A"});
}

}  // namespace
}  // namespace postgang::formats
