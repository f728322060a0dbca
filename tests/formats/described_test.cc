// Files that are described in data: written, read back, and whatever else comes.
#include "formats/described.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "base/bytes.h"

namespace postgang::formats {
namespace {

// The descriptions that come with the program.
Description described(const std::string& name) {
  std::ifstream file(std::string(POSTGANG_SOURCE_DIR) + "/packs/bank/" + name + ".json");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto description = Description::fromJson(text);
  EXPECT_TRUE(description) << description.error().detail;
  return std::move(*description);
}

Record receipt() {
  return {.name = "receipt",
          .values = {{"file", "B20261124-1015-001"},
                     {"at", "2026-11-24T10:15:00Z"},
                     {"state", "refused"},
                     {"code", "900"},
                     {"words", "Filen är <tom> & \"trasig\""}}};
}

Record invoices(std::size_t count) {
  Record file{.name = "file",
              .values = {{"file", "B20261124-1015-001"},
                         {"at", "2026-11-24T10:15:00Z"},
                         {"issuer", "5599900015"},
                         {"seller", "Nordhamn Energi AB, Göteborg"},
                         {"count", std::to_string(count)},
                         {"sum", "1250.00"}}};
  for (std::size_t i = 0; i < count; ++i) {
    const std::string copy = "%PDF-1.7 \x01\x02 " + std::string(700, static_cast<char>('a' + i));
    file.records.push_back(
        {.name = "invoice",
         .values = {{"delivery", "019ab000-0000-7000-8000-00000000000" + std::to_string(i)},
                    {"kind", "invoice"},
                    {"number", "F-" + std::to_string(i)},
                    {"due", "2026-12-24"},
                    {"amount", "1250.00"},
                    {"currency", "SEK"},
                    {"receiver", "196505030004.NB.SE"},
                    {"accountKind", "bankgiro"},
                    {"account", "54029681"},
                    {"reference", "4711202681"},
                    {"copyName", "kopia.pdf"},
                    {"copyDigest", hex(view(sha256(copy)))},
                    {"copy", copy}}});
  }
  return file;
}

class BothKinds : public ::testing::TestWithParam<const char*> {
 protected:
  const Description format_ = described(GetParam());
};
INSTANTIATE_TEST_SUITE_P(Formats, BothKinds, ::testing::Values("bank-xml", "bank-fixed"));

TEST_P(BothKinds, SayWhoseTheyAreNot) {
  EXPECT_NE(format_.modelledOn(), "");
  EXPECT_FALSE(format_.certified());
}

TEST_P(BothKinds, WhatIsWrittenIsReadBack) {
  const auto written = format_.write("invoices", invoices(3));
  ASSERT_TRUE(written) << written.error().detail;
  const auto read = format_.read("invoices", *written);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->value("seller"), "Nordhamn Energi AB, Göteborg");
  EXPECT_EQ(read->value("sum"), "1250.00");
  EXPECT_EQ(read->value("count"), "3");
  ASSERT_EQ(read->records.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const auto given = invoices(3).records[i];
    for (const auto& [field, value] : given.values) EXPECT_EQ(read->records[i].value(field), value) << field;
    EXPECT_EQ(read->records[i].value("customerNumber"), "");
  }
}

TEST_P(BothKinds, TheSameRecordsGiveTheSameBytes) {
  EXPECT_EQ(format_.write("invoices", invoices(2)).value(), format_.write("invoices", invoices(2)).value());
}

TEST_P(BothKinds, MarkupInTextsIsText) {
  const auto written = format_.write("receipt", receipt());
  ASSERT_TRUE(written) << written.error().detail;
  EXPECT_EQ(format_.read("receipt", *written).value().value("words"), "Filen är <tom> & \"trasig\"");
}

TEST_P(BothKinds, WhatIsMissingOrOfAnotherTypeIsNotWritten) {
  auto missing = receipt();
  missing.values.erase("file");
  auto outcome = format_.write("receipt", missing);
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, "described-value-unfit");
  EXPECT_EQ(outcome.error().parameters.at("field"), "file");
  auto odd = receipt();
  odd.values["state"] = "perhaps";
  EXPECT_EQ(format_.write("receipt", odd).error().code, "described-value-unfit");
  auto late = receipt();
  late.values["at"] = "yesterday";
  EXPECT_EQ(format_.write("receipt", late).error().code, "described-value-unfit");
  auto long_ = receipt();
  long_.values["code"] = std::string(500, '9');
  EXPECT_EQ(format_.write("receipt", long_).error().code, "described-value-unfit");
}

TEST_P(BothKinds, TextsThatMayBeAreCutOff) {
  auto wordy = receipt();
  wordy.values["words"] = std::string(5000, 'o');
  const auto written = format_.write("receipt", wordy);
  ASSERT_TRUE(written) << written.error().detail;
  const auto words = format_.read("receipt", *written).value();
  EXPECT_LE(words.value("words").size(), 300U);
  EXPECT_GE(words.value("words").size(), 200U);
}

TEST_P(BothKinds, AFileWithoutInvoicesIsNone) {
  EXPECT_FALSE(format_.write("invoices", invoices(0)));
}

