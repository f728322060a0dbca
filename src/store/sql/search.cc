#include "store/sql/search.h"

#include <algorithm>

#include "base/text.h"

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

// A phrase may begin inside a word, of which a short beginning is no token: "ab" of «ab foo» in "cab foo".
std::vector<std::string> wordsSure(const SearchTerm& term) {
  auto words = term.words;
  if (term.phrase && words.size() > 1 && codePoints(words.front()) < 3) words.erase(words.begin());
  return words;
}

std::string expressionFor(CompanyId company, const SearchTerm& term) {
  auto expression = "(" + allOf(company, wordsSure(term)) + ")";
  if (!term.joined.empty()) expression = "(" + expression + " OR (" + allOf(company, {term.joined}) + "))";
  return expression;
}

Result<std::string> keptText(Connection& connection, std::string_view table, CompanyId company,
                             std::int64_t entry) {
  std::string text;
  CHECK_OK(connection.run("SELECT text FROM " + std::string(table) + " WHERE company = ?1 AND id = ?2",
                          {company, entry}, [&](const Row& row) { text = row.bytes(0); }));
  return text;
}

Outcome deleteText(Connection& connection, std::string_view table, CompanyId company, std::int64_t entry) {
  CHECK_OK(connection.run("DELETE FROM " + std::string(table) + " WHERE company = ?1 AND id = ?2",
                          {company, entry}));
  return {};
}

Outcome putIn(Connection& connection, CompanyId company, std::int64_t entry, std::string_view text) {
  CHECK_OK(connection.run("INSERT INTO search_index (rowid, text) VALUES (?1, ?2)",
                          {entry, indexDocument(company, text)}));
  return {};
}

Outcome takeOut(Connection& connection, CompanyId company, std::int64_t entry, std::string_view text) {
  CHECK_OK(connection.run("INSERT INTO search_index (search_index, rowid, text) VALUES ('delete', ?1, ?2)",
                          {entry, indexDocument(company, text)}));
  return {};
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
  if (!text.previous.empty()) {
    TRY(const auto lines, keptText(connection, "search_lines", text.company, text.entry));
    if (!lines.empty()) CHECK_OK(deleteText(connection, "search_lines", text.company, text.entry));
    if (!postgres) CHECK_OK(takeOut(connection, text.company, text.entry, text.previous + lines));
  }
  CHECK_OK(connection.later(postgres ? "INSERT INTO search_texts (company, id, text) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (company, id) DO UPDATE SET text = excluded.text"
                                     : "INSERT INTO search_texts (company, id, text) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (id) DO UPDATE SET text = excluded.text",
                            {text.company, text.entry, text.text}));
  return postgres ? Outcome() : putIn(connection, text.company, text.entry, text.text);
}

Outcome indexLines(Connection& connection, CompanyId company, std::int64_t entry, const std::string& text) {
  const bool postgres = connection.dialect() == Dialect::postgres;
  TRY(const auto previous, keptText(connection, "search_lines", company, entry));
  if (previous == text) return {};
  if (text.empty()) {
    CHECK_OK(deleteText(connection, "search_lines", company, entry));
  } else {
    CHECK_OK(connection.run(postgres ? "INSERT INTO search_lines (company, id, text) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (company, id) DO UPDATE SET text = excluded.text"
                                     : "INSERT INTO search_lines (company, id, text) VALUES (?1, ?2, ?3) "
                                       "ON CONFLICT (id) DO UPDATE SET text = excluded.text",
                            {company, entry, text}));
    // Searches go by headers: what has none, since nobody could read it, has an empty one.
    CHECK_OK(connection.run(
        "INSERT INTO search_texts (company, id, text) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        {company, entry, searchForm({})}));
  }
  if (postgres) return {};
  if (previous.empty()) return putIn(connection, company, entry, text);
  // Tokens that header and lines have in common go with either: both are taken out and put in.
  TRY(const auto header, keptText(connection, "search_texts", company, entry));
  CHECK_OK(takeOut(connection, company, entry, header + previous));
  return putIn(connection, company, entry, header + text);
}

Outcome dropTexts(Connection& connection, CompanyId company, std::int64_t entry) {
  TRY(const auto header, keptText(connection, "search_texts", company, entry));
  TRY(const auto lines, keptText(connection, "search_lines", company, entry));
  if (connection.dialect() == Dialect::sqlite && !(header.empty() && lines.empty()))
    CHECK_OK(takeOut(connection, company, entry, header + lines));
  CHECK_OK(deleteText(connection, "search_texts", company, entry));
  return deleteText(connection, "search_lines", company, entry);
}

Outcome clearIndex(Connection& connection) {
  for (const auto* table : {"search_texts", "search_lines", "search_due"})
    CHECK_OK(connection.run("DELETE FROM " + std::string(table)));
  if (connection.dialect() == Dialect::sqlite)
    CHECK_OK(connection.run("INSERT INTO search_index (search_index) VALUES ('delete-all')"));
  return {};
}

}  // namespace postgang::store::sql
