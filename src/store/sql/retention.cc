#include "store/retention.h"

#include <algorithm>
#include <array>
#include <map>

#include "store/sql/session.h"

namespace postgang::store {
namespace {

using document::Kind;

constexpr std::array kinds = {Kind::invoice,          Kind::credit_note, Kind::reminder,
                              Kind::interest_invoice, Kind::order,       Kind::order_response,
                              Kind::despatch_advice,  Kind::other};
constexpr int december = 12;

tl::unexpected<Problem> tooShort(const RetentionRule& rule) {
  const bool accounting = isAccountingRecord(rule.kind);
  auto problem = fail(ProblemKind::invalid, "retention-too-short",
                      accounting ? "Accounting records are kept for 7 to 100 years."
                                 : "This is kept for 30 to 36,500 days, or 7 to 100 years.",
                      accounting || !rule.days ? "/years" : "/days");
  return problem;
}

}  // namespace

bool isAccountingRecord(Kind kind) {
  return kind != Kind::order && kind != Kind::order_response && kind != Kind::despatch_advice;
}

Date erasableFrom(const RetentionRule& rule, int yearEnd, Date dated) {
  if (rule.days) return dated.plusDays(*rule.days + 1);
  const int ended = dated.month() <= yearEnd ? dated.year() : dated.year() + 1;
  return Date::of(ended + rule.years + 1, 1, 1);
}

const RetentionRule& RetentionPolicy::of(Kind kind) const {
  return *std::ranges::find(rules, kind, &RetentionRule::kind);
}

Result<RetentionPolicy> retentionPolicy(Reader& reader, CompanyId company) {
  RetentionPolicy policy;
  for (const auto kind : kinds) policy.rules.push_back({.kind = kind});
  CHECK_OK(reader.connection().run("SELECT financial_year_end FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) { policy.yearEnd = sql::Columns(row).small(); }));
  CHECK_OK(reader.connection().run(
      "SELECT kind, years, days, changed_at, changed_by FROM retention_rules WHERE company = ?1", {company},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto kind = document::kindFromName(c.view());
        const auto found = std::ranges::find(policy.rules, kind.value_or(Kind::other), &RetentionRule::kind);
        found->years = c.small();
        found->days = c.maybe([](sql::Columns& column) { return column.small(); });
        found->changedAt = c.instant();
        found->changedBy = c.text();
      }));
  return policy;
}

Outcome setRetentionRule(Transaction& tx, CompanyId company, const RetentionRule& rule,
                         std::string_view changedBy) {
  if (rule.years < retention_years_min || rule.years > retention_years_max) return tooShort(rule);
  if (rule.days &&
      (isAccountingRecord(rule.kind) || *rule.days < retention_days_min || *rule.days > retention_days_max))
    return tooShort(rule);
  CHECK_OK(tx.connection().run(
      "INSERT INTO retention_rules (company, kind, years, days, changed_at, changed_by) VALUES (?1, ?2, ?3, "
      "?4, ?5, ?6) ON CONFLICT (company, kind) DO UPDATE SET years = excluded.years, days = excluded.days, "
      "changed_at = excluded.changed_at, changed_by = excluded.changed_by",
      {company, document::name(rule.kind), rule.years, rule.days, tx.clock().now(), changedBy}));
  return {};
}

Outcome setFinancialYearEnd(Transaction& tx, CompanyId company, int month) {
  if (month < 1 || month > december)
    return fail(ProblemKind::invalid, "financial-year-invalid", "The last month is 1 to 12.", "/yearEnd");
  CHECK_OK(
      tx.connection().run("UPDATE companies SET financial_year_end = ?2 WHERE id = ?1", {company, month}));
  return {};
}

Result<std::vector<RetentionHold>> retentionHolds(Reader& reader, CompanyId company) {
  std::vector<RetentionHold> holds;
  CHECK_OK(reader.connection().run(
      "SELECT document, reason, since, by_whom FROM retention_holds WHERE company = ?1 ORDER BY since DESC, "
      "document",
      {company}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& hold = holds.emplace_back();
        if (const auto id = c.id<DocumentId>(); !id.isNil()) hold.document = id;
        hold.reason = c.text();
        hold.since = c.instant();
        hold.by = c.text();
      }));
  return holds;
}

Outcome hold(Transaction& tx, CompanyId company, const RetentionHold& hold) {
  std::int64_t holds = 0;
  CHECK_OK(tx.connection().run("SELECT COUNT(*) FROM retention_holds WHERE company = ?1", {company},
                               [&](const sql::Row& row) { holds = row.number(0); }));
  if (holds >= holds_max)
    return fail(ProblemKind::conflict, "retention-holds-too-many",
                "There are as many holds already as a company may have.", {},
                "Hold the whole company, or release some.");
  CHECK_OK(tx.connection().run(
      "INSERT INTO retention_holds (company, document, reason, since, by_whom) VALUES (?1, ?2, ?3, ?4, ?5) "
      "ON "
      "CONFLICT (company, document) DO UPDATE SET reason = excluded.reason, since = excluded.since, by_whom "
      "= excluded.by_whom",
      {company, hold.document.value_or(DocumentId()), hold.reason, tx.clock().now(), hold.by}));
  return {};
}

Result<bool> release(Transaction& tx, CompanyId company, std::optional<DocumentId> document) {
  TRY(const auto gone, tx.connection().run("DELETE FROM retention_holds WHERE company = ?1 AND document = ?2",
                                           {company, document.value_or(DocumentId())}));
  return gone > 0;
}

// The cube knows how many came on which day; issue dates are no later than that for all but a few.
Result<std::vector<RetentionForecast>> retentionForecast(Reader& reader, CompanyId company) {
  TRY(const auto policy, retentionPolicy(reader, company));
  std::map<std::pair<Kind, Date>, std::int64_t> counts;
  CHECK_OK(reader.connection().run(
      "SELECT kind, received_at / 86400000000, COUNT(*) FROM entries WHERE company = ?1 GROUP BY kind, "
      "received_at / 86400000000",
      {company}, [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto kind = document::kindFromName(c.view()).value_or(Kind::other);
        const auto from = erasableFrom(policy.of(kind), policy.yearEnd, c.date());
        // Days are told together by month, or a company of orders would read a line a day.
        const auto told = policy.of(kind).days ? Date::of(from.year(), from.month(), 1).plusMonths(1) : from;
        counts[{kind, told}] += c.number();
      }));
  std::vector<RetentionForecast> forecast;
  for (const auto& [key, documents] : counts) forecast.push_back({key.first, key.second, documents});
  std::ranges::stable_sort(forecast, {}, &RetentionForecast::from);
  return forecast;
}

Result<std::optional<Tombstone>> tombstone(Reader& reader, DocumentId document) {
  std::optional<Tombstone> found;
  CHECK_OK(reader.connection().run(
      "SELECT head, events, erased_at, rule FROM erased_documents WHERE document = ?1", {document},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& stone = found.emplace();
        stone.head = c.digest();
        stone.events = c.number();
        stone.at = c.instant();
        stone.rule = c.text();
      }));
  return found;
}

Result<std::int64_t> erasedCount(Reader& reader, CompanyId company) {
  std::int64_t count = 0;
  CHECK_OK(reader.connection().run("SELECT COUNT(*) FROM erased_documents WHERE sender = ?1 OR receiver = ?1",
                                   {company}, [&](const sql::Row& row) { count = row.number(0); }));
  return count;
}

Result<bool> beginRetentionRun(Transaction& tx, Date day) {
  TRY(const auto claimed,
      tx.connection().run("UPDATE retention_runs SET day = ?1 WHERE only_one = 1 AND day < ?1", {day}));
  return claimed == 1;
}

Result<Date> lastRetentionRun(Reader& reader) {
  Date day;
  CHECK_OK(reader.connection().run("SELECT day FROM retention_runs WHERE only_one = 1", {},
                                   [&](const sql::Row& row) { day = sql::Columns(row).date(); }));
  return day;
}

}  // namespace postgang::store
