// Cells of counterparts in bytes: what goes in comes out, and what is no cells is a fault, never a crash.
#include "store/sql/packed_cells.h"

#include <gtest/gtest.h>

#include <limits>
#include <map>
#include <random>

namespace postgang::store::sql {
namespace {

using Cells = std::map<std::pair<std::string, std::int64_t>, CellNumbers>;

CellPacker packed(const Cells& cells) {
  CellPacker packer;
  for (const auto& [key, numbers] : cells) packer.add({key.first, key.second, numbers});
  return packer;
}

Cells readAll(std::string_view bytes, Outcome& outcome) {
  Cells cells;
  CellReader reader(bytes);
  for (PackedCell cell; reader.next(cell);)
    cells[{std::string(cell.counterpart), cell.counterpartCompany}] = cell.numbers;
  outcome = reader.outcome();
  return cells;
}

Cells randomCells(std::mt19937& random, int count) {
  Cells cells;
  const auto some = [&](unsigned most) { return static_cast<std::int64_t>(random() % most); };
  for (int i = 0; i < count; ++i) {
    const auto digits = std::to_string(some(500));
    const auto counterpart = (some(3) == 0 ? "customer:Å" : "0007:55") + digits;
    auto& numbers = cells[{counterpart, some(3)}];
    for (auto& number : numbers) number = some(2) == 0 ? some(100) : -some(4'000'000'000U);
  }
  return cells;
}

TEST(PackedCells, ComeOutAsTheyWentIn) {
  constexpr auto least = std::numeric_limits<std::int64_t>::min(),
                 most = std::numeric_limits<std::int64_t>::max();
  std::mt19937 random(1);
  std::vector<Cells> all{
      {},
      {{{"", 0}, {1}}},
      {{{"", 0}, {least, most, -1, 1, 0, least + 1, most - 1, 63}}, {{"a", most}, {64}}},
      {{{"0007:1", 0}, {}}, {{"0007:1", 1}, {2}}, {{"0007:12", 0}, {3}}, {{"0007:2", 0}, {4}}}};
  for (int i = 0; i < 50; ++i) all.push_back(randomCells(random, i * 4));
  for (const auto& cells : all) {
    const auto packer = packed(cells);
    EXPECT_EQ(packer.cells(), cells.size());
    Outcome outcome;
    EXPECT_EQ(readAll(packer.bytes(), outcome), cells);
    EXPECT_TRUE(outcome);
  }
}

TEST(PackedCells, TakeFewBytes) {
  Cells cells;
  for (int i = 0; i < 1'000; ++i)
    cells[{"0007:55100" + std::to_string(10'000 + i * 7), 0}] = {1, 0, 1'250'000, 0, 1, 0, 0, 150};
  EXPECT_LT(packed(cells).bytes().size(), 20'000U);
}

// Cut anywhere, and with bytes changed.
TEST(PackedCells, DamagedOnesAreAFault) {
  std::mt19937 random(2);
  const auto cells = randomCells(random, 30);
  const auto packer = packed(cells);
  const std::string bytes(packer.bytes());
  std::size_t faults = 0;
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    Outcome outcome;
    const auto left = readAll(std::string_view(bytes).substr(0, length), outcome);
    EXPECT_LT(left.size(), cells.size());
    faults += !outcome && outcome.error().code == "cells-damaged" ? 1 : 0;
  }
  EXPECT_EQ(faults, bytes.size() - cells.size()) << "all but where a cell ends";
  for (int i = 0; i < 3'000; ++i) {
    auto changed = bytes;
    for (int at = 0; at < 3; ++at) changed[random() % changed.size()] = static_cast<char>(random());
    Outcome outcome;
    EXPECT_LE(readAll(changed, outcome).size(), changed.size());
  }
  Outcome outcome;
  EXPECT_TRUE(readAll(std::string(40, '\xff'), outcome).empty());
  EXPECT_FALSE(outcome) << "a number without an end";
}

}  // namespace
}  // namespace postgang::store::sql
