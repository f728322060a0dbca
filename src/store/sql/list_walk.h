// What the walks of a list share, those of its indexes and those of what a search finds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "store/sql/cursor.h"
#include "store/sql/entry_filter.h"
#include "store/sql/search_terms.h"
#include "store/sql/seen.h"

namespace postgang::store::sql {

struct Hit {
  Position position;
  CompanyId company;
};

// The entries nearest to where the page begins, in the order of walking.
class Nearest {
 public:
  Nearest(std::size_t most, bool downwards, KeyRange range)
      : most_(most), downwards_(downwards), range_(range) {}

  bool downwards() const { return downwards_; }
  std::int64_t most() const { return static_cast<std::int64_t>(most_); }
  // Narrower than at first once there are enough: only what is nearer can still matter.
  KeyRange range() const {
    auto range = range_;
    if (hits_.size() == most_)
      downwards_ ? range.raise(hits_.back().position) : range.lower(hits_.back().position);
    return range;
  }
  void merge(std::vector<Hit> found) {
    std::vector<Hit> both;
    std::ranges::merge(hits_, found, std::back_inserter(both), [this](const Hit& a, const Hit& b) {
      return downwards_ ? a.position > b.position : a.position < b.position;
    });
    // By text and by range the same may be found twice.
    const auto again = std::ranges::unique(both, {}, &Hit::position);
    both.erase(again.begin(), again.end());
    if (both.size() > most_) both.resize(most_);
    hits_ = std::move(both);
  }
  std::vector<Hit> taken() { return std::move(hits_); }

 private:
  std::size_t most_;
  bool downwards_;
  KeyRange range_;
  std::vector<Hit> hits_;
};

// What is asked for, by whom.
struct ListAsked {
  Reader& reader;
  const Viewer& viewer;
  const EntryQuery& query;
  const Search& search;
};

// What one question of a walk gave.
struct Found {
  std::vector<Hit> hits;
  Position last;
  std::int64_t read = 0;
};
// Asks on from where the last answer ended, for more each time, until the page is full or the walk at its
// end, which is the answer, or until about `mayRead` rows were read. `ask` is told how many and from where.
template <class Ask>
Result<bool> readOn(Nearest& nearest, KeyRange range, std::int64_t most, std::int64_t mayRead, Ask ask) {
  constexpr std::int64_t together_max = 5'000;
  std::vector<Hit> hits;
  bool isDone = false;
  for (std::int64_t read = 0; !isDone && read < mayRead; most = std::min(2 * most, together_max)) {
    TRY(Found found, ask(most, range));
    std::ranges::move(found.hits, std::back_inserter(hits));
    read += found.read;
    isDone = found.read < most || static_cast<std::int64_t>(hits.size()) >= nearest.most();
    nearest.downwards() ? range.lower(found.last) : range.raise(found.last);
  }
  nearest.merge(std::move(hits));
  return isDone;
}
inline constexpr std::int64_t read_all = std::numeric_limits<std::int64_t>::max();

// Of the walks' companies, what the search finds: in the order of the entries' numbers, which rise as
// documents come, or in the order of another column among the newest hits_max.
Outcome walkFound(const ListAsked& asked, std::span<const Walk> walks, bool byNumber, Nearest& nearest);

}  // namespace postgang::store::sql
