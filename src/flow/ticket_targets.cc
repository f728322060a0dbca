#include "flow/ticket_targets.h"

#include <charconv>

#include <boost/json.hpp>

#include "channels/company_settings.h"
#include "flow/ticket_erasure.h"

namespace postgang::flow {
namespace {

std::string textIn(const store::CompanySetting& setting) {
  if (!setting.holding()) return {};
  boost::system::error_code error;
  const auto value = boost::json::parse(setting.holding()->value, error);
  return !error && value.is_string() ? std::string(std::string_view(value.get_string())) : std::string();
}

// What the company has set, or the operator for its own.
Result<int> countOf(store::Reader& reader, CompanyId company, std::string_view key, int otherwise) {
  TRY(const auto setting, store::companySetting(reader, company, key));
  auto text = textIn(setting);
  if (text.empty()) {
    TRY(const auto house, store::operatorCompany(reader));
    if (house) {
      TRY(const auto own, store::companySetting(reader, *house, key));
      text = textIn(own);
    }
  }
  int count = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), count);
  return read.ec == std::errc() && count > 0 ? count : otherwise;
}

std::int64_t minutesFor(int hours, store::TicketPriority priority) {
  const std::int64_t minutes = std::int64_t{hours} * 60;
  switch (priority) {
    case store::TicketPriority::low:
      return minutes * 2;
    case store::TicketPriority::normal:
      return minutes;
    case store::TicketPriority::high:
      return minutes / 2;
    case store::TicketPriority::urgent:
      return minutes / 4;
  }
  return minutes;
}

}  // namespace

Result<TicketTargets> ticketTargetsOf(store::Reader& reader, CompanyId company,
                                      store::TicketPriority priority) {
  TicketTargets targets;
  TRY(const auto desk, store::companySetting(reader, company, channels::ticket_desk_setting));
  if (textIn(desk) == "own") targets.desk = desk.holding()->company;
  TRY(const auto answer, countOf(reader, company, channels::ticket_answer_setting, ticket_answer_hours));
  TRY(const auto solution,
      countOf(reader, company, channels::ticket_solution_setting, ticket_solution_hours));
  targets.answer_minutes = minutesFor(answer, priority);
  targets.solution_minutes = minutesFor(solution, priority);
  return targets;
}

Result<int> ticketMonthsOf(store::Reader& reader, CompanyId company) {
  return countOf(reader, company, channels::ticket_months_setting, ticket_months);
}

}  // namespace postgang::flow
