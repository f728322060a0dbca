#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/text.h"
#include "store/leads.h"
#include "store/sql/dialect.h"
#include "store/sql/entry_filter.h"
#include "store/sql/lead_rows.h"
#include "store/sql/session.h"

namespace postgang::store {
namespace {

constexpr int limit_max = 1'000;

// Behind which lead a page begins: "microseconds:id", unreadable on purpose.
struct Place {
  Instant lastAt;
  LeadId id;
};

std::string cursorOf(const Lead& lead) {
  return base64Url(std::to_string(lead.lastAt.microseconds) + ":" + lead.id.text());
}

Result<std::optional<Place>> placeIn(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Place>();
  const auto text = fromBase64Url(cursor).value_or("");
  const auto colon = text.find(':');
  if (colon != std::string::npos) {
    Place place;
    const auto* end = text.data() + colon;
    const auto read = std::from_chars(text.data(), end, place.lastAt.microseconds);
    const auto id = LeadId::parse(std::string_view(text).substr(colon + 1));
    if (read.ec == std::errc() && read.ptr == end && id) {
      place.id = *id;
      return std::optional(place);
    }
  }
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
              "Begin again without a cursor.");
}

// All but the states.
void addWishes(sql::Statement& statement, const LeadQuery& query) {
  const auto text = collapsed(folded(query.text));
  for (const auto word : split(text, ' '))
    if (!word.empty()) {
      const auto place = statement.keep(sql::containsValue(statement.dialect(), word));
      statement << " AND " << sql::containsClause(statement.dialect(), "search", place);
    }
  if (query.assignedTo) statement << " AND assigned_to = " << statement.place(*query.assignedTo);
}

}  // namespace

namespace sql {

Lead readLead(const Row& row) {
  Columns c(row);
  const auto instant = [](Columns& column) { return column.instant(); };
  Lead lead;
  lead.id = c.id<LeadId>();
  lead.name = c.text();
  lead.company = c.text();
  lead.email = c.text();
  lead.phone = c.text();
  lead.message = c.text();
  lead.language = c.text();
  lead.source = c.text();
  lead.consent = c.text();
  lead.consentedAt = c.maybe(instant);
  lead.state = leadStateFromName(c.view()).value_or(LeadState::arrived);
  lead.lostReason = c.text();
  lead.assignedTo = c.maybe([](Columns& column) { return column.id<UserId>(); });
  lead.remindOn = c.maybe([](Columns& column) { return column.date(); });
  lead.customer = c.maybe([](Columns& column) { return column.company(); });
  lead.times = c.number();
  lead.createdAt = c.instant();
  lead.lastAt = c.instant();
  lead.stateAt = c.instant();
  return lead;
}

}  // namespace sql

Result<LeadPage> listLeads(Reader& reader, const Viewer& viewer, const LeadQuery& query) {
  LeadPage page;
  TRY(const auto after, placeIn(query.cursor));
  if (!viewer.seesAll()) return page;
  const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, limit_max));
  sql::Statement statement(reader.connection().dialect());
  statement << "SELECT " << sql::lead_columns << " FROM leads WHERE 1 = 1";
  if (!query.states.empty()) {
    std::string places;
    for (const auto state : query.states)
      places += (places.empty() ? "" : ", ") + statement.place(name(state));
    statement << " AND state IN (" << places << ")";
  }
  addWishes(statement, query);
  if (after) {
    const auto at = statement.place(after->lastAt);
    const auto id = statement.place(after->id);
    statement << " AND (last_at < " << at << " OR (last_at = " << at << " AND id < " << id << "))";
  }
  statement << " ORDER BY last_at DESC, id DESC LIMIT " << statement.place(limit + 1);
  CHECK_OK(statement.run(reader.connection(),
                         [&](const sql::Row& row) { page.items.push_back(sql::readLead(row)); }));
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.nextCursor = cursorOf(page.items.back());
  }
  return page;
}

Result<std::map<LeadState, std::int64_t>> countLeads(Reader& reader, const Viewer& viewer,
                                                     const LeadQuery& query) {
  std::map<LeadState, std::int64_t> counts;
  for (const auto state : lead_states) counts[state] = 0;
  if (!viewer.seesAll()) return counts;
  sql::Statement statement(reader.connection().dialect());
  statement << "SELECT state, CAST(COUNT(*) AS BIGINT) FROM leads WHERE 1 = 1";
  addWishes(statement, query);
  statement << " GROUP BY state";
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    const auto state = leadStateFromName(c.view());
    if (state) counts[*state] = c.number();
  }));
  return counts;
}

Result<int> leadMonthsKept(Reader& reader) {
  int months = lead_months_usual;
  CHECK_OK(reader.connection().run("SELECT months_kept FROM lead_settings WHERE only_one = 1", {},
                                   [&](const sql::Row& row) { months = sql::Columns(row).small(); }));
  return months;
}

Outcome setLeadMonthsKept(Transaction& tx, int months) {
  if (months < 1 || months > lead_months_max)
    return fail(ProblemKind::invalid, "lead-months-invalid", "Lost leads are kept from 1 to 120 months.",
                "/monthsKept", "Choose a number of months between 1 and 120.");
  CHECK_OK(tx.connection().run(
      "INSERT INTO lead_settings (only_one, months_kept) VALUES (1, ?1) ON CONFLICT (only_one) DO UPDATE SET "
      "months_kept = excluded.months_kept",
      {months}));
  return {};
}

Result<std::int64_t> eraseLostLeads(Transaction& tx, Instant now, int limit) {
  TRY(const int months, leadMonthsKept(tx));
  const auto before = Instant::atMidnight(dateInStockholm(now).plusMonths(-months));
  std::vector<LeadId> due;
  CHECK_OK(tx.connection().run(
      "SELECT id FROM leads WHERE state = 'lost' AND state_at < ?1 ORDER BY state_at LIMIT ?2",
      {before, limit}, [&](const sql::Row& row) { due.push_back(sql::Columns(row).id<LeadId>()); }));
  for (const auto id : due) CHECK_OK(eraseLead(tx, id));
  return static_cast<std::int64_t>(due.size());
}

}  // namespace postgang::store
