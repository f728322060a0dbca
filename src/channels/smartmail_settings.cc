#include "channels/smartmail_settings.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/calendar.h"
#include "base/text.h"
#include "channels/company_settings.h"
#include "net/mail.h"
#include "store/smartmail.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;
using Limits = SmartmailLimits;

constexpr std::int64_t day_seconds = 86'400;

tl::unexpected<Problem> refused(std::string code, std::string detail, std::string where, std::string advice,
                                std::map<std::string, std::string> parameters = {}) {
  Problem problem{ProblemKind::invalid, std::move(code),   std::move(detail),
                  std::move(where),     std::move(advice), {}};
  problem.parameters = std::move(parameters);
  return fail(std::move(problem));
}

tl::unexpected<Problem> malformed(std::string_view field, std::string_view wanted, std::string where) {
  return refused("smartmail-settings-malformed", "It is not " + std::string(wanted) + ".", std::move(where),
                 "Look how docs/api.md writes it.", {{"field", std::string(field)}});
}

Result<int> within(const json::value& value, std::string_view field, int least, int most,
                   const std::string& where) {
  const auto* number = value.if_int64();
  if (number && *number >= least && *number <= most) return static_cast<int>(*number);
  const auto from = std::to_string(least), to = std::to_string(most);
  return refused("smartmail-setting-out-of-range",
                 std::string(field) + " is a whole number from " + from + " to " + to + ".", where,
                 "Choose one within these bounds.",
                 {{"field", std::string(field)}, {"least", from}, {"most", to}});
}

Result<std::string> address(const json::value& value, const std::string& where) {
  const auto* text = value.if_string();
  if (text && net::isMailAddress(std::string_view(*text))) return std::string(*text);
  return refused("smartmail-address-invalid", "It is not an e-mail address.", where,
                 "Write it like kundservice@example.com.");
}

bool hasControls(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; });
}

Result<std::string> pattern(const json::value& value, const std::string& where) {
  const auto* text = value.if_string();
  if (text && !trimmed(std::string_view(*text)).empty() && codePoints(*text) <= Limits::pattern_max &&
      !hasControls(*text))
    return std::string(trimmed(std::string_view(*text)));
  return refused("smartmail-pattern-invalid", "A file name is a text of at most 60 characters.", where,
                 "Write it like villkor*.");
}

Result<std::string> mailbox(const json::value& value, const std::string& where) {
  const auto* text = value.if_string();
  if (text && text->empty()) return std::string();
  return address(value, where);
}

// `read` reads one of them.
template <typename Each, typename Read>
Result<std::vector<Each>> list(const json::value& value, std::string_view field, std::size_t most,
                               const std::string& where, Read&& read) {
  const auto* array = value.if_array();
  if (!array || array->size() > most)
    return malformed(field, "a list of at most " + std::to_string(most), where);
  std::vector<Each> found;
  for (std::size_t i = 0; i < array->size(); ++i) {
    TRY(auto each, read((*array)[i], where + "/" + std::to_string(i)));
    if (std::ranges::find(found, each) == found.end()) found.push_back(std::move(each));
  }
  return found;
}

Result<bool> truth(const json::value& value, std::string_view field, const std::string& where) {
  if (value.is_bool()) return value.get_bool();
  return malformed(field, "true or false", where);
}

Result<MailForm> formOf(const json::value& value, const std::string& where) {
  const auto* text = value.if_string();
  if (text && *text == name(MailForm::link)) return MailForm::link;
  if (text && *text == name(MailForm::attached)) return MailForm::attached;
  return malformed("form", "\"link\" or \"attached\"", where);
}

Result<std::vector<int>> reminders(const json::value& value, const std::string& where) {
  TRY(auto days, list<int>(value, "remindAfterDays", Limits::reminders_max, where,
                           [](const json::value& each, const std::string& at) {
                             return within(each, "remindAfterDays", 1, Limits::days_max, at);
                           }));
  std::ranges::sort(days);
  return days;
}

Outcome take(SmartmailSet& set, std::string_view field, const json::value& value, SmartmailOf whose) {
  const auto where = "/" + truncated(withoutControls(field), 40);
  if (field == "days") {
    TRY(set.days, within(value, field, 1, Limits::days_max, where));
  } else if (field == "bankDays") {
    TRY(set.bankDays, truth(value, field, where));
  } else if (field == "daysBeforeDue") {
    TRY(set.daysBeforeDue, within(value, field, 0, Limits::daysBeforeDue_max, where));
  } else if (field == "toPaper") {
    TRY(set.toPaper, truth(value, field, where));
  } else if (field == "form") {
    TRY(set.form, formOf(value, where));
  } else if (field == "exempt") {
    TRY(set.exempt, list<std::string>(value, field, Limits::exempt_max, where, pattern));
  } else if (field == "replyTo") {
    TRY(set.replyTo, mailbox(value, where));
  } else if (field == "remindAfterDays") {
    TRY(set.remindAfterDays, reminders(value, where));
  } else if (field == "addresses" && whose == SmartmailOf::counterpart) {
    TRY(set.addresses, list<std::string>(value, field, Limits::addresses_max, where, address));
  } else {
    return malformed(truncated(withoutControls(field), 40), "a field of these settings", where);
  }
  return {};
}

