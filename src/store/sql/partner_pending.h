// What appends leave to be written of partners: counts, payment identifiers, and by which channels they were
// reached. Part of Pending.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/events.h"

namespace postgang::store::sql {

struct PartnerKey {
  CompanyId owner;
  std::string identifier;
  friend auto operator<=>(const PartnerKey&, const PartnerKey&) = default;
};
struct PartnerDelta {
  std::string name, customerNumber, email;
  bool person = false;
  std::int64_t sent = 0, received = 0;
  Instant lastActivityAt;  // zero: a document was found to be somebody else's
  Instant firstActivityAt = {};
  bool countsAlone = false;  // says nothing of its name
};

// One cell of what is counted of a partner. By the identifier that documents name: an alias keeps its own, so
// that it can be taken apart from the partner again.
//
// Lead times to opened are cells too: of direction `opened`, whose period is the bucket (lead_time.h).
struct PartnerCell {
  CompanyId owner;
  std::string identifier;
  std::string direction;    // "sent", "received"; "opened"
  std::int64_t period = 0;  // month as a number: 202611; 0 of faults
  std::string channel, currency;
  friend auto operator<=>(const PartnerCell&, const PartnerCell&) = default;
};
struct PartnerCount {
  std::int64_t documents = 0;
  std::int64_t hundredths = 0;  // of what came to something; credit notes less than nothing
  std::int64_t firsts = 0;      // documents that correct no other
  std::int64_t faults = 0;      // of those: stopped, returned, rejected or superseded, once each
  std::int64_t gone = 0;        // sent and not failed, returned or bounced
  std::int64_t stops = 0;       // that are open
  bool isNothing() const { return *this == PartnerCount{}; }
  friend bool operator==(const PartnerCount&, const PartnerCount&) = default;
};

// A payment identifier of a supplier's invoices.
struct PartnerAccountKey {
  CompanyId owner;
  std::string identifier, account;
  friend auto operator<=>(const PartnerAccountKey&, const PartnerAccountKey&) = default;
};
struct PartnerAccountDelta {
  std::int64_t documents = 0;
  Instant firstAt, lastAt;  // zero: none was added
  DocumentId document;      // the first of them
};

// How the newest document to a partner was routed.
struct PartnerRoute {
  Instant at;
  std::vector<PlanStep> plan;
};

}  // namespace postgang::store::sql
