// Documents as rows: one per document, one entry per party that is a customer, deliveries, versions,
// findings. All are projections of events (events.h); nothing here writes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/events.h"

namespace postgang::store {

// One party's view of a document. `status` is as that party sees it.
struct Entry {
  DocumentId document;
  CompanyId company;  // whose view this is
  // The other party where that is a company here, too: known to the sender once it lies with the receiver.
  std::optional<CompanyId> counterpartCompany = {};
  bool internal = false;  // … and of the same group
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

// One more thing that entries must be, or with `no` must not be (insight/query_language.h says how people
// write it). Texts are looked for as the search box looks for them: folded, inside words, a short one at the
// beginning of a word; of a finding and a ticket the whole word.
struct EntryTerm {
  enum class Field {
    anything,
    number,
    counterpart,  // name, identifier or customer number
    customer_number,
    org_number,         // either party's
    reference,          // BT-10
    order,              // BT-13
    payment_reference,  // BT-83: OCR
    line,               // lines and notes
    attachment,         // file names
    finding,            // rule or demand
    ticket,
    company,  // whose entry it is: name or identifier
    status,   // one of `names`, as the four below it
    channel,
    kind,
    direction,
    range  // `range` alone
  };
  struct Range {  // of the column that sorts so; both ends included
    Sort of = Sort::received_at;
    std::optional<Date> from = {}, to = {};
    std::optional<Decimal> least = {}, most = {};
  };
  Field field = Field::anything;
  std::string text = {};
  std::vector<std::string> names = {};
  std::optional<Range> range = {};  // with `anything`: a text that says a range, too, meets either
  bool phrase = false;              // the words stand beside each other
  bool no = false;
};
constexpr std::size_t entry_terms_max = 20;

struct EntryQuery {
  std::string text;    // the search box: number, names, references, OCR, amount …; empty: all
  std::string number;  // exactly
  std::optional<Direction> direction;
  std::vector<Status> statuses;
  std::vector<std::string> channels;
  std::vector<document::Kind> kinds;
  std::string counterpartIdentifier;
  std::vector<std::string> counterpartAliases = {};  // others of the same partner (partner_doubles.h)
  std::optional<CompanyId> company = {};             // its entries alone
  std::optional<bool> internal = {};                 // between companies of one group, or not
  std::optional<Date> from, to;                      // of receivedAt, in Stockholm, both included
  std::optional<Date> dueFrom, dueTo;
  std::optional<Decimal> amountFrom, amountTo;
  std::vector<EntryTerm> terms = {};  // all of them
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
    std::string name = {};  // of a company and a counterpart
  };
  struct Sum {
    std::string currency;
    Decimal amount;
  };
  std::vector<Count> status, channel, kind, direction;
  std::vector<Count> company;      // by identifier
  std::vector<Count> counterpart;  // the twenty with most, by EntryQuery::counterpartIdentifier
  std::vector<Count> month;        // "2026-11", newest first
  std::int64_t documents = 0;
  std::vector<Sum> amounts;
  bool partial = false;              // counted within the newest facet_documents_max alone
  bool counterpartsPartial = false;  // … the counterparts at least
};
constexpr std::int64_t facet_documents_max = 5'000;
constexpr std::size_t facet_counterparts_max = 20;

// A document between two companies that the viewer both sees is there once, as its sender's, unless
// `direction` or `company` asks for one side: lists, `documents` and the counts alike. The counts by
// direction and by company count each side.
Result<EntryPage> listEntries(Reader& reader, const Viewer& viewer, const EntryQuery& query);
// Each facet is counted without its own filter (of `terms` none is a facet's own), so that its other values
// can be chosen. Counterparts stand in no cube: they are counted among the newest, and only when asked for.
Result<Facets> facets(Reader& reader, const Viewer& viewer, const EntryQuery& query,
                      bool withCounterparts = false);
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
