#include "store/bank_agreements.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr std::array statuses = {AgreementStatus::applied, AgreementStatus::accepted,
                                 AgreementStatus::refused, AgreementStatus::ended};

constexpr std::string_view select_agreement =
    "SELECT id, company, receiver, customer_number, identifier, name, bank, status, counterpart, source, "
    "reference, reason, answered_by, applied_at, answered_at, ended_at, told FROM bank_agreements ";

BankAgreement readAgreement(const sql::Row& row) {
  sql::Columns c(row);
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  BankAgreement agreement;
  agreement.id = c.id<BankAgreementId>();
  agreement.company = c.company();
  agreement.receiver = c.text();
  agreement.customerNumber = c.text();
  agreement.identifier = c.text();
  agreement.name = c.text();
  agreement.bank = c.text();
  agreement.status = agreementStatusFromName(c.view()).value_or(AgreementStatus::ended);
  agreement.counterpart = c.text();
  agreement.source = c.text();
  agreement.reference = c.text();
  agreement.reason = c.text();
  agreement.by = c.text();
  agreement.appliedAt = c.instant();
  agreement.answeredAt = c.maybe(instant);
  agreement.endedAt = c.maybe(instant);
  agreement.told = c.text();
  return agreement;
}

Result<std::vector<BankAgreement>> agreementsBy(Reader& reader, std::string_view where,
                                                std::initializer_list<sql::Value> values) {
  std::vector<BankAgreement> found;
  CHECK_OK(reader.connection().run(std::string(select_agreement) + std::string(where), values,
                                   [&](const sql::Row& row) { found.push_back(readAgreement(row)); }));
  return found;
}

Result<std::optional<BankAgreement>> firstBy(Reader& reader, std::string_view where,
                                             std::initializer_list<sql::Value> values) {
  TRY(auto found, agreementsBy(reader, where, values));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

// Where a page goes on: "<applied at>.<id>".
struct Place {
  Instant at;
  BankAgreementId id;
};
Result<Place> placeIn(std::string_view cursor) {
  const auto dot = cursor.find('.');
  Place place;
  const auto digits = cursor.substr(0, dot);
  const auto end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, place.at.microseconds);
  const auto id = dot == cursor.npos ? std::nullopt : BankAgreementId::parse(cursor.substr(dot + 1));
  if (read.ec != std::errc() || read.ptr != end || !id)
    return fail(ProblemKind::invalid, "cursor-malformed", "This is not a cursor that we gave.", "cursor");
  place.id = *id;
  return place;
}

}  // namespace

std::string_view name(AgreementStatus status) {
  switch (status) {
    case AgreementStatus::applied:
      return "applied";
    case AgreementStatus::accepted:
      return "accepted";
    case AgreementStatus::refused:
      return "refused";
    case AgreementStatus::ended:
      return "ended";
  }
  return {};
}

std::optional<AgreementStatus> agreementStatusFromName(std::string_view text) {
  const auto found = std::ranges::find(statuses, text, [](auto status) { return name(status); });
  return found == statuses.end() ? std::nullopt : std::optional(*found);
}

Outcome putBankAgreement(Transaction& tx, const BankAgreement& a) {
  TRY(const auto written,
      tx.connection().run(
          "INSERT INTO bank_agreements (id, company, receiver, customer_number, identifier, name, bank, "
          "status, counterpart, source, reference, reason, answered_by, applied_at, answered_at, ended_at, "
          "told) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17) "
          "ON CONFLICT (id) DO UPDATE SET identifier = excluded.identifier, name = excluded.name, "
          "bank = excluded.bank, status = excluded.status, counterpart = excluded.counterpart, "
          "source = excluded.source, reference = excluded.reference, reason = excluded.reason, "
          "answered_by = excluded.answered_by, applied_at = excluded.applied_at, "
          "answered_at = excluded.answered_at, ended_at = excluded.ended_at, told = excluded.told",
          {a.id, a.company, a.receiver, a.customerNumber, a.identifier, a.name, a.bank, name(a.status),
           a.counterpart, a.source, a.reference, a.reason, a.by, a.appliedAt, a.answeredAt, a.endedAt,
           a.told}));
  (void)written;
  return {};
}

Result<std::optional<BankAgreement>> bankAgreement(Reader& reader, CompanyId company, BankAgreementId id) {
  return firstBy(reader, "WHERE company = ?1 AND id = ?2", {company, id});
}

