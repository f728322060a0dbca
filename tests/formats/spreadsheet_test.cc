#include "formats/spreadsheet.h"

#include <gtest/gtest.h>

#include "formats/decoded_text.h"
#include "formats/workbook.h"
#include "formats/xml_pieces.h"
#include "tests/flow/zip.h"

namespace postgang::formats {
namespace {

using namespace std::string_literals;
using Rows = std::vector<std::vector<std::string>>;

struct Read {
  Rows rows;
  std::vector<std::int64_t> numbers;
  std::vector<std::vector<CellRemark>> remarks;
  std::string encoding, separator, problem;
};

Read read(std::string_view bytes, const SpreadsheetLimits& limits = {}) {
  Read read;
  const auto sheet = Spreadsheet::open(bytes, limits);
  if (!sheet) return {{}, {}, {}, {}, {}, sheet.error().code};
  read.encoding = sheet->encoding();
  read.separator = sheet->separator();
  const auto outcome = sheet->rows([&](const SheetRow& row) {
    auto& texts = read.rows.emplace_back();
    auto& remarks = read.remarks.emplace_back();
    for (const auto& cell : row.cells) {
      texts.push_back(cell.text);
      remarks.push_back(cell.remark);
    }
    read.numbers.push_back(row.number);
    return true;
  });
  if (!outcome) read.problem = outcome.error().code;
  return read;
}

std::string utf16(std::u16string_view text, bool big, bool mark) {
  std::string bytes = mark ? (big ? "\xFE\xFF"s : "\xFF\xFE"s) : ""s;
  for (const char16_t c : text) {
    const auto high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
    bytes += big ? std::string{high, low} : std::string{low, high};
  }
  return bytes;
}

TEST(Csv, SeparatorIsGuessedFromTheFirstLines) {
  const Rows wanted = {{"Referens", "Namn"}, {"4501", "Ek, Anna"}};
  EXPECT_EQ(read("Referens;Namn\n4501;Ek, Anna\n").rows, wanted);
  EXPECT_EQ(read("Referens\tNamn\r\n4501\tEk, Anna\r\n").rows, wanted);
  EXPECT_EQ(read("Referens,Namn\r4501,\"Ek, Anna\"").rows, wanted);
  EXPECT_EQ(read("sep=|\nReferens|Namn\n4501|Ek, Anna\n").rows, wanted);
  EXPECT_EQ(read("Referens\n4501\n").separator, "");
  EXPECT_EQ(read("a;b\n1;2\n").separator, ";");
}

TEST(Csv, QuotedFieldsHoldSeparatorsQuotesAndLines) {
  const auto file = read("a;b\n\"1;2\";\"säger \"\"hej\"\"\"\n\"två\nrader\";x\nsista;y\n");
  EXPECT_EQ(file.rows, (Rows{{"a", "b"}, {"1;2", "säger \"hej\""}, {"två\nrader", "x"}, {"sista", "y"}}));
  EXPECT_EQ(file.numbers, (std::vector<std::int64_t>{1, 2, 3, 5}));  // lines of the file
}

TEST(Csv, LinesWithNothingInThemAreNoRows) {
  EXPECT_EQ(read("a;b\n\n;;\n  ; \n1;\n").rows, (Rows{{"a", "b"}, {"1"}}));
}

TEST(Csv, EncodingIsGuessedAndSaid) {
  const Rows wanted = {{"Värde"}, {"Åäö"}};
  EXPECT_EQ(read("Värde\nÅäö\n").encoding, "utf-8");
  EXPECT_EQ(read("\xEF\xBB\xBFVärde\nÅäö\n").rows, wanted);
  for (const bool big : {false, true})
    for (const bool mark : {false, true}) {
      const auto file = read(utf16(u"V\u00E4rde\n\u00C5\u00E4\u00F6\n", big, mark));
      EXPECT_EQ(file.rows, wanted) << big << mark;
      EXPECT_EQ(file.encoding, "utf-16");
    }
  const auto latin = read("V\xE4rde\n\xC5\xE4\xF6\n");
  EXPECT_EQ(latin.rows, wanted);
  EXPECT_EQ(latin.encoding, "iso-8859-1");
  const auto windows = read("Pris\n5 \x80\n");
  EXPECT_EQ(windows.rows, (Rows{{"Pris"}, {"5 €"}}));
  EXPECT_EQ(windows.encoding, "windows-1252");
}

TEST(Csv, LinesOfAnotherEncodingAreReadAndTold) {
  const auto file = read("Namn\nÅsa\nÖrjan\n\xC4lva\nÄrla\n");
  EXPECT_EQ(file.encoding, "mixed");
  EXPECT_EQ(file.rows, (Rows{{"Namn"}, {"Åsa"}, {"Örjan"}, {"Älva"}, {"Ärla"}}));
  EXPECT_EQ(file.remarks[3], (std::vector{CellRemark::encoding}));
  EXPECT_EQ(file.remarks[1], (std::vector{CellRemark::none}));
}

TEST(Csv, HostileFilesAreProblems) {
  EXPECT_EQ(read("").problem, "spreadsheet-empty");
  EXPECT_EQ(read(" \n \n").problem, "spreadsheet-empty");
  EXPECT_EQ(read("abc\0def\n"s).problem, "text-damaged");
  EXPECT_EQ(read("\xFF\xFE\x00\xD8"s).problem, "text-damaged");
  EXPECT_EQ(read("a;\"b\n").problem, "spreadsheet-quote-open");
  EXPECT_EQ(read("a\n" + std::string(20'000, 'x')).problem, "spreadsheet-cell-too-long");
  EXPECT_EQ(read("a;\"" + std::string(20'000, 'x') + "\"").problem, "spreadsheet-quote-open");
  EXPECT_EQ(read(std::string(300, ';') + "x").problem, "spreadsheet-too-wide");
  EXPECT_EQ(read("%PDF-1.7\n").problem, "spreadsheet-unknown");
  EXPECT_EQ(read("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").problem, "spreadsheet-unknown");
  EXPECT_EQ(read("a\n1\n2\n3\n", {.rows = 2}).problem, "spreadsheet-too-long");
  EXPECT_EQ(read("a\n1\n2\n", {.rows = 2}).problem, "");
}

TEST(Csv, WhatIsWrittenIsNeverRunAndComesBackAsItWas) {
  for (const std::string text :
       {"=cmd|' /C calc'!A0", "+46 8", "-1", "@SUM(A1)", "'quoted", "a;b", "say \"hi\"", "Åäö", "'=x"}) {
    const auto field = csvField(text);
    EXPECT_EQ(std::string("=+-@\t").find(field.front()), std::string::npos) << field;
    EXPECT_EQ(read("a;b\n" + field + ";x\n").rows, (Rows{{"a", "b"}, {text, "x"}})) << field;
  }
}

// --- Workbooks, made by hand
constexpr auto spreadsheet_space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

std::string workbook(const std::string& rows, const std::string& strings = "", const std::string& styles = "",
                     const std::string& properties = "", const std::string& prefix = "") {
  const auto colon = prefix.empty() ? "" : prefix + ":";
  const auto space = (prefix.empty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"") + spreadsheet_space + "\"";
  std::vector<std::pair<std::string, std::string>> files = {
      {"xl/workbook.xml",
       "<workbook xmlns=\""s + spreadsheet_space +
           "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" +
           properties + "<sheets><sheet name=\"Blad1\" sheetId=\"1\" r:id=\"rId3\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship "
       "Id=\"rId3\" Type=\"t\" Target=\"worksheets/sheet7.xml\"/></Relationships>"},
      {"xl/worksheets/sheet7.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + colon + "worksheet" +
                                       space + "><" + colon + "sheetData>" + rows + "</" + colon +
                                       "sheetData></" + colon + "worksheet>"}};
  if (!strings.empty())
    files.emplace_back("xl/sharedStrings.xml",
                       "<sst xmlns=\""s + spreadsheet_space + "\">" + strings + "</sst>");
  if (!styles.empty())
    files.emplace_back("xl/styles.xml",
                       "<styleSheet xmlns=\""s + spreadsheet_space + "\">" + styles + "</styleSheet>");
  return flow::zipped(files);
}

TEST(Workbook, TextsNumbersAndDatesAsTheyAreShown) {
  const auto file = read(workbook(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
      "<row r=\"3\"><c r=\"A3\"><v>4.5001234560000001E9</v></c><c r=\"B3\" s=\"1\"><v>46349</v></c>"
      "<c r=\"D3\" t=\"inlineStr\"><is><t>rad</t></is></c></row>"
      "<row r=\"4\"><c r=\"A4\" s=\"2\"><v>123</v></c><c r=\"B4\" t=\"b\"><v>1</v></c></row>",
      "<si><t>Referens</t></si><si><r><t>Gil</t></r><r><t>tig</t></r><rPh><t>x</t></rPh></si>",
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"0000\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf "
      "numFmtId=\"14\"/><xf numFmtId=\"164\"/></cellXfs>"));
  EXPECT_EQ(file.problem, "");
  EXPECT_EQ(file.rows,
            (Rows{{"Referens", "Giltig"}, {"4500123456", "2026-11-23", "", "rad"}, {"0123", "TRUE"}}));
  EXPECT_EQ(file.numbers, (std::vector<std::int64_t>{1, 3, 4}));
  EXPECT_EQ(file.encoding, "");
}

TEST(Workbook, AFormulaGivesWhatWasKeptOrNothing) {
  const auto file =
      read(workbook("<row r=\"1\"><c r=\"A1\"><f>WEBSERVICE(\"http://x\")</f><v>7</v></c><c "
                    "r=\"B1\"><f>A1+1</f></c><c r=\"C1\" "
                    "t=\"e\"><v>#N/A</v></c><c r=\"D1\" t=\"str\"><f>1</f><v>text</v></c></row>"));
  EXPECT_EQ(file.rows, (Rows{{"7", "", "#N/A", "text"}}));
  EXPECT_EQ(file.remarks[0], (std::vector{CellRemark::formula, CellRemark::formula_empty,
                                          CellRemark::error_value, CellRemark::formula}));
}

TEST(Workbook, APrefixAndOldMacDays) {
  EXPECT_EQ(read(workbook("<x:row r=\"1\"><x:c r=\"A1\"><x:v>5</x:v></x:c></x:row>", "", "", "", "x")).rows,
            (Rows{{"5"}}));
  EXPECT_EQ(read(workbook("<row><c s=\"0\"><v>1</v></c></row>", "",
                          "<cellXfs><xf numFmtId=\"15\"/></cellXfs>", "<workbookPr date1904=\"1\"/>"))
                .rows,
            (Rows{{"1904-01-02"}}));
}

TEST(Workbook, ManyRowsAreReadPieceByPiece) {
  std::string rows;
  for (int i = 1; i <= 60'000; ++i)
    rows += "<row r=\"" + std::to_string(i) + "\"><c r=\"A" + std::to_string(i) + "\"><v>" +
            std::to_string(i) + "</v></c></row>";
  ASSERT_GT(rows.size(), 2 * XmlPieces::piece_bytes);
  const auto file = read(workbook(rows));
  ASSERT_EQ(file.rows.size(), 60'000u);
  for (const std::size_t at : {0u, 23'456u, 59'999u}) EXPECT_EQ(file.rows[at][0], std::to_string(at + 1));
}

TEST(Workbook, HostileOnesAreProblems) {
  EXPECT_EQ(read(flow::zipped({{"a.xml", "<a/>"}})).problem, "spreadsheet-unknown");
  EXPECT_EQ(read("PK\x03\x04zzzz").problem, "archive-damaged");
  EXPECT_EQ(read(workbook("<row r=\"1\"><c r=\"A1\"></row>")).problem, "spreadsheet-damaged");
  EXPECT_EQ(read(workbook("<row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row>")).problem, "spreadsheet-too-wide");
  EXPECT_EQ(
      read(workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>99</v></c><c r=\"B1\"><v>1</v></c></row>")).rows,
      (Rows{{"", "1"}}));
  const auto entity = workbook("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&xxe;</v></c></row>");
  EXPECT_EQ(read(entity).problem, "spreadsheet-damaged");
  SpreadsheetLimits small;
  small.archive.bytes = 1'000;
  EXPECT_EQ(read(workbook(std::string(5'000, ' ')), small).problem, "archive-too-large");
}

TEST(Workbook, NumbersArePlain) {
  EXPECT_EQ(plainNumber("12"), "12");
  EXPECT_EQ(plainNumber("0.10000000000000001"), "0.1");
  EXPECT_EQ(plainNumber("1.0E-3"), "0.001");
  EXPECT_EQ(plainNumber("-4.5E2"), "-450");
  EXPECT_EQ(plainNumber("1E999"), "1E999");
  EXPECT_EQ(plainNumber("abc"), "abc");
  EXPECT_EQ(plainNumber("0"), "0");
}

TEST(Workbook, DatesByTheirFormat) {
  EXPECT_EQ(dateOfSerial("1", false), "1900-01-01");
  EXPECT_EQ(dateOfSerial("59", false), "1900-02-28");
  EXPECT_EQ(dateOfSerial("60", false), "");
  EXPECT_EQ(dateOfSerial("61", false), "1900-03-01");
  EXPECT_EQ(dateOfSerial("45351.75", false), "2024-02-29");
  EXPECT_EQ(dateOfSerial("9999999", false), "");
  EXPECT_EQ(dateOfSerial("-5", false), "");
  EXPECT_TRUE(isDateFormat("yyyy-mm-dd"));
  EXPECT_TRUE(isDateFormat("[$-41D]d mmmm"));
  EXPECT_FALSE(isDateFormat("[Red]0.00"));
  EXPECT_FALSE(isDateFormat("0 \"dagar\""));
  EXPECT_FALSE(isDateFormat("#,##0\\d"));
}

}  // namespace
}  // namespace postgang::formats
