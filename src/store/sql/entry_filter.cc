#include "store/sql/entry_filter.h"

#include <algorithm>
#include <limits>

#include "store/sql/dialect.h"
#include "store/sql/rows.h"
#include "store/sql/seen.h"

namespace postgang::store::sql {
namespace {

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();

const std::string attention = " AND e.status IN " + std::string(statuses_needing_somebody);

// From `from` on, to `to` and with it. What is missing (missing_key) is in no range.
KeyRange between(std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
  KeyRange range;
  if (from) range.raise({*from, least});
  if (!from && to) range.raise({missing_key, most});
  if (to) range.lower(*to == most ? Position{most, most} : Position{*to + 1, least});
  return range;
}

std::optional<std::int64_t> dayKey(std::optional<Date> date) {
  return date ? std::optional<std::int64_t>(date->daysSinceEpoch) : std::nullopt;
}

std::optional<std::int64_t> amountOf(const std::optional<Decimal>& amount) {
  return amount ? std::optional(amountKey(*amount)) : std::nullopt;
}

KeyRange receivedRange(const EntryQuery& query) {
  KeyRange range;
  if (query.from) range.raise({startOfDayInStockholm(*query.from).microseconds, least});
  if (query.to) range.lower({startOfDayInStockholm(query.to->plusDays(1)).microseconds, least});
  return range;
}

KeyRange rangeOf(const EntryQuery& query, Sort column) {
  switch (column) {
    case Sort::due_date:
      return between(dayKey(query.dueFrom), dayKey(query.dueTo));
    case Sort::amount:
      return between(amountOf(query.amountFrom), amountOf(query.amountTo));
    case Sort::received_at:
      break;
  }
  return receivedRange(query);
}

template <typename T>
std::string namesOf(Dialect dialect, const std::vector<T>& values) {
  std::vector<std::string> names;
  for (const auto value : values) names.emplace_back(document::name(value));
  return textsValue(dialect, names);
}

}  // namespace

std::string Statement::place(const Value& value) {
  values_.push_back(value);
  return "?" + std::to_string(values_.size());
}

std::string Statement::keep(std::string value) {
  kept_.push_back(std::move(value));
  return place(Value(kept_.back()));
}

void KeyRange::raise(Position position) {
  above = above ? std::max(*above, position) : position;
}

void KeyRange::lower(Position position) {
  below = below ? std::min(*below, position) : position;
}

// Swedish days begin one or two hours before the day of UTC.
Instant startOfDayInStockholm(Date date) {
  const auto midnight = Instant::atMidnight(date);
  const auto summer = midnight.plusSeconds(-2 * 3600);
  return dateInStockholm(summer) == date ? summer : midnight.plusSeconds(-3600);
}

std::string_view sortColumn(Sort sort) {
  switch (sort) {
    case Sort::due_date:
      return "e.due_date";
    case Sort::amount:
      return "e.amount";
    case Sort::received_at:
      break;
  }
  return "e.received_at";
}

KeyRange sortRange(const EntryQuery& query) {
  return rangeOf(query, query.sort);
}

void addRange(Statement& statement, std::string_view column, const KeyRange& range) {
  const auto add = [&](const Position& position, std::string_view sign) {
    statement << " AND (" << column << ", e.id) " << sign << " (" << statement.place(position.key) << ", "
              << statement.place(position.id) << ")";
  };
  if (range.above) add(*range.above, ">");
  if (range.below) add(*range.below, "<");
}

void addNames(Statement& statement, const EntryQuery& query, std::string_view of) {
  const auto dialect = statement.dialect();
  const auto add = [&](std::string_view column, std::string values) {
    statement << " AND "
              << textsClause(dialect, std::string(of) += column, statement.keep(std::move(values)));
  };
  if (!query.statuses.empty()) add("status", namesOf(dialect, query.statuses));
  if (!query.kinds.empty()) add("kind", namesOf(dialect, query.kinds));
  if (!query.channels.empty()) add("channel", textsValue(dialect, query.channels));
}

void addFilters(Statement& statement, const EntryQuery& query, std::optional<Sort> ranged) {
  if (!query.number.empty())
    statement << " AND e.number <> '' AND e.number = " << statement.keep(indexed(query.number));
  if (!query.counterpartIdentifier.empty() && query.counterpartAliases.empty())
    statement << " AND e.counterpart <> '' AND e.counterpart = "
              << statement.keep(indexed(query.counterpartIdentifier));
  if (!query.counterpartIdentifier.empty() && !query.counterpartAliases.empty()) {
    std::vector<std::string> counterparts{indexed(query.counterpartIdentifier)};
    for (const auto& alias : query.counterpartAliases) counterparts.push_back(indexed(alias));
    statement << " AND e.counterpart <> '' AND "
              << textsClause(statement.dialect(), "e.counterpart",
                             statement.keep(textsValue(statement.dialect(), counterparts)));
  }
  addNames(statement, query, "e.");
  if (query.internal) statement << " AND " << (*query.internal ? "" : "NOT ") << internalClause("e.");
  for (const auto sort : {Sort::received_at, Sort::due_date, Sort::amount})
    if (sort != ranged) addRange(statement, sortColumn(sort), rangeOf(query, sort));
}

IndexChoice indexFor(Dialect dialect, const EntryQuery& query) {
  const bool needing =
      !query.statuses.empty() && std::ranges::all_of(query.statuses, document::needsSomebody);
  const bool plain = query.number.empty() && query.counterpartIdentifier.empty();
  const bool byAttention = needing && plain && query.sort == Sort::received_at;
  IndexChoice choice{.clause = {}, .condition = byAttention ? attention : std::string_view()};
  if (dialect == Dialect::postgres) return choice;
  if (!query.number.empty())
    choice.clause = " INDEXED BY entries_number";
  else if (!query.counterpartIdentifier.empty())
    choice.clause = " INDEXED BY entries_counterpart";
  else if (byAttention)
    choice.clause = " INDEXED BY entries_attention";
  else
    choice.clause = spanIndex(dialect, query.sort);
  return choice;
}

std::string_view spanIndex(Dialect dialect, Sort sort) {
  if (dialect == Dialect::postgres) return {};
  switch (sort) {
    case Sort::due_date:
      return " INDEXED BY entries_due";
    case Sort::amount:
      return " INDEXED BY entries_amount";
    case Sort::received_at:
      break;
  }
  return " INDEXED BY entries_received";
}

}  // namespace postgang::store::sql
