// Layout: a copy on pages. Millimetres from the top left corner of an A4 sheet; y of a text is its baseline.
// One model, drawn twice: pdf.h and html.h draw exactly these items and decide nothing. Items stand in
// reading order.
//
//   Layout layout = layOut(copyOf(document, design, channel, language), design);
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "render/copy.h"
#include "render/type.h"

namespace postgang::render {

namespace sheet {  // the zones of the page
inline constexpr double width = 210, height = 297;
inline constexpr double left = 20, middle = 113, right = 195;
inline constexpr double text_width = right - left;
inline constexpr std::size_t pages_max = 500;
}  // namespace sheet

enum class Anchor : std::uint8_t { left, middle, right };

struct TextRun {
  double x = 0, y = 0;
  Anchor anchor = Anchor::left;
  Style style;
  std::string text;
  double width = 0;              // as measured
  std::size_t fault = no_fault;  // of Copy::faults, where the text is what is marked
};
struct Rule {
  double x1 = 0, y = 0, x2 = 0;  // horizontal
  double thickness = 0.2;
  bool accent = false, pale = false, dashed = false;
};
struct Frame {  // a box's outline
  double x = 0, y = 0, width = 0, height = 0;
  double thickness = 0.35;
};
struct FaultFrame {  // red, round a marked place
  double x = 0, y = 0, width = 0, height = 0;
  std::size_t fault = no_fault;
};
struct NoSign {  // a ring with a bar: do not pay
  double x = 0, y = 0, radius = 0;
};
struct Mark {  // initials on the accent colour
  double x = 0, y = 0, side = 0;
};
struct LogoSpot {
  double x = 0, y = 0, width = 0, height = 0;
};
struct CodeSpot {
  double x = 0, y = 0, side = 0;
};
using Item = std::variant<TextRun, Rule, Frame, FaultFrame, NoSign, Mark, LogoSpot, CodeSpot>;

struct Page {
  std::vector<Item> items;
};

struct Layout {
  Language language = Language::swedish;
  std::string title, author;
  std::optional<Date> issued;
  Colour accent, mark;      // of the rule; of the initials' ground
  bool whiteOnMark = true;  // the initials; else ink
  std::string initials;
  Logo logo;
  std::optional<QrCode> code;
  std::vector<Page> pages;
};

Layout layOut(const Copy& copy, const Design& design);

}  // namespace postgang::render
