// Block: items that stand together, y from the block's own top. Pages are blocks laid under each other.
// BlockWriter writes into one and measures as it goes. Internal to the layout.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/layout.h"

namespace postgang::render {

struct Block {
  double height = 0;
  std::vector<Item> items;
};

void place(Page& page, Block block, double top);

namespace styles {
inline constexpr Style label{7, Weight::regular, false, Tone::grey};
inline constexpr Style head{7, Weight::semibold, false, Tone::black};
inline constexpr Style fact{8.5, Weight::medium, false, Tone::black};
inline constexpr Style line{8.5, Weight::regular, false, Tone::black};
inline constexpr Style figure{8.5, Weight::regular, true, Tone::black};
inline constexpr Style strongFigure{8.5, Weight::semibold, true, Tone::black};
inline constexpr Style strongLine{8.5, Weight::semibold, false, Tone::black};
inline constexpr Style under{7, Weight::regular, false, Tone::grey};
inline constexpr Style faultLabel{7, Weight::semibold, false, Tone::fault};
inline constexpr Style faultNote{7.5, Weight::semibold, false, Tone::fault};
constexpr Style marked(Style value) {
  value.weight = Weight::bold;
  value.tone = Tone::black;
  return value;
}
}  // namespace styles

class BlockWriter {
 public:
  explicit BlockWriter(Typesetter& type) : type_(type) {}

  void text(double x, double y, const Style& style, std::string text, Anchor anchor = Anchor::left);
  // Made smaller down to `least` points where it is wider than `width`, and cut with … where that is not
  // enough.
  void fitted(double x, double y, Style style, std::string_view text, double width,
              Anchor anchor = Anchor::left, double least = 6.5);
  // Broken into lines; gives the last baseline.
  double paragraph(double x, double y, const Style& style, std::string_view text, double width, double pitch,
                   std::size_t linesMax = 1'000'000);
  // A bold lead and the text after it on the same lines.
  double paragraph(double x, double y, const Style& lead, const Style& style, const Paragraph& words,
                   double width, double pitch);
  // Facts side by side, value under label, `gap` apart; a new row of them where the width is used up. Gives
  // the last value's baseline.
  double facts(double x, double y, const Copy& copy, const std::vector<Fact>& facts, const Style& value,
               double width, double gap);
  // What is written from here on is what a fault is about, until no_fault: it gets a frame.
  void mark(std::size_t fault) { fault_ = fault; }
  // The words under a frame whose last text stands on baseline `y`. Gives the last baseline, `y` without
  // words.
  double note(double x, double y, const Copy& copy, std::size_t fault, double width);
  void rule(double x1, double x2, double y, double thickness) { add(Rule{x1, y, x2, thickness}); }
  void paleRule(double x1, double x2, double y) { add(Rule{x1, y, x2, 0.1, false, true}); }
  template <typename Sign>
  void add(Sign sign) {
    block_.items.emplace_back(std::in_place_type<Sign>, std::move(sign));
  }

  Typesetter& type() { return type_; }
  Block finish(double height);

 private:
  void frameFaults();

  Typesetter& type_;
  Block block_;
  std::size_t fault_ = no_fault;
};

}  // namespace postgang::render
