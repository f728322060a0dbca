// A connection to the SQLite file. Used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "store/sql/connection.h"

namespace postgang::store::sqlite {

class Connection final : public sql::Connection {
 public:
  enum class Role { reader, writer };

  // Codes: store-unreachable, store-damaged.
  static Result<std::unique_ptr<Connection>> open(const std::string& file, Role role);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sql::Dialect dialect() const override { return sql::Dialect::sqlite; }
  using sql::Connection::run;
  Result<std::int64_t> run(std::string_view sql, std::span<const sql::Value> values,
                           sql::RowVisitor visit) override;

  // Called before each statement with its text; a Problem makes the statement fail. For tests.
  void setFault(std::function<Outcome(std::string_view)> fault) { fault_ = std::move(fault); }

 private:
  struct Statement {
    sqlite3_stmt* handle = nullptr;
    bool inUse = false;
    std::int64_t usedAt = 0;
    ~Statement() { sqlite3_finalize(handle); }
  };

  explicit Connection(sqlite3* database) : database_(database) {}
  Outcome prepare(std::string_view sql, Statement& statement, bool forLong);
  void makeRoom();
  Result<std::int64_t> runOnce(std::string_view sql, std::span<const sql::Value> values,
                               sql::RowVisitor visit);
  Result<std::int64_t> execute(sqlite3_stmt* handle, std::span<const sql::Value> values,
                               sql::RowVisitor visit);
  tl::unexpected<Problem> problem(std::string_view doing) const;

  sqlite3* database_;
  std::map<std::string, Statement, std::less<>> statements_;
  std::int64_t uses_ = 0;
  std::function<Outcome(std::string_view)> fault_;
};

}  // namespace postgang::store::sqlite