Result<std::optional<BankAgreement>> bankAgreementOf(Reader& reader, CompanyId company,
                                                     std::string_view receiver,
                                                     std::string_view customerNumber) {
  return firstBy(reader, "WHERE company = ?1 AND receiver = ?2 AND customer_number = ?3",
                 {company, receiver, customerNumber});
}

Result<std::optional<BankAgreement>> bankAgreementFor(Reader& reader, CompanyId company,
                                                      AgreementStatus status, const BankPayer& payer) {
  const auto by = [&](std::string_view column, std::string_view value) {
    return firstBy(reader,
                   "WHERE company = ?1 AND " + std::string(column) + " = ?2 AND status = '" +
                       std::string(name(status)) + "' ORDER BY applied_at DESC, id DESC LIMIT 1",
                   {company, value});
  };
  if (!payer.receiver.empty()) {
    TRY(auto found, by("receiver", payer.receiver));
    if (found) return found;
  }
  for (const auto& identifier : payer.identifiers) {
    TRY(auto found, by("identifier", identifier));
    if (found) return found;
  }
  if (!payer.counterpart.empty()) {
    TRY(auto found, by("counterpart", payer.counterpart));
    if (found) return found;
  }
  if (!payer.customerNumber.empty()) return by("customer_number", payer.customerNumber);
  return std::nullopt;
}

Result<BankAgreementPage> listBankAgreements(Reader& reader, CompanyId company,
                                             const BankAgreementQuery& query) {
  const int limit = std::clamp(query.limit, 1, 200);
  Place after{Instant{std::numeric_limits<std::int64_t>::max()}, {}};
  if (!query.cursor.empty()) {
    TRY(after, placeIn(query.cursor));
  }
  const std::string_view wanted = query.status ? name(*query.status) : std::string_view();
  TRY(auto found, agreementsBy(reader,
                               "WHERE company = ?1 AND (?2 = '' OR status = ?2) AND (applied_at < ?3 OR "
                               "(applied_at = ?3 AND id < ?4)) ORDER BY applied_at DESC, id DESC LIMIT ?5",
                               {company, wanted, after.at, after.id, limit + 1}));
  BankAgreementPage page;
  if (found.size() > static_cast<std::size_t>(limit)) {
    found.pop_back();
    page.nextCursor = std::to_string(found.back().appliedAt.microseconds) + "." + found.back().id.text();
  }
  page.items = std::move(found);
  return page;
}

Result<std::map<AgreementStatus, std::int64_t>> countBankAgreements(Reader& reader, CompanyId company) {
  std::map<AgreementStatus, std::int64_t> counts;
  CHECK_OK(reader.connection().run(
      "SELECT status, COUNT(*) FROM bank_agreements WHERE company = ?1 GROUP BY status", {company},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        const auto status = agreementStatusFromName(c.view());
        if (status) counts[*status] = c.number();
      }));
  return counts;
}

Result<std::vector<BankAgreement>> untoldBankAgreements(Reader& reader, int limit) {
  return agreementsBy(reader, "WHERE status <> 'applied' AND told <> status ORDER BY applied_at, id LIMIT ?1",
                      {limit});
}

Result<std::vector<BankCounterpart>> bankCounterparts(Reader& reader, CompanyId company,
                                                      std::string_view customerNumber,
                                                      std::string_view identifier, int limit) {
  std::vector<BankCounterpart> found;
  const auto byNumber = "customer:" + std::string(customerNumber);
  CHECK_OK(reader.connection().run(
      "SELECT identifier, name FROM partners WHERE owner = ?1 AND ((?2 <> '' AND (customer_number = ?2 OR "
      "identifier = ?3)) OR (?4 <> '' AND identifier = ?4)) ORDER BY identifier LIMIT ?5",
      {company, customerNumber, byNumber, identifier, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& counterpart = found.emplace_back();
        counterpart.identifier = c.text();
        counterpart.name = c.text();
      }));
  return found;
}

Result<bool> acceptsBankAgreementsByItself(Reader& reader, CompanyId company) {
  bool byHand = false;
  CHECK_OK(reader.connection().run("SELECT bank_acceptance FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) { byHand = row.bytes(0) == "by-hand"; }));
  return !byHand;
}

Outcome setAcceptsBankAgreementsByItself(Transaction& tx, CompanyId company, bool byItself) {
  CHECK_OK(tx.connection().run("UPDATE companies SET bank_acceptance = ?2 WHERE id = ?1",
                               {company, byItself ? std::string_view() : std::string_view("by-hand")}));
  return {};
}

}  // namespace postgang::store
