#include "store/postgres/connection.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace postgang::store::postgres {
namespace {

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

constexpr std::size_t prepared_max = 1'000;  // on the server, of each connection
// OIDs of PostgreSQL's catalogue (pg_type.dat): fixed for ever.
constexpr Oid oid_bytea = 17, oid_bigint = 20, oid_text = 25, oid_uuid = 2950;

// ?1 becomes $1; nothing in our statements has a question mark otherwise.
std::string numbered(std::string_view sql) {
  std::string text(sql);
  for (auto& c : text)
    if (c == '?') c = '$';
  return text;
}

std::string parameter(const sql::Value& value) {
  switch (value.type()) {
    case sql::Value::Type::null:
      return {};
    case sql::Value::Type::number:
      return std::to_string(value.number());
    case sql::Value::Type::text:
      return std::string(value.view());
    case sql::Value::Type::bytes:
      return "\\x" + hex(value.view());
    case sql::Value::Type::uuid:
      return hex(value.view());
  }
  return {};
}

int fromHex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The bytes of a hexadecimal text; hyphens (of UUIDs) are left out.
std::string unhexed(std::string_view text) {
  std::string bytes;
  bytes.reserve(text.size() / 2);
  int high = -1;
  for (const char c : text) {
    const int digit = fromHex(c);
    if (digit < 0) continue;
    if (high < 0) {
      high = digit;
    } else {
      bytes += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return bytes;
}

class ResultRow final : public sql::Row {
 public:
  explicit ResultRow(const PGresult* result)
      : result_(result), kept_(static_cast<std::size_t>(PQnfields(result))) {}
  void moveTo(int row) { row_ = row; }
  bool isNull(int column) const override { return PQgetisnull(result_, row_, column) != 0; }
  std::int64_t number(int column) const override {
    const auto text = raw(column);
    if (text == "t") return 1;
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);  // a NUMERIC sum's whole part
    return number;
  }
  std::string_view bytes(int column) const override {
    const auto text = raw(column);
    const auto type = PQftype(result_, column);
    if (type != oid_bytea && type != oid_uuid) return text;
    auto& kept = kept_[static_cast<std::size_t>(column)];
    kept = unhexed(type == oid_bytea && text.size() >= 2 ? text.substr(2) : text);
    return kept;
  }

 private:
  std::string_view raw(int column) const {
    return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
  }
  const PGresult* result_;
  int row_ = 0;
  mutable std::vector<std::string> kept_;
};

// What went wrong, in the store's words. Class 40 is a conflict that PostgreSQL ended: the caller's body runs
// again.
tl::unexpected<Problem> problem(const PGconn* connection, const PGresult* result, std::string_view sql) {
  const char* state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
  const std::string_view code = state ? state : "";
  const std::string detail = "PostgreSQL, while " + std::string(sql.substr(0, 200)) + ": " +
                             (result ? PQresultErrorMessage(result) : PQerrorMessage(connection));
  if (code.starts_with("40"))
    return postgang::fail(ProblemKind::conflict, "store-serialisation", detail, {}, "Try again.");
  if (code.starts_with("53") || code.starts_with("57") || code.starts_with("08") || code.empty())
    return postgang::fail(ProblemKind::unavailable, "store-unreachable", detail, {},
                          "Try again in a moment.");
  return postgang::fail(ProblemKind::internal, "store-statement-failed", detail);
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& url) {
  std::unique_ptr<Connection> connection(new Connection(PQconnectdb(url.c_str())));
  if (!connection->isAlive())
    return postgang::fail(
        ProblemKind::unavailable, "store-unreachable",
        std::string("PostgreSQL does not answer: ") + PQerrorMessage(connection->connection_), {},
        "Check the address in --database and that the server is up.");
  PQsetNoticeProcessor(
      connection->connection_, [](void*, const char*) {}, nullptr);
  CHECK_OK(connection->run("SET client_min_messages = warning"));
  CHECK_OK(connection->run("SET synchronous_commit = on"));
  CHECK_OK(connection->run("SET statement_timeout = '60s'"));
  return connection;
}

Connection::~Connection() {
  PQfinish(connection_);
}

std::string Connection::version() const {
  const int version = PQserverVersion(connection_);
  return std::to_string(version / 10'000) + "." + std::to_string(version % 10'000);
}

// The types of the first use are the statement's: numbers as bigint, text as text; an empty value leaves the
// choice to the server, which knows the column.
Result<std::string> Connection::prepared(std::string_view sql, std::span<const sql::Value> values) {
  std::string key(sql);
  key += '\n';
  std::vector<Oid> types;
  for (const auto& value : values) {
    const auto type = value.type();
    types.push_back(type == sql::Value::Type::number  ? oid_bigint
                    : type == sql::Value::Type::bytes ? oid_bytea
                    : type == sql::Value::Type::uuid  ? oid_uuid
                    : type == sql::Value::Type::text  ? oid_text
                                                      : Oid{0});
    key += static_cast<char>('0' + static_cast<int>(type));
  }
  if (const auto known = names_.find(key); known != names_.end()) {
    known->second.usedAt = ++uses_;
    return known->second.name;
  }
  CHECK_OK(makeRoom());
  const auto name = "s" + std::to_string(++uses_);
  const Answer answer(PQprepare(connection_, name.c_str(), numbered(sql).c_str(),
                                static_cast<int>(types.size()), types.data()),
                      &PQclear);
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return problem(connection_, answer.get(), sql);
  names_.emplace(std::move(key), Prepared{name, uses_});
  return name;
}

// Questions that people put together are of endlessly many texts: the one that was not asked for longest
// goes.
Outcome Connection::makeRoom() {
  if (names_.size() < prepared_max) return {};
  const auto oldest =
      std::ranges::min_element(names_, {}, [](const auto& prepared) { return prepared.second.usedAt; });
  const auto statement = "DEALLOCATE " + oldest->second.name;
  const Answer answer(PQexec(connection_, statement.c_str()), &PQclear);
  if (PQresultStatus(answer.get()) != PGRES_COMMAND_OK) return problem(connection_, answer.get(), statement);
  names_.erase(oldest);
  return {};
}

Result<std::int64_t> Connection::run(std::string_view sql, std::span<const sql::Value> values,
                                     sql::RowVisitor visit) {
  if (fault_) CHECK_OK(fault_(sql));
  // Words that steer the session are not worth a prepared statement, and some cannot be one.
  const bool plain = values.empty() && !sql.starts_with("SELECT");
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
  texts.reserve(values.size());
  for (const auto& value : values) {
    texts.push_back(parameter(value));
    pointers.push_back(value.type() == sql::Value::Type::null ? nullptr : texts.back().c_str());
  }
  Answer answer(nullptr, &PQclear);
  if (plain) {
    answer.reset(PQexec(connection_, numbered(sql).c_str()));
  } else {
    TRY(const auto name, prepared(sql, values));
    answer.reset(PQexecPrepared(connection_, name.c_str(), static_cast<int>(pointers.size()), pointers.data(),
                                nullptr, nullptr, 0));
  }
  const auto status = PQresultStatus(answer.get());
  if (status == PGRES_TUPLES_OK) {
    ResultRow row(answer.get());
    const int rows = PQntuples(answer.get());
    for (int at = 0; at < rows; ++at) {
      row.moveTo(at);
      visit(row);
    }
    return rows;
  }
  if (status != PGRES_COMMAND_OK) return problem(connection_, answer.get(), sql);
  const std::string_view changed = PQcmdTuples(answer.get());
  std::int64_t count = 0;
  std::from_chars(changed.data(), changed.data() + changed.size(), count);
  return count;
}

}  // namespace postgang::store::postgres
