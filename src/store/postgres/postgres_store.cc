#include "store/postgres/postgres_store.h"

#include <algorithm>
#include <chrono>

#include "base/log.h"
#include "store/sql/guarded.h"
#include "store/sql/migrations.h"

namespace postgang::store::postgres {
namespace {

constexpr int connections_max = 16;
constexpr int tries_max = 8;

}  // namespace

Result<std::unique_ptr<Store>> PostgresStore::open(const StoreOptions& options, const Clock& clock) {
  std::unique_ptr<PostgresStore> store(new PostgresStore(options, clock));
  TRY(auto first, Connection::open(options.databaseUrl));
  CHECK_OK(sql::migrate(*first));
  store->version_ = first->version();
  store->pool_.push_back(std::move(first));
  return std::unique_ptr<Store>(std::move(store));
}

// A connection that has died in the meantime is replaced by a new one.
Result<std::unique_ptr<Connection>> PostgresStore::lend() {
  std::unique_lock lock(poolMutex_);
  free_.wait(lock, [&] { return !pool_.empty() || lent_ < connections_max; });
  ++lent_;
  std::unique_ptr<Connection> connection;
  if (!pool_.empty()) {
    connection = std::move(pool_.back());
    pool_.pop_back();
  }
  lock.unlock();
  if (connection && connection->isAlive()) return connection;
  auto fresh = Connection::open(options_.databaseUrl);
  if (!fresh) giveBack(nullptr);
  return fresh;
}

void PostgresStore::giveBack(std::unique_ptr<Connection> connection) {
  {
    const std::lock_guard lock(poolMutex_);
    --lent_;
    if (connection && connection->isAlive()) pool_.push_back(std::move(connection));
  }
  free_.notify_one();
}

Outcome PostgresStore::writeOnce(Connection& connection, const std::function<Outcome(Transaction&)>& body) {
  connection.setFault(options_.fault);
  Outcome outcome;
  if (auto begun = connection.run("BEGIN"); !begun) {
    outcome = tl::unexpected(std::move(begun).error());
  } else {
    Transaction transaction(connection, clock_);
    outcome = sql::guarded([&] { return body(transaction); });
    if (outcome) outcome = sql::flush(connection, transaction.pending());
    if (outcome)
      if (auto committed = connection.run("COMMIT"); !committed)
        outcome = tl::unexpected(std::move(committed).error());
  }
  connection.setFault({});
  if (!outcome && connection.isAlive())
    if (auto undone = connection.run("ROLLBACK"); !undone)
      log::error("a rollback failed", {{"code", undone.error().code}, {"detail", undone.error().detail}});
  return outcome;
}

Outcome PostgresStore::write(Priority, const std::function<Outcome(Transaction&)>& body) {
  TRY(auto connection, lend());
  Outcome outcome;
  for (int tries = 1; tries <= tries_max; ++tries) {
    outcome = writeOnce(*connection, body);
    if (outcome || outcome.error().code != "store-serialisation") break;
  }
  giveBack(std::move(connection));
  if (!outcome) return outcome;
  {
    const std::lock_guard lock(commitsMutex_);
    ++commits_;
  }
  committed_.notify_all();
  return outcome;
}

Outcome PostgresStore::read(const std::function<Outcome(Reader&)>& body) {
  TRY(auto connection, lend());
  Outcome outcome;
  if (auto begun = connection->run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"); !begun) {
    outcome = tl::unexpected(std::move(begun).error());
  } else {
    Reader reader(*connection, clock_);
    outcome = sql::guarded([&] { return body(reader); });
    if (auto ended = connection->run(outcome ? "COMMIT" : "ROLLBACK"); !ended && outcome)
      outcome = tl::unexpected(std::move(ended).error());
  }
  giveBack(std::move(connection));
  return outcome;
}

std::uint64_t PostgresStore::commits() const {
  const std::lock_guard lock(commitsMutex_);
  return commits_;
}

void PostgresStore::waitForCommit(std::uint64_t seen, int milliseconds_max) {
  std::unique_lock lock(commitsMutex_);
  committed_.wait_for(lock, std::chrono::milliseconds(milliseconds_max), [&] { return commits_ != seen; });
}

std::string PostgresStore::describe() const {
  return "PostgreSQL " + version_;
}

}  // namespace postgang::store::postgres
