#include "store/sql/dialect.h"

namespace postgang::store::sql {

std::string companiesValue(Dialect dialect, std::span<const CompanyId> companies) {
  std::string list(1, dialect == Dialect::postgres ? '{' : '[');
  for (const auto company : companies) {
    if (list.size() > 1) list += ',';
    list += std::to_string(company.value);
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
