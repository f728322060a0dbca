#include "store/leads.h"

#include "base/bytes.h"
#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/lead_rows.h"
#include "store/sql/session.h"
#include "store/user_changes.h"

namespace postgang::store {
namespace {

constexpr std::size_t searched_points_max = 2'000;

// What is looked for in it: numbers as they are typed here and abroad, too ("070…" finds +4670…).
std::string searchTextOf(const Lead& lead) {
  constexpr std::string_view sweden = "+46";
  auto text = lead.name + " " + lead.company + " " + lead.email + " " + lead.phone;
  if (lead.phone.starts_with(sweden)) text += " 0" + lead.phone.substr(sweden.size());
  return truncated(folded(text + " " + lead.message), searched_points_max);
}

Result<std::optional<Lead>> leadOf(Reader& reader, std::string_view where,
                                   std::initializer_list<sql::Value> values) {
  std::optional<Lead> found;
  CHECK_OK(reader.connection().run(
      "SELECT " + std::string(sql::lead_columns) + " FROM leads WHERE " + std::string(where), values,
      [&](const sql::Row& row) { found = sql::readLead(row); }));
  return found;
}

// The one heard of last, should several have become one since.
Result<std::optional<Lead>> alreadyHeard(Reader& reader, const Lead& lead) {
  std::optional<Lead> found;
  const auto take = [&found](std::optional<Lead> other) {
    if (other && (!found || other->lastAt > found->lastAt)) found = std::move(other);
  };
  if (!lead.email.empty()) {
    TRY(auto same, leadOf(reader, "email = ?1 AND email <> '' ORDER BY last_at, id", {lead.email}));
    take(std::move(same));
  }
  if (!lead.phone.empty()) {
    // A switchboard's number is many people's: of two addresses they are two.
    TRY(auto same, leadOf(reader,
                          "phone = ?1 AND phone <> '' AND (email = '' OR email = ?2 OR ?2 = '') ORDER BY "
                          "last_at, id",
                          {lead.phone, lead.email}));
    take(std::move(same));
  }
  return found;
}

// What it says now: whatever is not as it was, then the message. Nothing that was known is overwritten, for
// anybody can write somebody else's address.
std::string saidAgain(const Lead& known, const Lead& now) {
  std::vector<std::string> details;
  const auto add = [&details](const std::string& before, const std::string& after) {
    if (!after.empty() && after != before) details.push_back(after);
  };
  add(known.name, now.name);
  add(known.company, now.company);
  add(known.email, now.email);
  add(known.phone, now.phone);
  auto text = joined(details, ", ");
  if (!text.empty() && !now.message.empty()) text += "\n";
  return text + now.message;
}

// Notes are numbered, and changes read before they are written: of two at once one waits.
Outcome lockLead(Transaction& tx, LeadId id) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run(
      "SELECT id FROM leads WHERE id = ?1" + std::string(sql::locked(connection.dialect(), " FOR UPDATE")),
      {id}));
  return {};
}

Outcome insertLead(Transaction& tx, const Lead& lead) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO leads (" + std::string(sql::lead_columns) +
          ", search) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, "
          "?18, "
          "?19, ?20)",
      {lead.id,          lead.name,       lead.company,    lead.email,    lead.phone,
       lead.message,     lead.language,   lead.source,     lead.consent,  lead.consentedAt,
       name(lead.state), lead.lostReason, lead.assignedTo, lead.remindOn, lead.customer,
       lead.times,       lead.createdAt,  lead.lastAt,     lead.stateAt,  searchTextOf(lead)}));
  return {};
}

}  // namespace

std::string_view name(LeadState state) {
  switch (state) {
    case LeadState::arrived:
      return "new";
    case LeadState::contacted:
      return "contacted";
    case LeadState::meeting:
      return "meeting";
    case LeadState::customer:
      return "customer";
    case LeadState::lost:
      return "lost";
  }
  return "new";
}

std::optional<LeadState> leadStateFromName(std::string_view text) {
  for (const auto state : lead_states)
    if (name(state) == text) return state;
  return std::nullopt;
}

Result<HeardLead> hearLead(Transaction& tx, const Lead& lead) {
  TRY(const auto operators, operatorCompany(tx));
  if (operators) CHECK_OK(lockCompany(tx, *operators));  // two at once are one lead all the same
  TRY(auto known, alreadyHeard(tx, lead));
  if (!known) {
    CHECK_OK(insertLead(tx, lead));
    return HeardLead{lead.id, false};
  }
  if (known->times < lead_notes_max)
    CHECK_OK(addLeadNote(tx, known->id, {0, lead.lastAt, "again", {}, saidAgain(*known, lead)}));
  ++known->times;
  known->lastAt = lead.lastAt;
  if (known->state == LeadState::lost) {
    known->state = LeadState::arrived;
    known->stateAt = lead.lastAt;
    known->lostReason.clear();
  }
  CHECK_OK(updateLead(tx, *known));
  return HeardLead{known->id, true};
}

