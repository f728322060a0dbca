// Stops: one row per document that a filter stopped or held, kept after it is put right. A projection of
// events.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/documents.h"

namespace postgang::store {

struct Stop {
  DocumentId document;
  CompanyId sender;
  std::optional<CompanyId> receiver;  // by whose filter; absent: by what every document must meet
  Instant at;
  std::string cause;   // the first finding: "demand-missing", "number-missing" …
  std::string term;    // "BT-13"; empty when it is about the file
  std::string filter;  // of a receiver's filter: which …
  std::string demand;  // … and which of its demands
  bool held = false;   // waited for the receiver's decision, or still does
  std::optional<Instant> settledAt;
  std::string settledHow;  // "corrected", "released", "cancelled"; empty while it is open

  // Of the document, for lists.
  document::Kind kind{};
  std::string number;
  std::optional<Decimal> amount;
  std::string currency;
  std::optional<Date> dueDate;
  PartyFact seller, buyer;
};

struct StopQuery {
  Direction side = Direction::sent;  // the viewer's companies as senders, or as receivers
  std::optional<Instant> from, to;   // stopped at; `to` not included
  bool openOnly = false;
  bool settledOnly = false;
  int limit = 10'000;
};

// Newest first.
Result<std::vector<Stop>> listStops(Reader& reader, const Viewer& viewer, const StopQuery& query);
// not_found's likes are nullopt: never stopped, or not the viewer's.
Result<std::optional<Stop>> stopOf(Reader& reader, const Viewer& viewer, DocumentId document);

// Documents that lay before or with the viewer's companies, by sender's identifier, received from..to.
struct SenderCount {
  std::string identifier, name;
  std::int64_t documents = 0;
};
Result<std::vector<SenderCount>> documentsBySender(Reader& reader, const Viewer& viewer, Instant from,
                                                   Instant to, int limit);

}  // namespace postgang::store
