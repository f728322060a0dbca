// A connection to PostgreSQL. Used by one thread at a time. Parameters and answers travel in text form,
// statements are prepared once per connection.
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "store/sql/connection.h"

namespace postgang::store::postgres {

class Connection final : public sql::Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const std::string& url);  // code store-unreachable
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sql::Dialect dialect() const override { return sql::Dialect::postgres; }
  using sql::Connection::run;
  Result<std::int64_t> run(std::string_view sql, std::span<const sql::Value> values,
                           sql::RowVisitor visit) override;

  bool isAlive() const { return PQstatus(connection_) == CONNECTION_OK; }
  std::string version() const;
  void setFault(std::function<Outcome(std::string_view)> fault) { fault_ = std::move(fault); }

 private:
  explicit Connection(PGconn* connection) : connection_(connection) {}
  struct Prepared {
    std::string name;  // on the server
    std::int64_t usedAt = 0;
  };
  Result<std::string> prepared(std::string_view sql, std::span<const sql::Value> values);
  Outcome makeRoom();

  PGconn* connection_;
  std::map<std::string, Prepared, std::less<>> names_;  // by statement
  std::int64_t uses_ = 0;
  std::function<Outcome(std::string_view)> fault_;
};

}  // namespace postgang::store::postgres
