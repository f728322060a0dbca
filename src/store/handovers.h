// Hand-over into a receiver's own system (överlämning): how each company wants it, what waits for it, and
// test documents. Deliveries themselves are documents.h's, folded from events; one that waits has the state
// "waiting", or "overdue" once `not_fetched` was written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

// --- How a company takes documents of one kind; channels/handover.h reads `settings`.
struct HandoverSetting {
  std::string kind;      // "default", "invoice", "credit-note", "other"
  std::string settings;  // JSON
  std::string secret;    // of its webhook, sealed (sealed_columns.h); empty: none
  std::int64_t version = 0;
  Instant changedAt;
  std::string changedBy;  // as the timeline names whoever did it
};
Result<std::vector<HandoverSetting>> handoverSettings(Reader& reader, CompanyId company);
// Takes the next version, and keeps it in the history too. Code handover-settings-changed (conflict):
// somebody else has changed them since `setting.version` (0: there were none).
Outcome setHandoverSetting(Transaction& tx, CompanyId company, const HandoverSetting& setting);
// The same with settings that say nothing: the default holds again.
Outcome removeHandoverSetting(Transaction& tx, CompanyId company, const HandoverSetting& setting);

// --- What waits for a company's system, the oldest first.
struct WaitingHandover {
  DocumentId document;
  DeliveryId delivery;
  std::string channel, evidence;
  int attempt = 1;
  DeliveryStatus status{};
  bool overdue = false;
  Instant sentAt;
  std::string number;
  document::Kind kind{};
  PartyFact sender;
  std::optional<Date> dueDate;
  std::optional<Decimal> amount;
  std::string currency, format, mediaType;
};
// Those behind `after`; at most `limit`.
Result<std::vector<WaitingHandover>> waitingHandovers(Reader& reader, CompanyId receiver,
                                                      std::optional<DeliveryId> after, int limit);

// What was not taken in time, as sender or as receiver: for «needs you» and the morning list.
struct OverdueHandovers {
  std::int64_t documents = 0;
  Instant oldest;
  std::vector<std::string> counterparts;  // names, at most three
  struct Document {
    std::string number, counterpart, currency;
    std::optional<Date> dueDate;
    std::optional<Decimal> amount;
  };
  std::vector<Document> shown;  // the oldest first, at most `limit`
};
Result<OverdueHandovers> overdueHandovers(Reader& reader, const Viewer& viewer, Direction direction,
                                          int limit);

// --- Test documents: handed over as real ones, and no documents.
using HandoverTestId = Id<struct HandoverTestNoun>;
struct HandoverTest {
  HandoverTestId id;
  CompanyId company;
  std::string kind;  // whose setting it went by
  std::string way;
  std::string number;
  std::string original;  // the file
  Instant startedAt;
  std::string state;  // "sending", "waiting", "sent", "delivered", "failed"
  std::string evidence, detail;
  std::optional<Instant> endedAt, fetchedAt;
};
Outcome createHandoverTest(Transaction& tx, const HandoverTest& test);
Outcome updateHandoverTest(Transaction& tx, const HandoverTest& test);  // state and what follows
// nullopt: no such test of this company.
Result<std::optional<HandoverTest>> handoverTest(Reader& reader, CompanyId company, HandoverTestId id);
// Newest first, without `original`.
Result<std::vector<HandoverTest>> handoverTests(Reader& reader, CompanyId company, int limit);
// Of the tests only the newest are kept.
Outcome forgetHandoverTests(Transaction& tx, CompanyId company, int keep);

}  // namespace postgang::store
