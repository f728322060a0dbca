// A database whose schema is an older one, filled with what another, of the newest, has.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "store/postgres/connection.h"
#include "store/sql/migrations.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace postgang::store {

constexpr std::int64_t before_statistics = 18;  // a step of sql/migrations.cc

// The rows of `from` that an older schema has columns for.
class OlderCopy {
 public:
  OlderCopy(sql::Connection& from, sql::Connection& to) : from_(from), to_(to) {}

  void run(const std::string& fromFile, std::int64_t step) {
    const bool postgres = to_.dialect() == sql::Dialect::postgres;
    if (!postgres) does(to_, "ATTACH DATABASE '" + fromFile + "' AS fresh");
    for (const auto& table : tables(to_)) {
      // Those that the step for statistics makes anew hold nothing that it reads.
      const bool isCube = table.starts_with("statistics");
      if (table == "schema_version" || table.starts_with("search_index") ||
          (isCube && step <= before_statistics))
        continue;
      const auto columns = shared(table);
      if (columns.empty()) continue;
      does(to_, "DELETE FROM " + table);
      if (postgres)
        copyJson(table, columns);
      else
        does(to_, "INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM fresh." + table);
    }
  }

 private:
  using Names = std::vector<std::string>;

  static void does(sql::Connection& connection, const std::string& statement) {
    const auto outcome = connection.run(statement);
    ASSERT_TRUE(outcome) << statement << ": " << outcome.error().detail;
  }
  static Names names(sql::Connection& connection, const std::string& statement) {
    Names found;
    const auto outcome =
        connection.run(statement, {}, [&](const sql::Row& row) { found.emplace_back(row.bytes(0)); });
    EXPECT_TRUE(outcome) << statement << ": " << (outcome ? "" : outcome.error().detail);
    return found;
  }
  static Names tables(sql::Connection& connection) {
    return names(connection,
                 connection.dialect() == sql::Dialect::postgres
                     ? "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
                     : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
                       "ORDER BY 1");
  }
  static Names columns(sql::Connection& connection, const std::string& table) {
    return names(connection, connection.dialect() == sql::Dialect::postgres
                                 ? "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE "
                                   "table_schema = 'public' AND table_name = '" +
                                       table + "' ORDER BY ordinal_position"
                                 : "SELECT name FROM pragma_table_info('" + table + "')");
  }
  std::string shared(const std::string& table) {
    const auto there = columns(from_, table);
    std::string list;
    for (const auto& column : columns(to_, table))
      if (std::ranges::find(there, column) != there.end()) list += (list.empty() ? "" : ", ") + column;
    return list;
  }
  void copyJson(const std::string& table, const std::string& columns) {
    const auto rows = names(from_, "SELECT CAST(COALESCE(json_agg(r), '[]') AS TEXT) FROM (SELECT " +
                                       columns + " FROM " + table + ") AS r");
    const auto statement = "INSERT INTO " + table + " (" + columns + ") SELECT " + columns +
                           " FROM json_populate_recordset(CAST(NULL AS " + table + "), CAST(?1 AS JSON))";
    const auto outcome = to_.run(statement, {rows.front()});
    ASSERT_TRUE(outcome) << statement << ": " << outcome.error().detail;
    for (const auto& column :
         names(to_,
               "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = "
               "'public' AND is_identity = 'YES' AND table_name = '" +
                   table + "'"))
      does(to_, "SELECT setval(pg_get_serial_sequence('" + table + "', '" + column +
                    "'), (SELECT COALESCE(MAX(" + column + "), 0) + 1 FROM " + table + "))");
  }

  sql::Connection &from_, &to_;
};

inline std::string databaseFile(const StoreOptions& options) {
  return options.dataFolder + "/postgang.sqlite";
}

inline std::unique_ptr<sql::Connection> connected(const StoreOptions& options) {
  if (options.databaseUrl.empty()) {
    auto opened = sqlite::Connection::open(databaseFile(options), sqlite::Connection::Role::writer);
    EXPECT_TRUE(opened);
    return std::move(*opened);
  }
  auto opened = postgres::Connection::open(options.databaseUrl);
  EXPECT_TRUE(opened);
  return std::move(*opened);
}

// `to` names an empty database.
inline void fillOlder(const StoreOptions& from, const StoreOptions& to, std::int64_t step) {
  const auto source = connected(from), target = connected(to);
  const auto stepped = sql::migrate(*target, step);
  ASSERT_TRUE(stepped) << stepped.error().detail;
  OlderCopy(*source, *target).run(databaseFile(from), step);
}

}  // namespace postgang::store
