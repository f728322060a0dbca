// Cells of counterparts as the bytes of one row (counterpart_cells.h): a million rows take SQLite a second to
// read, a million cells in such bytes some hundredths of one.
//
// Cells lie in the order of the counterpart and its company. Each: how many bytes of its counterpart are
// those of the one before, how many follow, those; the company that the counterpart is here (0: none); the
// sums. Numbers are little-endian base 128; sums are zigzag, since they may be below zero.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/saturated.h"

namespace postgang::store::sql {

// documents, amount_units, amount, sheets, delivered, opened, stopped, cost
using CellNumbers = std::array<std::int64_t, 8>;
inline void addTo(CellNumbers& sums, const CellNumbers& more) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = saturated(sums[i], more[i]);
}

struct PackedCell {
  std::string_view counterpart;  // until the next cell is read
  std::int64_t counterpartCompany = 0;
  CellNumbers numbers{};
};

inline constexpr std::string_view cells_damaged = "cells-damaged";

class CellPacker {
 public:
  void add(const PackedCell& cell);  // in order
  std::size_t cells() const { return cells_; }
  std::string_view bytes() const { return bytes_; }

 private:
  void addNumber(std::uint64_t number);

  std::string bytes_, last_;
  std::size_t cells_ = 0;
};

class CellReader {
 public:
  explicit CellReader(std::string_view bytes) : at_(bytes.data()), end_(at_ + bytes.size()) {}
  // false: there is none left, or what is left is no cell.
  bool next(PackedCell& cell);
  // Code cells_damaged (internal): what was read does not end where a cell ends.
  Outcome outcome() const;

 private:
  std::uint64_t number();
  std::uint64_t longNumber();

  const char *at_, *end_;
  std::string counterpart_;
  bool isDamaged_ = false;
};

}  // namespace postgang::store::sql
