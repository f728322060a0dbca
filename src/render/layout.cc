// Lays a copy on its pages: measures the parts, plans the breaks, puts everything in its place.
#include "render/layout.h"

#include <algorithm>

#include "render/figures.h"
#include "render/parts.h"

namespace postgang::render {
namespace {

using namespace sheet;

// The sum of the lines before each row; nullopt from where a line's amount is not a number.
std::vector<std::optional<Decimal>> carriedSums(const Copy& copy, const TableBlocks& table) {
  std::vector<std::optional<Decimal>> sums = {Decimal(0)};
  sums.reserve(table.rows.size() + 1);
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const bool lastPart = row + 1 == table.rows.size() || table.lineOfRow[row + 1] != table.lineOfRow[row];
    const TableRow& line = copy.table.rows[table.lineOfRow[row]];
    std::optional<Decimal> sum = sums.back();
    if (lastPart && !line.heading) sum = sum && line.net ? sum->plus(*line.net) : std::nullopt;
    sums.push_back(sum);
  }
  return sums;
}

class Assembler {
 public:
  Assembler(const Copy& copy, const Design& design)
      : type_(Typesetter::ofThisThread()), copy_(copy), design_(design) {}

  std::vector<Page> pages() {
    Block front = frontPart(type_, copy_, design_);
    table_ = tablePart(type_, copy_);
    closing_ = closingPart(type_, copy_);
    footHeight_ = footPart(type_, copy_, pages_max, pages_max).height;
    const auto plan = planned(front.height);
    const auto sums = carriedSums(copy_, table_);
    std::vector<Page> pages(plan.size());
    double top = front.height;
    place(pages[0], std::move(front), 0);
    for (std::size_t i = 0; i < plan.size(); ++i) {
      if (i > 0) {
        place(pages[i], runningHead(type_, copy_, design_), 0);
        top = later_top;
      }
      fill(pages[i], plan[i], top, i, sums);
      const bool slip = copy_.slip && i + 1 == plan.size();
      place(pages[i], footPart(type_, copy_, i + 1, plan.size()), slip ? slip_foot_top : footTop());
      if (slip) place(pages[i], slipPart(type_, copy_, *copy_.slip), 0);
    }
    return pages;
  }

 private:
  // A foot of more than three lines grows upwards.
  double footTop() const { return page_bottom - std::max(0.0, footHeight_ - 11.84); }

  std::vector<PagePlan> planned(double frontHeight) {
    PageRoom room;
    const double bottom = footTop() - foot_gap,
                 slipBottom = slip_foot_top - std::max(0.0, footHeight_ - 11.84) - 5;
    room.first = std::max(0.0, bottom - frontHeight);
    room.later = bottom - later_top;
    room.firstAndLast = copy_.slip ? std::max(0.0, slipBottom - frontHeight) : room.first;
    room.laterAndLast = copy_.slip ? slipBottom - later_top : room.later;
    room.head = table_head_height;
    room.carried = carried_height;
    auto plan = planPages(table_.heights, heights(), room, pages_max);
    std::size_t shown = 0;
    for (const auto& page : plan)
      if (page.firstLine < table_.rows.size()) shown = std::max(shown, page.endLine);
    if (shown == table_.rows.size() && wholeTable()) return plan;
    // A line of which only a part is shown counts as left out.
    const bool cut =
        shown > 0 && shown < table_.rows.size() && table_.lineOfRow[shown] == table_.lineOfRow[shown - 1];
    const std::size_t lines = shown == 0 ? 0 : table_.lineOfRow[shown - 1] + (cut ? 0 : 1);
    closing_.insert(closing_.begin(), restNote(type_, copy_, copy_.table.rows.size() - lines));
    return planPages(table_.heights, heights(), room, pages_max - 1);
  }

  bool wholeTable() const {
    return copy_.table.rows.empty() ||
           (!table_.rows.empty() && table_.lineOfRow.back() + 1 == copy_.table.rows.size());
  }

  std::vector<double> heights() const {
    std::vector<double> heights;
    for (const Block& block : closing_) heights.push_back(block.height);
    return heights;
  }

  void fill(Page& page, const PagePlan& plan, double top, std::size_t index,
            const std::vector<std::optional<Decimal>>& sums) {
    const auto carried = [&](const char* key, std::size_t other, const std::optional<Decimal>& sum) {
      Block row =
          carriedPart(type_, Texts::of(copy_.language).sentence(key, {{"page", std::to_string(other)}}),
                      sum ? shownAmount(*sum, copy_.language) : "");
      const double height = row.height;
      place(page, std::move(row), top);
      top += height;
    };
    if (plan.firstLine < plan.endLine) {
      place(page, table_.head, top);
      top += table_head_height;
    }
    if (plan.carriedFrom) carried("copy.line.carriedFrom", index, sums[plan.firstLine]);
    for (std::size_t row = plan.firstLine; row < plan.endLine; ++row) {
      const double height = table_.rows[row].height;
      place(page, std::move(table_.rows[row]), top);
      top += height;
    }
    if (plan.carriedTo) carried("copy.line.carriedTo", index + 2, sums[plan.endLine]);
    for (std::size_t block = plan.firstClosing; block < plan.endClosing; ++block) {
      const double height = closing_[block].height;
      place(page, std::move(closing_[block]), top);
      top += height;
    }
  }

  Typesetter& type_;
  const Copy& copy_;
  const Design& design_;
  TableBlocks table_;
  std::vector<Block> closing_;
  double footHeight_ = 0;
};

}  // namespace

Layout layOut(const Copy& copy, const Design& design) {
  Layout layout;
  layout.language = copy.language;
  layout.title = copy.documentTitle;
  layout.author = copy.author;
  layout.issued = copy.issued;
  layout.accent = accentOnWhite(design.accent);
  layout.mark = design.accent;
  layout.whiteOnMark = contrastWithWhite(design.accent) >= 4.5;
  layout.initials = copy.initials;
  layout.logo = design.logo;
  if (copy.code) layout.code = copy.code->qr;
  layout.pages = Assembler(copy, design).pages();
  return layout;
}

}  // namespace postgang::render
