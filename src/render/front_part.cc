// Page 1 above the table: logo, title, amount block, window, notice, references.
#include <algorithm>
#include <cmath>

#include "render/parts.h"

namespace postgang::render {
namespace {

using namespace sheet;

constexpr double logo_width_max = 85, logo_height_max = 26,
                 logo_area = 520;  // mm², so that no form looks larger
constexpr double mark_side = 11;
constexpr std::size_t reference_lines_max = 6;
constexpr std::size_t notes_lines_max = 7;  // more of a message stands after the sums

void writeLogo(BlockWriter& write, const Copy& copy, const Design& design) {
  if (design.logo.form != Logo::Form::none) {
    const double aspect = design.logo.aspect;
    double tall = std::min(logo_height_max, std::sqrt(logo_area / aspect));
    const double wide = std::min(logo_width_max, tall * aspect);
    tall = wide / aspect;
    write.add(LogoSpot{left, 12, wide, tall});
    return;
  }
  constexpr Style name{12.5, Weight::bold, false, Tone::black};
  const bool marked = !copy.initials.empty();
  const double x = marked ? left + mark_side + 3 : left;
  if (marked) write.add(Mark{left, 13, mark_side});
  const double room = logo_width_max - (x - left);
  const auto lines = write.type().wrapped(copy.brandName, name, room);
  if (copy.brandLine.empty() && lines.size() < 2) {
    write.fitted(x, 20.1, name, copy.brandName, room);
  } else if (copy.brandLine.empty()) {
    write.paragraph(x, 17.6, name, copy.brandName, room, 5.2, 2);
  } else {
    write.fitted(x, 18.0, name, copy.brandName, room, Anchor::left, 8);
    write.fitted(x, 21.9, Style{7.5, Weight::regular, false, Tone::grey}, copy.brandLine, room);
  }
}

void writeTitle(BlockWriter& write, const Copy& copy) {
  write.fitted(middle, 18.7, Style{20, Weight::bold, false, Tone::black}, copy.title, right - middle);
  const Style value{9, Weight::medium, false, Tone::black};
  const double last = write.facts(middle, 25.0, copy, copy.titleFacts, value, right - middle, 7);
  if (!copy.underTitle.empty())
    write.fitted(middle, last + 4.6, styles::fact, copy.underTitle, right - middle);
}

// The amount, by when and to where. Gives the last baseline.
double writeDue(BlockWriter& write, const Copy& copy, double top) {
  constexpr double room = 82;
  write.fitted(left, top + 2.4, styles::label, copy.dueLabel, room);
  write.mark(copy.dueFault);
  write.fitted(left, top + 10.3, Style{21, Weight::bold, false, Tone::black}, copy.dueAmount, room,
               Anchor::left, 9);
  write.mark(copy.dueSentenceFault);
  write.fitted(left, top + 15.9, Style{10, Weight::semibold, false, Tone::black}, copy.dueSentence, room);
  write.mark(no_fault);
  double last = top + 15.9;
  for (const std::size_t fault : {copy.dueFault, copy.dueSentenceFault})
    last = write.note(left, last, copy, fault, room);
  if (copy.dueFacts.empty()) return last;
  const double first = last + (copy.dueSentence.empty() ? 2.7 : 7.7);
  return write.facts(left, first, copy, copy.dueFacts, Style{9, Weight::medium, false, Tone::black}, room, 8);
}

// Gives the last baseline of what is said of marked lines; 0 without.
double writeAddress(BlockWriter& write, const Copy& copy) {
  constexpr double room = 78, pitch = 4.7;
  const Style line{10.5, Weight::regular, false, Tone::black};
  double y = 57.2;
  if (copy.addressLabel.empty()) {
    write.fitted(middle, 50.1, Style{6.5, Weight::regular, false, Tone::grey}, copy.senderLine, room);
  } else {
    if (!copy.address.empty()) write.text(middle, 46.4, styles::label, copy.addressLabel);
    y = 50.9;
  }
  for (std::size_t i = 0; i < copy.address.size() && i < 7; ++i, y += pitch) {
    for (const MarkedLine& marked : copy.addressFaults)
      if (marked.line == i) write.mark(marked.fault);
    write.fitted(middle, y, line, copy.address[i], room, Anchor::left, 8.5);
    write.mark(no_fault);
  }
  double last = 0;
  for (const MarkedLine& marked : copy.addressFaults)
    last = write.note(middle, last == 0 ? y - pitch : last, copy, marked.fault, room);
  return last;
}

// Gives the y under which the references begin.
double writeNotice(BlockWriter& write, const Copy& copy, double rule) {
  const Notice& notice = *copy.notice;
  const Style heading{12.5, Weight::bold, false, Tone::black};
  if (!notice.boxed) {
    double y = write.paragraph(left, rule + 7.8, heading, notice.heading, text_width, 5.4);
    if (!notice.text.empty())
      y = write.paragraph(left, y + 5.7, Style{9.5, Weight::regular, false, Tone::black}, notice.text,
                          text_width, 4.9);
    return y + 4;
  }
  const Style words{9, Weight::regular, false, Tone::black};
  if (notice.forbids) {
    constexpr double x = 39.5;
    const double top = rule - 3;
    double y = write.paragraph(x, top + 8.1, heading, notice.heading, right - 5 - x, 5.4);
    if (!notice.text.empty()) y = write.paragraph(x, y + 5.5, words, notice.text, right - 5 - x, 4.2, 4);
    const double height = std::max(y + 4.9 - top, 15.0);
    write.add(Frame{left, top, text_width, height, 0.5});
    write.add(NoSign{left + 9.9, top + height / 2, 4.3});
    return top + height + 1.9;
  }
  const double top = rule + 3.5;
  const double y = write.paragraph(left + 4, top + 5.3, Style{9, Weight::bold, false, Tone::black}, words,
                                   {notice.heading, notice.text}, text_width - 8, 4.2);
  write.add(Frame{left, top, text_width, y + 3.2 - top, 0.35});
  return y + 3.2 + 1.2;
}

// A value that is a little too wide is made a little smaller; a longer one is broken.
double writeReference(BlockWriter& write, const Fact& fact, double x, double y, double room) {
  const std::string& value = fact.value;
  const Style style = fact.fault == no_fault ? styles::fact : styles::marked(styles::fact);
  constexpr double line_pitch = 4, shrink_max = 1.09;
  const double natural = value.size() < 200 ? write.type().width(value, style) : room * 10;
  if (natural > room && natural <= room * shrink_max && value.find('\n') == std::string::npos) {
    write.fitted(x, y, style, value, room);
    return y;
  }
  return write.paragraph(x, y, style, value, room, line_pitch, reference_lines_max);
}

// Four columns, label over value. Gives the last baseline.
double writeReferences(BlockWriter& write, const Copy& copy, double y) {
  constexpr double columns[] = {20, 65.1, 113, 159, 198};
  constexpr double gutter = 3, value_drop = 3.7, row_gap = 5.6;
  double label = y, last = y;
  for (std::size_t i = 0; i < copy.references.size(); ++i) {
    const std::size_t column = i % 4;
    if (i > 0 && column == 0) label = last + row_gap;
    if (column == 0) last = label + value_drop;
    const double x = columns[column], room = columns[column + 1] - x - gutter;
    const Fact& fact = copy.references[i];
    write.mark(fact.fault);
    write.fitted(x, label, fact.fault == no_fault ? styles::label : styles::faultLabel, fact.label, room);
    const double end = writeReference(write, fact, x, label + value_drop, room);
    write.mark(no_fault);
    last = std::max(last, write.note(x, end, copy, fact.fault, room));
  }
  return last;
}

}  // namespace

bool notesStandFirst(Typesetter& type, const Copy& copy) {
  std::size_t lines = 0;
  for (const auto& note : copy.notes) {
    if (note.size() > 1'500) return false;
    lines += type.wrapped(note, styles::line, text_width).size();
  }
  return lines <= notes_lines_max;
}

Block frontPart(Typesetter& type, const Copy& copy, const Design& design) {
  BlockWriter write(type);
  const bool window = copy.addressLabel.empty();
  writeLogo(write, copy, design);
  writeTitle(write, copy);
  const double lastFact = writeDue(write, copy, window ? 47.2 : 44);
  const double lastNote = writeAddress(write, copy);
  const double rule = std::max({window ? 90.25 : 82.3, lastFact + 7.5, lastNote + 5});
  const bool boxInstead = copy.notice && copy.notice->forbids;
  if (!boxInstead) write.add(Rule{left, rule, right, 0.7, true});
  double y = copy.notice ? writeNotice(write, copy, rule) : rule;
  if (!copy.references.empty()) y = writeReferences(write, copy, y + 5.4);
  if (!copy.notes.empty() && notesStandFirst(type, copy)) {
    y += copy.references.empty() ? 6.5 : 7;
    for (const auto& note : copy.notes)
      y = write.paragraph(left, y, styles::line, note, text_width, 4.1) + 4.9;
    y -= 4.9;
  }
  return write.finish(y + 6.55);
}

}  // namespace postgang::render
