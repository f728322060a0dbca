// The embedded store. Writers queue up; one thread runs them in groups that share a commit and a sync
// (store.h). While one group syncs the next gathers, so the group grows with the load and a lone writer never
// waits for company.
#pragma once

#include <array>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "store/sql/session.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace postgang::store::sqlite {

class SqliteStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const Clock& clock);
  ~SqliteStore() override;

  Outcome write(Priority priority, const std::function<Outcome(Transaction&)>& body) override;
  Outcome read(const std::function<Outcome(Reader&)>& body) override;
  std::uint64_t commits() const override;
  void waitForCommit(std::uint64_t seen, int milliseconds_max) override;
  std::string describe() const override;

 private:
  struct Waiting {
    const std::function<Outcome(Transaction&)>* body;
    Outcome outcome;
    bool done = false;
  };

  SqliteStore(const StoreOptions& options, const Clock& clock) : Store(clock), options_(options) {}
  void writeUntilClosed();
  std::vector<Waiting*> takeGroup();
  void runGroup(const std::vector<Waiting*>& group);
  Outcome runAlone(Waiting& waiting, sql::Pending& pending);
  Outcome commitGroup(sql::Pending& pending);
  Outcome step(std::string_view statement);

  StoreOptions options_;
  std::unique_ptr<Connection> writer_;

  mutable std::mutex mutex_;
  std::condition_variable arrived_, finished_, committed_;
  std::array<std::deque<Waiting*>, 3> queues_;  // by priority
  bool closing_ = false;
  std::uint64_t commits_ = 0;
  std::thread thread_;

  std::mutex readersMutex_;
  std::condition_variable readerFree_;
  std::vector<std::unique_ptr<Connection>> readers_;
};

}  // namespace postgang::store::sqlite
