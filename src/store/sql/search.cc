#include "store/sql/search.h"

#include <algorithm>

namespace postgang::store::sql {
namespace {

std::string base36(std::int64_t number) {
  std::string text;
  for (auto rest = static_cast<std::uint64_t>(number); text.empty() || rest > 0; rest /= 36)
    text += "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
  std::ranges::reverse(text);
  return text;
}

std::string quoted(std::string_view token) {
  std::string text = "\"";
  for (const char c : token) {
    if (c == '"') text += '"';
    text += c;
  }
  return text += '"';
}

std::string allOf(CompanyId company, const std::vector<std::string>& words) {
  std::string expression;
  for (const auto& word : words)
    for (const auto& token : wordTokens(word))
      (expression += expression.empty() ? "" : " AND ") += quoted(ownedToken(company, token));
  return expression;
}

std::string expressionFor(CompanyId company, const SearchTerm& term) {
  auto expression = "(" + allOf(company, term.words) + ")";
  if (!term.joined.empty()) expression = "(" + expression + " OR (" + allOf(company, {term.joined}) + "))";
  return expression;
}

}  // namespace

std::string indexDocument(CompanyId company, std::string_view searchForm) {
  return base36(company.value) + "\n" + std::string(searchForm);
}

std::string ownedToken(CompanyId company, std::string_view token) {
  return base36(company.value) + ":" + std::string(token);
}

std::string matchExpression(std::span<const CompanyId> companies, const std::vector<SearchTerm>& terms) {
  std::string expression;
  for (const auto company : companies) {
    expression += expression.empty() ? "(" : " OR (";
    for (const auto& term : terms) {
      if (&term != &terms.front()) expression += " AND ";
      expression += expressionFor(company, term);
    }
    expression += ")";
  }
  return expression;
}

Outcome indexText(Connection& connection, const IndexedText& text) {
  const bool postgres = connection.dialect() == Dialect::postgres;
  CHECK_OK(connection.later(postgres ? "INSERT INTO search_texts (company, id, text) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (company, id) DO UPDATE SET text = excluded.text"
                                     : "INSERT INTO search_texts (company, id, text) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (id) DO UPDATE SET text = excluded.text",
                            {text.company, text.entry, text.text}));
  if (postgres) return {};
  if (!text.previous.empty())
    CHECK_OK(connection.run("INSERT INTO search_index (search_index, rowid, text) VALUES ('delete', ?1, ?2)",
                            {text.entry, indexDocument(text.company, text.previous)}));
  CHECK_OK(connection.run("INSERT INTO search_index (rowid, text) VALUES (?1, ?2)",
                          {text.entry, indexDocument(text.company, text.text)}));
  return {};
}

Outcome clearIndex(Connection& connection) {
  CHECK_OK(connection.run("DELETE FROM search_texts"));
  if (connection.dialect() == Dialect::sqlite)
    CHECK_OK(connection.run("INSERT INTO search_index (search_index) VALUES ('delete-all')"));
  return {};
}

}  // namespace postgang::store::sql
