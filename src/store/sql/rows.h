// The rows of one document in memory: what append() loads, folds events into and writes back, and what
// rebuild and verify recreate from events alone.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/documents.h"
#include "store/sql/connection.h"
#include "store/sql/pending.h"

namespace postgang::store::sql {

// Stands for "none" in sort columns: before every real value.
constexpr std::int64_t missing_key = std::numeric_limits<std::int64_t>::min();

struct Rows;

// What indexes hold is cut, since PostgreSQL refuses to index long values and documents may carry any.
constexpr std::size_t indexed_code_points_max = 200;
std::string indexed(std::string_view text);
std::string sortedName(std::string_view name);  // in Swedish order

// What statistics count of it beside its status.
struct Counted {
  std::optional<Instant> deliveredAt, openedAt;  // the first time
  bool wasStopped = false;                       // or held, at any time
  // Of the sender's side alone: its letters' sheets, and what its deliveries cost by currency, hundredths.
  std::int64_t sheets = 0;
  std::vector<std::pair<std::string, std::int64_t>> costs;
  friend bool operator==(const Counted&, const Counted&) = default;
};
std::string encodedCosts(const Counted& counted);  // "1250 SEK 90 EUR"
std::vector<std::pair<std::string, std::int64_t>> decodedCosts(std::string_view text);
Counted readCounted(Columns& c);   // the last five columns of load_start's entries
void countDeliveries(Rows& rows);  // sheets and costs, when the deliveries are loaded

struct EntryView {  // one party's row in entries
  std::int64_t id = 0;
  CompanyId company;
  Direction direction{};
  Status status{};
  std::string channel;
  Instant receivedAt;
  EventType lastEvent{};
  Instant lastEventAt;
  std::string lastEventDetail;
  Counted counted = {};
};

// What lists of Smartmail and letters go by; nothing of it for other channels.
struct Listed {
  std::optional<CompanyId> sender;
  std::string state;
  std::optional<std::int64_t> sentAt, deadline, letterPrice;
};
constexpr std::int64_t never_key = std::numeric_limits<std::int64_t>::max();  // of a deadline

struct DeliveryView : Delivery {
  std::optional<CompanyId> receiver;
  bool changed = false;
  std::optional<Listed> kept;  // as it stands in the row; absent: not read from one
};
Listed listedOf(const Delivery& delivery, CompanyId sender);

struct Rows {
  DocumentId id;
  ReceivedFact received;
  RecognisedFact recognised;  // without searchText and precedingNumbers
  std::optional<DocumentId> root;
  int version = 1;
  std::int64_t lastSequence = 0;
  Digest head{};
  Instant lastAt;
  EntryView sent;
  std::optional<EntryView> inbox;  // the receiver's, once it lay there
  std::vector<DeliveryView> deliveries;
  std::vector<FindingFact> findings;

  bool factsChanged = false;
  bool hadStop = false;  // before these events; read where they ask for it
  bool findingsChanged = false;
  std::optional<std::string> searchText;  // in search form, when an event has brought it
};

std::string counterpartKey(const PartyFact& party);  // identifier, "customer:<number>", or nothing
// The other party where that is a company here: the receiver once it has an entry. 0: none.
CompanyId counterpartCompany(const Rows& rows, const EntryView& entry);
std::int64_t dueKey(const Rows& rows);
std::int64_t amountKey(const Rows& rows);
std::int64_t amountKey(const Decimal& amount);
std::int64_t amountOfKey(std::int64_t key);  // hundredths; 0 where there is none, or none that fits
std::int64_t dayNumber(Date date);           // 20261123
std::optional<Date> dayOfNumber(std::int64_t number);
Cell cellOf(const Rows& rows, const EntryView& entry);
CellDelta countOf(const Rows& rows, const EntryView& entry);  // without the costs

// The document's rows, locked for this transaction when `toChange`; deliveries only when asked for.
Result<std::optional<Rows>> loadRows(Connection& connection, DocumentId id, bool toChange,
                                     bool withDeliveries);
Outcome loadDeliveries(Connection& connection, Rows& rows);
Outcome loadFindings(Connection& connection, Rows& rows);
// A new document takes its entry's number here. Code "stale-sequence": another transaction has made it.
Outcome insertRows(Connection& connection, Rows& rows);
Outcome updateRows(Connection& connection, const Rows& rows);
Outcome updateLinks(Connection& connection, const Rows& rows);
Outcome insertEntry(Connection& connection, const Rows& rows, EntryView& entry);
Outcome updateEntry(Connection& connection, const Rows& rows, const EntryView& entry);
Outcome writeDeliveries(Connection& connection, const Rows& rows);
Outcome writeFindings(Connection& connection, const Rows& rows);

// The same in lines, for verify to hold against each other. Numbers of entries are left out.
std::vector<std::string> described(const Rows& rows);

void readDocument(Columns& c, Rows& rows);  // the columns of documents, in the order of load_start

}  // namespace postgang::store::sql
