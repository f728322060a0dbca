// One head row per company says where its chain ends. It is locked from reading it until the commit, so that
// writers of one company's trail stand in line and no number is given twice or left out: what is undone gives
// its number back with the head.
#include "store/audit.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/sql/audit_rows.h"
#include "store/sql/dialect.h"
#include "store/sql/entry_filter.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr int limit_max = 1000;

Result<std::optional<AuditHead>> lockedHead(sql::Connection& connection, CompanyId company) {
  std::optional<AuditHead> head;
  const std::string statement = "SELECT sequence, hash FROM audit_heads WHERE company = ?1" +
                                std::string(sql::locked(connection.dialect(), " FOR UPDATE"));
  CHECK_OK(connection.run(statement, {company}, [&](const sql::Row& row) {
    sql::Columns c(row);
    head = AuditHead{company, c.number(), {}};
    head->hash = c.digest();
  }));
  return head;
}

Result<AuditHead> headToExtend(sql::Connection& connection, CompanyId company) {
  TRY(auto head, lockedHead(connection, company));
  if (head) return *head;
  CHECK_OK(connection.run(
      "INSERT INTO audit_heads (company, sequence, hash) VALUES (?1, 0, ?2) ON CONFLICT DO NOTHING",
      {company, Digest{}}));
  TRY(head, lockedHead(connection, company));
  if (head) return *head;
  return fail(ProblemKind::internal, "audit-head-missing", "A trail's head was written and is not there.");
}

Outcome insertEntry(sql::Connection& connection, const AuditEntry& entry) {
  return connection.later(
      "INSERT INTO audit_entries (company, sequence, at, actor_kind, actor_id, actor_name, reason, action, "
      "object, object_id, object_name, detail, address, words, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
      "?9, ?10, ?11, ?12, ?13, ?14, ?15)",
      {entry.company, entry.sequence, entry.at, name(entry.actor.kind), entry.actor.id, entry.actor.name,
       entry.reason, entry.action, entry.object, entry.objectId, entry.objectName, entry.detail,
       entry.address, sql::auditWords(entry), entry.hash});
}

Outcome extend(Transaction& tx, CompanyId company, std::span<const AuditEntry* const> entries) {
  TRY(auto head, headToExtend(tx.connection(), company));
  for (const auto* given : entries) {
    auto entry = *given;
    if (entry.at == Instant{}) entry.at = tx.clock().now();
    entry.sequence = ++head.sequence;
    entry.hash = head.hash = sql::auditHash(head.hash, entry);
    CHECK_OK(insertEntry(tx.connection(), entry));
  }
  return tx.connection().later("UPDATE audit_heads SET sequence = ?2, hash = ?3 WHERE company = ?1",
                               {company, head.sequence, head.hash});
}

// Where an entry stands among those of all companies.
struct Place {
  std::int64_t at = 0, company = 0, sequence = 0;
  friend auto operator<=>(const Place&, const Place&) = default;
};
Place placeOf(const AuditEntry& entry) {
  return {entry.at.microseconds, entry.company.value, entry.sequence};
}

Result<Place> decoded(std::string_view cursor) {
  const auto parts = split(cursor, '.');
  std::int64_t numbers[3] = {};
  bool good = parts.size() == 3;
  for (std::size_t i = 0; good && i < 3; ++i) {
    const auto* const end = parts[i].data() + parts[i].size();
    const auto read = std::from_chars(parts[i].data(), end, numbers[i]);
    good = read.ec == std::errc() && read.ptr == end;
  }
  if (good) return Place{numbers[0], numbers[1], numbers[2]};
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is not one of this list.", "cursor",
              "Take it from nextCursor as it is, or leave it out.");
}

