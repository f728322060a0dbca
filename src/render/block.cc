#include "render/block.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::render {

void place(Page& page, Block block, double top) {
  page.items.reserve(page.items.size() + block.items.size());
  for (Item& item : block.items) {
    std::visit([top](auto& i) { i.y += top; }, item);
    page.items.push_back(std::move(item));
  }
}

void BlockWriter::text(double x, double y, const Style& style, std::string text, Anchor anchor) {
  if (text.empty()) return;
  const double width = type_.width(text, style);
  add(TextRun{x, y, anchor, style, std::move(text), width});
}

void BlockWriter::fitted(double x, double y, Style style, std::string_view words, double width, Anchor anchor,
                         double least) {
  if (words.empty()) return;
  const double natural = words.size() > 400 ? width * 10 : type_.width(words, style);
  if (natural > width) {
    style.points = std::max(least, style.points * width / natural);
    text(x, y, style, type_.fitted(words, style, width + 0.01), anchor);
  } else {
    text(x, y, style, std::string(words), anchor);
  }
}

double BlockWriter::paragraph(double x, double y, const Style& style, std::string_view words, double width,
                              double pitch, std::size_t linesMax) {
  auto lines = type_.wrapped(words, style, width);
  if (lines.size() > linesMax) {
    lines[linesMax - 1] = type_.fitted(lines[linesMax - 1] + " " + lines[linesMax], style, width);
    if (!lines[linesMax - 1].ends_with("…")) lines[linesMax - 1] += "…";
    lines.resize(linesMax);
  }
  double baseline = y;
  for (auto& line : lines) {
    text(x, baseline, style, std::move(line));
    baseline += pitch;
  }
  return lines.empty() ? y - pitch : baseline - pitch;
}

double BlockWriter::paragraph(double x, double y, const Style& lead, const Style& style,
                              const Paragraph& words, double width, double pitch) {
  if (words.lead.empty()) return paragraph(x, y, style, words.text, width, pitch);
  double at = x, baseline = y;
  std::string line;
  const Style* current = &lead;
  const auto flush = [&] {
    if (line.empty()) return;
    const double wide = type_.width(line, *current);
    text(at, baseline, *current, std::move(line));
    at += wide;
    line.clear();
  };
  const auto newLine = [&] {
    flush();
    at = x;
    baseline += pitch;
  };
  // The lead's own lines are broken first; the rest goes on where it ended.
  auto leading = type_.wrapped(words.lead, lead, width);
  for (std::size_t i = 0; i < leading.size(); ++i) {
    if (i > 0) newLine();
    line = std::move(leading[i]);
  }
  flush();
  current = &style;
  const double space = type_.width(" ", style);
  const auto paragraphs = split(words.text, '\n');
  for (std::size_t p = 0; p < paragraphs.size(); ++p) {
    if (p > 0) newLine();
    for (const std::string_view word : split(paragraphs[p], ' ')) {
      if (word.empty()) continue;
      for (auto& piece : type_.wrapped(word, style, width)) {
        const double used = at - x + (line.empty() ? 0 : type_.width(line, style));
        const bool first = used < 0.01;
        if (!first && used + space + type_.width(piece, style) > width) newLine();
        if (at > x && line.empty()) at += space;
        if (!line.empty()) line += ' ';
        line += piece;
      }
    }
  }
  flush();
  return baseline;
}

double BlockWriter::facts(double x, double y, const std::vector<Fact>& facts, const Style& value,
                          double width, double gap) {
  constexpr double value_drop = 3.9, row_pitch = 8.6;
  double at = x, label = y;
  for (const Fact& fact : facts) {
    const double wide =
        std::min(width, std::max(type_.width(fact.label, styles::label), type_.width(fact.value, value)));
    if (at > x && at + wide > x + width + 0.01) {
      at = x;
      label += row_pitch;
    }
    fitted(at, label, styles::label, fact.label, width);
    fitted(at, label + value_drop, value, fact.value, width);
    at += wide + gap;
  }
  return label + value_drop;
}

Block BlockWriter::finish(double height) {
  block_.height = height;
  return std::move(block_);
}

}  // namespace postgang::render
