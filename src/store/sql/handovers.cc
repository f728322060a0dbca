#include "store/handovers.h"

#include <algorithm>

#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/rows.h"
#include "store/sql/sandbox_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::size_t counterparts_max = 3;

tl::unexpected<Problem> changedMeanwhile() {
  return fail(ProblemKind::conflict, "handover-settings-changed",
              "Somebody else has changed these settings meanwhile.", {},
              "Read them again, and then say what you want changed.");
}

Outcome keepChange(Transaction& tx, CompanyId company, const HandoverSetting& setting) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO handover_changes (company, kind, version, settings, changed_at, changed_by) VALUES (?1, "
      "?2, ?3, ?4, ?5, ?6)",
      {company, setting.kind, setting.version + 1, setting.settings, setting.changedAt, setting.changedBy}));
  return {};
}

}  // namespace

Result<std::vector<HandoverSetting>> handoverSettings(Reader& reader, CompanyId company) {
  std::vector<HandoverSetting> found;
  CHECK_OK(reader.connection().run(
      "SELECT kind, settings, secret, version, changed_at, changed_by FROM handover_settings WHERE company = "
      "?1 ORDER BY kind",
      {company}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& setting = found.emplace_back();
        setting.kind = c.text();
        setting.settings = c.text();
        setting.secret = c.text();
        setting.version = c.number();
        setting.changedAt = c.instant();
        setting.changedBy = c.text();
      }));
  return found;
}

// A setting that was taken away keeps its row, so that its versions go on counting.
Outcome setHandoverSetting(Transaction& tx, CompanyId company, const HandoverSetting& setting) {
  TRY(const auto done,
      tx.connection().run(
          "INSERT INTO handover_settings (company, kind, settings, secret, version, changed_at, changed_by) "
          "VALUES (?1, ?2, ?3, ?4, ?5 + 1, ?6, ?7) ON CONFLICT (company, kind) DO UPDATE SET settings = "
          "excluded.settings, secret = excluded.secret, version = excluded.version, changed_at = "
          "excluded.changed_at, changed_by = excluded.changed_by WHERE handover_settings.version = ?5",
          {company, setting.kind, setting.settings, setting.secret, setting.version, setting.changedAt,
           setting.changedBy}));
  if (done != 1) return changedMeanwhile();
  return keepChange(tx, company, setting);
}

Outcome removeHandoverSetting(Transaction& tx, CompanyId company, const HandoverSetting& setting) {
  auto none = setting;
  none.settings.clear();
  none.secret.clear();
  return setHandoverSetting(tx, company, none);
}

Result<std::vector<WaitingHandover>> waitingHandovers(Reader& reader, CompanyId receiver,
                                                      std::optional<DeliveryId> after, int limit) {
  std::vector<WaitingHandover> found;
  const Uuid from = after ? Uuid(*after) : Uuid();
  CHECK_OK(reader.connection().run(
      "SELECT v.document, v.id, v.channel, v.evidence, v.status, v.state, v.sent_at, v.attempts, d.number, "
      "d.kind, d.seller_identifier, d.seller_name, d.due_date, d.amount, d.currency, d.format, d.media_type "
      "FROM deliveries v JOIN documents d ON d.id = v.document WHERE v.receiver = ?1 AND v.state IN "
      "('waiting', 'overdue') AND v.receiver IS NOT NULL AND v.channel IN ('network', 'system') AND v.id > "
      "?2 ORDER BY v.id LIMIT ?3",
      {receiver, from, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& waiting = found.emplace_back();
        waiting.document = c.id<DocumentId>();
        waiting.delivery = c.id<DeliveryId>();
        waiting.channel = c.text();
        waiting.evidence = c.text();
        waiting.status = document::deliveryStatusFromName(c.view()).value_or(DeliveryStatus::sent);
        waiting.overdue = c.view() == "overdue";
        waiting.sentAt = c.instant();
        const auto attempts = sql::decodedAttempts(c.view());
        if (!attempts.empty()) waiting.attempt = attempts.back().number;
        waiting.number = c.text();
        waiting.kind = document::kindFromName(c.view()).value_or(document::Kind::other);
        waiting.sender.identifier = c.text();
        waiting.sender.name = c.text();
        waiting.dueDate = c.maybe([](sql::Columns& column) { return column.date(); });
        waiting.amount = c.maybe([](sql::Columns& column) { return column.decimal(); });
        waiting.currency = c.text();
        waiting.format = c.text();
        waiting.mediaType = c.text();
      }));
  return found;
}

Result<OverdueHandovers> overdueHandovers(Reader& reader, const Viewer& viewer, Direction direction,
                                          int limit) {
  auto& connection = reader.connection();
  const bool sent = direction == Direction::sent;
  const auto visible = sql::companiesValue(connection.dialect(), viewer.companies());
  const std::string whose =
      viewer.seesAll()
          ? " AND " + sql::realClause(viewer, sent ? "v.sender" : "v.receiver")
          : " AND " + sql::companiesClause(connection.dialect(), sent ? "v.sender" : "v.receiver", "?1");
  const std::string from =
      " FROM deliveries v JOIN documents d ON d.id = v.document WHERE v.state IN ('waiting', 'overdue') AND "
      "v.receiver IS NOT NULL AND v.state = 'overdue' AND v.channel IN ('network', 'system')" +
      whose;
  OverdueHandovers found;
  const auto count = [&](const sql::Row& row) {
    sql::Columns c(row);
    found.documents = c.number();
    if (!c.isNull()) found.oldest = c.instant();
  };
  const auto take = [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& shown = found.shown.emplace_back();
    shown.number = c.text();
    shown.counterpart = c.text();
    shown.dueDate = c.maybe([](sql::Columns& column) { return column.date(); });
    shown.amount = c.maybe([](sql::Columns& column) { return column.decimal(); });
    shown.currency = c.text();
    auto& names = found.counterparts;
    if (names.size() < counterparts_max && std::ranges::find(names, shown.counterpart) == names.end())
      names.push_back(shown.counterpart);
  };
  const auto counting = "SELECT COUNT(*), MIN(v.sent_at)" + from;
  const auto listing = std::string("SELECT d.number, ") + (sent ? "d.buyer_name" : "d.seller_name") +
                       ", d.due_date, d.amount, d.currency" + from + " ORDER BY v.id LIMIT " +
                       std::to_string(limit);
  if (viewer.seesAll()) {
    CHECK_OK(connection.run(counting, {}, count));
    if (found.documents > 0) CHECK_OK(connection.run(listing, {}, take));
  } else {
    CHECK_OK(connection.run(counting, {visible}, count));
    if (found.documents > 0) CHECK_OK(connection.run(listing, {visible}, take));
  }
  return found;
}

}  // namespace postgang::store
