#include "store/statistics.h"

#include <array>
#include <limits>
#include <map>
#include <utility>

#include "store/sql/cube.h"
#include "store/sql/dialect.h"
#include "store/sql/pending.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

using sql::Statement;

constexpr std::array<std::pair<Dimension, std::string_view>, 8> names = {{
    {Dimension::company, "company"},
    {Dimension::day, "day"},
    {Dimension::month, "month"},
    {Dimension::direction, "direction"},
    {Dimension::channel, "channel"},
    {Dimension::kind, "kind"},
    {Dimension::status, "status"},
    {Dimension::currency, "currency"},
}};

std::string columnOf(Dimension dimension) {
  return dimension == Dimension::month ? "day / 100" : std::string(name(dimension));
}

// A day is kept as a number that reads as a date: 20261123, its month 202611.
std::string readValue(sql::Columns& c, Dimension dimension) {
  const auto number = [&](std::int64_t value, std::size_t digits) {
    auto text = std::to_string(value);
    return text.insert(0, digits - std::min(digits, text.size()), '0');
  };
  switch (dimension) {
    case Dimension::company:
      return std::to_string(c.number());
    case Dimension::day:
      return number(c.number(), 8).insert(6, "-").insert(4, "-");
    case Dimension::month:
      return number(c.number(), 6).insert(4, "-");
    default:
      return c.text();
  }
}

// 64 bits hold whatever amounts hostile documents carry.
std::int64_t saturated(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return a < 0 ? std::numeric_limits<std::int64_t>::min() : std::numeric_limits<std::int64_t>::max();
}

Outcome foldCell(sql::Connection& connection, const sql::Cell& cell, const sql::CellDelta& delta) {
  auto sum = delta;
  CHECK_OK(connection.run(
      "SELECT documents, amount FROM statistics WHERE company = ?1 AND day = ?2 AND direction = ?3 AND "
      "channel = ?4 AND "
      "kind = ?5 AND status = ?6 AND currency = ?7",
      {cell.company, cell.day, cell.direction, cell.channel, cell.kind, cell.status, cell.currency},
      [&](const sql::Row& row) {
        sum.documents += row.number(0);
        sum.hundredths = saturated(sum.hundredths, row.number(1));
      }));
  if (sum.documents == 0 && sum.hundredths == 0)
    return connection.later(
        "DELETE FROM statistics WHERE company = ?1 AND day = ?2 AND direction = ?3 AND channel = ?4 AND kind "
        "= ?5 AND "
        "status = ?6 AND currency = ?7",
        {cell.company, cell.day, cell.direction, cell.channel, cell.kind, cell.status, cell.currency});
  return connection.later(
      "INSERT INTO statistics (company, day, direction, channel, kind, status, currency, documents, amount) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
      "ON CONFLICT (company, day, direction, channel, kind, status, currency) "
      "DO UPDATE SET documents = excluded.documents, amount = excluded.amount",
      {cell.company, cell.day, cell.direction, cell.channel, cell.kind, cell.status, cell.currency,
       sum.documents, sum.hundredths});
}

Outcome foldCells(sql::Connection& connection, int rows_max) {
  std::map<sql::Cell, sql::CellDelta> cells;
  CHECK_OK(connection.run(
      "DELETE FROM statistics_deltas WHERE id IN (SELECT id FROM statistics_deltas ORDER BY id LIMIT ?1) "
      "RETURNING company, day, direction, channel, kind, status, currency, documents, amount",
      {rows_max}, [&](const sql::Row& row) {
        sql::Columns c(row);
        sql::Cell cell;
        cell.company = c.company();
        cell.day = c.number();
        for (auto* text : {&cell.direction, &cell.channel, &cell.kind, &cell.status, &cell.currency})
          *text = c.text();
        auto& delta = cells[cell];
        delta.documents += c.number();
        delta.hundredths = saturated(delta.hundredths, c.number());
      }));
  for (const auto& [cell, delta] : cells) CHECK_OK(foldCell(connection, cell, delta));
  return {};
}

Outcome foldPartners(sql::Connection& connection, int rows_max) {
  std::map<sql::PartnerKey, sql::PartnerDelta> partners;
  CHECK_OK(connection.run(
      "DELETE FROM partner_deltas WHERE id IN (SELECT id FROM partner_deltas ORDER BY id LIMIT ?1) "
      "RETURNING owner, identifier, sent, received, last_activity_at",
      {rows_max}, [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto owner = c.company();
        auto& delta = partners[{owner, c.text()}];
        delta.sent += c.number();
        delta.received += c.number();
        delta.lastActivityAt = std::max(delta.lastActivityAt, c.instant());
      }));
  // An instant of zero says that nothing happened: a document was found to be somebody else's.
  for (const auto& [key, delta] : partners)
    CHECK_OK(
        connection.later("UPDATE partners SET sent_count = sent_count + ?3, received_count = received_count "
                         "+ ?4, last_activity_at = "
                         "CASE WHEN ?5 > COALESCE(last_activity_at, 0) THEN ?5 ELSE last_activity_at END "
                         "WHERE owner = ?1 AND identifier = ?2",
                         {key.owner, key.identifier, delta.sent, delta.received, delta.lastActivityAt}));
  return {};
}

}  // namespace

std::string_view name(Dimension dimension) {
  for (const auto& [known, text] : names)
    if (known == dimension) return text;
  return {};
}

std::optional<Dimension> dimensionFromName(std::string_view text) {
  for (const auto& [dimension, known] : names)
    if (known == text) return dimension;
  return std::nullopt;
}

Result<std::vector<StatisticsRow>> statistics(Reader& reader, const Viewer& viewer,
                                              const StatisticsQuery& query) {
  std::vector<StatisticsRow> rows;
  if (query.company && !viewer.sees(*query.company)) return rows;
  const auto dialect = reader.connection().dialect();
  std::string companies;
  if (query.company)
    companies = sql::companiesValue(dialect, std::span(&*query.company, 1));
  else if (!viewer.seesAll())
    companies = sql::companiesValue(dialect, viewer.companies());

  std::string group;
  for (const auto dimension : query.groupBy) group += columnOf(dimension) + ", ";
  group += "currency";
  Statement statement(dialect);
  statement << "SELECT " << group << ", CAST(SUM(documents) AS BIGINT), " << sql::sumColumns("amount")
            << " FROM ";
  sql::addCube(statement, companies, query.from, query.to);
  if (query.direction) statement << " WHERE direction = " << statement.place(name(*query.direction));
  statement << " GROUP BY " << group << " HAVING SUM(documents) <> 0 ORDER BY " << group;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& found = rows.emplace_back();
    for (const auto dimension : query.groupBy) found.values.push_back(readValue(c, dimension));
    found.currency = c.text();
    found.documents = c.number();
    found.amount = sql::readSum(c);
  }));
  return rows;
}

Outcome foldStatistics(Transaction& tx, int rows_max) {
  CHECK_OK(foldCells(tx.connection(), rows_max));
  return foldPartners(tx.connection(), rows_max);
}

}  // namespace postgang::store
