#include "channels/print_code.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "formats/format.h"
#include "render/letter.h"
#include "render/render.h"

namespace postgang::channels {
namespace {

namespace fs = std::filesystem;
using document::Builder;
using document::BusinessDocument;
using document::Group;
using document::Kind;
using document::Term;

BusinessDocument invoiceWith(std::string_view code, Kind kind = Kind::invoice,
                             std::string_view description = "AQY Filidentifiering nummer (print)") {
  Builder builder(kind);
  builder.add(Term::BT_1, "1001");
  builder.begin(Group::BG_24);
  builder.add(Term::BT_122, "77");
  builder.add(Term::BT_123, "IT Internt kundnummer");
  builder.end();
  builder.begin(Group::BG_24);
  builder.add(Term::BT_122, code);
  builder.add(Term::BT_123, description);
  builder.end();
  return std::move(builder).build();
}

TEST(PrintCode, TheStandardOnesSayKindAndLanguage) {
  const auto code = printCodeOf(invoiceWith("202"));
  ASSERT_TRUE(code);
  EXPECT_EQ(code->kind, Kind::interest_invoice);
  EXPECT_EQ(code->language, Language::english);
  EXPECT_FALSE(code->own);
  EXPECT_EQ(printCodeOf(invoiceWith("301"))->kind, Kind::reminder);
  EXPECT_EQ(printCodeOf(invoiceWith("102", Kind::credit_note))->kind, Kind::credit_note);
  EXPECT_FALSE(printCodeOf(invoiceWith("101", Kind::invoice, "Avtal")));
}

TEST(PrintCode, OwnFormsAreData) {
  const auto forms =
      ownFormsFromJson(R"([{"code": "401", "title": "Prenumeration", "design": {"accent": "#1d5c42"}}])");
  ASSERT_TRUE(forms) << forms.error().detail;
  const auto form = printFormFor(invoiceWith("401"), *forms);
  EXPECT_EQ(form.title, "Prenumeration");
  EXPECT_EQ(form.design, R"({"accent":"#1d5c42"})");
  EXPECT_FALSE(form.standIn);
}

TEST(PrintCode, AFormThatNobodyHasSetUpIsPrintedOnTheStandardOneAndSaid) {
  for (const char* code : {"402", "999", "103", "ABC", ""}) {
    const auto form = printFormFor(invoiceWith(code), {});
    EXPECT_TRUE(form.standIn) << code;
    EXPECT_EQ(form.kind, Kind::invoice);
    EXPECT_EQ(form.design, "");
  }
  EXPECT_FALSE(printFormFor(invoiceWith("P01"), {}).standIn) << "for the bank; on paper as any invoice";
  EXPECT_FALSE(printFormFor(invoiceWith("101"), {}).standIn);
}

TEST(PrintCode, FormsThatAreWrongAreRefused) {
  for (const char* json : {"{}", "[1]", R"([{"code": "101"}])", R"([{"code": "4"}])",
                           R"([{"code": "401"}, {"code": "401"}])", R"([{"code": "401", "colour": "x"}])"}) {
    const auto forms = ownFormsFromJson(json);
    ASSERT_FALSE(forms) << json;
    EXPECT_EQ(forms.error().code, "own-forms-malformed") << json;
  }
  EXPECT_EQ(ownFormsFromJson(R"([{"code": "401", "design": {"accent": 7}}])").error().code,
            "design-member-wrong");
}

// Every file of SFTI's print series has a code and becomes a letter.
TEST(PrintCodeCorpus, ThePrintSeriesIsPrinted) {
  const fs::path folder = fs::path(POSTGANG_SOURCE_DIR) / "../shared/corpus/invoices/ubl";
  if (!fs::exists(folder)) GTEST_SKIP() << "the corpus is not here";
  std::map<std::string, int> codes;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with("Testbolagets_")) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const auto reading = formats::readDocument(std::string{std::istreambuf_iterator<char>(file), {}});
    ASSERT_TRUE(reading) << name;
    const auto& document = reading->document;
    const auto code = printCodeOf(document);
    ASSERT_TRUE(code) << name;
    ++codes[code->code];
    const auto form = printFormFor(document, {});
    EXPECT_EQ(form.standIn, code->own) << name;
    const auto language = form.language.value_or(Language::swedish);
    const auto copy = render::renderPdf(document, render::Design{}, render::Channel::print, language);
    ASSERT_TRUE(copy) << name;
    const auto letter = render::makeLetter(*copy, render::attachmentsOf(document).parts);
    ASSERT_TRUE(letter) << name << ": " << letter.error().detail;
    EXPECT_GE(letter->sheets, 1) << name;
    EXPECT_TRUE(letter->notPrinted.empty()) << name;
    EXPECT_EQ(render::pagesOf(letter->pdf).value_or(0), letter->pages) << name;
  }
  for (const char* code : {"101", "102", "201", "202", "301", "302"}) EXPECT_GE(codes[code], 1) << code;
}

}  // namespace
}  // namespace postgang::channels