template <typename Value>
void put(json::object& object, std::string_view field, const std::optional<Value>& value) {
  if (value) object[field] = json::value_from(*value);
}

// The pattern's pieces in order, the first at the beginning and the last at the end.
bool matches(std::string_view pattern, std::string_view text) {
  const auto pieces = split(pattern, '*');
  if (pieces.size() == 1) return text == pattern;
  const auto first = pieces.front(), last = pieces.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) || !text.ends_with(last))
    return false;
  text = text.substr(first.size(), text.size() - first.size() - last.size());
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    const auto found = text.find(pieces[i]);
    if (found == text.npos) return false;
    text.remove_prefix(found + pieces[i].size());
  }
  return true;
}

}  // namespace

std::string_view name(MailForm form) {
  return form == MailForm::attached ? "attached" : "link";
}

Result<SmartmailSet> smartmailSetFromJson(std::string_view text, SmartmailOf whose) {
  SmartmailSet set;
  if (trimmed(text).empty()) return set;
  if (text.size() > Limits::json_bytes_max) return malformed("", "smaller than 16 kB", "");
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return malformed("", "a JSON object", "");
  for (const auto& member : value.get_object())
    CHECK_OK(take(set, std::string_view(member.key()), member.value(), whose));
  return set;
}

std::string smartmailSetToJson(const SmartmailSet& set) {
  json::object object;
  put(object, "days", set.days);
  put(object, "bankDays", set.bankDays);
  put(object, "daysBeforeDue", set.daysBeforeDue);
  put(object, "toPaper", set.toPaper);
  if (set.form) object["form"] = name(*set.form);
  put(object, "exempt", set.exempt);
  put(object, "replyTo", set.replyTo);
  put(object, "remindAfterDays", set.remindAfterDays);
  put(object, "addresses", set.addresses);
  return json::serialize(object);
}

std::string smartmailSettingsToJson(const SmartmailSettings& settings) {
  return smartmailSetToJson({.days = settings.days,
                             .daysBeforeDue = settings.daysBeforeDue,
                             .bankDays = settings.bankDays,
                             .toPaper = settings.toPaper,
                             .form = settings.form,
                             .exempt = settings.exempt,
                             .addresses = settings.addresses,
                             .replyTo = settings.replyTo,
                             .remindAfterDays = settings.remindAfterDays});
}

SmartmailSettings inherited(const SmartmailSet& company, const SmartmailSet& counterpart) {
  SmartmailSettings settings;
  const auto inherit = [&](auto member, auto& into) {
    if (company.*member) into = *(company.*member);
    if (counterpart.*member) into = *(counterpart.*member);
  };
  inherit(&SmartmailSet::days, settings.days);
  inherit(&SmartmailSet::bankDays, settings.bankDays);
  inherit(&SmartmailSet::daysBeforeDue, settings.daysBeforeDue);
  inherit(&SmartmailSet::toPaper, settings.toPaper);
  inherit(&SmartmailSet::form, settings.form);
  inherit(&SmartmailSet::exempt, settings.exempt);
  inherit(&SmartmailSet::replyTo, settings.replyTo);
  inherit(&SmartmailSet::remindAfterDays, settings.remindAfterDays);
  settings.addresses = counterpart.addresses.value_or(std::vector<std::string>{});
  return settings;
}

Result<SmartmailSettings> smartmailSettingsFor(store::Reader& reader, CompanyId company,
                                               std::string_view partnerIdentifier) {
  TRY(const auto texts, store::smartmailSettings(reader, company, partnerIdentifier));
  TRY(const auto own, smartmailSetFromJson(texts.company, SmartmailOf::company));
  TRY(const auto counterpart, smartmailSetFromJson(texts.partner, SmartmailOf::counterpart));
  auto settings = inherited(own, counterpart);
  if (settings.replyTo.empty()) {
    TRY(settings.replyTo, supportEmailOf(reader, company));
  }
  return settings;
}

bool isExempt(const SmartmailSettings& settings, std::string_view fileName) {
  const auto name = folded(fileName);
  return std::ranges::any_of(settings.exempt,
                             [&](const auto& pattern) { return matches(folded(pattern), name); });
}

std::optional<Instant> deadlineOf(const SmartmailSettings& settings, Instant sentAt,
                                  std::optional<Date> dueDate, int cutOffMinute) {
  if (!settings.toPaper) return std::nullopt;
  const auto sent = dateInStockholm(sentAt);
  const auto earliest = settings.bankDays ? plusBankDays(sent, 1) : sent.plusDays(1);
  auto day = settings.bankDays ? plusBankDays(sent, settings.days) : sent.plusDays(settings.days);
  if (dueDate) day = std::min(day, dueDate->plusDays(-settings.daysBeforeDue));
  if (day > earliest && settings.bankDays) day = bankDayNotAfter(day);
  return inStockholm(std::max(day, earliest), cutOffMinute);
}

std::vector<Instant> remindersOf(const SmartmailSettings& settings, Instant sentAt,
                                 std::optional<Instant> deadline) {
  std::vector<Instant> reminders;
  for (const int days : settings.remindAfterDays) {
    const auto at = sentAt.plusSeconds(days * day_seconds);
    if (!deadline || at < *deadline) reminders.push_back(at);
  }
  return reminders;
}

}  // namespace postgang::channels
