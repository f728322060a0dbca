#include "channels/smartmail_settings.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace postgang::channels {
namespace {

std::string read(std::string_view json, SmartmailOf whose = SmartmailOf::company) {
  const auto set = smartmailSetFromJson(json, whose);
  if (set) return smartmailSetToJson(*set);
  return set.error().code.substr(std::string_view("smartmail-").size()) + " " + set.error().where;
}

TEST(SmartmailSettings, AreReadAsTheyStand) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "{}"},
      {"{}", "{}"},
      {R"({"days":7,"bankDays":false,"daysBeforeDue":5,"toPaper":true,"form":"attached","exempt":["villkor*"],"replyTo":"a@b.example","remindAfterDays":[4]})",
       R"({"days":7,"bankDays":false,"daysBeforeDue":5,"toPaper":true,"form":"attached","exempt":["villkor*"],"replyTo":"a@b.example","remindAfterDays":[4]})"},
      {R"({"remindAfterDays":[6,3,6]})", R"({"remindAfterDays":[3,6]})"},
      {R"({"exempt":[],"replyTo":""})", R"({"exempt":[],"replyTo":""})"},
      {R"({"daysBeforeDue":0})", R"({"daysBeforeDue":0})"}};
  for (const auto& [json, expected] : cases) EXPECT_EQ(read(json), expected);
  EXPECT_EQ(read(R"({"addresses":["a@b.example","c@d.example"]})", SmartmailOf::counterpart),
            R"({"addresses":["a@b.example","c@d.example"]})");
}

TEST(SmartmailSettings, WhatIsWrongIsSaidWithItsPlace) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"[]", "settings-malformed "},
      {"{", "settings-malformed "},
      {R"({"day":7})", "settings-malformed /day"},
      {R"({"days":"7"})", "setting-out-of-range /days"},
      {R"({"days":0})", "setting-out-of-range /days"},
      {R"({"days":91})", "setting-out-of-range /days"},
      {R"({"days":7.5})", "setting-out-of-range /days"},
      {R"({"days":null})", "setting-out-of-range /days"},
      {R"({"daysBeforeDue":-1})", "setting-out-of-range /daysBeforeDue"},
      {R"({"bankDays":1})", "settings-malformed /bankDays"},
      {R"({"form":"pdf"})", "settings-malformed /form"},
      {R"({"exempt":"villkor*"})", "settings-malformed /exempt"},
      {R"({"exempt":["a",""]})", "pattern-invalid /exempt/1"},
      {R"({"exempt":["a\nb"]})", "pattern-invalid /exempt/0"},
      {R"({"replyTo":"kundservice"})", "address-invalid /replyTo"},
      {R"({"remindAfterDays":[1,2,3,4,5,6]})", "settings-malformed /remindAfterDays"},
      {R"({"remindAfterDays":[0]})", "setting-out-of-range /remindAfterDays/0"},
      {R"({"addresses":["a@b.example"]})", "settings-malformed /addresses"}};
  for (const auto& [json, expected] : cases) EXPECT_EQ(read(json), expected) << json;
  EXPECT_EQ(read(R"({"addresses":["a@b.example","b\r\nBcc: c@d.example"]})", SmartmailOf::counterpart),
            "address-invalid /addresses/1");
}

TEST(SmartmailSettings, ACounterpartInheritsWhatItDoesNotSay) {
  const auto company =
      smartmailSetFromJson(R"({"days":10,"bankDays":true,"exempt":["villkor*"]})", SmartmailOf::company);
  const auto counterpart = smartmailSetFromJson(
      R"({"days":3,"exempt":[],"addresses":["ekonomi@fjallhem.example"]})", SmartmailOf::counterpart);
  ASSERT_TRUE(company && counterpart);
  EXPECT_EQ(
      smartmailSettingsToJson(inherited(*company, *counterpart)),
      R"({"days":3,"bankDays":true,"daysBeforeDue":5,"toPaper":true,"form":"link","exempt":[],"replyTo":"","remindAfterDays":[],"addresses":["ekonomi@fjallhem.example"]})");
}

