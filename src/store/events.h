// Events: the append-only truth about a document, hash-chained. Every row the portal lists (documents,
// entries, deliveries, partners' counts, statistics, search, feed) is a projection of them, made in the same
// commit by append(), and can be recreated by rebuild().
//
// Canonical bytes of an event: see sql/chain.h. hash = SHA-256(previous hash, header bytes,
// SHA-256(payload)): the payload is hashed through its digest, so that personal data can be erased and the
// chain still proves itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/decimal.h"
#include "base/id.h"
#include "base/time.h"
#include "document/business_document.h"
#include "document/status.h"
#include "store/jobs.h"
#include "store/viewer.h"

namespace postgang::store {

using document::DeliveryStatus;
using document::EventType;
using document::Status;

// --- What the events carry (one struct per EventType that carries something)
// ----------------------------------------

// One business term that a correction changed.
struct ChangeFact {
  std::string term;                   // "BT-13"
  std::string place;                  // "BG-25[2]"; empty in the document itself
  std::optional<std::string> before;  // absent: it is new
  std::optional<std::string> after;   // absent: it is gone
};

struct ReceivedFact {
  CompanyId sender;      // the customer that handed it over
  std::string door;      // "portal", "api", "command-line", "demo"; later folder, sftp, email, peppol
  std::string fileName;  // as the sender called it; shown, never used as a path
  std::string mediaType;
  Digest digest{};  // of the original bytes
  std::int64_t size = 0;
  std::optional<DocumentId> supersedes;   // a correction: the earlier version
  std::optional<Digest> predecessorHead;  // and the head of its hash chain; filled in by append()
  std::vector<ChangeFact> changes;        // and what was changed, why, and by whose rule
  std::string reason;
  std::string
      channel;  // that the sender has asked for; empty: the counterpart's own order, else the cheapest
};

struct PartyFact {
  std::string identifier;  // "0007:5599900122"; empty when there is none
  std::string name;
  std::string customerNumber;  // private persons and others known by number
  bool person = false;
  std::string email;
};

struct RecognisedFact {
  std::string format;  // "UBL 2.1 Invoice"
  document::Kind kind = document::Kind::invoice;
  std::string number;
  std::optional<Date> issueDate, dueDate;
  std::optional<Decimal> amount;
  std::string currency;
  PartyFact seller, buyer;
  std::string orderReference, buyerReference, paymentReference, customerNumber;
  std::vector<std::string> precedingNumbers;
  // Where it asks to be paid: "bankgiro:54029681", "plusgiro:…", "iban:SE35…".
  std::vector<std::string> accounts = {};
  std::string searchText;  // every header value that search finds, blanks between; folded by the store
  // The key of its number (documents.h, claimKey) that it took; absent when it was stopped before or another
  // document has it.
  std::optional<CompanyId> keyOwner;
  std::string key;
};

struct FindingFact {
  std::string id;        // stable: "readable-xml", "number-missing", "BR-CO-10"
  std::string severity;  // "error", "warning"
  std::string term;      // "BT-1"; empty when it is about the file
  std::string place;     // "line 12, column 7" or a location path
  std::string value;     // what was found, shortened to 200 code points
  std::string detail;    // English; screens show texts finding.<id>
  std::string advice;
  std::map<std::string, std::string> parameters;
};

// Of a receiver's own filter: "demand-<cause>".
inline bool isDemand(const FindingFact& finding) {
  return finding.id.starts_with("demand-");
}

struct StoppedFact {  // stopped, held, warned
  std::vector<FindingFact> findings;
  std::optional<DocumentId> repeats;  // a duplicate: of which document
  std::optional<CompanyId> receiver;  // by this receiver's filters (makes its entry); absent: by what every
                                      // document must meet
};

struct PlanStep {
  std::string channel;  // "network", …
  bool reachable = false;
  std::optional<Decimal> price;
  std::string currency;
  std::string
      reason;  // code of texts event.routed.reason.<code>: "receiver-is-customer", "receiver-unknown", …
};

// What a register said when the road was chosen.
struct RegisterFact {
  std::string name;    // "customers", "peppol" …
  std::string answer;  // what it said, short: the name found, or "unknown"
  Instant askedAt;
};

struct RoutedFact {
  std::vector<PlanStep> plan;         // in the order they will be tried
  std::optional<CompanyId> receiver;  // when the receiver is a customer too
  std::vector<RegisterFact> registers;
  std::string by;     // what put the first one first: "sender", "counterpart", "price", "speed", "order"
  bool asks = false;  // where a channel has failed the sender chooses the next one
};

// One thing that a Smartmail's recipient is to open.
struct PartFact {
  std::string name;     // file name of an attachment; empty: the document itself
  bool exempt = false;  // the sender does not ask that it is opened
};

inline constexpr std::size_t wire_bytes_max = 8 * 1024;

struct RecipientFact {
  std::string address;
  std::optional<Digest> sentDigest;  // blob of the message to it
};

struct DeliveryFact {  // delivery_started, sent, delivered, bounced, delivery_*, printed, posted,
                       // wrong_recipient, not_fetched
  DeliveryId delivery;
  std::string channel;
  int attempt = 1;
  std::string address;   // where to: "0007:…", an e-mail address
  std::string evidence;  // what proves it: "inbox", "dsn", "receipt", "2xx"; empty for delivery_started
  std::string detail;    // short, English; evidence text, error line
  std::optional<Digest> sentDigest;  // blob of what left byte for byte
  std::optional<Decimal> price;
  std::string currency;
  std::optional<CompanyId> receiver;  // network: in whose inbox it lies (makes the receiver's entry)
  // E-mail: when it goes to paper unless opened (absent: never). Paper, while queued: when its batch leaves.
  std::optional<Instant> deadline;
  std::vector<RecipientFact> recipients;  // e-mail: the addresses that took it
  std::vector<PartFact> parts;            // e-mail: what they are to open
  std::string batch;                      // paper: which
  std::optional<int> sheets;              // of the letter; e-mail: of the letter that it becomes
  std::optional<Decimal> letterPrice;     // e-mail: what that letter costs
  std::string wire;  // what was said: the SMTP dialogue, the manifest's part, a receipt; wire_bytes_max of it
  std::string reference =
      {};  // what the other side knows it by: the envelope's instance identifier, a file's name
};

struct AnswerFact {                    // answered: what the receiver's system says about the document
  std::string code;                    // UNCL 4343: "AB", "IP", "UQ", "CA", "PD"
  std::string words;                   // the receiver's own
  std::vector<std::string> reasons;    // codes of OPStatusReason and OPStatusAction: "REF", "PIN"
  std::optional<Date> since;           // when the status took effect
  std::string reference;               // the answer's own id
  std::optional<Digest> message = {};  // blob of what came
};

// About a Smartmail after it was sent: part_opened, page_fetched, deadline_moved, reminded,
// recipient_bounced, asked, einvoice_wanted.
struct SmartmailFact {
  DeliveryId delivery;
  std::string recipient;               // e-mail address; empty where it is about all of them
  std::string part;                    // part_opened: PartFact::name
  std::optional<Instant> deadline;     // deadline_moved: absent is none any longer
  std::string detail;                  // the server's words, the question, why the deadline was moved
  std::optional<Digest> message = {};  // asked by mail: blob of what came
};

struct AccessFact {                         // opened, fetched
  CompanyId company;                        // on whose behalf; nil when a Smartmail's recipient opened it
  std::string what;                         // "copy", "original", "pdf", "page"
  std::optional<DeliveryId> delivery = {};  // the Smartmail that led there …
  std::string recipient = {};               // … and to whom it was sent
};

struct FailedFact {
  std::string code;  // "no-channel", …: texts problem.<code>
  std::string detail;
  std::string advice;
  std::map<std::string, std::string> parameters;
};

struct NoticeFact {     // notice_*
  std::string notice;   // its id
  std::string way;      // "portal", "email"; empty when nobody could be told
  std::string address;  // e-mail address, or the company's name for the portal
  std::string detail;   // what the mail server said; why nobody could be told
  int documents = 1;    // how many stops the notice told of
  bool reminder = false;
};

struct NoteFact {  // checked, returned, accepted, rejected, superseded, cancelled
  std::string reason;
};

using Fact = std::variant<NoteFact, ReceivedFact, RecognisedFact, StoppedFact, RoutedFact, DeliveryFact,
                          AccessFact, FailedFact, NoticeFact, SmartmailFact, AnswerFact>;

struct NewEvent {
  EventType type{};
  Actor actor;
  Fact fact;
};

struct Event {
  std::int64_t sequence = 0;  // 1, 2, 3 … in its document
  EventType type{};
  Instant at;
  Actor actor;
  Fact fact;
  Digest hash{};
};

// Appends and projects, in this transaction; what came to nothing (stopped, returned, failed, cancelled)
// gives its unique keys back. expectedSequence is the last one the caller has seen (0: a new document, whose
// first event is `received`). Code "stale-sequence" (conflict): somebody was first; read, fold, decide again.
Outcome append(Transaction& tx, DocumentId document, std::int64_t expectedSequence,
               const std::vector<NewEvent>& events, const std::vector<NewJob>& jobs);

// The last sequence; 0 when there is no such document.
Result<std::int64_t> lastSequence(Reader& reader, DocumentId document);

// The timeline; not_found when the viewer may not see the document. A receiver sees from `delivered` to it,
// or from its own filter's stop, on, plus what is about it; the sender sees everything but the receiver's
// inner matters.
Result<std::vector<Event>> eventsOf(Reader& reader, const Viewer& viewer, DocumentId document);

}  // namespace postgang::store
