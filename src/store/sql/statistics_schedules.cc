#include "store/statistics_schedules.h"

#include "base/text.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view columns =
    "id, company, name, question, every, formats, recipients, everything, created_by, created_by_name, "
    "created_at, next_at, last_sent_at, paused_reason";

std::string idsOf(const std::vector<UserId>& users) {
  std::string text;
  for (const auto user : users) text += (text.empty() ? "" : " ") + user.text();
  return text;
}

StatisticsSchedule readSchedule(const sql::Row& row) {
  sql::Columns c(row);
  StatisticsSchedule schedule;
  schedule.id = c.id<StatisticsScheduleId>();
  schedule.company = c.company();
  schedule.name = c.text();
  schedule.question = c.text();
  schedule.every = c.text();
  for (const auto format : split(c.view(), ' '))
    if (!format.empty()) schedule.formats.emplace_back(format);
  for (const auto user : split(c.view(), ' '))
    if (const auto id = UserId::parse(user)) schedule.recipients.push_back(*id);
  schedule.everything = c.yes();
  schedule.createdBy = c.id<UserId>();
  schedule.createdByName = c.text();
  schedule.createdAt = c.instant();
  schedule.nextAt = c.instant();
  schedule.lastSentAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  schedule.pausedReason = c.text();
  return schedule;
}

}  // namespace

Outcome createStatisticsSchedule(Transaction& tx, const StatisticsSchedule& schedule) {
  TRY(const auto own, tx.connection().run("SELECT id FROM statistics_schedules WHERE company = ?1",
                                          {schedule.company}, [](const sql::Row&) {}));
  if (own >= static_cast<std::int64_t>(statistics_schedules_max))
    return fail(ProblemKind::conflict, "statistics-schedules-too-many",
                "A company has at most " + std::to_string(statistics_schedules_max) + " reports by mail.", {},
                "Remove one that nobody reads any more.");
  CHECK_OK(
      tx.connection().run("INSERT INTO statistics_schedules (" + std::string(columns) +
                              ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                          {schedule.id, schedule.company, schedule.name, schedule.question, schedule.every,
                           joined(schedule.formats, " "), idsOf(schedule.recipients), schedule.everything,
                           schedule.createdBy, schedule.createdByName, schedule.createdAt, schedule.nextAt,
                           schedule.lastSentAt, schedule.pausedReason}));
  return {};
}

Outcome markStatisticsSchedule(Transaction& tx, const StatisticsSchedule& schedule) {
  CHECK_OK(tx.connection().run(
      "UPDATE statistics_schedules SET next_at = ?2, last_sent_at = ?3, paused_reason = ?4 WHERE id = ?1",
      {schedule.id, schedule.nextAt, schedule.lastSentAt, schedule.pausedReason}));
  return {};
}

Outcome deleteStatisticsSchedule(Transaction& tx, StatisticsScheduleId id) {
  CHECK_OK(tx.connection().run("DELETE FROM statistics_schedules WHERE id = ?1", {id}));
  return {};
}

Result<std::vector<StatisticsSchedule>> statisticsSchedules(Reader& reader, CompanyId company) {
  std::vector<StatisticsSchedule> found;
  CHECK_OK(reader.connection().run(
      "SELECT " + std::string(columns) + " FROM statistics_schedules WHERE company = ?1 ORDER BY id",
      {company}, [&](const sql::Row& row) { found.push_back(readSchedule(row)); }));
  return found;
}

Result<std::optional<StatisticsSchedule>> statisticsSchedule(Reader& reader, CompanyId company,
                                                             StatisticsScheduleId id) {
  std::optional<StatisticsSchedule> found;
  CHECK_OK(reader.connection().run(
      "SELECT " + std::string(columns) + " FROM statistics_schedules WHERE id = ?1 AND company = ?2",
      {id, company}, [&](const sql::Row& row) { found = readSchedule(row); }));
  return found;
}

}  // namespace postgang::store
