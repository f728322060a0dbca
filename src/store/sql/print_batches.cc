#include "store/smartmail.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::string_view select_batch =
    "SELECT id, house, cut_off, made_at, digest, letters, sheets, uploaded_at, attempts, trouble FROM "
    "print_batches";

PrintBatch readBatch(const sql::Row& row) {
  sql::Columns c(row);
  PrintBatch batch;
  batch.id = c.text();
  batch.house = c.text();
  batch.cutOff = c.instant();
  batch.madeAt = c.instant();
  batch.digest = c.digest();
  batch.letters = c.number();
  batch.sheets = c.number();
  batch.uploadedAt = c.maybe([](sql::Columns& column) { return column.instant(); });
  batch.attempts = c.number();
  batch.trouble = c.text();
  return batch;
}

}  // namespace

Outcome createPrintBatch(Transaction& tx, const PrintBatch& batch) {
  TRY(const auto made,
      tx.connection().run("INSERT INTO print_batches (id, house, cut_off, made_at, digest, letters, sheets, "
                          "uploaded_at, attempts, trouble) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) "
                          "ON CONFLICT DO NOTHING",
                          {batch.id, batch.house, batch.cutOff, batch.madeAt, batch.digest, batch.letters,
                           batch.sheets, batch.uploadedAt, batch.attempts, batch.trouble}));
  if (made == 1) return {};
  return fail(ProblemKind::internal, "batch-known", "There is a batch of that name already.");
}

Outcome updatePrintBatch(Transaction& tx, const PrintBatch& batch) {
  return tx.connection().later(
      "UPDATE print_batches SET uploaded_at = ?2, attempts = ?3, trouble = ?4 WHERE id = ?1",
      {batch.id, batch.uploadedAt, batch.attempts, batch.trouble});
}

Result<std::optional<PrintBatch>> printBatch(Reader& reader, std::string_view id) {
  std::optional<PrintBatch> found;
  CHECK_OK(reader.connection().run(std::string(select_batch) + " WHERE id = ?1", {id},
                                   [&](const sql::Row& row) { found = readBatch(row); }));
  return found;
}

Result<std::vector<PrintBatch>> listPrintBatches(Reader& reader, int limit) {
  std::vector<PrintBatch> found;
  CHECK_OK(reader.connection().run(std::string(select_batch) + " ORDER BY made_at DESC, id DESC LIMIT ?1",
                                   {limit}, [&](const sql::Row& row) { found.push_back(readBatch(row)); }));
  return found;
}

}  // namespace postgang::store
