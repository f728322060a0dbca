#include "store/sealed_columns.h"

#include <vector>

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr int rows_in_a_commit = 100;

struct SealedRow {
  std::array<std::int64_t, 2> numbers{};
  std::array<std::string, 2> texts;  // of texts, and ids as their sixteen bytes
  std::string context, secret;
};

std::string sqlOf(std::string_view before, const SealedColumn& column, std::string_view between) {
  std::string sql;
  for (const auto& part : column.key)
    if (part.type != KeyColumn::none)
      sql += std::string(sql.empty() ? "" : between) + std::string(before) + std::string(part.column);
  return sql;
}

SealedRow rowOf(const SealedColumn& column, const sql::Row& row) {
  SealedRow found;
  sql::Columns c(row);
  found.context = column.context;
  for (std::size_t i = 0; i < column.key.size(); ++i) {
    const auto type = column.key[i].type;
    if (type == KeyColumn::none) continue;
    found.context += ":";
    if (type == KeyColumn::number) {
      found.numbers[i] = c.number();
      found.context += std::to_string(found.numbers[i]);
    } else if (type == KeyColumn::text) {
      found.texts[i] = c.text();
      found.context += found.texts[i];
    } else {
      const auto id = c.uuid();
      found.texts[i] = id.view();
      found.context += id.text();
    }
  }
  found.secret = c.text();
  return found;
}

// Rows whose secret does not begin so; NULL and the empty text are no secrets.
Result<std::vector<SealedRow>> rowsWithout(Reader& reader, const SealedColumn& column,
                                           std::string_view prefix) {
  const std::string name(column.column);
  const auto sql = "SELECT " + sqlOf("", column, ", ") + ", " + name + " FROM " + std::string(column.table) +
                   " WHERE " + name + " <> '' AND substr(" + name + ", 1, " + std::to_string(prefix.size()) +
                   ") <> ?1 ORDER BY " + sqlOf("", column, ", ") + " LIMIT ?2";
  std::vector<SealedRow> rows;
  CHECK_OK(reader.connection().run(sql, {prefix, rows_in_a_commit},
                                   [&](const sql::Row& row) { rows.push_back(rowOf(column, row)); }));
  return rows;
}

sql::Value keyValue(const SealedColumn& column, const SealedRow& row, std::size_t part, Uuid& room) {
  switch (column.key[part].type) {
    case KeyColumn::number:
      return row.numbers[part];
    case KeyColumn::text:
      return row.texts[part];
    case KeyColumn::uuid:
      room = Uuid::fromBytes(row.texts[part]);
      return room;
    case KeyColumn::none:
      break;
  }
  return {};
}

// Only where the secret is still the one that was read.
Outcome put(Transaction& tx, const SealedColumn& column, const SealedRow& row, std::string_view sealed) {
  const std::string name(column.column);
  auto sql = "UPDATE " + std::string(column.table) + " SET " + name + " = ?1 WHERE " + name + " = ?2 AND " +
             std::string(column.key[0].column) + " = ?3";
  std::array<Uuid, 2> rooms;
  const auto first = keyValue(column, row, 0, rooms[0]);
  if (column.key[1].type == KeyColumn::none) {
    CHECK_OK(tx.connection().run(sql, {sealed, row.secret, first}));
    return {};
  }
  sql += " AND " + std::string(column.key[1].column) + " = ?4";
  CHECK_OK(tx.connection().run(sql, {sealed, row.secret, first, keyValue(column, row, 1, rooms[1])}));
  return {};
}

Outcome seal(Transaction& tx, const Vault& vault, const SealedColumn& column, const SealedRow& row,
             SealingReport& report) {
  if (!Vault::isSealed(row.secret)) {
    ++report.sealed;
    return put(tx, column, row, vault.seal(row.secret, row.context));
  }
  auto plain = vault.unseal(row.secret, row.context);
  if (!plain) {
    auto problem = plain.error();
    problem.where = std::string(column.table) + "." + std::string(column.column) + " of " + row.context;
    return fail(std::move(problem));
  }
  ++report.sealedAnew;
  return put(tx, column, row, vault.seal(*plain, row.context));
}

// What a row held before is written over at once, instead of when its place is next needed.
Outcome leaveNothingBehind(Transaction& tx) {
  if (tx.connection().dialect() != sql::Dialect::sqlite) return {};
  CHECK_OK(tx.connection().run("PRAGMA secure_delete = ON"));
  return {};
}

// True: there may be more.
Result<bool> sealSome(Store& store, const Vault& vault, const SealedColumn& column, std::string_view prefix,
                      SealingReport& report) {
  bool isMore = false;
  SealingReport done;
  CHECK_OK(store.write(Priority::background, [&](Transaction& tx) -> Outcome {
    done = {};
    TRY(const auto rows, rowsWithout(tx, column, prefix));
    isMore = !rows.empty();
    if (isMore) CHECK_OK(leaveNothingBehind(tx));
    for (const auto& row : rows) CHECK_OK(seal(tx, vault, column, row, done));
    return {};
  }));
  report.sealed += done.sealed;
  report.sealedAnew += done.sealedAnew;
  return isMore;
}

// A write for nothing would wait for the disk at every start.
Result<bool> isSomeWithout(Store& store, const SealedColumn& column, std::string_view prefix) {
  bool isSome = false;
  CHECK_OK(store.read([&](Reader& reader) -> Outcome {
    TRY(const auto rows, rowsWithout(reader, column, prefix));
    isSome = !rows.empty();
    return {};
  }));
  return isSome;
}

Result<SealingReport> sealAll(Store& store, const Vault& vault, const std::string& prefix) {
  SealingReport report;
  for (const auto& column : sealed_columns) {
    TRY(bool isMore, isSomeWithout(store, column, prefix));
    while (isMore) {
      TRY(isMore, sealSome(store, vault, column, prefix, report));
    }
  }
  return report;
}

}  // namespace

std::string sealedContext(std::string_view words, std::initializer_list<std::string_view> key) {
  std::string context(words);
  for (const auto part : key) context += ":" + std::string(part);
  return context;
}

Result<SealingReport> sealWhatIsClear(Store& store, const Vault& vault) {
  return sealAll(store, vault, "v1.");
}

Result<SealingReport> sealAnew(Store& store, const Vault& vault) {
  return sealAll(store, vault, vault.newestPrefix());
}

}  // namespace postgang::store
