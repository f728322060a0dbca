// A lead as its row, for the files that read it.
#pragma once

#include <string_view>

#include "store/leads.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

inline constexpr std::string_view lead_columns =
    "id, name, company, email, phone, message, language, source, consent, consented_at, state, lost_reason, "
    "assigned_to, remind_on, customer, times, created_at, last_at, state_at";
Lead readLead(const Row& row);

}  // namespace postgang::store::sql
