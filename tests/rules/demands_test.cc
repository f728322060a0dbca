// Every kind of demand by data files: demands/*.json has a demand, how it reads in both languages, and
// documents with what is found in them. Every file has a document that passes and one that fails.
//
//   {"demand": {…}, "sv": "…", "en": "…", "today": "2026-11-23", "registers": […], "accounts": […],
//   "earlier": […],
//    "cases": [{"name": "…", "document": {…}, "findings": [{"term": "BT-13", "wantedSv": "…"}]}]}
//
// A finding is compared in the fields that the file gives.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "rules/demand_json.h"
#include "rules/filter.h"
#include "rules/sentence.h"
#include "rules/tests.h"
#include "tests/rules/described.h"

namespace postgang::rules {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::vector<fs::path> demandFiles() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(fs::path(POSTGANG_SOURCE_DIR) / "tests/rules/demands"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

json::object fileAt(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return json::parse(text).as_object();
}

json::object shape(const Finding& finding) {
  return {{"id", finding.id},
          {"severity", name(finding.severity)},
          {"term", finding.term ? document::name(*finding.term) : ""},
          {"place", finding.groupPlace},
          {"value", finding.value},
          {"wantedSv", finding.wantedSv},
          {"wantedEn", finding.wantedEn},
          {"messageSv", finding.messageSv},
          {"messageEn", finding.messageEn},
          {"example", finding.example},
          {"test", finding.test},
          {"related", finding.related}};
}

class DemandFile : public testing::TestWithParam<fs::path> {};

TEST_P(DemandFile, reads_back_and_finds_what_it_says) {
  const auto file = fileAt(GetParam());
  const auto demands = demandsFromJson(json::array{file.at("demand")});
  ASSERT_TRUE(demands) << demands.error().where << ": " << demands.error().detail;
  EXPECT_EQ(sentence(demands->front(), Language::swedish), textOf(file.at("sv")));
  EXPECT_EQ(sentence(demands->front(), Language::english), textOf(file.at("en")));
  const auto filter = Filter::compile(*demands);
  ASSERT_TRUE(filter) << filter.error().detail;
  const auto lookups = describedLookups(file);
  bool passes = false, fails = false;
  for (const auto& value : file.at("cases").as_array()) {
    const auto& one = value.as_object();
    const auto text = [&](std::string_view field, const char* otherwise) {
      const auto* found = one.contains(field) ? &one.at(field) : file.if_contains(field);
      return found ? textOf(*found) : std::string(otherwise);
    };
    SCOPED_TRACE(textOf(one.at("name")));
    Context context{{identifier(text("sender", "0007:5599900015"))},
                    *Date::parse(text("today", "2026-11-23")),
                    &lookups,
                    text("chain", "")};
    const auto findings = filter->evaluate(described(one.at("document").as_object()), context);
    ASSERT_TRUE(findings) << findings.error().detail;
    const auto& expected = one.at("findings").as_array();
    ASSERT_EQ(findings->size(), expected.size());
    (expected.empty() ? passes : fails) = true;
    for (std::size_t i = 0; i < expected.size(); ++i)
      for (const auto& [field, wanted] : expected[i].as_object())
        EXPECT_EQ(textOf(shape((*findings)[i]).at(field)), textOf(wanted)) << std::string(field);
  }
  EXPECT_TRUE(passes && fails) << "a document that passes and one that fails";
}

INSTANTIATE_TEST_SUITE_P(Demands, DemandFile, testing::ValuesIn(demandFiles()), [](const auto& info) {
  auto name = info.param.stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(DemandFiles, show_every_test) {
  std::string all;
  for (const auto& path : demandFiles()) all += json::serialize(fileAt(path).at("demand"));
  for (const auto& test : tests())
    EXPECT_NE(all.find("\"test\":\"" + std::string(test.name) + "\""), std::string::npos) << test.name;
}

}  // namespace
}  // namespace postgang::rules
