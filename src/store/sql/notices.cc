#include "store/notices.h"

#include <algorithm>
#include <array>

#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/sandbox_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::array states = {NoticeState::waiting, NoticeState::sent, NoticeState::read,
                               NoticeState::bounced, NoticeState::unreachable};
constexpr int notices_shown_max = 50;
constexpr std::size_t counterparts_max = 3;

constexpr std::string_view columns =
    "n.id, n.receiver, n.sender, n.state, n.way, n.address, n.created_at, n.sent_at, n.read_at, n.reason, "
    "n.missing, n.reminders, n.plan, n.round, n.attempts, n.started_at, n.evidence";

Notice readNotice(sql::Columns& c) {
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  Notice notice;
  notice.id = c.id<NoticeId>();
  notice.receiver = c.company();
  notice.sender = c.company();
  const auto state = c.view();
  for (const auto each : states)
    if (name(each) == state) notice.state = each;
  notice.way = c.text();
  notice.address = c.text();
  notice.createdAt = c.instant();
  notice.sentAt = c.maybe(instant);
  notice.readAt = c.maybe(instant);
  notice.reason = c.text();
  notice.missing = sql::decodedTexts(c.view());
  notice.reminders = c.small();
  notice.plan = c.text();
  notice.round = c.small();
  notice.attempts = c.small();
  notice.startedAt = c.maybe(instant);
  notice.evidence = c.text();
  return notice;
}

tl::unexpected<Problem> noticeNotFound() {
  return fail(ProblemKind::not_found, "notice-not-found", "There is no such notice.");
}

Result<Notice> oneNotice(Reader& reader, std::string_view statement, NoticeId id) {
  std::optional<Notice> found;
  CHECK_OK(reader.connection().run(statement, {id}, [&](const sql::Row& row) {
    sql::Columns c(row);
    found = readNotice(c);
  }));
  if (!found) return noticeNotFound();
  return std::move(*found);
}

Result<std::vector<NoticeRow>> rowsOf(Reader& reader, const Viewer& viewer, DocumentId document,
                                      std::string_view latest) {
  std::vector<NoticeRow> rows;
  const auto statement = "SELECT " + std::string(columns) +
                         ", (SELECT COUNT(*) FROM notice_documents a WHERE a.notice = n.id), b.kind FROM "
                         "notice_documents d JOIN notices n ON n.id = d.notice JOIN documents b ON b.id = "
                         "d.document WHERE d.document = ?1" +
                         std::string(latest) + " ORDER BY n.created_at DESC, n.id DESC LIMIT ?2";
  CHECK_OK(reader.connection().run(statement, {document, notices_shown_max}, [&](const sql::Row& row) {
    sql::Columns c(row);
    NoticeRow found{readNotice(c), 0};
    found.documents = c.small();
    const auto kind = document::kindFromName(c.view()).value_or(document::Kind::other);
    if (viewer.sees(found.notice.receiver, Direction::received, kind) ||
        viewer.sees(found.notice.sender, Direction::sent, kind))
      rows.push_back(std::move(found));
  }));
  return rows;
}

}  // namespace

std::string_view name(NoticeState state) {
  switch (state) {
    case NoticeState::waiting:
      return "waiting";
    case NoticeState::sent:
      return "sent";
    case NoticeState::read:
      return "read";
    case NoticeState::bounced:
      return "bounced";
    case NoticeState::unreachable:
      return "unreachable";
  }
  return "waiting";
}

Result<std::vector<DocumentId>> untoldDocuments(Reader& reader, CompanyId receiver, CompanyId sender,
                                                int limit) {
  std::vector<DocumentId> documents;
  CHECK_OK(reader.connection().run(
      "SELECT s.document FROM stops s JOIN documents d ON d.id = s.document JOIN entries e ON e.company = "
      "s.sender AND e.id = d.sent_entry WHERE s.receiver = ?1 AND s.sender = ?2 AND s.settled_at IS NULL AND "
      "e.status = 'returned' AND NOT EXISTS (SELECT 1 FROM notice_documents n WHERE n.document = s.document "
      "AND n.latest = 1) ORDER BY s.at, s.document LIMIT ?3",
      {receiver, sender, limit},
      [&](const sql::Row& row) { documents.push_back(sql::Columns(row).id<DocumentId>()); }));
  return documents;
}

