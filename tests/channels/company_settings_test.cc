// What may be set, and what follows: on copies, and where answers to Smartmails go.
#include "channels/company_settings.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "base/bytes.h"
#include "channels/smartmail_settings.h"
#include "render/design.h"
#include "store/smartmail.h"
#include "store/sql/session.h"

namespace postgang::channels {
namespace {

std::string read(std::string_view key, std::string_view json) {
  const auto* known = knownSetting(key);
  if (!known) return "unknown";
  const auto value = settingValueFrom(*known, json);
  return value ? *value : value.error().code + " " + value.error().parameters.at("wanted");
}

TEST(CompanySettings, AreAClosedListAndEachHasItsKind) {
  EXPECT_EQ(knownSettings().size(), 8U);
  EXPECT_EQ(knownSetting("isOperator"), nullptr);
  EXPECT_EQ(knownSetting(""), nullptr);
  EXPECT_EQ(read("language", " \"en\" "), "\"en\"");
  EXPECT_EQ(read("supportEmail", "\"faktura@nordhamn.example\""), "\"faktura@nordhamn.example\"");
  EXPECT_EQ(read("contactLines", "[\"Ring växeln\", \"060-555 01 00\"]"),
            "[\"Ring växeln\",\"060-555 01 00\"]");
}

TEST(CompanySettings, WhatDoesNotFitIsRefused) {
  for (const auto* value : {"\"fr\"", "1", "null", "[\"sv\"]", "{}", "", "\"sv", "\"sv\" \"en\""})
    EXPECT_EQ(read("language", value), "setting-value-invalid language") << value;
  for (const auto* value : {"\"\"", "\"nej\"", "\"a@b\\r\\nBcc: c@d.example\"", "[\"a@b.example\"]"})
    EXPECT_EQ(read("supportEmail", value), "setting-value-invalid email") << value;
  EXPECT_EQ(read("ticketMonths", "\"120\""), "\"120\"");
  for (const auto* value : {"\"0\"", "\"121\"", "\"06\"", "\"-1\"", "6"})
    EXPECT_EQ(read("ticketMonths", value), "setting-value-invalid months") << value;
  const std::string eighty(80, 'x');
  EXPECT_EQ(read("contactLines", "[\"" + eighty + "\"]"), "[\"" + eighty + "\"]");
  for (const auto& value :
       {std::string("[]"), std::string("\"en rad\""), std::string("[\"a\",\"b\",\"c\",\"d\",\"e\"]"),
        std::string("[\" \"]"), std::string("[\"a\\nb\"]"), std::string("[\"a\\u0007\"]"), std::string("[1]"),
        "[\"" + eighty + "x\"]", "[\"" + std::string(100'000, 'x') + "\"]"})
    EXPECT_EQ(read("contactLines", value), "setting-value-invalid lines") << value.substr(0, 40);
}

class CompanySettingsApplied : public ::testing::Test {
 protected:
  CompanySettingsApplied() : clock_(*Instant::parse("2026-11-23T08:00:00Z")) {
    folder_ = std::filesystem::temp_directory_path() / ("postgang-settings-" + hex(randomBytes(8)));
    store::StoreOptions options;
    options.dataFolder = folder_;
    auto opened = store::Store::open(options, clock_);
    EXPECT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    top_ = company("0007:5599900122", {});
    low_ = company("0007:5599900130", top_);
  }
  ~CompanySettingsApplied() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  void write(const std::function<Outcome(store::Transaction&)>& body) {
    const auto done = store_->write(store::Priority::background, body);
    EXPECT_TRUE(done) << done.error().detail;
  }
  CompanyId company(std::string identifier, std::optional<CompanyId> parent) {
    store::Company made;
    made.identifier = identifier;
    made.name = identifier;
    made.parent = parent;
    CompanyId id;
    write([&](store::Transaction& tx) -> Outcome {
      TRY(id, store::createCompany(tx, made));
      return {};
    });
    return id;
  }
  void set(CompanyId of, std::string_view key, std::string_view value) {
    write([&](store::Transaction& tx) { return store::setCompanySetting(tx, of, key, value, "Karin"); });
  }
  std::string designText() {
    std::string text;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto low, store::company(reader, low_));
      TRY(text, companyDesignText(reader, low));
      return {};
    }));
    return text;
  }
  render::Design design() {
    render::Design found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto low, store::company(reader, low_));
      TRY(found, companyDesign(reader, low));
      return {};
    }));
    return found;
  }
  std::string replyTo() {
    std::string found;
    EXPECT_TRUE(store_->read([&](store::Reader& reader) -> Outcome {
      TRY(const auto settings, smartmailSettingsFor(reader, low_, {}));
      found = settings.replyTo;
      return {};
    }));
    return found;
  }
  SimulatedClock clock_;
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  CompanyId top_, low_;
};

using Lines = std::vector<std::string>;

TEST_F(CompanySettingsApplied, ADesignSaysWhatItSaysAndTheRestIsFilledIn) {
  EXPECT_EQ(designText(), "") << "nothing is set: nothing is made up";
  set(top_, "language", "\"en\"");
  set(top_, "contactLines", "[\"Ring växeln\"]");
  EXPECT_EQ(design().language, Language::english);
  EXPECT_EQ(design().swedish.contact, Lines{"Ring växeln"});
  EXPECT_EQ(design().english.contact, Lines{"Ring växeln"});
  set(low_, "contactLines", "[\"Fråga Karin\"]");
  EXPECT_EQ(design().swedish.contact, Lines{"Fråga Karin"});
  write([&](store::Transaction& tx) {
    return store::setDesign(tx, low_, R"({"language":"sv","texts":{"sv":{"contact":["Egen rad"]}}})");
  });
  EXPECT_EQ(design().language, Language::swedish);
  EXPECT_EQ(design().swedish.contact, Lines{"Egen rad"});
  EXPECT_TRUE(design().english.contact.empty()) << "whoever says whom to ask says it alone";
}

TEST_F(CompanySettingsApplied, ADesignThatCannotBeUsedIsLeftAsItIs) {
  set(top_, "language", "\"en\"");
  write([&](store::Transaction& tx) { return store::setDesign(tx, low_, "{broken"); });
  EXPECT_EQ(designText(), "{broken");
  EXPECT_EQ(design(), render::Design{});
}

TEST_F(CompanySettingsApplied, AnswersToSmartmailsGoWhereTheGroupSays) {
  EXPECT_EQ(replyTo(), "");
  set(top_, "supportEmail", "\"kundservice@nordhamn.example\"");
  EXPECT_EQ(replyTo(), "kundservice@nordhamn.example");
  SmartmailSet own;
  own.replyTo = "egen@nordhamn.example";
  write(
      [&](store::Transaction& tx) { return store::setSmartmailSettings(tx, low_, smartmailSetToJson(own)); });
  EXPECT_EQ(replyTo(), "egen@nordhamn.example");
}

}  // namespace
}  // namespace postgang::channels
