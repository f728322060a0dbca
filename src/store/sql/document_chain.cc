#include "store/document_chain.h"
#include "store/documents.h"
#include "store/sql/chain.h"
#include "store/sql/session.h"

namespace postgang::store {

Result<Chain> chainOf(Reader& reader, const Viewer& viewer, DocumentId document) {
  CHECK_OK(findDocument(reader, viewer, document));
  Chain chain;
  const auto visit = [&](const sql::Row& row) {
    sql::Columns column(row);
    const auto sequence = column.number();
    const auto type = column.text();
    const auto at = column.instant();
    const bool erased = column.isNull();  // personal data taken out: the digest stands for it
    const auto payload = column.text();
    const auto payloadDigest = column.digest();
    const auto hash = column.digest();
    const auto wanted = sql::chained(chain.head, document, sequence, at, type, payloadDigest);
    chain.intact = chain.intact && sequence == chain.length + 1 && hash == wanted &&
                   (erased || sha256(payload) == payloadDigest);
    chain.length = sequence;
    chain.head = hash;
  };
  CHECK_OK(
      reader.connection().run("SELECT sequence, type, at, payload, payload_digest, hash FROM events WHERE "
                              "document = ?1 ORDER BY sequence",
                              {document}, visit));
  return chain;
}

Result<std::vector<ChainLink>> chainLinks(Reader& reader, const Viewer& viewer, DocumentId document) {
  TRY(const auto seen, eventsOf(reader, viewer, document));
  std::vector<ChainLink> links;
  auto next = seen.begin();
  CHECK_OK(
      reader.connection().run("SELECT sequence, type, at, payload, payload_digest, hash FROM events WHERE "
                              "document = ?1 ORDER BY sequence",
                              {document}, [&](const sql::Row& row) {
                                sql::Columns column(row);
                                auto& link = links.emplace_back();
                                link.sequence = column.number();
                                link.type = column.text();
                                link.at = column.instant();
                                const bool erased = column.isNull();
                                auto payload = column.text();
                                link.payloadDigest = column.digest();
                                link.hash = column.digest();
                                const bool visible = next != seen.end() && next->sequence == link.sequence;
                                if (visible) ++next;
                                if (visible && !erased) link.payload = std::move(payload);
                              }));
  return links;
}

}  // namespace postgang::store
