// Rows of registers: read a page at a time, changed one by one, and filled from whole files.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/entry_filter.h"
#include "store/sql/registers.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view after_every_text = "\xF4\x8F\xBF\xBF";  // the last code point there is

Result<std::int64_t> generationOf(Reader& reader, CompanyId company, RegisterId id) {
  std::optional<std::int64_t> generation;
  CHECK_OK(reader.connection().run(
      "SELECT generation FROM registers WHERE id = ?1 AND company = ?2 AND deleted_at IS NULL", {id, company},
      [&](const sql::Row& row) { generation = row.number(0); }));
  if (!generation) return fail(ProblemKind::not_found, "not-found", "There is no such register.");
  return *generation;
}

// Where a page ended, and whether it looks at values or at labels.
struct Place {
  bool labels = false;
  std::string value, supplier;
  std::int64_t from = sql::first_day;
};

std::string cursorAt(const Place& place) {
  return base64Url(joined({place.labels ? "l" : "v", place.value, place.supplier, std::to_string(place.from)},
                          std::string_view("\0", 1)));
}

Result<std::optional<Place>> placeIn(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Place>();
  const auto bytes = fromBase64Url(cursor);
  const auto parts = split(bytes ? std::string_view(*bytes) : std::string_view(), '\0');
  Place place;
  const auto isNumber = [&](std::string_view text) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), place.from);
    return end.ec == std::errc() && end.ptr == text.data() + text.size();
  };
  if (parts.size() != 4 || (parts[0] != "l" && parts[0] != "v") || !isNumber(parts[3]) || !isUtf8(*bytes))
    return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
                "Use nextCursor of the page before, unchanged.");
  place.labels = parts[0] == "l";
  place.value = parts[1];
  place.supplier = parts[2];
  return std::optional(std::move(place));
}

struct Asked {
  RegisterId id;
  std::int64_t generation = 0;
  std::string prefix;
  std::string text;
  int limit = 0;
};

Outcome readPage(Reader& reader, const Asked& asked, const std::optional<Place>& after, bool labels,
                 RegisterRowPage& page) {
  sql::Statement statement(reader.connection().dialect());
  const auto end = asked.prefix + std::string(after_every_text);
  const auto contained = sql::containsValue(statement.dialect(), folded(collapsed(asked.text)));
  statement << "SELECT value, valid_from, supplier, valid_from, valid_to, shown, label FROM register_rows "
               "WHERE register = "
            << statement.place(asked.id) << " AND generation = " << statement.place(asked.generation);
  if (!labels && !asked.prefix.empty())
    statement << " AND value >= " << statement.place(asked.prefix) << " AND value < " << statement.place(end);
  if (labels)
    statement << " AND " << sql::containsClause(statement.dialect(), "words", statement.place(contained));
  if (after)
    statement << " AND (value, supplier, valid_from) > (" << statement.place(after->value) << ", "
              << statement.place(after->supplier) << ", " << statement.place(after->from) << ")";
  statement << " ORDER BY value, supplier, valid_from LIMIT " << statement.place(asked.limit + 1);
  Place last;
  last.labels = labels;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    if (static_cast<int>(page.items.size()) == asked.limit) {
      page.nextCursor = cursorAt(last);
      return;
    }
    sql::Columns c(row);
    last.value = c.text();
    last.from = c.number();
    page.items.push_back(sql::readRegisterRow(c));
    last.supplier = page.items.back().supplier;
  }));
  return {};
}

Outcome writeRow(Transaction& tx, RegisterId id, std::int64_t generation, RegisterKind kind,
                 const RegisterRow& row) {
  const auto key = registerKey(kind, row.value);
  const auto words = folded(collapsed(row.value + " " + row.label));
  return tx.connection().later(
      "INSERT INTO register_rows (register, generation, value, supplier, valid_from, valid_to, shown, label, "
      "words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (register, generation, value, "
      "supplier, "
      "valid_from) DO UPDATE SET valid_to = excluded.valid_to, shown = excluded.shown, label = "
      "excluded.label, words = excluded.words",
      {id, generation, key, row.supplier, sql::dayFrom(row.from), sql::dayTo(row.to), row.value, row.label,
       words});
}

Outcome recount(Transaction& tx, const Viewer& viewer, RegisterId id, std::int64_t change) {
  CHECK_OK(tx.connection().run(
      "UPDATE registers SET row_count = row_count + ?2, changed_at = ?3, changed_by = ?4 WHERE id = ?1",
      {id, change, tx.clock().now(), viewer.actor().name}));
  return {};
}

}  // namespace

Result<RegisterRowPage> registerRows(Reader& reader, const Viewer& viewer, CompanyId company, RegisterId id,
                                     const RegisterRowQuery& query) {
  TRY(const auto found, findRegister(reader, viewer, company, id));
  TRY(const auto after, placeIn(query.cursor));
  Asked asked{id, 0, registerKey(RegisterKind::references, query.text), query.text,
              std::clamp(query.limit, 1, 200)};
  TRY(asked.generation, generationOf(reader, company, id));
  RegisterRowPage page;
  // Accounts are kept by their kind; they are found by the number as it is shown, as labels are.
  const bool byValue = found.kind != RegisterKind::accounts || asked.prefix.empty();
  if (byValue && !(after && after->labels)) CHECK_OK(readPage(reader, asked, after, false, page));
  if (page.items.empty() && !asked.prefix.empty() && !(after && !after->labels))
    CHECK_OK(readPage(reader, asked, after, true, page));
  return page;
}

