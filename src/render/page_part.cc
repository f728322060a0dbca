// What every page has: the running head of the later ones, and the foot.
#include <algorithm>

#include "render/parts.h"

namespace postgang::render {
namespace {

using namespace sheet;

constexpr double foot_pitch = 3.57;
constexpr std::size_t foot_lines_max = 6;
constexpr double foot_columns[] = {20, 76, 128};
constexpr double foot_widths[] = {53, 49, 50};

struct FootLine {
  std::string text;
  bool strong;
  std::size_t fault = no_fault;
  bool note = false;
};

std::vector<FootLine> footColumn(Typesetter& type, const Copy& copy, const std::vector<std::string>& texts,
                                 const std::vector<MarkedLine>& faults, double width, std::size_t strong) {
  std::vector<FootLine> lines;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Style style{7, i == strong ? Weight::semibold : Weight::regular, false, Tone::black};
    for (auto& line : type.wrapped(texts[i], style, width))
      if (lines.size() < foot_lines_max) {
        lines.push_back({std::move(line), i == strong});
        for (const MarkedLine& marked : faults)
          if (marked.line == i) lines.back().fault = marked.fault;
      }
    for (const MarkedLine& marked : faults)
      if (marked.line == i && !copy.faults[marked.fault].empty())
        for (auto& line : type.wrapped("\u2191 " + copy.faults[marked.fault], styles::faultLabel, width))
          if (lines.size() < foot_lines_max + 2) lines.push_back({std::move(line), false, no_fault, true});
  }
  return lines;
}

}  // namespace

Block runningHead(Typesetter& type, const Copy& copy, const Design& design) {
  BlockWriter write(type);
  constexpr double y = 17.4;
  const Style facts{8.5, Weight::regular, false, Tone::black};
  const double factsWidth = std::min(60.0, type.width(copy.runningFacts, facts));
  write.fitted(right, y, facts, copy.runningFacts, factsWidth + 0.01, Anchor::right);
  const double runningRoom = 75 - (copy.runningFacts.empty() ? 0 : factsWidth + 2.6) + 20;
  const double runningWidth = std::min(runningRoom, type.width(copy.running, styles::strongLine));
  const double runningRight = copy.runningFacts.empty() ? right : right - factsWidth - 2.6;
  write.fitted(runningRight, y, styles::strongLine, copy.running, runningRoom, Anchor::right);
  double x = left;
  if (design.logo.form != Logo::Form::none) {
    const double wide = std::min(45.0, 7 * design.logo.aspect), tall = wide / design.logo.aspect;
    write.add(LogoSpot{left, 16.5 - tall / 2, wide, tall});
    x += wide + 3;
  } else if (!copy.initials.empty()) {
    write.add(Mark{left, 13, 7});
    x += 9.9;
  }
  write.fitted(x, y, Style{9.5, Weight::bold, false, Tone::black}, copy.company,
               runningRight - runningWidth - 6 - x, Anchor::left, 7.5);
  return write.finish(later_top);
}

Block footPart(Typesetter& type, const Copy& copy, std::size_t page, std::size_t pages) {
  BlockWriter write(type);
  const std::vector<FootLine> columns[] = {
      footColumn(type, copy, copy.footCompany, copy.footFaults[0], foot_widths[0], 0),
      footColumn(type, copy, copy.footContact, copy.footFaults[1], foot_widths[1], 99),
      footColumn(type, copy, copy.footNumbers, copy.footFaults[2], foot_widths[2],
                 copy.hasTaxStatus ? copy.footNumbers.size() - 1 : 99)};
  write.rule(left, right, 0, 0.2);
  std::size_t most = 3;
  for (std::size_t c = 0; c < 3; ++c) {
    double y = 4.7;
    for (const FootLine& line : columns[c]) {
      write.mark(line.fault);
      write.text(foot_columns[c], y,
                 line.note ? styles::faultLabel
                           : Style{7, line.strong ? Weight::semibold : Weight::regular, false, Tone::black},
                 line.text);
      write.mark(no_fault);
      y += foot_pitch;
    }
    most = std::max(most, columns[c].size());
  }
  write.text(
      right, 4.7, Style{7.5, Weight::regular, false, Tone::black},
      Texts::of(copy.language)
          .sentence("copy.foot.page", {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}}),
      Anchor::right);
  return write.finish(4.7 + foot_pitch * static_cast<double>(most - 1));
}

}  // namespace postgang::render