TEST_P(BothKinds, HostileFilesAreRefusedWithTheirPlace) {
  const auto good = format_.write("invoices", invoices(2)).value();
  for (std::size_t size = 0; size < good.size(); size += 37) {
    const auto read = format_.read("invoices", std::string_view(good).substr(0, size));
    EXPECT_TRUE(read || read.error().code == "described-file-malformed") << size;
  }
  // Any byte another one: refused, or another text, but read to its end.
  for (std::size_t at = 0; at < good.size(); at += 11) {
    auto bent = good;
    bent[at] = static_cast<char>(bent[at] ^ 0x15);
    const auto read = format_.read("invoices", bent);
    EXPECT_TRUE(read || read.error().code == "described-file-malformed") << at;
  }
  for (const std::string junk : {"", " ", "\n\n\n", "<", "<a/>", "05", "\xff\xfe\x00", "0501", "{}"})
    EXPECT_EQ(format_.read("receipt", junk).error().code, "described-file-malformed") << junk;
  DescribedLimits small;
  small.bytes = 100;
  EXPECT_EQ(format_.read("invoices", good, small).error().code, "described-file-too-large");
  small = {};
  small.records = 2;
  EXPECT_FALSE(format_.read("invoices", good, small));
  EXPECT_EQ(format_.read("nothing", good).error().code, "described-message-unknown");
}

TEST(Described, AnotherNamespaceIsAnotherFormat) {
  const auto format = described("bank-xml");
  auto written = format.write("receipt", receipt()).value();
  written.replace(written.find("urn:postgang:bank:1"), 19, "urn:postgang:bank:2");
  EXPECT_EQ(format.read("receipt", written).error().code, "described-file-malformed");
}

TEST(Described, EntitiesAreNeverRead) {
  const auto format = described("bank-xml");
  EXPECT_EQ(format.read("receipt", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>")
                .error()
                .code,
            "described-file-malformed");
}

TEST(Described, ColumnsStandWhereTheyAreSaid) {
  const auto format =
      Description::fromJson(R"({"id": "t", "title": "t", "modelledOn": "nothing", "kind": "fixed",
    "ending": ".txt", "encoding": "iso-8859-1", "width": 30, "messages": {"m": {"name": "m", "code": "01",
    "fields": [{"name": "a", "from": 3, "width": 6}, {"name": "n", "from": 9, "width": 8, "type": "amount",
    "compact": true, "right": true, "fill": "0"}, {"name": "d", "from": 17, "width": 8, "type": "date",
    "compact": true}]}}})");
  ASSERT_TRUE(format) << format.error().detail;
  const auto written =
      format->write("m", {.name = "m", .values = {{"a", "Åsö"}, {"n", "12.5"}, {"d", "2026-11-24"}}});
  ASSERT_TRUE(written) << written.error().detail;
  EXPECT_EQ(*written, "01\xc5s\xf6   0000125020261124      \r\n");
  const auto read = format->read("m", *written).value();
  EXPECT_EQ(read.value("a"), "Åsö");
  EXPECT_EQ(read.value("n"), "12.50");
  EXPECT_EQ(read.value("d"), "2026-11-24");
}

TEST(Described, ANegativeAmountAmongZerosHasItsSignFirst) {
  const auto format =
      Description::fromJson(R"({"id": "t", "title": "t", "modelledOn": "nothing", "kind": "fixed",
    "ending": ".txt", "width": 10, "messages": {"m": {"name": "m", "code": "01", "fields": [{"name": "n",
    "from": 3, "width": 8, "type": "amount", "compact": true, "right": true, "fill": "0"}]}}})");
  ASSERT_TRUE(format) << format.error().detail;
  for (const std::string amount : {"-12.50", "-123456.78", "0.00", "123456.78"}) {
    const auto written = format->write("m", {.name = "m", .values = {{"n", amount}}});
    ASSERT_EQ(written.has_value(), amount != "-123456.78") << amount;
    EXPECT_TRUE(!written || format->read("m", *written).value().value("n") == amount) << amount;
  }
}

TEST(Described, ADescriptionThatIsNoneIsRefusedWithItsPlace) {
  const auto whereOf = [](const std::string& json) {
    const auto description = Description::fromJson(json);
    EXPECT_FALSE(description) << json;
    return description ? std::string() : description.error().where;
  };
  EXPECT_EQ(whereOf(""), "");
  EXPECT_EQ(whereOf("[]"), "");
  EXPECT_EQ(whereOf(R"({"id": "t"})"), "/title");
  const std::string head = R"({"id": "t", "title": "t", "modelledOn": "n", "ending": ".xml", "kind": )";
  EXPECT_EQ(whereOf(head + R"("pdf"})"), "/kind");
  EXPECT_EQ(whereOf(head + R"("xml"})"), "/messages");
  EXPECT_EQ(whereOf(head + R"("xml", "messages": {"m": {"name": "m", "element": "a b"}}})"),
            "/messages/m/element");
  EXPECT_EQ(whereOf(head + R"("xml", "messages": {"m": {"name": "m", "element": "a",
    "fields": [{"name": "f", "at": "x/<y>"}]}}})"),
            "/messages/m/fields/0/at");
  EXPECT_EQ(whereOf(head + R"("fixed", "width": 20, "messages": {"m": {"name": "m", "code": "01",
    "fields": [{"name": "f", "from": 15, "width": 10}]}}})"),
            "/messages/m/fields/0/from");
  EXPECT_EQ(whereOf(head + R"("fixed", "width": 20, "messages": {"m": {"name": "m", "code": "01",
    "fields": [{"name": "f", "from": 1, "width": 4}]}}})"),
            "/messages/m/fields/0/from");
}

}  // namespace
}  // namespace postgang::formats
