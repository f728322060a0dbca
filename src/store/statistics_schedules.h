// Reports of statistics that are mailed: what is asked, how often, as what files, to whom. Of a company; each
// recipient is a user and gets what that user may see when it is sent (flow/statistics_mail.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

using StatisticsScheduleId = Id<struct StatisticsScheduleNoun>;

struct StatisticsSchedule {
  StatisticsScheduleId id;
  CompanyId company;
  std::string name;
  std::string question;              // JSON object of words (flow/statistics_question.h)
  std::string every;                 // "week", "month"
  std::vector<std::string> formats;  // "xlsx", "pdf"
  std::vector<UserId> recipients;
  bool everything = false;  // what the recipient sees of all its companies, not of this one alone
  UserId createdBy;         // nil: a key
  std::string createdByName;
  Instant createdAt, nextAt;
  std::optional<Instant> lastSentAt = {};
  std::string pausedReason = {};  // "recipient-lost-right"; empty: it runs
};
inline constexpr std::size_t statistics_schedules_max = 50;  // of a company

// Code statistics-schedules-too-many (conflict).
Outcome createStatisticsSchedule(Transaction& tx, const StatisticsSchedule& schedule);
Outcome markStatisticsSchedule(Transaction& tx,
                               const StatisticsSchedule& schedule);  // nextAt, lastSentAt, paused
Outcome deleteStatisticsSchedule(Transaction& tx, StatisticsScheduleId id);
Result<std::vector<StatisticsSchedule>> statisticsSchedules(Reader& reader,
                                                            CompanyId company);  // oldest first
Result<std::optional<StatisticsSchedule>> statisticsSchedule(Reader& reader, CompanyId company,
                                                             StatisticsScheduleId id);

}  // namespace postgang::store
