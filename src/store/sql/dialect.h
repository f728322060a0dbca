// The few places where SQLite's and PostgreSQL's words differ.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/id.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

// " FOR UPDATE OF d": the row is ours until the commit. SQLite has one writer and needs no word for it.
inline std::string_view locked(Dialect dialect, std::string_view clause) {
  return dialect == Dialect::postgres ? clause : std::string_view();
}

// A list as one parameter, so that every length of list is the same statement. The values are made by
// numbersValue, companiesValue and textsValue.
inline std::string numbersClause(Dialect dialect, std::string_view column, std::string_view parameter) {
  const std::string place(parameter);
  return std::string(column) + (dialect == Dialect::postgres
                                    ? " = ANY(CAST(" + place + " AS BIGINT[]))"
                                    : " IN (SELECT value FROM json_each(" + place + "))");
}
inline std::string companiesClause(Dialect dialect, std::string_view column, std::string_view parameter) {
  return numbersClause(dialect, column, parameter);
}
inline std::string textsClause(Dialect dialect, std::string_view column, std::string_view parameter) {
  const std::string place(parameter);
  return std::string(column) + (dialect == Dialect::postgres
                                    ? " = ANY(CAST(" + place + " AS TEXT[]))"
                                    : " IN (SELECT value FROM json_each(" + place + "))");
}
std::string numbersValue(Dialect dialect, std::span<const std::int64_t> numbers);
std::string companiesValue(Dialect dialect, std::span<const CompanyId> companies);
std::string textsValue(Dialect dialect, std::span<const std::string> texts);

// Whether `column` holds the text of the parameter, exactly. The value is made by containsValue.
inline std::string containsClause(Dialect dialect, std::string_view column, std::string_view parameter) {
  return dialect == Dialect::postgres ? std::string(column) + " LIKE " + std::string(parameter)
                                      : "holds(" + std::string(column) + ", " + std::string(parameter) + ")";
}
std::string containsValue(Dialect dialect, std::string_view text);

}  // namespace postgang::store::sql