Outcome eachRegisterRow(Reader& reader, const Viewer& viewer, CompanyId company, RegisterId id,
                        const std::function<void(const RegisterRow&)>& visit) {
  CHECK_OK(findRegister(reader, viewer, company, id));
  TRY(const auto generation, generationOf(reader, company, id));
  CHECK_OK(reader.connection().run(
      "SELECT supplier, valid_from, valid_to, shown, label FROM register_rows WHERE register = ?1 AND "
      "generation = ?2 ORDER BY value, supplier, valid_from",
      {id, generation}, [&](const sql::Row& row) {
        sql::Columns c(row);
        visit(sql::readRegisterRow(c));
      }));
  return {};
}

Outcome putRegisterRow(Transaction& tx, const Viewer& viewer, CompanyId company, RegisterId id,
                       const RegisterRow& row) {
  TRY(const auto found, findRegister(tx, viewer, company, id));
  TRY(const auto generation, generationOf(tx, company, id));
  const auto key = registerKey(found.kind, row.value);
  TRY(const auto gone, tx.connection().run("DELETE FROM register_rows WHERE register = ?1 AND generation = "
                                           "?2 AND value = ?3 AND supplier = ?4",
                                           {id, generation, key, row.supplier}));
  CHECK_OK(writeRow(tx, id, generation, found.kind, row));
  return recount(tx, viewer, id, 1 - gone);
}

Result<std::int64_t> deleteRegisterRows(Transaction& tx, const Viewer& viewer, CompanyId company,
                                        RegisterId id, std::string_view value) {
  TRY(const auto found, findRegister(tx, viewer, company, id));
  TRY(const auto generation, generationOf(tx, company, id));
  const auto key = registerKey(found.kind, value);
  TRY(const auto gone,
      tx.connection().run("DELETE FROM register_rows WHERE register = ?1 AND generation = ?2 AND value = ?3",
                          {id, generation, key}));
  if (gone > 0) CHECK_OK(recount(tx, viewer, id, -gone));
  return gone;
}

Result<RegisterFilling> beginFilling(Transaction& tx, const Viewer& viewer, CompanyId company, RegisterId id,
                                     bool replaces) {
  TRY(const auto found, findRegister(tx, viewer, company, id));
  RegisterFilling filling{id, company, found.kind, replaces, 0};
  if (!replaces) {
    TRY(filling.generation, generationOf(tx, company, id));
    return filling;
  }
  CHECK_OK(tx.connection().run(
      "UPDATE registers SET next_generation = next_generation + 1 WHERE id = ?1 RETURNING next_generation",
      {id}, [&](const sql::Row& row) { filling.generation = row.number(0) - 1; }));
  return filling;
}

Outcome addRows(Transaction& tx, const RegisterFilling& filling, std::span<const RegisterRow> rows) {
  for (const auto& row : rows) CHECK_OK(writeRow(tx, filling.id, filling.generation, filling.kind, row));
  return {};
}

Result<std::int64_t> rowsOf(Reader& reader, const RegisterFilling& filling) {
  std::int64_t rows = 0;
  CHECK_OK(reader.connection().run(
      "SELECT COUNT(*) FROM register_rows WHERE register = ?1 AND generation = ?2",
      {filling.id, filling.generation}, [&](const sql::Row& row) { rows = row.number(0); }));
  return rows;
}

Outcome endFilling(Transaction& tx, const RegisterFilling& filling, std::int64_t rows, const Actor& by) {
  TRY(const auto changed,
      tx.connection().run("UPDATE registers SET generation = ?2, row_count = ?3, changed_at = ?4, changed_by "
                          "= ?5 WHERE id = ?1 AND deleted_at IS NULL",
                          {filling.id, filling.generation, rows, tx.clock().now(), by.name}));
  if (changed == 1) return {};
  return fail(ProblemKind::not_found, "not-found", "The register was removed meanwhile.");
}

Result<std::int64_t> sweepRegister(Transaction& tx, RegisterId id, int limit) {
  std::int64_t generation = -1;
  CHECK_OK(tx.connection().run("SELECT generation FROM registers WHERE id = ?1 AND deleted_at IS NULL", {id},
                               [&](const sql::Row& row) { generation = row.number(0); }));
  for (const std::string_view side : {"<", ">"}) {
    const auto statement =
        "DELETE FROM register_rows WHERE (register, generation, value, supplier, valid_from) IN (SELECT "
        "register, generation, value, supplier, valid_from FROM register_rows WHERE register = ?1 AND "
        "generation " +
        std::string(side) + " ?2 LIMIT ?3)";
    TRY(const auto gone, tx.connection().run(statement, {id, generation, limit}));
    if (gone > 0) return gone;
  }
  return 0;
}

}  // namespace postgang::store
