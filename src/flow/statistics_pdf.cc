// The table on paper: its title, what it is of, and rows with a line beneath each, the heading on every page.
#include <algorithm>
#include <numeric>

#include "flow/statistics_table.h"
#include "render/pdf.h"

namespace postgang::flow {
namespace {

using render::Anchor;
namespace sheet = render::sheet;

constexpr auto title_style = render::Style{.points = 15, .weight = render::Weight::bold};
constexpr auto note_style = render::Style{.points = 8.5, .tone = render::Tone::grey};
constexpr auto heading_style = render::Style{.points = 7.5, .weight = render::Weight::semibold};
constexpr auto cell_style = render::Style{.points = 8, .tabular = true};
constexpr auto total_style = render::Style{.points = 8, .weight = render::Weight::semibold, .tabular = true};
constexpr int top = 24, bottom = 280, title_height = 8, note_height = 5, row_height = 6, heading_line = 4;
constexpr int words_least = 24, number_least = 14;  // of a column, where there is room
constexpr int gap = 3;
constexpr std::size_t heading_lines_max = 3;

class Drawing {
 public:
  Drawing(const StatisticsTable& table, std::string_view company, Date made) : table_(table) {
    layout_.language = table.language;
    layout_.title = table.title;
    layout_.author = "Postgång";
    layout_.issued = made;
    layout_.accent = render::ink;
    layout_.mark = render::ink;
    measure();
    newPage();
    text(sheet::left, Anchor::left, note_style, company, sheet::text_width);
    y_ += title_height;
    for (const auto& line : type_.wrapped(render::printable(table.title), title_style, sheet::text_width)) {
      text(sheet::left, Anchor::left, title_style, line, sheet::text_width);
      y_ += title_height;
    }
    for (const auto& note : table.notes) {
      text(sheet::left, Anchor::left, note_style, note, sheet::text_width);
      y_ += note_height;
    }
    y_ += note_height;
  }

  render::Layout make() {
    heading();
    for (const auto& row : table_.rows) {
      if (y_ > bottom && layout_.pages.size() < sheet::pages_max) {
        newPage();
        heading();
      }
      line(row, &row == &table_.rows.back() ? total_style : cell_style);
    }
    return std::move(layout_);
  }

 private:
  void newPage() {
    layout_.pages.emplace_back();
    y_ = top;
  }

  void text(auto x, Anchor anchor, const render::Style& style, std::string_view words, auto width) {
    render::TextRun run;
    run.text = type_.fitted(render::printable(words), style, width);
    run.x = x;
    run.y = y_;
    run.anchor = anchor;
    run.style = style;
    run.width = type_.width(run.text, style);
    if (!run.text.empty()) layout_.pages.back().items.emplace_back(std::move(run));
  }

  // Columns of numbers are as wide as their widest; those of words share what is left.
  void measure() {
    Length numbers = 0;
    widths_.assign(table_.heading.size(), 0);
    for (std::size_t i = table_.groups; i < widths_.size(); ++i) {
      widths_[i] = number_least;
      for (const auto& row : table_.rows)
        widths_[i] =
            std::max(widths_[i],
                     type_.width(render::printable(shownCell(row[i], table_.language)), total_style) + gap);
      numbers += widths_[i];
    }
    const auto groups = static_cast<int>(table_.groups);
    const Length room = sheet::text_width - groups * words_least;
    if (numbers > room)
      for (auto& width : widths_) width *= room / numbers;
    const auto words = (sheet::text_width - std::min(numbers, room)) / groups;
    std::fill(widths_.begin(), widths_.begin() + groups, words);
  }
  // Words stand at the left of their column, numbers at the right of theirs.
  void cell(std::size_t column, const render::Style& style, std::string_view words) {
    const auto at = widths_.begin() + static_cast<std::ptrdiff_t>(column);
    const auto begin = std::accumulate(widths_.begin(), at, Length(sheet::left));
    if (column < table_.groups) return text(begin, Anchor::left, style, words, *at - gap);
    text(begin + *at, Anchor::right, style, words, *at - 1);
  }

  void heading() {
    std::size_t lines = 1;
    std::vector<std::vector<std::string>> broken;
    for (std::size_t i = 0; i < table_.heading.size(); ++i) {
      const auto width = widths_[i] - (i < table_.groups ? gap : 1);
      broken.push_back(type_.wrapped(render::printable(table_.heading[i]), heading_style, width));
      lines = std::max(lines, std::min(broken.back().size(), heading_lines_max));
    }
    for (std::size_t number = 0; number < lines; ++number) {
      for (std::size_t i = 0; i < broken.size(); ++i)
        if (number < broken[i].size()) cell(i, heading_style, broken[i][number]);
      y_ += heading_line;
    }
    rule(false);
    y_ += heading_line;
  }

  void line(const std::vector<formats::WorkbookCell>& row, const render::Style& style) {
    for (std::size_t i = 0; i < row.size(); ++i) cell(i, style, shownCell(row[i], table_.language));
    rule(true);
    y_ += row_height;
  }

  void rule(bool pale) {
    render::Rule rule;
    rule.x1 = sheet::left;
    rule.x2 = sheet::right;
    rule.y = pale ? y_ + 2 : y_ - 2;
    rule.pale = pale;
    layout_.pages.back().items.emplace_back(rule);
  }

  using Length = decltype(render::TextRun::x);  // in millimetres
  const StatisticsTable& table_;
  std::vector<Length> widths_;
  render::Typesetter& type_ = render::Typesetter::ofThisThread();
  render::Layout layout_;
  decltype(render::TextRun::y) y_ = 0;
};

}  // namespace

Result<std::string> statisticsPdf(const StatisticsTable& table, std::string_view company, Date made) {
  return render::drawPdf(Drawing(table, company, made).make());
}

}  // namespace postgang::flow
