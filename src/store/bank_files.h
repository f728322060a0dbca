// Files that a bank hub was handed, and what it said of them. No projections: what is in them stands in the
// documents' events, and the bytes are blobs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "store/store.h"

namespace postgang::store {

struct BankFile {
  std::string id;                    // "B20261124-1015-003": unique, the file's name without its ending
  std::string kind;                  // "invoices", "agreement-answers"; "unread": one of theirs
  std::optional<CompanyId> company;  // whose invoices; absent: the operator's
  std::string hub;
  Instant madeAt;
  Digest digest{};  // of the bytes, a blob; zeros of what is unread
  std::int64_t records = 0;
  std::optional<Instant> handedOverAt;
  std::int64_t attempts = 0;
  std::string state;  // "waiting", "handed-over", "accepted", "refused"; "unread"
  std::optional<Instant> answeredAt;
  std::string reason;   // of a refusal: the hub's code and words
  std::string trouble;  // why it could not be handed over, or be read
};

Outcome createBankFile(Transaction& tx, const BankFile& file);  // code bank-file-known (internal)
Outcome updateBankFile(Transaction& tx, const BankFile& file);
Result<std::optional<BankFile>> bankFile(Reader& reader, std::string_view id);
// Newest first; of one company, or (absent) of all.
Result<std::vector<BankFile>> listBankFiles(Reader& reader, std::optional<CompanyId> company, int limit);

// Invoices that wait for the file of `until`, by sender and in the order that they came.
struct QueuedBankInvoice {
  DocumentId document;
  DeliveryId delivery;
  CompanyId sender;
};
Result<std::vector<QueuedBankInvoice>> queuedBankInvoices(Reader& reader, Instant until, int limit);

}  // namespace postgang::store
