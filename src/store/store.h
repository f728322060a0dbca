// The store: SQLite (embedded default) or PostgreSQL 15. What is kept has a header per noun beside this one;
// each noun's functions take a Transaction (inside write) or a Reader (inside read).
//
//   store.write(Priority::intake, [&](Transaction& tx) -> Outcome { … append(tx, …) … });   returns when it
//   is durable store.read([&](Reader& reader) { return findEntry(reader, viewer, id); });
//
// write: on SQLite one writer thread runs waiting transactions in groups that share one commit and one sync,
// intake before the walk; each is a savepoint of its own, so one that fails undoes only itself. On PostgreSQL
// each runs on a pooled connection; serialisation failures are retried. A transaction's body may run more
// than once and must not have effects outside the store. The body's Problem is passed on and nothing of it is
// kept.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/problem.h"
#include "base/time.h"

namespace postgang::store {

class Reader;       // a consistent snapshot; see sql/session.h
class Transaction;  // a Reader that may write

enum class Priority { intake, walk, background };

struct StoreOptions {
  std::string dataFolder;   // SQLite file and blobs; made when absent
  std::string databaseUrl;  // "postgresql://…"; empty: SQLite in dataFolder
  int readers = 8;          // read connections
  int groupSizeMax = 256;   // SQLite: transactions in one commit
  // SQLite: for filling a new folder that is thrown away if that fails (demo). One caller at a time; commits
  // are gathered by the thousand and wait for the disk only when the store is closed.
  bool filling = false;
  // Tests and the simulator: called before each statement of a write and before each commit, with what is
  // about to be done; a Problem returned makes exactly that step fail as if the disk had.
  std::function<Outcome(std::string_view step)> fault;
};

class Store {
 public:
  // Opens, creates or migrates. Codes: store-unreachable, store-too-new, store-damaged, store-locked.
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const Clock& clock);
  virtual ~Store() = default;

  virtual Outcome write(Priority priority, const std::function<Outcome(Transaction&)>& body) = 0;
  virtual Outcome read(const std::function<Outcome(Reader&)>& body) = 0;

  // Wakes when something was committed that a waiter may care about (jobs, feed): a hint; polling is the
  // truth.
  virtual std::uint64_t commits() const = 0;
  virtual void waitForCommit(std::uint64_t seen, int milliseconds_max) = 0;
  virtual std::string describe() const = 0;  // "SQLite 3.40.1", "PostgreSQL 15.18"
  const Clock& clock() const { return clock_; }

 protected:
  explicit Store(const Clock& clock) : clock_(clock) {}
  const Clock& clock_;
};

}  // namespace postgang::store
