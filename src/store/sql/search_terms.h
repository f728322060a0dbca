// What a list's question asks of texts: which of it leads to documents by the index of texts, and what is
// then asked of each entry. A term that says a range as well («1000-2000», «last week») is met by either; it
// leads only where nothing else does, and then by both ways.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/sql/entry_filter.h"

namespace postgang::store::sql {

struct Span {  // of a sort column, both ends included; what is missing is in none
  Sort of = Sort::received_at;
  std::int64_t least = 0, most = 0;
};

struct Check {
  std::vector<SearchTerm> terms;     // all of them …
  std::optional<Span> span;          // … or this; this alone where there are no terms
  const EntryTerm* names = nullptr;  // or one of these
  bool byCounterpart = false;        // the terms' field is whichever of the two parties the entry is not
  bool no = false;
};

struct Search {
  std::vector<SearchTerm> hits;     // by the index of texts, all of them; empty: lists walk
  std::optional<Span> alternative;  // and what is in this range besides
  std::vector<Check> checks;
};

// Points into the query.
Search searchOf(const EntryQuery& query);
bool isSearched(const EntryQuery& query);  // by the index of texts

// " AND (…)" on entries e.
void addChecks(Statement& statement, const std::vector<Check>& checks);
// " AND e.amount BETWEEN …"; `of` is the rows' alias with its dot.
void addSpan(Statement& statement, const Span& span, std::string_view of);

// Companies whose hits are found in one question: FTS5 merges them; on PostgreSQL each has its own.
std::vector<std::span<const CompanyId>> askedTogether(Dialect dialect, std::span<const CompanyId> companies);

// " AND (…)" for each term, verified against t of search_texts (on PostgreSQL of this company) and the lines
// that belong to it.
void addTerms(Statement& statement, CompanyId company, const std::vector<SearchTerm>& terms);

// Of the index of texts, x and t on SQLite, t alone on PostgreSQL, what may hold the terms and does.
std::string_view hitId(Dialect dialect);  // "x.rowid", "t.id"
// " FROM … WHERE …", with what is joined in between.
void addMatches(Statement& statement, std::span<const CompanyId> companies,
                const std::vector<SearchTerm>& terms, std::string_view joined = {});

// (SELECT id …) the newest hits of companies that are asked for together, at most `most`.
void addHits(Statement& statement, std::span<const CompanyId> companies, const Search& search,
             std::int64_t most);

}  // namespace postgang::store::sql
