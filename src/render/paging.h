// Paging: which lines stand on which page. Pure arithmetic on heights.
//
// A page holds the table's head, what was carried from the page before, lines, and what is carried to the
// next. After the last line come the closing blocks (sums with VAT and payment, messages, attachments) in
// order, as many on a page as have room. The first of them never follows alone on a new page: two lines come
// along.
#pragma once

#include <cstddef>
#include <vector>

namespace postgang::render {

struct PageRoom {
  double first = 0;         // on page 1
  double later = 0;         // on the others
  double firstAndLast = 0;  // on page 1 and on a later page if it is the one where the closing ends:
  double laterAndLast = 0;  // less where a payment slip stands at its foot
  double head = 0;          // of the table
  double carried = 0;       // one row of «Transport»
};

struct LineHeight {
  double height = 0;
  bool keepWithNext = false;  // a heading, which takes a row with it
};

struct PagePlan {
  std::size_t firstLine = 0, endLine = 0;        // lines on this page, half open
  std::size_t firstClosing = 0, endClosing = 0;  // closing blocks on this page
  bool carriedFrom = false, carriedTo = false;
  friend bool operator==(const PagePlan&, const PagePlan&) = default;
};

// Every line and every closing block is placed exactly once, in order. With more than `pagesMax` pages, lines
// are left out (the highest endLine is short of lines.size()), the closing never.
std::vector<PagePlan> planPages(const std::vector<LineHeight>& lines, const std::vector<double>& closing,
                                const PageRoom& room, std::size_t pagesMax);

}  // namespace postgang::render
