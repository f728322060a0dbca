// Cells of a cube, summed as they come. SQLite would sort the cells to group them, which takes three times as
// long as reading them; so there the cells themselves come and are summed here. PostgreSQL, from which each
// row is sent, sums what it has before it does. Either way the same columns come and are added up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/sql/connection.h"

namespace postgang::store::sql {

// "documents, cost", or "CAST(SUM(documents) AS BIGINT), …".
std::string summed(Dialect dialect, const std::vector<std::string_view>& measures);
// " GROUP BY …", or nothing.
std::string grouped(Dialect dialect, const std::string& keys);

struct CellValue {  // of a key: whichever the column is
  std::int64_t number = 0;
  std::string_view text;
};

class CellSums {
 public:
  // Rows begin with the keys; 'n' for each that is a number, 't' for a text. The measures follow.
  CellSums(std::string keys, std::size_t measures) : keys_(std::move(keys)), measures_(measures) {}

  void add(const Row& row);
  void add(const std::vector<CellValue>& key, const std::int64_t* numbers);
  bool isNumber(std::size_t key) const { return keys_[key] == 'n'; }
  std::size_t measures() const { return measures_; }
  std::size_t cells() const { return places_.size(); }

  // In no order: what each cell is of, and its sums.
  template <class Visit>
  void each(Visit visit) const {
    for (const auto& [key, place] : places_) visit(valuesOf(key), &sums_[place]);
  }

 private:
  std::vector<CellValue> valuesOf(std::string_view key) const;
  void append(std::int64_t number);
  void append(std::string_view text);
  std::int64_t* place();  // of key_

  std::string keys_;
  std::size_t measures_;
  std::string key_, last_;      // cells that are alike often come after each other …
  std::size_t last_place_ = 0;  // … and are added here
  std::unordered_map<std::string, std::size_t> places_;
  std::vector<std::int64_t> sums_;
};

}  // namespace postgang::store::sql
