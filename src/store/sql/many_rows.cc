#include "store/sql/many_rows.h"

#include <algorithm>

namespace postgang::store::sql {
namespace {

std::string insertOf(std::string_view table, std::string_view columns, std::size_t rows) {
  const auto width = static_cast<std::size_t>(std::ranges::count(columns, ',')) + 1;
  std::string text = "INSERT INTO " + std::string(table) + " (" + std::string(columns) + ") VALUES ";
  std::size_t number = 0;
  for (std::size_t row = 0; row < rows; ++row) {
    text += row == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < width; ++column)
      text += (column == 0 ? "?" : ", ?") + std::to_string(++number);
    text += ")";
  }
  return text;
}

}  // namespace

ManyRows::ManyRows(std::string_view table, std::string_view columns, std::string_view conflict) {
  for (std::size_t rows = 1; rows <= rows_at_once_max; rows *= 2)
    statements_[rows] = insertOf(table, columns, rows).append(conflict);
}

}  // namespace postgang::store::sql
