#include "store/bank_files.h"

#include "store/sql/session.h"

namespace postgang::store {

namespace {

constexpr std::string_view select_file =
    "SELECT id, kind, company, hub, made_at, digest, records, handed_over_at, attempts, state, answered_at, "
    "reason, trouble FROM bank_files ";

BankFile readFile(const sql::Row& row) {
  sql::Columns c(row);
  const auto instant = [](sql::Columns& column) { return column.instant(); };
  BankFile file;
  file.id = c.text();
  file.kind = c.text();
  file.company = c.maybe([](sql::Columns& column) { return column.company(); });
  file.hub = c.text();
  file.madeAt = c.instant();
  file.digest = c.digest();
  file.records = c.number();
  file.handedOverAt = c.maybe(instant);
  file.attempts = c.number();
  file.state = c.text();
  file.answeredAt = c.maybe(instant);
  file.reason = c.text();
  file.trouble = c.text();
  return file;
}

}  // namespace

Outcome createBankFile(Transaction& tx, const BankFile& file) {
  TRY(const auto made,
      tx.connection().run(
          "INSERT INTO bank_files (id, kind, company, hub, made_at, digest, records, handed_over_at, "
          "attempts, state, answered_at, reason, trouble) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, "
          "?11, ?12, ?13) ON CONFLICT DO NOTHING",
          {file.id, file.kind, file.company, file.hub, file.madeAt, file.digest, file.records,
           file.handedOverAt, file.attempts, file.state, file.answeredAt, file.reason, file.trouble}));
  if (made == 1) return {};
  return fail(ProblemKind::internal, "bank-file-known", "There is a file of that name already.");
}

Outcome updateBankFile(Transaction& tx, const BankFile& file) {
  CHECK_OK(tx.connection().run(
      "UPDATE bank_files SET handed_over_at = ?2, attempts = ?3, state = ?4, answered_at = ?5, reason = ?6, "
      "trouble = ?7 WHERE id = ?1",
      {file.id, file.handedOverAt, file.attempts, file.state, file.answeredAt, file.reason, file.trouble}));
  return {};
}

Result<std::optional<BankFile>> bankFile(Reader& reader, std::string_view id) {
  std::optional<BankFile> found;
  CHECK_OK(reader.connection().run(std::string(select_file) + "WHERE id = ?1", {id},
                                   [&](const sql::Row& row) { found = readFile(row); }));
  return found;
}

Result<std::vector<BankFile>> listBankFiles(Reader& reader, std::optional<CompanyId> company, int limit) {
  std::vector<BankFile> found;
  const auto add = [&](const sql::Row& row) { found.push_back(readFile(row)); };
  const std::string newest = "ORDER BY made_at DESC, id DESC LIMIT ?1";
  CHECK_OK(company ? reader.connection().run(std::string(select_file) + "WHERE company = ?2 " + newest,
                                             {limit, *company}, add)
                   : reader.connection().run(std::string(select_file) + newest, {limit}, add));
  return found;
}

Result<std::vector<QueuedBankInvoice>> queuedBankInvoices(Reader& reader, Instant until, int limit) {
  std::vector<QueuedBankInvoice> found;
  CHECK_OK(reader.connection().run(
      "SELECT document, id, sender FROM deliveries WHERE state = 'queued' AND channel = 'bank' AND deadline "
      "<= ?1 ORDER BY sender, deadline, document LIMIT ?2",
      {until, limit}, [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& invoice = found.emplace_back();
        invoice.document = c.id<DocumentId>();
        invoice.delivery = c.id<DeliveryId>();
        invoice.sender = c.company();
      }));
  return found;
}

}  // namespace postgang::store
