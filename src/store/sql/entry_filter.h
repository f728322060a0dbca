// What a list asks for, as conditions on entries e. Statements are put together from parts; what a user types
// is always a parameter, never text.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/documents.h"
#include "store/sql/connection.h"
#include "store/sql/cursor.h"
#include "store/sql/search_text.h"

namespace postgang::store::sql {

// document::needsSomebody's, which migrations.cc has an index of.
inline constexpr std::string_view statuses_needing_somebody =
    "('stopped', 'returned', 'rejected', 'failed', 'held')";

class Statement {
 public:
  explicit Statement(Dialect dialect) : dialect_(dialect) {}
  Dialect dialect() const { return dialect_; }
  Statement& operator<<(std::string_view part) {
    text_ += part;
    return *this;
  }
  std::string place(const Value& value);  // "?3"; what a view looks at must outlive the statement
  std::string keep(std::string value);    // the same for a text that the statement keeps
  Result<std::int64_t> run(Connection& connection, RowVisitor visit) const {
    return connection.run(text_, values_, visit);
  }

 private:
  Dialect dialect_;
  std::string text_;
  std::vector<Value> values_;
  std::deque<std::string> kept_;
};

// Keys strictly between two positions.
struct KeyRange {
  std::optional<Position> above, below;
  void raise(Position position);  // nothing at or before it
  void lower(Position position);  // nothing at or after it
  bool isEmpty() const { return above && below && *above >= *below; }
};

Instant startOfDayInStockholm(Date date);
std::string_view sortColumn(Sort sort);  // "e.received_at" …
// The part of the query that the sort column answers; the other parts are addFilters'.
KeyRange sortRange(const EntryQuery& query);
void addRange(Statement& statement, std::string_view column, const KeyRange& range);
// " AND e.status IN (…)" …: statuses, kinds and channels; `of` is "e." or nothing.
void addNames(Statement& statement, const EntryQuery& query, std::string_view of);
// Everything but the direction, names too; `ranged` is the column whose limits a KeyRange holds already.
void addFilters(Statement& statement, const EntryQuery& query, std::optional<Sort> ranged);
// The index that a list reads, named where SQLite, which knows no statistics, might choose a poor one.
struct IndexChoice {
  std::string_view clause;     // " INDEXED BY …"; empty on PostgreSQL
  std::string_view condition;  // " AND …": what a partial index wants to hear
};
IndexChoice indexFor(Dialect dialect, const EntryQuery& query);

// " INDEXED BY …" of the index that is sorted so; empty on PostgreSQL.
std::string_view spanIndex(Dialect dialect, Sort sort);

constexpr std::int64_t hits_max = 10'000;  // among which those in another order than the newest are sorted

}  // namespace postgang::store::sql
