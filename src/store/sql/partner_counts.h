// What is counted of partners, in cells: worked out of a document's rows as they were and as they are, of
// turns that its status takes, written before the commit, folded later. `partners` itself holds what lists
// sort and filter by; of a partner that has aliases, what all of them have had.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.h"
#include "store/sql/projection.h"
#include "store/sql/session.h"

namespace postgang::store::sql {

inline constexpr std::string_view opened_cells = "opened";  // as a direction

void addTo(PartnerCount& sum, const PartnerCount& count);
void addTo(PartnerAccountDelta& sum, const PartnerAccountDelta& delta);
// A row of partner_cells or its deltas: owner, identifier, direction, period, channel, currency and the
// counts.
void addTo(std::map<PartnerCell, PartnerCount>& cells, const Row& row);
// … its counts alone: documents, amount, firsts, faults, gone, stops.
PartnerCount readPartnerCount(Columns& c);
// Of instants that may be zero, which says none.
inline Instant earlier(Instant a, Instant b) {
  if (a.microseconds == 0 || b.microseconds == 0) return std::max(a, b);
  return std::min(a, b);
}

// Takes away what the entries counted as before and adds what they count as after; either may be null.
void countPartners(Pending& pending, const Rows* before, const Rows* after);

// A turn of an entry's status that is counted when it happens: first opened, first at fault.
struct Turn {
  Status before{};
  Instant at;
  bool hadStop = false;  // it was stopped before, and let through
};
void countTurn(Projection& projection, const EntryView& entry, const Turn& turn);

Outcome flushPartners(Connection& connection, const Pending& pending);  // part of flush()
// Whoever folds, merges or splits is alone with it until its commit, of however many nodes: each reads what
// it adds to, and would lose what another adds meanwhile. Before any partner's row is locked.
Outcome foldAlone(Connection& connection);
// Of each kind the oldest rows; whether some are left.
Result<bool> foldPartners(Transaction& tx, int rows_max);
Result<bool> foldAccounts(Transaction& tx, int rows_max);  // part of it
Outcome foldAccountsOf(Transaction& tx, CompanyId owner, const std::vector<std::string>& identifiers);
// Before `gone` is merged into `kept`: news of each payment identifier that it brings along, where nobody has
// confirmed it and the kept one has others.
Outcome tellOfBroughtAccounts(Transaction& tx, CompanyId owner, std::string_view kept, std::string_view gone);
// How many payment identifiers of the partner nobody has confirmed, into its row.
Outcome recountAccounts(Connection& connection, CompanyId owner, std::string_view identifier);

// The partner that this one is an alias of, or itself.
Result<std::string> keptPartner(Connection& connection, CompanyId owner, std::string_view identifier);
// From its cells and its aliases', all of which it folds: counts, what lists sort by. Its activity is that of
// the documents that there are.
Outcome recountPartner(Connection& connection, CompanyId owner, std::string_view identifier);
// Everything that waits for these, as of one moment: before a partner is counted anew.
Outcome foldAllOf(Connection& connection, CompanyId owner, std::span<const std::string> identifiers);

// What the schema's step does with the documents that there are.
Outcome countPartnersAgain(Connection& connection);

// What is kept otherwise than the documents count that there are; empty when nothing is.
Result<std::vector<std::string>> partnerFaults(Connection& connection, const Pending& counted);

// The cells of an erased document are taken away from.
void negate(Pending& pending);

}  // namespace postgang::store::sql
