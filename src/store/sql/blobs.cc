#include "store/blobs.h"

#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr std::size_t blob_bytes_max = std::size_t{1} << 30;

}  // namespace

Outcome putBlob(Transaction& tx, const Digest& digest, std::string_view compressed, std::int64_t size) {
  auto& connection = tx.connection();
  TRY(const auto known,
      connection.run("SELECT 1 FROM blob_digests WHERE digest = ?1", {digest}, [](const sql::Row&) {}));
  if (known > 0) return {};
  std::int64_t id = 0;
  CHECK_OK(connection.run("INSERT INTO blobs (bytes, size) VALUES (?1, ?2) RETURNING id",
                          {sql::Value::bytes(compressed), size},
                          [&](const sql::Row& row) { id = row.number(0); }));
  // Another transaction may keep the same bytes at this moment (PostgreSQL): the first one's are as good.
  TRY(const auto kept,
      connection.run("INSERT INTO blob_digests (digest, blob) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                     {digest, id}));
  if (kept == 0) CHECK_OK(connection.run("DELETE FROM blobs WHERE id = ?1", {id}));
  return {};
}

Result<std::string> blob(Reader& reader, const Digest& digest) {
  std::optional<std::string> compressed;
  CHECK_OK(reader.connection().run(
      "SELECT b.bytes FROM blob_digests d JOIN blobs b ON b.id = d.blob WHERE d.digest = ?1", {digest},
      [&](const sql::Row& row) { compressed = std::string(row.bytes(0)); }));
  if (!compressed)
    return fail(ProblemKind::not_found, "blob-not-found", "These bytes are not kept here.",
                hex(view(digest)));
  auto bytes = decompress(*compressed, blob_bytes_max);
  if (!bytes || sha256(*bytes) != digest)
    return fail(ProblemKind::internal, "blob-damaged",
                "Kept bytes are not what they were when they were kept.", hex(view(digest)),
                "Run postgang admin verify and restore from a backup.");
  return bytes;
}

Outcome putParsed(Transaction& tx, DocumentId document, std::string_view serialized) {
  const auto compressed = compress(serialized);
  return tx.connection().later(
      "INSERT INTO parsed (document, bytes) VALUES (?1, ?2) ON CONFLICT (document) DO UPDATE SET bytes = "
      "excluded.bytes",
      {document, sql::Value::bytes(compressed)});
}

Result<std::optional<std::string>> parsed(Reader& reader, DocumentId document) {
  std::optional<std::string> compressed;
  CHECK_OK(reader.connection().run("SELECT bytes FROM parsed WHERE document = ?1", {document},
                                   [&](const sql::Row& row) { compressed = std::string(row.bytes(0)); }));
  if (!compressed) return std::optional<std::string>();
  TRY(auto bytes, decompress(*compressed, blob_bytes_max));
  return std::optional(std::move(bytes));
}

}  // namespace postgang::store
