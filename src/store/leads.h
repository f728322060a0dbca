// Leads: people who want to know more and have left a number or an address. They are the operator's, and seen
// by its staff alone: whoever does not see every company finds none. What was said and done about one is in
// its notes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/operator.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

using LeadId = Id<struct LeadNoun>;

enum class LeadState { arrived, contacted, meeting, customer, lost };
inline constexpr std::initializer_list<LeadState> lead_states = {
    LeadState::arrived, LeadState::contacted, LeadState::meeting, LeadState::customer, LeadState::lost};
std::string_view name(LeadState state);  // "new", "contacted", "meeting", "customer", "lost"
std::optional<LeadState> leadStateFromName(std::string_view name);

struct Lead {
  LeadId id;
  std::string name, company = {};  // as written; the company may be empty
  std::string email = {};          // lower case; one of the two is there
  std::string phone = {};          // E.164
  std::string message = {};        // of the first time; later ones are notes
  std::string language = "sv";     // of the page that it was written on
  std::string source = {};         // that page: "/welcome"
  std::string consent = {};        // which text was agreed to, and when; empty: written without one
  std::optional<Instant> consentedAt = {};
  LeadState state = LeadState::arrived;
  std::string lostReason = {};
  std::optional<UserId> assignedTo = {};
  std::optional<Date> remindOn = {};
  std::optional<CompanyId> customer = {};  // what it became
  std::int64_t times = 1;                  // how often it has been heard of
  Instant createdAt, lastAt, stateAt;      // lastAt: heard of last; stateAt: in this state since
};

struct LeadNote {
  std::int64_t number = 0;  // 1, 2 …; given by the store
  Instant at;
  std::string kind;     // "note", "again" (it wrote once more), "state", "assigned", "reminder", "customer"
  std::string by = {};  // whose name; empty: the lead's own
  std::string text = {};
};
inline constexpr std::int64_t lead_notes_max = 500;  // of one; further ones of its own are not kept

// One of the same address, or of the same number where not both have an address, is the same lead: the older
// one hears of it, as a note, and one that was lost is new again.
struct HeardLead {
  LeadId id;
  bool again = false;
};
Result<HeardLead> hearLead(Transaction& tx, const Lead& lead);

Result<std::optional<Lead>> lead(Reader& reader, const Viewer& viewer, LeadId id);
Result<std::optional<Lead>> leadToChange(Transaction& tx, const Viewer& viewer, LeadId id);  // alone with it
Outcome updateLead(Transaction& tx, const Lead& lead);  // all but id, message, consent and the first times
Outcome addLeadNote(Transaction& tx, LeadId id, const LeadNote& note);
Result<std::vector<LeadNote>> leadNotes(Reader& reader, const Viewer& viewer, LeadId id);  // the newest first
Result<bool> eraseLead(Transaction& tx, LeadId id);  // with its notes, and what was
                                                     // told of it; whether it was there

struct LeadQuery {
  std::vector<LeadState> states = {};  // empty: all
  std::string text = {};               // in name, company, address, number and message
  std::optional<UserId> assignedTo = {};
  int limit = 50;           // 1..1000
  std::string cursor = {};  // opaque; code "cursor-malformed"
};
struct LeadPage {
  std::vector<Lead> items;  // heard of last first
  std::optional<std::string> nextCursor;
};
Result<LeadPage> listLeads(Reader& reader, const Viewer& viewer, const LeadQuery& query);
// Of all that the query finds whatever its states say; every state is there.
Result<std::map<LeadState, std::int64_t>> countLeads(Reader& reader, const Viewer& viewer,
                                                     const LeadQuery& query);

// How many months a lost lead is kept, 24 where nothing was set; 1..120 (code lead-months-invalid).
inline constexpr int lead_months_usual = 24, lead_months_max = 120;
Result<int> leadMonthsKept(Reader& reader);
Outcome setLeadMonthsKept(Transaction& tx, int months);
// Lost ones that have been so for those months go, at most `limit` of them; how many.
Result<std::int64_t> eraseLostLeads(Transaction& tx, Instant now, int limit);

// Whether this address has had no confirmation that day; from now on it has.
Result<bool> isFirstLeadMail(Transaction& tx, std::string_view email, Date day);

}  // namespace postgang::store
