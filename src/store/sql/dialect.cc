#include "store/sql/dialect.h"

#include <vector>

#include "base/json_text.h"

namespace postgang::store::sql {

std::string numbersValue(Dialect dialect, std::span<const std::int64_t> numbers) {
  std::string list(1, dialect == Dialect::postgres ? '{' : '[');
  for (const auto number : numbers) {
    if (list.size() > 1) list += ',';
    list += std::to_string(number);
  }
  return list += dialect == Dialect::postgres ? '}' : ']';
}

std::string companiesValue(Dialect dialect, std::span<const CompanyId> companies) {
  std::vector<std::int64_t> numbers;
  for (const auto company : companies) numbers.push_back(company.value);
  return numbersValue(dialect, numbers);
}

// Both databases quote with " and escape with a backslash; JSON wants more than PostgreSQL, which takes any
// text.
std::string textsValue(Dialect dialect, std::span<const std::string> texts) {
  std::string list(1, dialect == Dialect::postgres ? '{' : '[');
  for (const auto& text : texts) {
    if (list.size() > 1) list += ',';
    if (dialect == Dialect::sqlite) {
      appendJsonString(list, text);
      continue;
    }
    list += '"';
    for (const char c : text) {
      if (c == '"' || c == '\\') list += '\\';
      list += c;
    }
    list += '"';
  }
  return list += dialect == Dialect::postgres ? '}' : ']';
}

std::string containsValue(Dialect dialect, std::string_view text) {
  if (dialect == Dialect::sqlite) return std::string(text);
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern += '%';
}

}  // namespace postgang::store::sql
