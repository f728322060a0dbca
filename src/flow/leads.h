// What follows when somebody wants to know more: the operator's staff are told, the person gets a mail that
// it came, and whoever looks after it is reminded on the day that was chosen. Nothing that was written is in
// that mail, and an address gets one a day at most: a form that anybody can fill in must not carry anybody's
// words to others.
//
// The mail has a link that takes everything back again. Its token is the lead's id, sealed: it is kept
// nowhere, and each mail's works as long as the lead is there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "flow/step.h"
#include "store/leads.h"

namespace postgang::flow {

// Keeps it, or joins it with the one that it is; in one commit with all that follows.
Outcome hearLead(store::Transaction& tx, const store::Lead& lead, bool mailIsOn);
// In a flood: it stands in the list, and nobody is told of it by news or mail.
Outcome hearLeadQuietly(store::Transaction& tx, const store::Lead& lead);

// On the day that stands in the lead, at eight; for whom it is assigned to, or all of the staff.
Outcome remindOfLeadLater(store::Transaction& tx, const store::Lead& lead);

std::string leadToken(const Vault& vault, store::LeadId id);
std::optional<store::LeadId> leadOfToken(const Vault& vault, std::string_view token);

// The night's: lost leads that have been kept long enough are erased.
store::NewJob leadErasureJob(Instant at);

Result<Decision> confirmLead(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> remindOfLead(const Tools& tools, store::Reader& reader, const store::Job& job);
Result<Decision> eraseLeads(const Tools& tools, store::Reader& reader, const store::Job& job);

}  // namespace postgang::flow
