// Rows written many to a statement. Of few lengths, so that few statements are prepared: 64 rows, 32 …
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.h"

namespace postgang::store::sql {

class ManyRows {
 public:
  // Columns "company, day, …"; `conflict` what follows the values: " ON CONFLICT …".
  ManyRows(std::string_view table, std::string_view columns, std::string_view conflict = {});

  // `addValues(values, row)` adds what a row's columns hold. What they look at must live until then.
  template <typename One>
  Outcome write(Connection& connection, const std::vector<One>& rows, auto addValues) const {
    std::vector<Value> values;
    for (std::size_t at = 0; at < rows.size();) {
      std::size_t count = rows_at_once_max;
      while (count > rows.size() - at) count /= 2;
      values.clear();
      for (const auto& row : std::span(rows).subspan(at, count)) addValues(values, row);
      CHECK_OK(connection.later(statements_.at(count), std::span<const Value>(values)));
      at += count;
    }
    return {};
  }

 private:
  static constexpr std::size_t rows_at_once_max = 64;
  std::map<std::size_t, std::string> statements_;
};

}  // namespace postgang::store::sql
