// Rows of partners, as the statements that list, merge and check them share them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/partners.h"
#include "store/sql/connection.h"
#include "store/sql/partner_pending.h"

namespace postgang::store::sql {

// Its name in Swedish order is what lists sort by beside the column of the order.
struct PartnerRow {
  Partner partner;
  std::string sortedName;
  std::string mergedInto;
};
// "SELECT … FROM partners p ", to be read by readPartner().
extern const std::string partner_columns;
PartnerRow readPartner(const Row& row);

Standing standingOf(const Partner& partner, Instant now);

struct ReachRow {
  std::string name;
  std::vector<Reached> reach;
  Instant at;
  std::string taken, einvoice;
};
Result<std::optional<ReachRow>> reachRow(Connection& connection, const PartnerKey& key);
// `taken`: by a document; absent: registers were asked in the background.
Outcome writeReach(Connection& connection, const PartnerKey& key, const ReachRow& before,
                   std::span<const PlanStep> plan, Instant at, std::optional<std::string_view> taken);

// Other rows of the partner: its aliases.
Result<std::vector<std::string>> aliasesOf(Connection& connection, CompanyId owner,
                                           std::string_view identifier);

}  // namespace postgang::store::sql
