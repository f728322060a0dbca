// What a list of partners asks for, as conditions on partners p.
#pragma once

#include "store/partners.h"
#include "store/sql/entry_filter.h"

namespace postgang::store::sql {

// " WHERE p.owner = …": everything but the standing.
void addAsked(Statement& statement, CompanyId owner, const PartnerQuery& query);
// " AND …" of what is folded.
void addStandings(Statement& statement, const PartnerQuery& query, Instant now);
// The standing's name, by what is folded.
std::string standingClause(std::string_view now, std::string_view newSince);

}  // namespace postgang::store::sql
