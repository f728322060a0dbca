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
  add(TextRun{x, y, anchor, style, std::move(text), width, fault_});
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

double BlockWriter::facts(double x, double y, const Copy& copy, const std::vector<Fact>& facts,
                          const Style& value, double width, double gap) {
  constexpr double value_drop = 3.9, row_pitch = 8.6, note_room = 26;
  double at = x, label = y, last = y + value_drop;
  for (const Fact& fact : facts) {
    const bool isMarked = fact.fault != no_fault;
    const Style& head = isMarked ? styles::faultLabel : styles::label;
    const bool hasNote = isMarked && !copy.faults[fact.fault].empty();
    const Style body = isMarked ? styles::marked(value) : value;
    double wide = std::min(width, std::max(type_.width(fact.label, head), type_.width(fact.value, body)));
    if (hasNote) wide = std::min(width, std::max(wide, note_room));
    if (at > x && at + wide > x + width + 0.01) {
      at = x;
      label = std::max(label + row_pitch, last + row_pitch - value_drop);
    }
    mark(fact.fault);
    fitted(at, label, head, fact.label, width);
    fitted(at, label + value_drop, body, fact.value, width);
    mark(no_fault);
    last = std::max(last, label + value_drop);
    if (hasNote) last = std::max(last, note(at, label + value_drop, copy, fact.fault, wide));
    at += wide + gap;
  }
  return last;
}

double BlockWriter::note(double x, double y, const Copy& copy, std::size_t fault, double width) {
  constexpr double drop = 4.4, pitch = 3.4;
  if (fault == no_fault || copy.faults[fault].empty()) return y;
  return paragraph(x, y + drop, styles::faultNote, "\u2191 " + copy.faults[fault], width, pitch, 4);
}

// One frame round all that was written for a fault, drawn before it.
void BlockWriter::frameFaults() {
  constexpr double side = 1.3, ascent = 0.76;  // ems of the type
  for (std::size_t i = 0; i < block_.items.size(); ++i) {
    const auto* first = std::get_if<TextRun>(&block_.items[i]);
    if (!first || first->fault == no_fault) continue;
    const std::size_t fault = first->fault;
    double x1 = 1e9, y1 = 1e9, x2 = 0, y2 = 0;
    std::size_t end = i;
    for (; end < block_.items.size(); ++end) {
      const auto* run = std::get_if<TextRun>(&block_.items[end]);
      if (!run || run->fault != fault) break;
      const double em = run->style.points * millimetres_per_point;
      const double start = run->x - (run->anchor == Anchor::right    ? run->width
                                     : run->anchor == Anchor::middle ? run->width / 2
                                                                     : 0);
      x1 = std::min(x1, start);
      x2 = std::max(x2, start + run->width);
      y1 = std::min(y1, run->y - em * ascent);
      // Amounts, the only large type, have nothing below their baseline but a comma.
      y2 = std::max(y2, run->y + em * (run->style.points > 14 ? 0.1 : 0.2));
    }
    const double room = end - i > 1 ? 0.8 : 0.4;  // one line alone may stand close to its neighbours
    const FaultFrame frame{x1 - side, y1 - room, x2 - x1 + 2 * side, y2 - y1 + 2 * room, fault};
    block_.items.insert(block_.items.begin() + static_cast<std::ptrdiff_t>(i), frame);
    i = end;
  }
}

Block BlockWriter::finish(double height) {
  frameFaults();
  block_.height = height;
  return std::move(block_);
}

}  // namespace postgang::render
