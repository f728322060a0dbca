// Documents as rows: one per document, one entry per party that is a customer, deliveries, versions,
// findings. All are projections of events (events.h); nothing here writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/events.h"

namespace postgang::store {

enum class Direction { sent, received };
std::string_view name(Direction direction);

// One party's view of a document. `status` is as that party sees it.
struct Entry {
  DocumentId document;
  CompanyId company;  // whose view this is
  Direction direction{};
  Status status{};
  document::Kind kind{};
  std::string number;
  PartyFact sender, receiver;
  std::string counterpartName;  // receiver's for sent, sender's for received
  std::optional<Date> issueDate, dueDate;
  std::optional<Decimal> amount;
  std::string currency;
  std::string channel;  // empty until one is chosen
  Instant receivedAt;   // sent: when we got it; received: when it lay in the inbox
  EventType lastEvent{};
  Instant lastEventAt;
  std::string lastEventDetail;  // short code or value: finding id, evidence, failure code
};

struct DocumentRow {
  Entry entry;  // as the viewer's company sees it
  DocumentId root;
  std::optional<DocumentId> supersedes, supersededBy;
  int version = 1;
  std::string format;  // empty when not recognised
  std::string door, fileName, mediaType;
  Digest digest{};
  std::int64_t size = 0;
  std::string orderReference, buyerReference, paymentReference, customerNumber;
  std::int64_t lastSequence = 0;
};

struct Attempt {
  int number = 0;
  Instant startedAt;
  std::optional<Instant> endedAt;
  std::string result;  // event name: "delivered", "sent", "delivery-failed" …
  std::string detail;
};

// What is known of a delivery by e-mail or on paper beside its status.
struct RecipientState {
  std::string address;
  std::string bounced;  // the server's words; empty: it did not bounce
  std::optional<Instant> openedAt;
};
struct PartState {
  std::string name;  // empty: the document itself
  bool exempt = false;
  std::optional<Instant> openedAt;
};
struct Road {
  std::optional<Instant> sentAt;
  std::optional<Instant> deadline;   // DeliveryFact::deadline as it stands now
  std::optional<Instant> expiredAt;  // the deadline passed: it went to paper
  std::optional<Instant> openedAt;   // all that counts
  std::optional<Instant> printedAt, postedAt;
  std::optional<Instant> notFetchedAt =
      {};  // handed over to the receiver's system, which did not take it in time
  std::vector<RecipientState> recipients;
  std::vector<PartState> parts;
  int reminders = 0;
  std::string batch;
  std::optional<int> sheets;
  std::optional<Decimal> letterPrice;
};

struct Delivery {
  DeliveryId id;
  std::string channel;
  DeliveryStatus status{};
  std::string address, evidence;
  std::optional<Decimal> price;
  std::string currency;
  std::optional<Digest> sentDigest;
  std::vector<Attempt> attempts;
  Road road;
};

// Where a Smartmail or a letter stands, as lists count it: "waiting", "opened", "bounced", "posted" (not
// opened in time), "failed"; of a letter "queued", "sending", "sent", "printed", "posted", "returned",
// "recalled", "failed"; into the receiver's system "sending", "waiting" (not taken or confirmed yet),
// "overdue" (nor in time), "sent" (mailed: nobody confirms), "taken", "failed", and of the inbox "waiting"
// and "overdue" alone; at an internet bank the delivery's status, or "recalled". Empty for other channels.
std::string_view roadState(const Delivery& delivery);

enum class Sort { received_at, due_date, amount };

struct EntryQuery {
  std::string text;    // the search box: number, names, references, OCR, amount …; empty: all
  std::string number;  // exactly
  std::optional<Direction> direction;
  std::vector<Status> statuses;
  std::vector<std::string> channels;
  std::vector<document::Kind> kinds;
  std::string counterpartIdentifier;
  std::optional<Date> from, to;  // of receivedAt, in Stockholm, both included
  std::optional<Date> dueFrom, dueTo;
  std::optional<Decimal> amountFrom, amountTo;
  Sort sort = Sort::received_at;
  bool ascending = false;
  int limit = 50;      // 1..200
  std::string cursor;  // opaque; code "cursor-malformed"
};

struct EntryPage {
  std::vector<Entry> items;
  std::optional<std::string> nextCursor, previousCursor;
};

struct Facets {
  struct Count {
    std::string value;
    std::int64_t documents = 0;
  };
  struct Sum {
    std::string currency;
    Decimal amount;
  };
  std::vector<Count> status, channel, kind, direction;
  std::int64_t documents = 0;
  std::vector<Sum> amounts;
  bool partial = false;  // text search: counted within the newest 10,000 hits
};

Result<EntryPage> listEntries(Reader& reader, const Viewer& viewer, const EntryQuery& query);
Result<Facets> facets(Reader& reader, const Viewer& viewer, const EntryQuery& query);
// not_found when absent or not the viewer's: both answer alike. A viewer of both parties gets the sender's
// entry unless `as` says otherwise.
Result<DocumentRow> findDocument(Reader& reader, const Viewer& viewer, DocumentId id,
                                 std::optional<CompanyId> as = {});
// Whose document it is: its sender, and its receiver once that has an entry. Code not_found.
struct Sides {
  CompanyId sender;
  std::optional<CompanyId> receiver;
};
Result<Sides> sidesOf(Reader& reader, DocumentId id);
Result<std::vector<Delivery>> deliveriesOf(Reader& reader, const Viewer& viewer, DocumentId id);
// A receiver sees the findings of its own filters alone.
Result<std::vector<FindingFact>> findingsOf(Reader& reader, const Viewer& viewer, DocumentId id);
Result<std::vector<DocumentRow>> versionsOf(Reader& reader, const Viewer& viewer, DocumentId id);

// Unique over time, in tables of their own. claimKey answers the document that has the key already, or
// nullopt and takes it. Kinds: "bytes" (digest of the file), "number" (seller, kind, number, year). A
// document that comes to nothing (stopped, returned, failed, cancelled) gives its keys back with that event,
// in `append`: the same may come again.
Result<std::optional<DocumentId>> claimKey(Transaction& tx, CompanyId company, std::string_view kind,
                                           std::string_view key, DocumentId document);
// Gives a key that another document holds to this one: a later version takes over from an earlier.
Outcome moveKey(Transaction& tx, CompanyId company, std::string_view kind, std::string_view key,
                DocumentId document);

}  // namespace postgang::store
