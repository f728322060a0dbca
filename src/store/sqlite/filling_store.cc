#include "store/sqlite/filling_store.h"

#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/log.h"
#include "store/sql/guarded.h"
#include "store/sql/migrations.h"

namespace postgang::store::sqlite {

namespace {

constexpr int gathered_max = 1000;

}  // namespace

Result<std::unique_ptr<Store>> FillingStore::open(const StoreOptions& options, const Clock& clock) {
  std::error_code error;
  std::filesystem::create_directories(options.dataFolder, error);
  if (error)
    return fail(ProblemKind::unavailable, "store-unreachable",
                "The data folder cannot be made: " + error.message() + ".", options.dataFolder,
                "Name a folder that this user may write.");
  std::unique_ptr<FillingStore> store(new FillingStore(clock));
  TRY(store->connection_,
      Connection::open(options.dataFolder + "/postgang.sqlite", Connection::Role::writer));
  CHECK_OK(sql::migrate(*store->connection_));
  CHECK_OK(store->step("PRAGMA synchronous = OFF"));
  return std::unique_ptr<Store>(std::move(store));
}

FillingStore::~FillingStore() {
  if (!connection_) return;
  auto closed = commit();
  // The close writes the log back; with this it waits for the disk.
  if (closed) closed = step("PRAGMA synchronous = FULL");
  if (!closed)
    log::error("what was written may not be kept",
               {{"code", closed.error().code}, {"detail", closed.error().detail}});
}

Outcome FillingStore::step(std::string_view statement) {
  CHECK_OK(connection_->run(statement));
  return {};
}

Outcome FillingStore::commit() {
  if (gathered_ == 0) return {};
  gathered_ = 0;
  return step("COMMIT");
}

Outcome FillingStore::writeOne(const std::function<Outcome(Transaction&)>& body) {
  Transaction transaction(*connection_, clock_);
  CHECK_OK(sql::guarded([&] { return body(transaction); }));
  return sql::flush(*connection_, transaction.pending());
}

Outcome FillingStore::write(Priority, const std::function<Outcome(Transaction&)>& body) {
  const std::lock_guard lock(mutex_);
  if (gathered_ == 0) CHECK_OK(step("BEGIN IMMEDIATE"));
  ++gathered_;
  CHECK_OK(step("SAVEPOINT one"));
  const auto outcome = writeOne(body);
  if (!outcome) CHECK_OK(step("ROLLBACK TO one"));
  CHECK_OK(step("RELEASE one"));
  ++writes_;
  written_.notify_all();
  if (gathered_ >= gathered_max) CHECK_OK(commit());
  return outcome;
}

Outcome FillingStore::read(const std::function<Outcome(Reader&)>& body) {
  const std::lock_guard lock(mutex_);
  Reader reader(*connection_, clock_);
  return sql::guarded([&] { return body(reader); });
}

std::uint64_t FillingStore::commits() const {
  const std::lock_guard lock(mutex_);
  return writes_;
}

void FillingStore::waitForCommit(std::uint64_t seen, int milliseconds_max) {
  std::unique_lock lock(mutex_);
  written_.wait_for(lock, std::chrono::milliseconds(milliseconds_max), [&] { return writes_ != seen; });
}

std::string FillingStore::describe() const {
  return std::string("SQLite ") + sqlite3_libversion();
}

}  // namespace postgang::store::sqlite
