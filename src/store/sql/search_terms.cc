#include "store/sql/search_terms.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/text.h"
#include "store/sql/dialect.h"
#include "store/sql/rows.h"
#include "store/sql/search.h"

namespace postgang::store::sql {
namespace {

using Field = EntryTerm::Field;

std::string fieldsOf(Field of) {
  switch (of) {
    case Field::number:
      return {field::number};
    case Field::counterpart:
    case Field::org_number:
      return {field::seller, field::buyer};
    case Field::customer_number:
      return {field::customer_number};
    case Field::reference:
      return {field::reference};
    case Field::order:
      return {field::order};
    case Field::payment_reference:
      return {field::payment_reference};
    case Field::line:
      return {field::line};
    case Field::attachment:
      return {field::attachment};
    case Field::finding:
      return {field::finding};
    case Field::ticket:
      return {field::ticket};
    default:
      return {};
  }
}

bool isOfNames(Field of) {
  return of == Field::status || of == Field::channel || of == Field::kind || of == Field::direction;
}

std::vector<SearchTerm> textOf(const EntryTerm& asked) {
  std::vector<SearchTerm> terms;
  if (asked.phrase) {
    SearchTerm term;
    const auto line = foldedLine(asked.text);
    for (const auto word : split(line, ' '))
      if (!word.empty()) term.words.emplace_back(word);
    term.phrase = true;
    if (!term.words.empty()) terms.push_back(std::move(term));
  } else {
    terms = searchTerms(asked.text);
  }
  for (auto& term : terms) {
    term.fields = fieldsOf(asked.field);
    term.whole = asked.field == Field::finding || asked.field == Field::ticket;
    if (term.whole) term.joined.clear();
  }
  return terms;
}

std::int64_t startOf(Date date) {
  return startOfDayInStockholm(date).microseconds;
}

Span spanOf(const EntryTerm::Range& range) {
  Span span{range.of, missing_key + 1, std::numeric_limits<std::int64_t>::max()};
  switch (range.of) {
    case Sort::received_at:
      if (range.from) span.least = startOf(*range.from);
      if (range.to) span.most = startOf(range.to->plusDays(1)) - 1;
      break;
    case Sort::due_date:
      if (range.from) span.least = range.from->daysSinceEpoch;
      if (range.to) span.most = range.to->daysSinceEpoch;
      break;
    case Sort::amount:
      if (range.least) span.least = amountKey(*range.least);
      if (range.most) span.most = amountKey(*range.most);
      break;
  }
  return span;
}

Check checkOf(const EntryTerm& asked) {
  Check check;
  check.no = asked.no;
  if (isOfNames(asked.field)) check.names = &asked;
  if (asked.range) check.span = spanOf(*asked.range);
  if (!check.names && asked.field != Field::range) check.terms = textOf(asked);
  check.byCounterpart = asked.field == Field::counterpart;
  return check;
}

bool saysNothing(const Check& check) {
  return check.terms.empty() && !check.span && !check.names;
}

std::string_view columnOf(Field of) {
  switch (of) {
    case Field::status:
      return "e.status";
    case Field::channel:
      return "e.channel";
    case Field::kind:
      return "e.kind";
    default:
      return "e.direction";
  }
}

// Whether a column of texts holds the needle, in one field where one is given. The plain test comes first: an
// index can answer it.
std::string holds(Statement& statement, std::string_view column, char field, const std::string& needle) {
  const auto dialect = statement.dialect();
  const auto value = statement.keep(containsValue(dialect, needle));
  auto clause = containsClause(dialect, column, value);
  if (field == 0) return clause;
  const auto part = "split_part(split_part(" + std::string(column) + ", " + statement.keep(fieldMark(field)) +
                    ", 2), " + statement.keep(std::string(1, field_mark)) + ", 1)";
  return "(" + clause + " AND " + containsClause(dialect, part, value) + ")";
}

// "search_texts" or "search_lines", and in which of its fields; 0: in all of it.
using Places = std::vector<std::pair<std::string_view, char>>;
Places placesOf(const std::string& fields) {
  if (fields.empty()) return {{"search_texts", 0}, {"search_lines", 0}};
  Places places;
  for (const char one : fields)
    places.emplace_back(field::of_lines.find(one) == std::string_view::npos ? "search_texts" : "search_lines",
                        one);
  return places;
}

// Of the text that stands beside row `of`, "t" of search_texts or "e" of entries.
std::string textHolds(Statement& statement, std::string_view of, CompanyId company, const std::string& fields,
                      const std::string& needle) {
  std::string clause;
  const bool isHit = of == "t";
  for (const auto& [table, field] : placesOf(fields)) {
    if (!clause.empty()) clause += " OR ";
    if (isHit && table == "search_texts" && statement.dialect() == Dialect::sqlite) {
      clause += holds(statement, "t.text", field, needle);
    } else if (isHit && statement.dialect() == Dialect::postgres) {
      // Apart from the row, so that each is one look into its index.
      clause += "t.id IN (SELECT w.id FROM " + std::string(table) +
                " w WHERE w.company = " + statement.place(company) + " AND ";
      clause += holds(statement, "w.text", field, needle) + ")";
    } else {
      clause += "EXISTS (SELECT 1 FROM " + std::string(table) + " w WHERE w.company = " + std::string(of) +
                ".company AND w.id = " + std::string(of) + ".id AND ";
      clause += holds(statement, "w.text", field, needle) + ")";
    }
  }
  return "(" + clause + ")";
}

std::string termHolds(Statement& statement, std::string_view of, CompanyId company, const SearchTerm& term) {
  std::string clause = "(";
  std::string_view between;
  for (const auto& needle : needles(term)) {
    clause += between;
    clause += textHolds(statement, of, company, term.fields, needle);
    between = " AND ";
  }
  if (!term.joined.empty())
    clause += " OR " + textHolds(statement, of, company, term.fields, needle(term.joined));
  return clause + ")";
}

std::string spanClause(Statement& statement, const Span& span, std::string_view of) {
  auto column = std::string(sortColumn(span.of)).replace(0, 2, of);
  return column + " BETWEEN " + statement.place(span.least) + " AND " + statement.place(span.most);
}

std::string termsHold(Statement& statement, std::vector<SearchTerm> terms, bool byCounterpart) {
  const auto all = [&](const std::vector<SearchTerm>& asked) {
    std::string clause;
    for (const auto& term : asked)
      clause += (clause.empty() ? "" : " AND ") + termHolds(statement, "e", {}, term);
    return clause;
  };
  if (!byCounterpart) return all(terms);
  auto ofSeller = terms;
  for (auto& term : terms) term.fields = {field::buyer};
  for (auto& term : ofSeller) term.fields = {field::seller};
  const auto sent = all(terms);
  return "(e.direction = 'sent' AND " + sent + " OR e.direction <> 'sent' AND " + all(ofSeller) + ")";
}

void addTextHits(Statement& statement, std::span<const CompanyId> companies,
                 const std::vector<SearchTerm>& terms, std::int64_t most) {
  const auto id = hitId(statement.dialect());
  statement << "(SELECT " << id << " AS id";
  addMatches(statement, companies, terms);
  statement << " ORDER BY " << id << " DESC LIMIT " << statement.place(most) << ")";
}

}  // namespace

Search searchOf(const EntryQuery& query) {
  Search search;
  search.hits = searchTerms(query.text);
  const EntryTerm* leading = nullptr;
  for (const auto& asked : query.terms) {
    if (asked.field == Field::company) continue;  // tells which companies are walked (seen.h)
    auto check = checkOf(asked);
    if (saysNothing(check)) continue;
    if (!asked.no && !check.terms.empty() && !check.span)
      std::ranges::copy(check.terms, std::back_inserter(search.hits));
    else if (!asked.no && !check.terms.empty() && !leading)
      leading = &asked;
    if (asked.no || check.span || check.names || check.byCounterpart)
      search.checks.push_back(std::move(check));
  }
  if (!search.hits.empty() || !leading) return search;
  auto lead = checkOf(*leading);
  search.hits = std::move(lead.terms);
  search.alternative = lead.span;
  return search;
}

bool isSearched(const EntryQuery& query) {
  return !searchOf(query).hits.empty();
}

void addSpan(Statement& statement, const Span& span, std::string_view of) {
  statement << " AND " << spanClause(statement, span, of);
}

void addChecks(Statement& statement, const std::vector<Check>& checks) {
  for (const auto& check : checks) {
    std::string clause;
    const auto either = [&](const std::string& part) { clause += (clause.empty() ? "" : " OR ") + part; };
    if (check.names)
      either(textsClause(statement.dialect(), columnOf(check.names->field),
                         statement.keep(textsValue(statement.dialect(), check.names->names))));
    if (check.span) either(spanClause(statement, *check.span, "e."));
    if (!check.terms.empty()) either("(" + termsHold(statement, check.terms, check.byCounterpart) + ")");
    statement << " AND " << (check.no ? "NOT (" : "(") << clause << ")";
  }
}

void addTerms(Statement& statement, CompanyId company, const std::vector<SearchTerm>& terms) {
  for (const auto& term : terms) statement << " AND " << termHolds(statement, "t", company, term);
}

std::string_view hitId(Dialect dialect) {
  return dialect == Dialect::postgres ? "t.id" : "x.rowid";
}

void addMatches(Statement& statement, std::span<const CompanyId> companies,
                const std::vector<SearchTerm>& terms, std::string_view joined) {
  if (statement.dialect() == Dialect::postgres) {
    statement << " FROM search_texts t" << joined
              << " WHERE t.company = " << statement.place(companies.front());
    return addTerms(statement, companies.front(), terms);
  }
  const auto verified = unproven(terms);
  statement << " FROM search_index x"
            << (verified.empty() ? "" : " CROSS JOIN search_texts t ON t.id = x.rowid") << joined
            << " WHERE search_index MATCH " << statement.keep(matchExpression(companies, terms));
  addTerms(statement, companies.front(), verified);
}

std::vector<std::span<const CompanyId>> askedTogether(Dialect dialect, std::span<const CompanyId> companies) {
  constexpr std::size_t together_max = 50;
  const auto many = dialect == Dialect::postgres ? 1 : together_max;
  std::vector<std::span<const CompanyId>> groups;
  for (std::size_t at = 0; at < companies.size(); at += many)
    groups.push_back(companies.subspan(at, std::min(many, companies.size() - at)));
  return groups;
}

void addHits(Statement& statement, std::span<const CompanyId> companies, const Search& search,
             std::int64_t most) {
  if (!search.alternative) return addTextHits(statement, companies, search.hits, most);
  const auto& span = *search.alternative;
  const auto dialect = statement.dialect();
  statement << "(SELECT byText.id FROM ";
  addTextHits(statement, companies, search.hits, most);
  statement << " AS byText UNION SELECT inRange.id FROM (SELECT a.id FROM entries AS a"
            << spanIndex(dialect, span.of) << " WHERE "
            << companiesClause(dialect, "a.company", statement.keep(companiesValue(dialect, companies)))
            << " AND a.direction IN ('sent', 'received')";
  addSpan(statement, span, "a.");
  statement << " ORDER BY a.id DESC LIMIT " << statement.place(most) << ") AS inRange ORDER BY id DESC LIMIT "
            << statement.place(most) << ")";
}

}  // namespace postgang::store::sql
