// Cells of counterparts, summed by what a question asks for as they are visited.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/cell_sums.h"
#include "store/sql/counterpart_cells.h"
#include "store/sql/key_numbers.h"
#include "store/sql/text_numbers.h"

namespace postgang::store::sql {

struct SummedBy {
  // In the order of the sums' values: company, day, direction, channel, kind, currency, counterpart,
  // counterpart_company.
  std::vector<std::string_view> columns = {};
  std::vector<std::string> counterparts = {};  // theirs alone; empty: everyone's
  // Of those whose counterpart is a company here: whether they are summed.
  std::function<bool(const CellsOf& of, CompanyId counterpart)> takes = {};
  std::size_t cells_max = 0;
};

class CounterpartSums final : public CellVisitor {
 public:
  explicit CounterpartSums(SummedBy by);

  void begin(const CellsOf& of) override;
  void add(const PackedCell& cell) override;
  bool isFull() const override { return sums_.size() > by_.cells_max; }  // something was left out

  // What each is of, the counterpart's number, its sums.
  template <class Visit>
  void each(Visit visit) const {
    const auto counterpart =
        static_cast<std::size_t>(std::ranges::find(by_.columns, "counterpart") - by_.columns.begin());
    std::vector<std::vector<CellValue>> values;
    for (const auto* group : groups_) values.push_back(valuesOf(*group));
    for (const auto& [key, numbers] : sums_) {
      auto& of = values[groupIn(key)];
      if (byCounterpart_) of[counterpart].text = counterparts_.text(counterpartIn(key));
      visit(of, counterpartIn(key), numbers);
    }
  }
  std::size_t counterparts() const { return counterparts_.size(); }
  std::string_view counterpart(std::size_t number) const { return counterparts_.text(number); }

 private:
  struct Group {  // what cells share but the counterpart
    std::uint32_t number = 0;
    std::vector<std::int64_t> numbers = {};  // one for each column …
    std::vector<std::string> texts = {};
    std::vector<std::uint32_t> places = {};  // of counterparts in sums_: of the first groups alone
  };
  // A group's number and a counterpart's: only those that have cells take room.
  static std::uint64_t keyOf(const Group& group, std::size_t counterpart) {
    return static_cast<std::uint64_t>(group.number) << 32 | counterpart;
  }
  static std::size_t groupIn(std::uint64_t key) { return key >> 32; }
  static std::size_t counterpartIn(std::uint64_t key) { return key & UINT32_MAX; }
  Group& groupOf(std::int64_t counterpartCompany);
  std::size_t placeOf(Group& group, std::size_t counterpart);  // as large as sums_ where there is none yet
  std::vector<CellValue> valuesOf(const Group& group) const;

  SummedBy by_;
  bool byCounterpart_, byCompany_;
  CellsOf of_;
  std::string key_;
  Group* group_ = nullptr;  // of cells whose counterpart is no company here, or not asked for
  std::map<std::string, Group> groupsByKey_;
  std::vector<const Group*> groups_;
  struct alignas(16) Sums {
    std::uint64_t key = 0;
    CellNumbers numbers{};
  };
  std::vector<Sums> sums_;
  KeyNumbers places_;  // in sums_, of the groups after the first ones
  TextNumbers asked_, counterparts_;
};

}  // namespace postgang::store::sql
