// The embedded store while a new folder is filled (StoreOptions::filling): one connection, one caller at a
// time, a commit for every thousand writes. A year of demo traffic costs a third less than through
// SqliteStore, whose commits are each on the disk before they are answered.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "store/sql/session.h"
#include "store/sqlite/connection.h"
#include "store/store.h"

namespace postgang::store::sqlite {

class FillingStore final : public Store {
 public:
  static Result<std::unique_ptr<Store>> open(const StoreOptions& options, const Clock& clock);
  ~FillingStore() override;  // what is left is committed and synced

  Outcome write(Priority priority, const std::function<Outcome(Transaction&)>& body) override;
  Outcome read(const std::function<Outcome(Reader&)>& body) override;
  std::uint64_t commits() const override;
  void waitForCommit(std::uint64_t seen, int milliseconds_max) override;
  std::string describe() const override;

 private:
  explicit FillingStore(const Clock& clock) : Store(clock) {}
  Outcome step(std::string_view statement);
  Outcome writeOne(const std::function<Outcome(Transaction&)>& body);
  Outcome commit();

  std::unique_ptr<Connection> connection_;
  mutable std::mutex mutex_;
  std::condition_variable written_;
  int gathered_ = 0;  // writes since the last commit
  std::uint64_t writes_ = 0;
};

}  // namespace postgang::store::sqlite