TEST(SmartmailSettings, AttachmentsAreExemptByName) {
  const auto exempt = [](std::string_view pattern, std::string_view name) {
    SmartmailSettings settings;
    settings.exempt = {std::string(pattern)};
    return isExempt(settings, name);
  };
  EXPECT_TRUE(exempt("villkor*", "Villkor 2026.pdf"));
  EXPECT_TRUE(exempt("*.PDF", "karta.pdf"));
  EXPECT_TRUE(exempt("*villkor*", "Allmänna-villkor.pdf"));
  EXPECT_TRUE(exempt("a*b*a", "abba"));
  EXPECT_TRUE(exempt("*", ""));
  EXPECT_FALSE(exempt("villkor", "villkor.pdf"));
  EXPECT_FALSE(exempt("villkor*", "Allmänna villkor.pdf"));
  EXPECT_FALSE(exempt("a*b*b*a", "aba")) << "no character twice";
}

// Settings, sent at, due, deadline: all as clocks in Sweden show them, the cut-off at 16.00.
struct Due {
  std::string_view settings, sentAt, due, deadline;
};
constexpr Due dues[] = {
    {"{}", "2026-11-09T08:00:00Z", "2026-12-09", "2026-11-16T15:00:00.000000Z"},
    {"{}", "2026-11-09T23:30:00Z", "2026-12-09", "2026-11-17T15:00:00.000000Z"},  // past midnight in Sweden
    {"{}", "2026-06-09T08:00:00Z", "", "2026-06-16T14:00:00.000000Z"},            // summer time
    {"{}", "2026-11-09T08:00:00Z", "2026-11-18", "2026-11-13T15:00:00.000000Z"},  // five days before the due
    {"{}", "2026-11-09T08:00:00Z", "2026-11-15", "2026-11-10T15:00:00.000000Z"},
    {"{}", "2026-11-09T08:00:00Z", "2026-11-10", "2026-11-10T15:00:00.000000Z"},  // never before the next day
    {"{}", "2026-11-09T08:00:00Z", "2020-01-01", "2026-11-10T15:00:00.000000Z"},
    {R"({"daysBeforeDue":0})", "2026-11-09T08:00:00Z", "2026-11-12", "2026-11-12T15:00:00.000000Z"},
    {R"({"days":1})", "2026-11-09T08:00:00Z", "", "2026-11-10T15:00:00.000000Z"},
    {R"({"days":5,"bankDays":true})", "2026-11-09T08:00:00Z", "", "2026-11-16T15:00:00.000000Z"},
    // Christmas: 24, 25, 26, 31 December, New Year and Epiphany are none.
    {R"({"days":5,"bankDays":true})", "2026-12-22T08:00:00Z", "", "2027-01-04T15:00:00.000000Z"},
    // Five days before a Thursday is a Saturday: the Friday before.
    {R"({"days":9,"bankDays":true})", "2026-11-09T08:00:00Z", "2026-11-19", "2026-11-13T15:00:00.000000Z"},
    {R"({"days":3,"bankDays":true})", "2026-11-06T08:00:00Z", "2026-11-08", "2026-11-09T15:00:00.000000Z"},
    {R"({"toPaper":false})", "2026-11-09T08:00:00Z", "2026-12-09", "never"},
};

TEST(SmartmailSettings, TheDeadlineIsACutOff) {
  for (const auto& [json, sentAt, due, expected] : dues) {
    const auto set = smartmailSetFromJson(json, SmartmailOf::company);
    ASSERT_TRUE(set) << json;
    const auto deadline = deadlineOf(inherited(*set, {}), *Instant::parse(sentAt), Date::parse(due), 16 * 60);
    EXPECT_EQ(deadline ? deadline->text() : "never", expected) << json << " " << sentAt << " " << due;
  }
}

TEST(SmartmailSettings, RemindersComeBeforeTheDeadline) {
  SmartmailSettings settings;
  settings.remindAfterDays = {2, 4, 7};
  const auto sentAt = *Instant::parse("2026-11-09T08:00:00Z");
  const auto deadline = deadlineOf(settings, sentAt, Date::parse("2026-11-18"), 16 * 60);
  const auto reminders = remindersOf(settings, sentAt, deadline);
  ASSERT_EQ(reminders.size(), 2U);
  EXPECT_EQ(reminders.back().text(), "2026-11-13T08:00:00.000000Z");
  EXPECT_EQ(remindersOf(settings, sentAt, std::nullopt).size(), 3U);
}

}  // namespace
}  // namespace postgang::channels
