#include "store/sqlite/sqlite_store.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "base/log.h"
#include "store/sql/guarded.h"
#include "store/sql/migrations.h"

namespace postgang::store::sqlite {

Result<std::unique_ptr<Store>> SqliteStore::open(const StoreOptions& options, const Clock& clock) {
  std::error_code error;
  std::filesystem::create_directories(options.dataFolder, error);
  if (error)
    return fail(ProblemKind::unavailable, "store-unreachable",
                "The data folder cannot be made: " + error.message() + ".", options.dataFolder,
                "Name a folder that this user may write.");
  std::unique_ptr<SqliteStore> store(new SqliteStore(options, clock));
  const auto file = options.dataFolder + "/postgang.sqlite";
  TRY(store->writer_, Connection::open(file, Connection::Role::writer));
  CHECK_OK(sql::migrate(*store->writer_));
  for (int count = 0; count < std::max(1, options.readers); ++count) {
    TRY(auto reader, Connection::open(file, Connection::Role::reader));
    store->readers_.push_back(std::move(reader));
  }
  store->writer_->setFault(options.fault);
  store->thread_ = std::thread([&open = *store] { open.writeUntilClosed(); });
  return std::unique_ptr<Store>(std::move(store));
}

SqliteStore::~SqliteStore() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  arrived_.notify_all();
  committed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Outcome SqliteStore::write(Priority priority, const std::function<Outcome(Transaction&)>& body) {
  Waiting waiting{.body = &body, .outcome = {}};
  std::unique_lock lock(mutex_);
  queues_[static_cast<std::size_t>(priority)].push_back(&waiting);
  arrived_.notify_one();
  finished_.wait(lock, [&] { return waiting.done; });
  return std::move(waiting.outcome);
}

std::vector<SqliteStore::Waiting*> SqliteStore::takeGroup() {
  std::vector<Waiting*> group;
  const auto most = static_cast<std::size_t>(std::max(1, options_.groupSizeMax));
  for (auto& queue : queues_)
    while (!queue.empty() && group.size() < most) {
      group.push_back(queue.front());
      queue.pop_front();
    }
  return group;
}

void SqliteStore::writeUntilClosed() {
  std::unique_lock lock(mutex_);
  for (;;) {
    arrived_.wait(lock, [&] {
      return closing_ || std::ranges::any_of(queues_, [](const auto& queue) { return !queue.empty(); });
    });
    const auto group = takeGroup();
    if (group.empty()) return;  // closing, and nothing waits
    lock.unlock();
    runGroup(group);
    lock.lock();
    for (auto* waiting : group) waiting->done = true;
    ++commits_;
    finished_.notify_all();
    committed_.notify_all();
  }
}

Outcome SqliteStore::step(std::string_view statement) {
  CHECK_OK(writer_->run(statement));
  return {};
}

// A savepoint of its own: a body that fails undoes only itself. Where the savepoint itself fails, nobody
// knows what is kept, and the whole group is undone.
Outcome SqliteStore::runAlone(Waiting& waiting, sql::Pending& pending) {
  CHECK_OK(step("SAVEPOINT one"));
  Transaction transaction(*writer_, clock_);
  waiting.outcome = sql::guarded([&] { return (*waiting.body)(transaction); });
  if (!waiting.outcome) CHECK_OK(step("ROLLBACK TO one"));
  CHECK_OK(step("RELEASE one"));
  if (waiting.outcome) pending.add(std::move(transaction.pending()));
  return {};
}

Outcome SqliteStore::commitGroup(sql::Pending& pending) {
  CHECK_OK(sql::flush(*writer_, pending));
  return step("COMMIT");
}

void SqliteStore::runGroup(const std::vector<Waiting*>& group) {
  sql::Pending pending;
  Outcome shared = step("BEGIN IMMEDIATE");
  for (auto* waiting : group)
    if (shared) shared = runAlone(*waiting, pending);
  if (shared) shared = commitGroup(pending);
  if (shared) return;
  // Nothing of the group is kept: each of them must know, and may try again.
  log::error("a commit failed", {{"code", shared.error().code}, {"detail", shared.error().detail}});
  writer_->setFault({});
  if (auto undone = step("ROLLBACK"); !undone && undone.error().code != "store-statement-failed")
    log::error("a rollback failed", {{"code", undone.error().code}, {"detail", undone.error().detail}});
  writer_->setFault(options_.fault);
  for (auto* waiting : group)
    if (waiting->outcome) waiting->outcome = tl::unexpected(shared.error());
}

Outcome SqliteStore::read(const std::function<Outcome(Reader&)>& body) {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(readersMutex_);
    readerFree_.wait(lock, [&] { return !readers_.empty(); });
    connection = std::move(readers_.back());
    readers_.pop_back();
  }
  Outcome outcome;
  if (auto begun = connection->run("BEGIN"); !begun) {
    outcome = tl::unexpected(std::move(begun).error());
  } else {
    Reader reader(*connection, clock_);
    outcome = sql::guarded([&] { return body(reader); });
    if (auto ended = connection->run("COMMIT"); !ended && outcome)
      outcome = tl::unexpected(std::move(ended).error());
  }
  {
    const std::lock_guard lock(readersMutex_);
    readers_.push_back(std::move(connection));
  }
  readerFree_.notify_one();
  return outcome;
}

std::uint64_t SqliteStore::commits() const {
  const std::lock_guard lock(mutex_);
  return commits_;
}

void SqliteStore::waitForCommit(std::uint64_t seen, int milliseconds_max) {
  std::unique_lock lock(mutex_);
  committed_.wait_for(lock, std::chrono::milliseconds(milliseconds_max),
                      [&] { return closing_ || commits_ != seen; });
}

std::string SqliteStore::describe() const {
  return std::string("SQLite ") + sqlite3_libversion();
}

}  // namespace postgang::store::sqlite
