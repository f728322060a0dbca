#include "channels/company_settings.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <map>

#include "base/text.h"
#include "net/mail.h"
#include "store/notices.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;

constexpr std::string_view language_key = "language";
constexpr std::string_view contact_key = "contactLines";
constexpr std::string_view support_key = "supportEmail";
constexpr std::size_t value_bytes_max = 4096;

constexpr auto known = std::to_array<KnownSetting>({
    {language_key, SettingType::language},
    {contact_key, SettingType::lines},
    {support_key, SettingType::email},
    {store::notice_email_setting, SettingType::email},
    {ticket_desk_setting, SettingType::desk},
    {ticket_answer_setting, SettingType::hours},
    {ticket_solution_setting, SettingType::hours},
    {ticket_months_setting, SettingType::months},
});

bool isLine(const json::value& value) {
  const auto* text = value.if_string();
  return text && !trimmed(*text).empty() && codePoints(*text) <= CompanySettingLimits::line_points_max &&
         withoutControls(std::string_view(*text)) == std::string_view(*text) &&
         std::string_view(*text).find_first_of("\t\n") == std::string_view::npos;
}

// "8": no sign, no blank, no nought before it.
bool isCount(std::string_view text, int most) {
  constexpr std::size_t digits_max = 3;
  if (text.empty() || text.size() > digits_max || text.front() == '0' || digitsOf(text) != text) return false;
  int count = 0;
  for (const char c : text) count = count * 10 + (c - '0');
  return count <= most;
}

bool fits(SettingType type, const json::value& value) {
  if (type == SettingType::lines) {
    const auto* lines = value.if_array();
    return lines && !lines->empty() && lines->size() <= CompanySettingLimits::lines_max &&
           std::ranges::all_of(*lines, isLine);
  }
  const auto* text = value.if_string();
  if (!text) return false;
  if (type == SettingType::language) return *text == "sv" || *text == "en";
  if (type == SettingType::hours) return isCount(std::string_view(*text), CompanySettingLimits::hours_max);
  if (type == SettingType::months) return isCount(std::string_view(*text), CompanySettingLimits::months_max);
  if (type == SettingType::desk) return *text == "own" || *text == "operator";
  return net::isMailAddress(std::string_view(*text));
}

// What holds, by key; what is kept has been held to the list before.
Result<std::map<std::string, json::value>> holding(store::Reader& reader, CompanyId company) {
  std::map<std::string, json::value> values;
  TRY(const auto settings, store::companySettings(reader, company));
  for (const auto& setting : settings) {
    boost::system::error_code error;
    auto value = json::parse(setting.holding()->value, error);
    if (!error) values[setting.key] = std::move(value);
  }
  return values;
}

void fillIn(render::Design& design, const std::map<std::string, json::value>& values) {
  if (const auto language = values.find(std::string(language_key));
      language != values.end() && language->second.is_string() && !design.language)
    design.language = languageFromTag(std::string_view(language->second.get_string()));
  const auto lines = values.find(std::string(contact_key));
  if (lines == values.end() || !lines->second.is_array()) return;
  if (!design.swedish.contact.empty() || !design.english.contact.empty()) return;
  for (const auto& line : lines->second.get_array()) {
    if (!line.is_string()) continue;
    design.swedish.contact.emplace_back(line.get_string());
    design.english.contact.emplace_back(line.get_string());
  }
}

}  // namespace

std::string_view name(SettingType type) {
  switch (type) {
    case SettingType::language:
      return "language";
    case SettingType::email:
      return "email";
    case SettingType::hours:
      return "hours";
    case SettingType::months:
      return "months";
    case SettingType::desk:
      return "desk";
    case SettingType::lines:
      break;
  }
  return "lines";
}

std::span<const KnownSetting> knownSettings() {
  return known;
}

const KnownSetting* knownSetting(std::string_view key) {
  const auto found = std::ranges::find(known, key, &KnownSetting::key);
  return found == known.end() ? nullptr : &*found;
}

Result<std::string> settingValueFrom(const KnownSetting& setting, std::string_view text) {
  boost::system::error_code error;
  const auto value = text.size() > value_bytes_max ? json::value() : json::parse(text, error);
  if (!error && fits(setting.type, value)) return json::serialize(value);
  Problem problem{ProblemKind::invalid,
                  "setting-value-invalid",
                  "The setting " + std::string(setting.key) + " cannot have this value.",
                  "/value",
                  "A language is sv or en; an e-mail address one address; lines one to four of at most 80 "
                  "characters; hours from 1 to 720, as text; a desk is own or operator.",
                  {}};
  problem.parameters = {{"key", std::string(setting.key)}, {"wanted", std::string(name(setting.type))}};
  return fail(std::move(problem));
}

Result<std::string> companyDesignText(store::Reader& reader, const store::Company& company) {
  TRY(const auto values, holding(reader, company.id));
  if (values.empty()) return company.design;
  auto design = company.design.empty() ? Result<render::Design>(render::Design{})
                                       : render::designFromJson(company.design);
  if (!design) return company.design;
  const auto before = *design;
  fillIn(*design, values);
  return *design == before ? company.design : render::designToJson(*design);
}

Result<render::Design> companyDesign(store::Reader& reader, const store::Company& company) {
  TRY(const auto text, companyDesignText(reader, company));
  if (text.empty()) return render::Design{};
  auto design = render::designFromJson(text);
  return design ? std::move(*design) : render::Design{};
}

Result<std::string> supportEmailOf(store::Reader& reader, CompanyId company) {
  TRY(const auto setting, store::companySetting(reader, company, support_key));
  if (!setting.holding()) return std::string();
  boost::system::error_code error;
  const auto value = json::parse(setting.holding()->value, error);
  return error || !value.is_string() ? std::string() : std::string(value.get_string());
}

}  // namespace postgang::channels