Result<std::vector<DocumentId>> createNotice(Transaction& tx, const Notice& notice,
                                             const std::vector<DocumentId>& documents) {
  std::vector<DocumentId> taken;
  for (const auto& document : documents) {
    TRY(const auto made, tx.connection().run("INSERT INTO notice_documents (notice, document, latest) VALUES "
                                             "(?1, ?2, 1) ON CONFLICT DO NOTHING",
                                             {notice.id, document}));
    if (made == 1) taken.push_back(document);
  }
  if (taken.empty()) return taken;
  CHECK_OK(tx.connection().run(
      "INSERT INTO notices (id, receiver, sender, state, way, address, created_at, sent_at, read_at, reason, "
      "missing, reminders, plan, round, attempts, started_at, evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, "
      "?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
      {notice.id, notice.receiver, notice.sender, name(notice.state), notice.way, notice.address,
       notice.createdAt, notice.sentAt, notice.readAt, notice.reason, sql::encodedTexts(notice.missing),
       notice.reminders, notice.plan, notice.round, notice.attempts, notice.startedAt, notice.evidence}));
  return taken;
}

Outcome updateNotice(Transaction& tx, const Notice& notice) {
  const auto missing = sql::encodedTexts(notice.missing);
  TRY(const auto changed,
      tx.connection().run(
          "UPDATE notices SET state = ?2, way = ?3, address = ?4, sent_at = ?5, read_at = ?6, reason = ?7, "
          "missing = ?8, reminders = ?9, plan = ?10, round = ?11, attempts = ?12, started_at = ?13, evidence "
          "= ?14 WHERE id = ?1",
          {notice.id, name(notice.state), notice.way, notice.address, notice.sentAt, notice.readAt,
           notice.reason, missing, notice.reminders, notice.plan, notice.round, notice.attempts,
           notice.startedAt, notice.evidence}));
  if (changed != 1) return noticeNotFound();
  return {};
}

Result<Notice> noticeToChange(Transaction& tx, NoticeId id) {
  const auto statement = "SELECT " + std::string(columns) + " FROM notices n WHERE n.id = ?1" +
                         std::string(sql::locked(tx.connection().dialect(), " FOR UPDATE OF n"));
  return oneNotice(tx, statement, id);
}

Result<Notice> notice(Reader& reader, NoticeId id) {
  static const std::string by_id = "SELECT " + std::string(columns) + " FROM notices n WHERE n.id = ?1";
  return oneNotice(reader, by_id, id);
}

Result<std::vector<DocumentId>> documentsOf(Reader& reader, NoticeId id, bool openOnly) {
  static constexpr std::string_view all =
      "SELECT document FROM notice_documents WHERE notice = ?1 ORDER BY document";
  static constexpr std::string_view open =
      "SELECT n.document FROM notice_documents n JOIN stops s ON s.document = n.document WHERE n.notice = ?1 "
      "AND s.settled_at IS NULL ORDER BY n.document";
  std::vector<DocumentId> documents;
  CHECK_OK(reader.connection().run(openOnly ? open : all, {id}, [&](const sql::Row& row) {
    documents.push_back(sql::Columns(row).id<DocumentId>());
  }));
  return documents;
}

Outcome forgetLatest(Transaction& tx, NoticeId id) {
  CHECK_OK(tx.connection().run("UPDATE notice_documents SET latest = 0 WHERE notice = ?1", {id}));
  return {};
}

Result<std::vector<NoticeRow>> noticesOf(Reader& reader, const Viewer& viewer, DocumentId document) {
  return rowsOf(reader, viewer, document, "");
}

Result<std::optional<NoticeRow>> latestNoticeOf(Reader& reader, const Viewer& viewer, DocumentId document) {
  TRY(auto rows, rowsOf(reader, viewer, document, " AND d.latest = 1"));
  return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
}

Result<Unreachable> unreachableNotices(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  const auto visible = sql::companiesValue(connection.dialect(), viewer.companies());
  const auto whose = viewer.seesAll()
                         ? " AND " + sql::realClause(viewer, "n.receiver")
                         : " AND " + sql::companiesClause(connection.dialect(), "n.receiver", "?1");
  Unreachable found;
  const auto take = [&](const sql::Row& row) {
    sql::Columns c(row);
    found.documents += c.number();
    const auto at = c.instant();
    if (found.missing.empty() || at < found.oldest) found.oldest = at;
    const auto missing = sql::decodedTexts(c.view());
    found.missing.push_back(missing.empty() ? "email" : missing.front());
    const auto counterpart = c.text();
    if (found.counterparts.size() < counterparts_max &&
        std::ranges::find(found.counterparts, counterpart) == found.counterparts.end())
      found.counterparts.push_back(counterpart);
  };
  const auto statement =
      "SELECT COUNT(*), MIN(n.created_at), n.missing, c.name FROM notices n JOIN notice_documents d ON "
      "d.notice = n.id AND d.latest = 1 JOIN stops s ON s.document = d.document AND s.settled_at IS NULL "
      "JOIN companies c ON c.id = n.sender WHERE n.state = 'unreachable'" +
      whose + " GROUP BY n.id, n.missing, n.created_at, c.name ORDER BY n.created_at DESC";
  if (viewer.seesAll())
    CHECK_OK(connection.run(statement, {}, take));
  else
    CHECK_OK(connection.run(statement, {visible}, take));
  return found;
}

}  // namespace postgang::store
