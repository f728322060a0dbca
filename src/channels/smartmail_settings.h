// What a company has set for its Smartmail, and what it has set otherwise for one counterpart. JSON in the
// store (store/smartmail.h), over the API as it stands here; whatever is left out is inherited:
// counterpart → company → the values of SmartmailSettings.
//
//   {"days": 7, "bankDays": false, "daysBeforeDue": 5, "toPaper": true, "form": "link", "exempt":
//   ["villkor*"],
//    "replyTo": "kundservice@alvnara.example", "remindAfterDays": [4]}
//
// A counterpart's may hold "addresses" besides: further recipients, each with a message and a link of its
// own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::channels {

enum class MailForm {
  link,      // the mail leads to the page: opening is seen
  attached,  // the PDF comes with it: that it was read there is never seen
};
std::string_view name(MailForm form);  // "link", "attached"

struct SmartmailSettings {
  int days = 7;           // from sending until it goes to paper
  bool bankDays = false;  // counted in Swedish bank days, and then never on another day
  int daysBeforeDue = 5;  // calendar days that are left to pay in when it goes to paper
  bool toPaper = true;    // false: it has no deadline
  MailForm form = MailForm::link;
  std::vector<std::string> exempt;     // patterns of attachments that need not be opened: isExempt()
  std::string replyTo;                 // empty: the company's supportEmail, then the sender's in the document
  std::vector<int> remindAfterDays;    // calendar days after sending; rising
  std::vector<std::string> addresses;  // beside the counterpart's own; of a counterpart alone
};

// One level of it: what is absent is inherited. An empty list is a list.
struct SmartmailSet {
  std::optional<int> days, daysBeforeDue;
  std::optional<bool> bankDays, toPaper;
  std::optional<MailForm> form;
  std::optional<std::vector<std::string>> exempt, addresses;
  std::optional<std::string> replyTo;
  std::optional<std::vector<int>> remindAfterDays;
};

struct SmartmailLimits {
  static constexpr int days_max = 90;  // and at least 1
  static constexpr int daysBeforeDue_max = 60;
  static constexpr std::size_t reminders_max = 5, exempt_max = 20, pattern_max = 60, addresses_max = 9;
  static constexpr std::size_t json_bytes_max = 16 * 1024;
};

enum class SmartmailOf { company, counterpart };

// Strict: what nobody knows is refused. `where` is a JSON pointer. Codes (invalid):
// smartmail-settings-malformed (parameter `field`), smartmail-setting-out-of-range (`field`, `least`,
// `most`), smartmail-pattern-invalid, smartmail-address-invalid. Empty text is nothing set.
Result<SmartmailSet> smartmailSetFromJson(std::string_view json, SmartmailOf whose);
std::string smartmailSetToJson(const SmartmailSet& set);
std::string smartmailSettingsToJson(const SmartmailSettings& settings);  // every member, addresses too

SmartmailSettings inherited(const SmartmailSet& company, const SmartmailSet& counterpart);

// As they stand for this counterpart (`partnerIdentifier` as partners keep it; empty: for nobody in
// particular).
Result<SmartmailSettings> smartmailSettingsFor(store::Reader& reader, CompanyId company,
                                               std::string_view partnerIdentifier);

// By file name, whatever the case: "*" stands for any characters, also none.
bool isExempt(const SmartmailSettings& settings, std::string_view fileName);

// When it goes to paper unless all that counts was opened: the print house's cut-off (minute of the day in
// Sweden) `days` after the day of sending; earlier where `daysBeforeDue` would not be left, but never before
// the next day's (the next bank day's) cut-off. nullopt: never.
std::optional<Instant> deadlineOf(const SmartmailSettings& settings, Instant sentAt,
                                  std::optional<Date> dueDate, int cutOffMinute);

// When its recipients are reminded: only before the deadline, at the time of day when it was sent.
std::vector<Instant> remindersOf(const SmartmailSettings& settings, Instant sentAt,
                                 std::optional<Instant> deadline);

}  // namespace postgang::channels
