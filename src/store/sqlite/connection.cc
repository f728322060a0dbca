#include "store/sqlite/connection.h"

#include "store/sqlite/functions.h"
#include "store/sqlite/tokenizer.h"

namespace postgang::store::sqlite {
namespace {

class StatementRow final : public sql::Row {
 public:
  explicit StatementRow(sqlite3_stmt* handle) : handle_(handle) {}
  bool isNull(int column) const override { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
  std::int64_t number(int column) const override { return sqlite3_column_int64(handle_, column); }
  std::string_view bytes(int column) const override {
    const auto* data = static_cast<const char*>(sqlite3_column_blob(handle_, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
  }

 private:
  sqlite3_stmt* handle_;
};

int bind(sqlite3_stmt* handle, int place, const sql::Value& value) {
  const auto bytes = value.view();
  switch (value.type()) {
    case sql::Value::Type::null:
      return sqlite3_bind_null(handle, place);
    case sql::Value::Type::number:
      return sqlite3_bind_int64(handle, place, value.number());
    case sql::Value::Type::text:
      return sqlite3_bind_text64(handle, place, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC,
                                 SQLITE_UTF8);
    case sql::Value::Type::bytes:
    case sql::Value::Type::uuid:
      return sqlite3_bind_blob64(handle, place, bytes.data() ? bytes.data() : "", bytes.size(),
                                 SQLITE_STATIC);
  }
  return SQLITE_MISUSE;
}

// Leaves a cached statement as the next caller expects it, whatever happened.
struct Resetting {
  sqlite3_stmt* handle;
  bool& inUse;
  ~Resetting() {
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    inUse = false;
  }
};

// Statements that lists put together have more shapes than anybody wants to keep.
constexpr std::size_t kept_statements_max = 400;

// FULL syncs the log at every commit: what is acknowledged is on the disk. Readers look into the file as it
// lies in the system's memory, instead of a copy of it each.
constexpr const char* pragmas_of_all =
    "PRAGMA busy_timeout = 15000; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;";
constexpr const char* pragmas_of_writer =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000; "
    "PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32000;";
constexpr const char* pragmas_of_reader =
    "PRAGMA query_only = ON; PRAGMA cache_size = -4000; PRAGMA mmap_size = 2147418112;";

// SQLite counts its memory under one lock for the whole process, which readers on several cores wait for.
// Nobody asks for the count. Before the first connection, and once.
void countNoMemory() {
  static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(configured);
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& file, Role role) {
  countNoMemory();
  sqlite3* database = nullptr;
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role == Role::writer ? SQLITE_OPEN_CREATE : 0);
  const int opened = sqlite3_open_v2(file.c_str(), &database, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(database));
  if (opened != SQLITE_OK)
    return postgang::fail(ProblemKind::unavailable, "store-unreachable",
                          std::string("The database file cannot be opened: ") + sqlite3_errstr(opened) + ".",
                          file, "Check that the folder exists and may be written by this user.");
  sqlite3_extended_result_codes(database, 1);
  for (const auto* pragmas : {pragmas_of_all, role == Role::writer ? pragmas_of_writer : pragmas_of_reader})
    if (sqlite3_exec(database, pragmas, nullptr, nullptr, nullptr) != SQLITE_OK)
      return connection->problem("opening the database");
  CHECK_OK(registerTokenizer(database));
  CHECK_OK(registerFunctions(database));
  return connection;
}

Connection::~Connection() {
  statements_.clear();
  sqlite3_close(database_);
}

tl::unexpected<Problem> Connection::problem(std::string_view doing) const {
  const int code = sqlite3_errcode(database_);
  const std::string detail = "SQLite, while " + std::string(doing) + ": " + sqlite3_errmsg(database_) + ".";
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return postgang::fail(ProblemKind::unavailable, "store-busy", detail, {}, "Try again in a moment.");
    case SQLITE_FULL:
      return postgang::fail(ProblemKind::unavailable, "store-full", detail, {}, "Make room on the disk.");
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return postgang::fail(ProblemKind::unavailable, "store-unreachable", detail, {},
                            "Check the disk and the rights of the data folder.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return postgang::fail(
          ProblemKind::internal, "store-damaged", detail, {},
          "Stop the server, keep the files, restore from a backup or run postgang admin rebuild.");
    default:
      return postgang::fail(ProblemKind::internal, "store-statement-failed", detail);
  }
}

Outcome Connection::prepare(std::string_view sql, Statement& statement, bool forLong) {
  const int prepared =
      sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
                         forLong ? SQLITE_PREPARE_PERSISTENT : 0, &statement.handle, nullptr);
  if (prepared != SQLITE_OK) return problem(sql);
  return {};
}

Result<std::int64_t> Connection::run(std::string_view sql, std::span<const sql::Value> values,
                                     sql::RowVisitor visit) {
  if (fault_) CHECK_OK(fault_(sql));
  auto cached = statements_.find(sql);
  if (cached == statements_.end()) {
    makeRoom();
    cached = statements_.try_emplace(std::string(sql)).first;
    if (auto prepared = prepare(sql, cached->second, true); !prepared) {
      statements_.erase(cached);
      return tl::unexpected(std::move(prepared).error());
    }
  }
  if (cached->second.inUse)
    return runOnce(sql, values, visit);  // a visitor runs the statement it is called from
  cached->second.inUse = true;
  cached->second.usedAt = ++uses_;
  const Resetting resetting{cached->second.handle, cached->second.inUse};
  return execute(cached->second.handle, values, visit);
}

// Questions that people put together are of endlessly many texts: the one that was not asked for longest
// goes.
void Connection::makeRoom() {
  if (statements_.size() < kept_statements_max) return;
  auto oldest = statements_.end();
  for (auto one = statements_.begin(); one != statements_.end(); ++one)
    if (!one->second.inUse && (oldest == statements_.end() || one->second.usedAt < oldest->second.usedAt))
      oldest = one;
  if (oldest != statements_.end()) statements_.erase(oldest);
}

Result<std::int64_t> Connection::runOnce(std::string_view sql, std::span<const sql::Value> values,
                                         sql::RowVisitor visit) {
  Statement statement;
  CHECK_OK(prepare(sql, statement, false));
  return execute(statement.handle, values, visit);
}

Result<std::int64_t> Connection::execute(sqlite3_stmt* handle, std::span<const sql::Value> values,
                                         sql::RowVisitor visit) {
  int place = 0;
  for (const auto& value : values)
    if (bind(handle, ++place, value) != SQLITE_OK) return problem(sqlite3_sql(handle));
  const StatementRow row(handle);
  std::int64_t rows = 0;
  for (;;) {
    const int stepped = sqlite3_step(handle);
    if (stepped == SQLITE_DONE) break;
    if (stepped != SQLITE_ROW) return problem(sqlite3_sql(handle));
    ++rows;
    visit(row);
  }
  return sqlite3_column_count(handle) > 0 ? rows : sqlite3_changes64(database_);
}

}  // namespace postgang::store::sqlite
