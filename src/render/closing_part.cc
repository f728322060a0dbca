// After the lines: sums and VAT per rate, payment, messages, attachments.
#include <algorithm>

#include "render/parts.h"

namespace postgang::render {
namespace {

using namespace sheet;

constexpr double vat_right = 97.9, vat_base_right = 70.1;
constexpr double vat_pitch = 4.65, sum_pitch = 5.03, gap_above = 6.6;
constexpr double code_side = 31, code_text = 57, code_gap = 12.5;
constexpr std::size_t vat_rows_together_max = 18;  // more of them become blocks of their own before the sums

double writeVatRow(BlockWriter& write, const Copy& copy, const VatRow& row, double y, const Style& line,
                   const Style& figure) {
  write.mark(row.fault);
  write.fitted(left, y, line, row.rate, 24);
  write.fitted(vat_base_right, y, figure, row.base, 24, Anchor::right);
  write.fitted(vat_right, y, figure, row.vat, 25, Anchor::right);
  write.mark(no_fault);
  y = write.note(left, y, copy, row.fault, vat_right - left);
  if (row.reason.empty()) return y;
  return write.paragraph(left, y + 3.5, styles::under, row.reason, vat_right - left, 3.3, 6);
}

double writeVatHead(BlockWriter& write, const Copy& copy, double y) {
  const auto& texts = Texts::of(copy.language);
  write.text(left, y, styles::head, std::string(texts.word("copy.vat.heading")));
  write.text(vat_base_right, y, styles::head, std::string(texts.word("copy.vat.base")), Anchor::right);
  write.text(vat_right, y, styles::head, std::string(texts.word("copy.vat.vat")), Anchor::right);
  write.rule(left, vat_right, y + 1.75, 0.2);
  return y + 0.4;
}

// VAT per rate from `from` on, at the left. Gives the last baseline.
double writeVat(BlockWriter& write, const Copy& copy, std::size_t from, double y) {
  if (from < copy.vat.size()) {
    y = writeVatHead(write, copy, y);
    for (std::size_t i = from; i < copy.vat.size(); ++i)
      y = writeVatRow(write, copy, copy.vat[i], y + vat_pitch, styles::line, styles::figure);
    if (copy.vatSum)
      y = writeVatRow(write, copy, *copy.vatSum, y + vat_pitch, styles::strongLine, styles::strongFigure);
    y += vat_pitch;
  }
  for (const Fact& fact : copy.vatFacts) {
    write.mark(fact.fault);
    write.text(left, y, styles::line, fact.label);
    write.fitted(vat_right, y, styles::figure, fact.value, 40, Anchor::right);
    write.mark(no_fault);
    y = write.note(left, y, copy, fact.fault, vat_right - left) + vat_pitch;
  }
  for (const auto& note : copy.vatNotes)
    y = write.paragraph(left, y, styles::line, note, vat_right - left, 4.1, 8) + vat_pitch;
  return y - vat_pitch;
}

double writeSums(BlockWriter& write, const Copy& copy, double y) {
  for (const Fact& sum : copy.sums) {
    write.mark(sum.fault);
    write.fitted(middle, y, styles::line, sum.label, 50);
    write.fitted(right, y, styles::figure, sum.value, 40, Anchor::right);
    write.mark(no_fault);
    y = write.note(middle, y, copy, sum.fault, right - middle) + sum_pitch;
  }
  if (copy.total.empty()) return y - sum_pitch;
  if (!copy.sums.empty()) write.rule(middle, right, y - sum_pitch + 1.6, 0.35);
  y += 2.7;
  const Style total{12.5, Weight::bold, false, Tone::black};
  const double wide = std::min(write.type().width(copy.total, total), 60.0);
  write.mark(copy.totalFault);
  write.fitted(right, y, total, copy.total, 60, Anchor::right);
  write.fitted(middle, y, total, copy.totalLabel, right - middle - wide - 3);
  write.mark(no_fault);
  return write.note(middle, y, copy, copy.totalFault, right - middle);
}

// What the code carries, in print: label beside value, or over it where a value is too wide for that.
double writeCodeFacts(BlockWriter& write, const Code& code, double y) {
  const Style value{9, Weight::semibold, false, Tone::black};
  constexpr double value_x = 71.2, room = middle - 4;
  const bool beside = std::all_of(code.facts.begin(), code.facts.end(), [&](const Fact& fact) {
    return write.type().width(fact.label, styles::label) < value_x - code_text - 1.5 &&
           write.type().width(fact.value, value) <= room - value_x;
  });
  for (const Fact& fact : code.facts) {
    write.fitted(code_text, y, styles::label, fact.label, room - code_text);
    if (!beside) y += 3.8;
    write.fitted(beside ? value_x : code_text, y, value, fact.value, room - (beside ? value_x : code_text));
    y += beside ? 4.5 : 4.7;
  }
  return y - 4.5;
}

// Code and its facts at the left, how to pay at the right; without a code over the whole width under a rule.
double writePayment(BlockWriter& write, const Copy& copy, double top) {
  const Style lead{8.5, Weight::semibold, false, Tone::black};
  if (!copy.code) {
    if (copy.payment.empty()) return top;
    top += 7.5;
    write.rule(left, right, top, 0.2);
    double y = top + 2;
    for (const Paragraph& words : copy.payment)
      y = write.paragraph(left, y + 4.3, lead, styles::line, words, text_width, 4.25);
    return y;
  }
  top += code_gap;
  const Code& code = *copy.code;
  write.add(CodeSpot{left, top, code_side});
  double y = write.paragraph(code_text, top + 3.2, Style{9, Weight::semibold, false, Tone::black},
                             code.heading, middle - 4 - code_text, 4.2);
  y = write.paragraph(code_text, y + 5.0, Style{7.5, Weight::regular, false, Tone::grey}, code.sentence, 41,
                      3.75);
  const double leftEnd = std::max(top + code_side, writeCodeFacts(write, code, y + 5.4));
  y = top - 1.1;
  for (const Paragraph& words : copy.payment)
    y = write.paragraph(middle, y + 4.3, lead, styles::line, words, right - middle, 4.25);
  return std::max(leftEnd, y);
}

Block sumsPart(Typesetter& type, const Copy& copy, std::size_t firstVat) {
  BlockWriter write(type);
  const double y = gap_above + 4;
  const double sumsEnd = std::max(writeVat(write, copy, firstVat, y), writeSums(write, copy, y));
  return write.finish(writePayment(write, copy, sumsEnd) + 3);
}

// A hostile or very long VAT table: all but its last rows in blocks before the sums.
std::size_t addVatParts(Typesetter& type, const Copy& copy, std::vector<Block>& blocks) {
  std::size_t at = 0;
  while (copy.vat.size() - at > vat_rows_together_max) {
    BlockWriter write(type);
    double y = writeVatHead(write, copy, gap_above + 4);
    for (std::size_t i = 0; i < vat_rows_together_max; ++i)
      y = writeVatRow(write, copy, copy.vat[at++], y + vat_pitch, styles::line, styles::figure);
    blocks.push_back(write.finish(y + 2));
  }
  return at;
}

// Text over the whole width, in blocks of a few lines so that it can go on to the next page.
void addText(Typesetter& type, std::vector<Block>& blocks, std::string heading, const std::string& text) {
  constexpr std::size_t lines_together = 10;
  const auto lines = type.wrapped(text, styles::line, text_width);
  std::size_t at = 0;
  while (at < lines.size()) {
    BlockWriter write(type);
    double y = at == 0 ? gap_above : 0.2;
    if (at == 0 && !heading.empty()) {
      write.text(left, y, Style{8.5, Weight::bold, false, Tone::black}, heading);
      y += 1;
    }
    for (std::size_t i = 0; i < lines_together && at < lines.size(); ++i)
      write.text(left, y += 4.1, styles::line, lines[at++]);
    blocks.push_back(write.finish(y));
  }
}

void addAttachments(Typesetter& type, const Copy& copy, std::vector<Block>& blocks) {
  bool first = true;
  for (const Fact& attachment : copy.attachments) {
    BlockWriter write(type);
    double y = 0.2;
    if (first) {
      y = gap_above;
      write.text(left, y, Style{8.5, Weight::bold, false, Tone::black},
                 std::string(Texts::of(copy.language).word("copy.more.attachments")));
      y += 1;
      first = false;
    }
    write.mark(attachment.fault);
    y = write.paragraph(left, y + 4.3, styles::strongLine, styles::line,
                        {attachment.label, attachment.value.empty() ? "" : attachment.value}, text_width,
                        4.1);
    write.mark(no_fault);
    y = write.note(left, y, copy, attachment.fault, text_width);
    blocks.push_back(write.finish(y));
  }
}

}  // namespace

std::vector<Block> closingPart(Typesetter& type, const Copy& copy) {
  std::vector<Block> sums, others;
  const std::size_t firstVat = addVatParts(type, copy, sums);
  sums.push_back(sumsPart(type, copy, firstVat));
  if (!copy.notes.empty() && !notesStandFirst(type, copy)) {
    std::string heading(Texts::of(copy.language).word("copy.more.message"));
    for (const auto& note : copy.notes) {
      addText(type, others, heading, note);
      heading.clear();
    }
  }
  for (const Paragraph& words : copy.more) addText(type, others, words.lead, words.text);
  addAttachments(type, copy, others);
  std::vector<Block>& before = copy.slip ? others : sums;
  std::vector<Block>& after = copy.slip ? sums : others;
  before.insert(before.end(), std::make_move_iterator(after.begin()), std::make_move_iterator(after.end()));
  return std::move(before);
}

Block restNote(Typesetter& type, const Copy& copy, std::size_t linesLeftOut) {
  BlockWriter write(type);
  const double y = write.paragraph(
      left, 6, styles::strongLine,
      Texts::of(copy.language).sentence("copy.line.rest", {{"count", std::to_string(linesLeftOut)}}),
      text_width, 4.2);
  return write.finish(y + 2);
}

}  // namespace postgang::render
