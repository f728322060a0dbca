// Lists of what was sent by e-mail. An index holds each company's mails by state and deadline, another by
// time of sending: a page is the nearest of what short walks there give, and its rows are read for it alone.
#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "store/smartmail_road.h"
#include "store/sql/document_row.h"
#include "store/sql/facts.h"
#include "store/sql/seen.h"
#include "store/sql/session.h"
#include "store/sql/smartmail_rows.h"

namespace postgang::store {
namespace {

constexpr std::string_view mail_states[] = {"waiting", "opened", "posted", "bounced", "failed"};

// Where a mail stands in its list, and where a page ends.
struct Place {
  std::int64_t key = 0;
  DocumentId document;
  DeliveryId delivery;
  friend auto operator<=>(const Place&, const Place&) = default;
};

std::string encoded(const Place& place) {
  return std::to_string(place.key) + "." + place.document.text() + "." + place.delivery.text();
}

Result<Place> decodedPlace(std::string_view cursor) {
  const auto parts = split(cursor, '.');
  Place place;
  if (parts.size() == 3) {
    const auto read = std::from_chars(parts[0].data(), parts[0].data() + parts[0].size(), place.key);
    const auto document = DocumentId::parse(parts[1]);
    const auto delivery = DeliveryId::parse(parts[2]);
    if (read.ec == std::errc() && read.ptr == parts[0].data() + parts[0].size() && document && delivery)
      return Place{place.key, *document, *delivery};
  }
  return fail(ProblemKind::invalid, "cursor-malformed", "This cursor is not one of this list.", "cursor",
              "Take it from nextCursor as it is, or leave it out.");
}

// One walk: the nearest mails of one sender, in one state or in several.
Outcome walk(Reader& reader, const sql::Sender& sender, const SmartmailQuery& query,
             std::span<const std::string> states, const std::optional<Place>& after, int most,
             std::vector<Place>& found) {
  const bool byDeadline = query.sort == SmartmailSort::deadline;
  const std::string key = byDeadline ? "v.deadline" : "v.sent_at";
  const std::string_view way = byDeadline ? "" : " DESC";
  sql::Statement statement(reader.connection().dialect());
  statement << "SELECT " << key << ", v.document, v.id";
  sql::addSmartmail(statement, sender, query);
  if (!states.empty()) {
    statement << " AND v.state IN (";
    for (std::size_t i = 0; i < states.size(); ++i)
      statement << (i > 0 ? ", " : "") << statement.place(states[i]);
    statement << ")";
  }
  if (after)
    statement << " AND (" << key << ", v.document, v.id) " << (byDeadline ? ">" : "<") << " ("
              << statement.place(after->key) << ", " << statement.place(after->document) << ", "
              << statement.place(after->delivery) << ")";
  statement << " ORDER BY " << key << way << ", v.document" << way << ", v.id" << way << " LIMIT "
            << statement.place(most);
  CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
    sql::Columns c(row);
    auto& place = found.emplace_back();
    place.key = c.number();
    place.document = c.id<DocumentId>();
    place.delivery = c.id<DeliveryId>();
  }));
  return {};
}

// By deadline each state is an index's range of its own; by time of sending states are passed over.
Result<std::vector<Place>> nearest(Reader& reader, const Viewer& viewer, const SmartmailQuery& query,
                                   int most) {
  std::optional<Place> after;
  if (!query.cursor.empty()) {
    TRY(after, decodedPlace(query.cursor));
  }
  const bool byDeadline = query.sort == SmartmailSort::deadline;
  std::vector<std::string> states = query.states;
  if (byDeadline && states.empty()) states.assign(std::begin(mail_states), std::end(mail_states));
  std::vector<Place> found;
  TRY(const auto senders, sql::sendersSeen(reader, viewer));
  for (const auto& sender : senders) {
    if (!byDeadline) CHECK_OK(walk(reader, sender, query, states, after, most, found));
    for (std::size_t i = 0; byDeadline && i < states.size(); ++i)
      CHECK_OK(walk(reader, sender, query, std::span(states).subspan(i, 1), after, most, found));
  }
  std::ranges::sort(found);
  if (!byDeadline) std::ranges::reverse(found);
  if (found.size() > static_cast<std::size_t>(most)) found.resize(static_cast<std::size_t>(most));
  return found;
}

}  // namespace

Result<std::optional<DocumentId>> documentOf(Reader& reader, DeliveryId delivery) {
  std::optional<DocumentId> found;
  CHECK_OK(reader.connection().run("SELECT document FROM deliveries WHERE id = ?1 AND sender IS NOT NULL",
                                   {delivery},
                                   [&](const sql::Row& row) { found = sql::Columns(row).id<DocumentId>(); }));
  return found;
}

Result<std::optional<Road>> roadOf(Reader& reader, DocumentId document, DeliveryId delivery) {
  std::optional<Road> found;
  CHECK_OK(reader.connection().run(
      "SELECT road FROM deliveries WHERE document = ?1 AND id = ?2 AND sender IS NOT NULL",
      {document, delivery}, [&](const sql::Row& row) { found = sql::decodedRoad(row.bytes(0)); }));
  return found;
}

Result<SmartmailPage> listSmartmail(Reader& reader, const Viewer& viewer, const SmartmailQuery& query) {
  const int limit = std::clamp(query.limit, 1, 200);
  TRY(auto places, nearest(reader, viewer, query, limit + 1));
  SmartmailPage page;
  if (places.size() > static_cast<std::size_t>(limit)) {
    places.pop_back();
    page.nextCursor = encoded(places.back());
  }
  for (const auto& place : places) {
    TRY(auto row, sql::smartmailRow(reader.connection(), place.document, place.delivery));
    page.items.push_back(std::move(row));
  }
  return page;
}

Result<std::vector<SmartmailCount>> countSmartmail(Reader& reader, const Viewer& viewer,
                                                   const SmartmailQuery& asked) {
  // From the beginning of time where nothing else is said: so the index by time, which holds all that is
  // summed, answers.
  auto query = asked;
  if (!query.from) query.from = Instant{};
  std::vector<SmartmailCount> counts;
  TRY(const auto senders, sql::sendersSeen(reader, viewer));
  for (const auto& sender : senders) {
    sql::Statement statement(reader.connection().dialect());
    statement << "SELECT v.state, v.currency, COUNT(*), COALESCE(SUM(v.letter_price), 0)";
    sql::addSmartmail(statement, sender, query);
    statement << " GROUP BY v.state, v.currency ORDER BY v.state, v.currency";
    CHECK_OK(statement.run(reader.connection(), [&](const sql::Row& row) {
      sql::Columns c(row);
      const auto state = c.text(), currency = c.text();
      auto count = std::ranges::find(counts, state, &SmartmailCount::state);
      if (count == counts.end()) count = counts.insert(counts.end(), SmartmailCount{state, 0, {}});
      count->documents += c.number();
      sql::addTo(count->letters, currency, c.number());
    }));
  }
  std::ranges::sort(counts, {}, &SmartmailCount::state);
  return counts;
}

}  // namespace postgang::store
