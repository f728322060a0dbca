#include "store/sql/cube.h"

#include <vector>

#include "store/sql/dialect.h"
#include "store/sql/rows.h"
#include "store/sql/seen.h"

namespace postgang::store::sql {
namespace {

constexpr std::int64_t unit = 1'000'000'000;

// The rows of a table that a question reads: some days, the months or weeks between, some days.
struct Range {
  std::int64_t from = 0, to = 0;  // of the column `day`, both included
};

std::vector<Range> weeksOf(const Days& days) {
  const auto from = days.from ? dayNumber(*days.from) : months_end + 1;
  const auto to = days.to ? dayNumber(*days.to) : days_end;
  // The first and the last Monday whose weeks are asked for whole.
  std::int64_t first = weeks_begin, last = 2 * weeks_begin - 1;
  std::vector<Range> ranges;
  if (days.from) {
    const auto monday = days.from->plusDays((8 - days.from->weekday()) % 7);
    first = weeks_begin + dayNumber(monday);
    if (monday != *days.from) ranges.push_back({from, dayNumber(monday.plusDays(-1))});
  }
  if (days.to) {
    const auto sunday = days.to->plusDays(-(days.to->weekday() % 7));
    last = weeks_begin + dayNumber(sunday.plusDays(-6));
    if (sunday != *days.to) ranges.push_back({dayNumber(sunday.plusDays(1)), to});
  }
  if (first > last) return {{from, to}};
  ranges.push_back({first, last});
  return ranges;
}

std::vector<Range> rangesOf(const Days& days, Grain grain, const CubeTable& table) {
  const auto from = days.from ? dayNumber(*days.from) : months_end + 1;
  const auto to = days.to ? dayNumber(*days.to) : days_end;
  if (grain == Grain::weeks && table.hasWeeks) return weeksOf(days);
  if (grain != Grain::coarse) return {{from, to}};
  const bool beginsWithin = days.from && days.from->day() != 1;
  const bool endsWithin = days.to && days.to->plusDays(1).day() != 1;
  // The first and the last month that are asked for whole.
  std::int64_t first = 0, last = months_end;
  if (days.from) first = monthNumber(beginsWithin ? days.from->plusMonths(1) : *days.from);
  if (days.to) last = monthNumber(endsWithin ? days.to->plusMonths(-1) : *days.to);
  if (!table.hasDays) return {{first, last}};
  if (first > last) return {{from, to}};
  std::vector<Range> ranges{{first, last}};
  if (beginsWithin) ranges.push_back({from, first * 100 - 1});
  if (endsWithin) ranges.push_back({last * 100 + 99, to});
  return ranges;
}

std::string columnsOf(const CubeTable& table) {
  std::string columns = "company, day";
  for (const auto key : table.keys) (columns += ", ") += key;
  return columns;
}

constexpr std::string_view sums =
    ", documents, amount_units, amount, sheets, delivered, opened, stopped, cost";
constexpr std::string_view delta_sums =
    ", documents, amount / 1000000000 AS amount_units, amount % 1000000000 AS amount, sheets, delivered, "
    "opened, stopped, cost";

std::string timesOf(std::string_view until, std::string_view bucket, const std::string& conditions) {
  return " UNION ALL SELECT company, day, direction, channel, kind, counterpart_company, '" +
         std::string(until) + "' AS until, " + std::string(bucket) +
         " AS bucket, documents FROM statistics_deltas" + conditions + " AND " + std::string(bucket) +
         " >= 0";
}

}  // namespace

std::int64_t monthNumber(Date date) {
  return dayNumber(date) / 100;
}

std::int64_t inGrain(std::int64_t day, Grain grain) {
  if (day <= months_end || day >= weeks_begin) return day;
  if (grain == Grain::coarse) return day / 100;
  const auto date = dayOfNumber(day);
  if (grain == Grain::days || !date) return day;
  return weeks_begin + dayNumber(date->plusDays(1 - date->weekday()));
}

void addCube(Statement& statement, const Viewer& viewer, const CubeQuery& query) {
  const auto& table = tableOf(query.cube);
  std::string conditions = " WHERE " + seenClause(statement, viewer, "");
  if (query.company) conditions += " AND company = " + statement.place(*query.company);
  const bool isOfTimes = query.cube == Cube::times;
  const auto columns = columnsOf(table);
  std::string_view between = "(SELECT ";
  for (const auto& range : rangesOf(query.days, query.grain, table)) {
    statement << between << columns << (isOfTimes ? std::string_view(", documents") : sums) << " FROM "
              << table.name << conditions << " AND day >= " << statement.place(range.from)
              << " AND day <= " << statement.place(range.to);
    between = " UNION ALL SELECT ";
  }
  if (query.days.from) conditions += " AND day >= " + statement.place(dayNumber(*query.days.from));
  if (query.days.to) conditions += " AND day <= " + statement.place(dayNumber(*query.days.to));
  if (isOfTimes)
    statement << timesOf("delivered", "to_delivered", conditions)
              << timesOf("opened", "to_opened", conditions);
  else
    statement << " UNION ALL SELECT " << columns << delta_sums << " FROM statistics_deltas" << conditions;
  statement << ") AS c";
}

void addWays(Statement& statement, std::optional<Direction> direction,
             const std::vector<std::string>& channels) {
  if (direction) statement << " AND direction = " << statement.place(name(*direction));
  if (channels.empty()) return;
  const auto dialect = statement.dialect();
  statement << " AND " << textsClause(dialect, "channel", statement.keep(textsValue(dialect, channels)));
}

std::string sumColumns(std::string_view hundredths) {
  const std::string column(hundredths), by = std::to_string(unit);
  return "CAST(COALESCE(SUM(" + column + " / " + by + "), 0) AS BIGINT), CAST(COALESCE(SUM(" + column +
         " % " + by + "), 0) AS BIGINT)";
}

__int128 hundredthsOf(std::int64_t units, std::int64_t amount) {
  return static_cast<__int128>(units) * unit + amount;
}

__int128 readHundredths(Columns& c) {
  const auto units = c.number();
  return hundredthsOf(units, c.number());
}

Decimal readSum(Columns& c) {
  return Decimal::fromScaled(readHundredths(c), 2);
}

}  // namespace postgang::store::sql
