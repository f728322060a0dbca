#include "render/paging.h"

#include <algorithm>
#include <optional>

namespace postgang::render {
namespace {

constexpr std::size_t lines_taken_along = 2;
constexpr double hair = 1e-6;  // sums of heights in another order

class Planner {
 public:
  Planner(const std::vector<LineHeight>& lines, const std::vector<double>& closing, const PageRoom& room)
      : lines_(lines), closing_(closing), room_(room) {}

  std::vector<PagePlan> plan(std::size_t pagesMax) {
    while (!finish()) {
      if (pages_.size() + 1 + closing_.size() >= pagesMax) break;
      fill();
    }
    while (closed_ < closing_.size()) {
      const std::size_t end = closingThatFits(0).value_or(closed_ + 1);
      pages_.push_back({lines_.size(), lines_.size(), closed_, end, false, false});
      closed_ = end;
    }
    return std::move(pages_);
  }

 private:
  bool first() const { return pages_.empty(); }
  bool carries() const { return line_ > 0 && line_ < lines_.size(); }
  double room(bool last) const {
    return (first() ? (last ? room_.firstAndLast : room_.first) : (last ? room_.laterAndLast : room_.later)) +
           hair;
  }
  double used() const { return line_ < lines_.size() ? room_.head + (carries() ? room_.carried : 0) : 0; }

  // How far the closing comes on a page where `height` is used; at least one block, unless there is none.
  std::optional<std::size_t> closingThatFits(double height) const {
    std::optional<std::size_t> end;
    if (closing_.empty() && height <= room(true)) end = 0;
    for (std::size_t i = closed_; i < closing_.size(); ++i) {
      height += closing_[i];
      if (height <= room(i + 1 == closing_.size())) end = i + 1;
      if (height > room(false)) break;
    }
    return end;
  }

  // All lines that are left and at least the sums, on this page.
  bool finish() {
    double height = used();
    for (std::size_t i = line_; i < lines_.size(); ++i) {
      height += lines_[i].height;
      if (height > room(false)) return false;
    }
    const auto end = closingThatFits(height);
    if (!end) return line_ == lines_.size() && !first();
    pages_.push_back({line_, lines_.size(), 0, *end, carries(), false});
    line_ = lines_.size();
    closed_ = *end;
    return true;
  }

  // The sums' page wants two lines. How many of this page's go there: not all of them, and none if that page
  // has no room for them either.
  std::size_t takenAlong(std::size_t end) const {
    const std::size_t here = end - line_, there = lines_.size() - end;
    // The only line of page 1 stays there when it is a slip that needs the next page.
    const bool slip = room_.laterAndLast < room_.later;
    std::size_t taken = std::min(lines_taken_along - there, here > 1            ? here - 1
                                                            : slip || there > 0 ? 0
                                                                                : here);
    for (; taken > 0; --taken) {
      double height = room_.head + room_.carried;
      for (std::size_t i = end - taken; i < lines_.size(); ++i) height += lines_[i].height;
      const bool last = closing_.size() == 1;
      if (!closing_.empty() && height + closing_[0] <= (last ? room_.laterAndLast : room_.later) + hair)
        break;
    }
    return taken;
  }

  // As many lines as go on this page when another follows.
  void fill() {
    const double limit = room(false) - room_.carried;
    double height = used();
    std::size_t end = line_;
    while (end < lines_.size() && height + lines_[end].height <= limit) height += lines_[end++].height;
    if (lines_.size() - end < lines_taken_along) end -= takenAlong(end);
    while (end > line_ && lines_[end - 1].keepWithNext) --end;
    // On a later page there is no more room to wait for.
    if (end == line_ && !first() && line_ < lines_.size()) ++end;
    pages_.push_back({line_, end, 0, 0, carries() && end > line_, end > line_ && end < lines_.size()});
    line_ = end;
  }

  const std::vector<LineHeight>& lines_;
  const std::vector<double>& closing_;
  const PageRoom& room_;
  std::vector<PagePlan> pages_;
  std::size_t line_ = 0;
  std::size_t closed_ = 0;
};

}  // namespace

std::vector<PagePlan> planPages(const std::vector<LineHeight>& lines, const std::vector<double>& closing,
                                const PageRoom& room, std::size_t pagesMax) {
  return Planner(lines, closing, room).plan(pagesMax);
}

}  // namespace postgang::render
