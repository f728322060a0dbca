// Lists of tickets and what they hold, counted.
#include <algorithm>
#include <charconv>

#include "base/bytes.h"
#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/ticket_rows.h"

namespace postgang::store {
namespace {

using sql::Statement;

constexpr int facet_values_max = 50;

enum class LeftOut { nothing, status, priority, company, assignee };

struct Place {
  Instant changedAt;
  Uuid id;
};

std::string encodedPlace(const Ticket& ticket) {
  return base64Url(std::to_string(ticket.changedAt.microseconds) + "." + ticket.id.text());
}

Result<std::optional<Place>> placeIn(const std::string& cursor) {
  if (cursor.empty()) return std::optional<Place>();
  const auto text = fromBase64Url(cursor).value_or("");
  const auto dot = text.find('.');
  Place place;
  const auto end = text.data() + std::min(dot, text.size());
  const auto read = std::from_chars(text.data(), end, place.changedAt.microseconds);
  const auto id = dot == std::string::npos ? std::nullopt : Uuid::parse(text.substr(dot + 1));
  if (read.ec == std::errc() && read.ptr == end && id) {
    place.id = *id;
    return std::optional(place);
  }
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is none of ours.", "cursor",
              "Begin again without a cursor.");
}

template <typename T>
std::string namesClause(Statement& statement, std::string_view column, const std::vector<T>& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(name(value));
  return " AND " + sql::textsClause(statement.dialect(), column,
                                    statement.keep(sql::textsValue(statement.dialect(), names)));
}

void addFilters(Statement& statement, const TicketViewer& viewer, const TicketQuery& query, Instant now,
                LeftOut leftOut) {
  statement << sql::ticketsSeen(statement, viewer.viewer);
  if (!query.statuses.empty() && leftOut != LeftOut::status)
    statement << namesClause(statement, "t.status", query.statuses);
  if (!query.priorities.empty() && leftOut != LeftOut::priority)
    statement << namesClause(statement, "t.priority", query.priorities);
  if (query.company && leftOut != LeftOut::company)
    statement << " AND t.company = " << statement.place(*query.company);
  if (leftOut != LeftOut::assignee) {
    if (query.assignee) statement << " AND t.assignee = " << statement.place(*query.assignee);
    if (query.unassigned) statement << " AND t.assignee IS NULL";
  }
  if (query.needsMe) statement << " AND " << sql::ticketsNeeding(statement, viewer);
  if (query.overdue) statement << " AND " << sql::ticketsOverdue(statement, now);
  if (query.document)
    statement << " AND EXISTS (SELECT 1 FROM ticket_documents o WHERE o.ticket = t.id AND o.document = "
              << statement.place(*query.document) << ")";
  if (!query.counterpart.empty()) statement << " AND t.counterpart = " << statement.place(query.counterpart);
  for (const auto word : split(query.text, ' '))
    if (!trimmed(word).empty())
      statement << " AND "
                << sql::containsClause(
                       statement.dialect(), "t.words",
                       statement.keep(sql::containsValue(statement.dialect(), folded(trimmed(word)))));
}

// Counts under a condition of its own beside what is seen.
Result<std::int64_t> counted(Reader& reader, const TicketViewer& viewer, const TicketQuery& query) {
  Statement statement(reader.connection().dialect());
  statement << "SELECT CAST(COUNT(*) AS BIGINT) FROM tickets t WHERE ";
  addFilters(statement, viewer, query, reader.clock().now(), LeftOut::nothing);
  std::int64_t count = 0;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) { count = row.number(0); }));
  return count;
}

struct Facet {
  LeftOut leftOut{};
  std::string_view value, name, join;
};

Result<std::vector<TicketFacets::Count>> facet(Reader& reader, const TicketViewer& viewer,
                                               const TicketQuery& query, const Facet& of) {
  Statement statement(reader.connection().dialect());
  statement << "SELECT " << of.value << ", " << of.name << ", CAST(COUNT(*) AS BIGINT) FROM tickets t"
            << of.join << " WHERE ";
  addFilters(statement, viewer, query, reader.clock().now(), of.leftOut);
  if (of.leftOut == LeftOut::assignee) statement << " AND t.assignee IS NOT NULL";
  statement << " GROUP BY " << of.value << " ORDER BY 3 DESC, 1 LIMIT " << statement.place(facet_values_max);
  std::vector<TicketFacets::Count> counts;
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& count = counts.emplace_back();
    count.value = of.leftOut == LeftOut::assignee ? c.uuid().text() : c.text();
    count.name = c.text();
    count.tickets = c.number();
  }));
  return counts;
}

}  // namespace

Result<TicketPage> listTickets(Reader& reader, const TicketViewer& viewer, const TicketQuery& query) {
  TRY(const auto before, placeIn(query.cursor));
  const auto limit = static_cast<std::size_t>(std::clamp(query.limit, 1, 200));
  auto& connection = reader.connection();
  Statement statement(connection.dialect());
  statement << "SELECT " << sql::ticket_columns << " FROM tickets t WHERE ";
  addFilters(statement, viewer, query, reader.clock().now(), LeftOut::nothing);
  if (before) {
    const auto at = statement.place(before->changedAt);
    statement << " AND t.changed_at <= " << at << " AND (t.changed_at < " << at << " OR t.id < "
              << statement.place(before->id) << ")";
  }
  statement << " ORDER BY t.changed_at DESC, t.id DESC LIMIT " << statement.place(limit + 1);
  TicketPage page;
  CHECK_OK(
      statement.run(connection, [&](const sql::Row& row) { page.items.push_back(sql::readTicket(row)); }));
  if (page.items.size() > limit) {
    page.items.resize(limit);
    page.nextCursor = encodedPlace(page.items.back());
  }
  CHECK_OK(sql::addDocuments(connection, page.items));
  return page;
}

Result<TicketFacets> ticketFacets(Reader& reader, const TicketViewer& viewer, const TicketQuery& query) {
  TicketFacets facets;
  constexpr Facet status{LeftOut::status, "t.status", "MIN(t.status)", ""};
  constexpr Facet priority{LeftOut::priority, "t.priority", "MIN(t.priority)", ""};
  constexpr Facet company{LeftOut::company, "c.identifier", "MIN(c.name)",
                          " JOIN companies c ON c.id = t.company"};
  constexpr Facet assignee{LeftOut::assignee, "t.assignee", "MIN(t.assignee_name)", ""};
  TRY(facets.status, facet(reader, viewer, query, status));
  TRY(facets.priority, facet(reader, viewer, query, priority));
  TRY(facets.company, facet(reader, viewer, query, company));
  TRY(facets.assignee, facet(reader, viewer, query, assignee));
  TRY(facets.tickets, counted(reader, viewer, query));
  TicketQuery overdue, needsMe;
  overdue.overdue = true;
  needsMe.needsMe = true;
  TRY(facets.overdue, counted(reader, viewer, overdue));
  TRY(facets.needsMe, counted(reader, viewer, needsMe));
  return facets;
}

}  // namespace postgang::store
