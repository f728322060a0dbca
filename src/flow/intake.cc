#include "flow/intake.h"

#include "base/bytes.h"
#include "base/text.h"
#include "flow/advance.h"
#include "flow/filter.h"
#include "flow/identity.h"
#include "flow/parse.h"
#include "flow/recognise.h"
#include "flow/unpack.h"
#include "flow/words.h"
#include "store/blobs.h"
#include "store/documents.h"
#include "store/sandboxes.h"
#include "store/sql/session.h"

namespace postgang::flow {

namespace {

constexpr std::size_t fileName_codePoints_max = 255;

std::string shownFileName(std::string_view name) {
  return truncated(collapsed(withoutControls(name)), fileName_codePoints_max);
}

// What an inbound file says of who sends it to whom: it must be read before anybody can be its sender.
std::optional<Problem> readParties(std::string_view bytes, Prepared& file) {
  const auto recognised = recognise(bytes);
  if (!recognised) return recognised.error();
  const auto read = parse(*recognised);
  if (!read) return read.error();
  file.supplier = issuerOf(read->facts);
  file.buyer = recipientOf(read->facts);
  if (file.supplier->identifiers.empty()) return problem(ProblemKind::invalid, "sender-without-identifier");
  return std::nullopt;
}

Prepared prepareFile(const Tools& tools, std::string_view fileName, std::string_view bytes, bool inbound) {
  Prepared file;
  file.fileName = shownFileName(fileName);
  if (bytes.empty()) {
    file.problem = problem(ProblemKind::invalid, "document-empty");
    return file;
  }
  file.id = tools.ids.next<DocumentId>();
  file.digest = sha256(bytes);
  file.compressed = compress(bytes);
  file.size = static_cast<std::int64_t>(bytes.size());
  if (inbound) file.problem = readParties(bytes, file);
  return file;
}

Result<std::optional<store::Company>> knownSupplier(store::Reader& reader, std::optional<CompanyId> sandboxOf,
                                                    const std::string& identifier) {
  return sandboxOf ? store::companyInSandbox(reader, *sandboxOf, identifier)
                   : store::companyByIdentifier(reader, identifier);
}

// The company that a supplier is here, made where it is new; or why it cannot be this document's sender.
struct Supplier {
  CompanyId company;
  std::optional<Problem> refused;
};
Result<Supplier> supplierOf(store::Transaction& tx, const Upload& upload, const Prepared& file, Instant now) {
  Supplier supplier;
  TRY(const auto receiver, Identity::of(tx, upload.sender));
  if (!receiver.companyThatIs(*file.buyer)) {
    supplier.refused = problem(ProblemKind::invalid, "buyer-not-you",
                               {{"name", file.buyer->name}, {"company", receiver.self().name}});
    return supplier;
  }
  store::Company made;
  made.sandboxOf = receiver.self().sandboxOf;  // a sandbox's suppliers are of the sandbox
  for (const auto& identifier : file.supplier->identifiers) {
    TRY(const auto known, knownSupplier(tx, made.sandboxOf, identifier.text()));
    if (known) supplier.company = known->id;
    if (known && known->isCustomer && known->id != upload.vouched)
      supplier.refused = problem(ProblemKind::conflict, "sender-is-customer", {{"name", known->name}});
    if (known) return supplier;
    made.identifiers.push_back(identifier.text());
  }
  made.identifier = made.identifiers.front();
  made.name = file.supplier->name;
  made.isCustomer = false;
  made.createdAt = now;
  TRY(supplier.company, store::createCompany(tx, made));
  return supplier;
}

Result<Problem> duplicateOf(store::Transaction& tx, DocumentId earlier) {
  TRY(const auto row, store::findDocument(tx, store::Viewer::system(), earlier));
  return problem(ProblemKind::conflict, "duplicate-document",
                 {{"documentId", earlier.text()},
                  {"number", row.entry.number},
                  {"date", dateInStockholm(row.entry.receivedAt).text()}});
}

store::ReceivedFact receivedFact(const Upload& upload, CompanyId sender, const Prepared& file) {
  store::ReceivedFact fact;
  fact.sender = sender;
  fact.door = upload.door;
  fact.fileName = file.fileName;
  fact.mediaType = upload.mediaType;
  fact.digest = file.digest;
  fact.size = file.size;
  fact.channel = upload.channel;
  return fact;
}

// Keeps one file; a Problem within is the file's own.
Result<AcceptedDocument> keepFile(store::Transaction& tx, const Upload& upload, const Prepared& file,
                                  Instant now) {
  AcceptedDocument accepted;
  accepted.fileName = file.fileName;
  accepted.problem = file.problem;
  if (accepted.problem) return accepted;
  auto sender = upload.sender;
  if (file.supplier) {
    TRY(const auto supplier, supplierOf(tx, upload, file, now));
    accepted.problem = supplier.refused;
    if (accepted.problem) return accepted;
    sender = supplier.company;
  }
  TRY(const auto earlier, store::claimKey(tx, sender, "bytes", hex(view(file.digest)), file.id));
  if (earlier && *earlier != file.id) {
    TRY(accepted.problem, duplicateOf(tx, *earlier));
    return accepted;
  }
  accepted.id = file.id;
  CHECK_OK(store::putBlob(tx, file.digest, file.compressed, file.size));
  CHECK_OK(store::append(tx, file.id, 0,
                         {{store::EventType::received, upload.actor, receivedFact(upload, sender, file)}},
                         {advanceJob(file.id, sender, now)}));
  return accepted;
}

// True when this key has been answered before, or belongs to another request: nothing is to be kept.
Result<bool> isAnswered(store::Transaction& tx, const Idempotency& idempotency, Kept& kept) {
  TRY(kept.accepted.replay, store::storedReply(tx, idempotency.scope, idempotency.key));
  if (!kept.accepted.replay) return false;
  if (kept.accepted.replay->requestDigest != idempotency.requestDigest)
    kept.refused = problem(ProblemKind::conflict, "idempotency-key-reused");
  return true;
}

}  // namespace

Result<PreparedUpload> prepare(const Tools& tools, const Limits& limits, const Upload& upload) {
  if (upload.bytes.empty()) return fail(problem(ProblemKind::invalid, "document-empty"));
  TRY(const auto unpacked, unpack(upload.bytes, limits));
  PreparedUpload prepared{&upload, unpacked.archive, {}};
  for (const auto& file : unpacked.files)
    prepared.files.push_back(prepareFile(tools, file.name, file.bytes, upload.inbound));
  if (!unpacked.archive)
    prepared.files.push_back(prepareFile(tools, upload.fileName, upload.bytes, upload.inbound));
  return prepared;
}

Result<Kept> keep(store::Transaction& tx, const PreparedUpload& prepared, Instant now) {
  const auto& upload = *prepared.upload;
  Kept kept;
  kept.accepted.archive = prepared.archive;
  if (upload.idempotency) {
    TRY(const bool answered, isAnswered(tx, *upload.idempotency, kept));
    if (answered) return kept;
  }
  for (const auto& file : prepared.files) {
    TRY(auto document, keepFile(tx, upload, file, now));
    if (document.problem && !prepared.archive) {
      kept.refused = std::move(document.problem);
      return kept;
    }
    kept.accepted.documents.push_back(std::move(document));
  }
  if (upload.idempotency) {
    const auto reply = upload.idempotency->reply(kept.accepted);
    CHECK_OK(store::storeReply(tx, upload.idempotency->scope, upload.idempotency->key, reply,
                               now.plusSeconds(upload.idempotency->keptSeconds)));
  }
  return kept;
}

}  // namespace postgang::flow
