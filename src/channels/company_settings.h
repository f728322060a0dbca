// What a company may set for itself and for everybody beneath it in its group (store/company_settings.h): the
// closed list of keys, what each may be, and what follows from them.
//
//   language       "sv", "en": copies and Smartmails where the design says none; not set: as the document
//   contactLines   at most four lines: whom to ask about an invoice, on copies whose design has none
//   supportEmail   where answers to Smartmails go that name no address of their own
//   noticeEmail    who is told of the company's own stopped documents; not set: its users
//   ticketDesk     "own": whoever has set it answers the tickets of its own and of those beneath it;
//                  "operator", and where nobody has set it: the operator does
//   ticketAnswerHours, ticketSolutionHours
//                  targets of a ticket of normal priority, "1" to "720" hours of the clock; not set: what the
//                  operator has set for its own company
//   ticketMonths   how long a closed ticket is kept, "1" to "120" months; not set: likewise
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "render/design.h"
#include "store/companies.h"
#include "store/company_settings.h"

namespace postgang::channels {

enum class SettingType { language, email, lines, hours, desk, months };
std::string_view name(SettingType type);

struct KnownSetting {
  std::string_view key;
  SettingType type;
};
std::span<const KnownSetting> knownSettings();  // in the order that screens show them
const KnownSetting* knownSetting(std::string_view key);

inline constexpr std::string_view ticket_desk_setting = "ticketDesk";
inline constexpr std::string_view ticket_answer_setting = "ticketAnswerHours";
inline constexpr std::string_view ticket_solution_setting = "ticketSolutionHours";
inline constexpr std::string_view ticket_months_setting = "ticketMonths";

struct CompanySettingLimits {
  static constexpr int hours_max = 720, months_max = 120;
  static constexpr std::size_t lines_max = 4, line_points_max = 80;
};

// The value as it is kept. Code setting-value-invalid (parameters `key` and `wanted`: a type's
// name).
Result<std::string> settingValueFrom(const KnownSetting& setting, std::string_view json);

// The company's design as its copies use it: what it does not say itself is filled in by its settings. A
// design that cannot be used is given as it is.
Result<std::string> companyDesignText(store::Reader& reader, const store::Company& company);
// The same, read; the plain one where there is none, or none that can be used.
Result<render::Design> companyDesign(store::Reader& reader, const store::Company& company);

// Empty: nobody has set one.
Result<std::string> supportEmailOf(store::Reader& reader, CompanyId company);

}  // namespace postgang::channels
