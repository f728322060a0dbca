// The store on PostgreSQL: a pool of connections, a transaction each, retried when PostgreSQL ends it for a
// conflict.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "store/postgres/connection.h"
#include "store/sql/session.h"
#include "store/store.h"

namespace postgang::store::postgres {

class PostgresStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const Clock& clock);

  Outcome write(Priority priority, const std::function<Outcome(Transaction&)>& body) override;
  Outcome read(const std::function<Outcome(Reader&)>& body) override;
  std::uint64_t commits() const override;
  void waitForCommit(std::uint64_t seen, int milliseconds_max) override;
  std::string describe() const override;

 private:
  PostgresStore(const StoreOptions& options, const Clock& clock) : Store(clock), options_(options) {}
  Result<std::unique_ptr<Connection>> lend();
  void giveBack(std::unique_ptr<Connection> connection);
  Outcome writeOnce(Connection& connection, const std::function<Outcome(Transaction&)>& body);

  StoreOptions options_;
  std::string version_;
  std::mutex poolMutex_;
  std::condition_variable free_;
  std::vector<std::unique_ptr<Connection>> pool_;
  int lent_ = 0;

  mutable std::mutex commitsMutex_;
  std::condition_variable committed_;
  std::uint64_t commits_ = 0;
};

}  // namespace postgang::store::postgres