void addConditions(sql::Statement& statement, const AuditQuery& query) {
  if (query.from) statement << " AND at >= " << statement.place(*query.from);
  if (query.to) statement << " AND at < " << statement.place(*query.to);
  if (!query.actorId.empty()) statement << " AND actor_id = " << statement.place(query.actorId);
  if (!query.object.empty()) statement << " AND object = " << statement.place(query.object);
  // The second half is what the partial index wants to hear.
  if (!query.objectId.empty())
    statement << " AND object_id = " << statement.place(query.objectId) << " AND object_id <> ''";
  if (!query.actions.empty()) {
    const auto place = statement.keep(sql::textsValue(statement.dialect(), query.actions));
    statement << " AND " << sql::textsClause(statement.dialect(), "action", place);
  }
  if (const auto text = folded(collapsed(query.text)); !text.empty()) {
    const auto place = statement.keep(sql::containsValue(statement.dialect(), text));
    statement << " AND " << sql::containsClause(statement.dialect(), "words", place);
  }
}

// The newest of one company's trail, or of everybody's.
Outcome walk(Reader& reader, std::optional<CompanyId> company, const AuditQuery& query,
             const std::optional<Place>& after, int most, std::vector<AuditEntry>& found) {
  sql::Statement statement(reader.connection().dialect());
  statement << "SELECT " << sql::audit_columns << " FROM audit_entries WHERE ";
  statement << (company ? "company = " + statement.place(*company) : std::string("1 = 1"));
  addConditions(statement, query);
  if (after)  // the first half is what an index by company and time can begin at
    statement << " AND at <= " << statement.place(after->at) << " AND (at, company, sequence) < ("
              << statement.place(after->at) << ", " << statement.place(after->company) << ", "
              << statement.place(after->sequence) << ")";
  statement << " ORDER BY at DESC, " << (company ? "" : "company DESC, ") << "sequence DESC LIMIT "
            << statement.place(most);
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    found.push_back(sql::readAuditEntry(c));
  }));
  return {};
}

std::vector<std::optional<CompanyId>> trails(const Viewer& viewer, const AuditQuery& query) {
  if (query.company)
    return viewer.sees(*query.company) ? std::vector{query.company} : std::vector<std::optional<CompanyId>>{};
  if (viewer.seesAll()) return {std::nullopt};
  return {viewer.companies().begin(), viewer.companies().end()};
}

}  // namespace

Outcome recordAudit(Transaction& tx, const AuditEntry& entry) {
  const AuditEntry* const one[] = {&entry};
  return extend(tx, entry.company, one);
}

Outcome recordAudit(Transaction& tx, std::span<const AuditEntry> entries) {
  std::vector<const AuditEntry*> sorted;
  for (const auto& entry : entries) sorted.push_back(&entry);
  std::ranges::stable_sort(sorted, {}, [](const AuditEntry* entry) { return entry->company; });
  for (std::size_t first = 0; first < sorted.size();) {
    auto end = first;
    while (end < sorted.size() && sorted[end]->company == sorted[first]->company) ++end;
    CHECK_OK(extend(tx, sorted[first]->company, std::span(sorted).subspan(first, end - first)));
    first = end;
  }
  return {};
}

Result<AuditPage> listAudit(Reader& reader, const Viewer& viewer, const AuditQuery& query) {
  const int limit = std::clamp(query.limit, 1, limit_max);
  std::optional<Place> after;
  if (!query.cursor.empty()) {
    TRY(after, decoded(query.cursor));
  }
  AuditPage page;
  for (const auto& company : trails(viewer, query))
    CHECK_OK(walk(reader, company, query, after, limit + 1, page.items));
  std::ranges::sort(page.items, std::ranges::greater(), placeOf);
  if (page.items.size() > static_cast<std::size_t>(limit)) {
    page.items.resize(static_cast<std::size_t>(limit));
    const auto last = placeOf(page.items.back());
    page.nextCursor =
        std::to_string(last.at) + "." + std::to_string(last.company) + "." + std::to_string(last.sequence);
  }
  return page;
}

Result<std::vector<AuditHead>> auditHeads(Reader& reader, const Viewer& viewer) {
  std::vector<AuditHead> heads;
  CHECK_OK(reader.connection().run("SELECT company, sequence, hash FROM audit_heads ORDER BY company", {},
                                   [&](const sql::Row& row) {
                                     sql::Columns c(row);
                                     const auto company = c.company();
                                     if (!viewer.sees(company)) return;
                                     auto& head = heads.emplace_back(AuditHead{company, c.number(), {}});
                                     head.hash = c.digest();
                                   }));
  return heads;
}

}  // namespace postgang::store
