// How a lead looks in JSON, and how what is written of one is read from there.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "api/guard.h"
#include "api/json_body.h"
#include "api/parts.h"
#include "store/leads.h"

namespace postgang::api {

struct LeadLimits {
  static constexpr std::size_t name_max = 120, company_max = 120, message_max = 2'000, note_max = 2'000;
  static constexpr std::size_t reason_max = 300, source_max = 100;
};
// Which text of consent the public page shows; kept with the lead that agreed to it.
inline constexpr std::string_view lead_consent_version = "2026-11";

using UserNames = std::map<UserId, std::string>;
boost::json::object leadShape(const store::Lead& lead, const UserNames& names,
                              const std::string& customerName);
boost::json::object leadNoteShape(const store::LeadNote& note);

// Name, company, phone, email: what stands in the body replaces what the lead has; null and "" take away.
// Codes field-invalid; phone-malformed, email-malformed; lead-without-contact (invalid): neither of the two
// is left.
Outcome applyLeadContact(const JsonBody& body, store::Lead& lead);

// For the operator's staff, acting for it. Code not-staff.
Outcome leadStaffOnly(const Call& call);
// Of the path. Code not-found.
Result<store::LeadId> leadIdIn(const Call& call);
Result<store::Lead> leadIn(store::Reader& reader, const Call& call);
Result<store::Lead> leadToChangeIn(store::Transaction& tx, const Call& call);
// The lead as GET /leads/{leadId} has it: with its notes.
Result<boost::json::object> leadDetail(store::Reader& reader, const Call& call, const store::Lead& lead);
// Who of the staff leads can be assigned to.
Result<UserNames> staffNames(store::Reader& reader);

Result<store::LeadQuery> leadQueryIn(const Call& call);

}  // namespace postgang::api