Result<std::optional<Lead>> lead(Reader& reader, const Viewer& viewer, LeadId id) {
  if (!viewer.seesAll()) return std::optional<Lead>();
  return leadOf(reader, "id = ?1", {id});
}

Outcome updateLead(Transaction& tx, const Lead& lead) {
  CHECK_OK(tx.connection().run(
      "UPDATE leads SET name = ?2, company = ?3, email = ?4, phone = ?5, state = ?6, lost_reason = ?7, "
      "assigned_to = ?8, remind_on = ?9, customer = ?10, times = ?11, last_at = ?12, state_at = ?13, search "
      "= "
      "?14 WHERE id = ?1",
      {lead.id, lead.name, lead.company, lead.email, lead.phone, name(lead.state), lead.lostReason,
       lead.assignedTo, lead.remindOn, lead.customer, lead.times, lead.lastAt, lead.stateAt,
       searchTextOf(lead)}));
  return {};
}

Result<std::optional<Lead>> leadToChange(Transaction& tx, const Viewer& viewer, LeadId id) {
  CHECK_OK(lockLead(tx, id));
  return lead(tx, viewer, id);
}

Outcome addLeadNote(Transaction& tx, LeadId id, const LeadNote& note) {
  CHECK_OK(lockLead(tx, id));
  std::int64_t number = 1;
  CHECK_OK(tx.connection().run("SELECT number FROM lead_notes WHERE lead = ?1 ORDER BY number DESC LIMIT 1",
                               {id}, [&](const sql::Row& row) { number = row.number(0) + 1; }));
  CHECK_OK(tx.connection().run(
      "INSERT INTO lead_notes (lead, number, at, kind, by_name, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
      {id, number, note.at, note.kind, note.by, note.text}));
  return {};
}

Result<std::vector<LeadNote>> leadNotes(Reader& reader, const Viewer& viewer, LeadId id) {
  std::vector<LeadNote> notes;
  if (!viewer.seesAll()) return notes;
  CHECK_OK(reader.connection().run(
      "SELECT number, at, kind, by_name, text FROM lead_notes WHERE lead = ?1 ORDER BY number DESC", {id},
      [&](const sql::Row& row) {
        sql::Columns c(row);
        auto& note = notes.emplace_back();
        note.number = c.number();
        note.at = c.instant();
        note.kind = c.text();
        note.by = c.text();
        note.text = c.text();
      }));
  return notes;
}

Result<bool> eraseLead(Transaction& tx, LeadId id) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("DELETE FROM lead_notes WHERE lead = ?1", {id}));
  // What staff were told, or will be, has its name; the jobs that wait, its address. Of those that failed,
  // too.
  const auto path = "/leads/" + id.text();
  CHECK_OK(connection.run("DELETE FROM notifications WHERE news = 'lead' AND path = ?1", {path}));
  for (const auto& [begins, about] : {std::pair("tell-people:lead:", "%:lead:" + id.text() + ":%"),
                                      std::pair("lead-mail:", "lead-mail:" + id.text() + "%"),
                                      std::pair("lead-reminder:", "lead-reminder:" + id.text() + "%")}) {
    const auto end = std::string(begins) + '\x7f';
    for (const auto* state : {"state < 2", "state = 2"})
      CHECK_OK(connection.run(
          "DELETE FROM jobs WHERE " + std::string(state) + " AND key >= ?1 AND key < ?2 AND key LIKE ?3",
          {begins, end, about}));
  }
  TRY(const auto gone, connection.run("DELETE FROM leads WHERE id = ?1", {id}));
  return gone > 0;
}

Result<bool> isFirstLeadMail(Transaction& tx, std::string_view email, Date day) {
  auto& connection = tx.connection();
  CHECK_OK(connection.run("DELETE FROM lead_mails WHERE day < ?1", {day}));
  TRY(const auto made, connection.run("INSERT INTO lead_mails (recipient, day) VALUES (?1, ?2) ON CONFLICT "
                                      "(recipient, day) DO NOTHING",
                                      {sha256(email), day}));
  return made == 1;
}

}  // namespace postgang::store
