// The payment slip at the foot of the last page of a printed copy. Places and code line are unverified
// against the current bankgiro manual ([K] in the rules), so designs have it off until a print test says
// otherwise.
#include "render/parts.h"

namespace postgang::render {
namespace {

using namespace sheet;

constexpr double machine_pitch = 2.54;  // ten characters to the inch

void writeLines(BlockWriter& write, const std::vector<std::string>& lines, double x) {
  double y = 215.2;
  for (std::size_t i = 0; i < lines.size() && i < 5; ++i, y += 4.23)
    write.fitted(x, y, Style{9, Weight::regular, false, Tone::black}, lines[i], 80);
}

void writeBoxes(BlockWriter& write, const Slip& slip) {
  const Style strong{10.5, Weight::semibold, false, Tone::black};
  constexpr double top = 252.05, height = 7.95, y = 257.5;
  write.add(Frame{left, top, 87.9, height, 0.25});
  write.add(Frame{middle, top, 53.9, height, 0.25});
  write.add(Frame{169, top, 26, height, 0.25});
  write.fitted(23, y, strong, slip.reference, 82);
  write.fitted(164.3, y, strong, slip.kronor, 48, Anchor::right);
  write.text(172, y, strong, slip.ore);
}

}  // namespace

Block slipPart(Typesetter& type, const Copy& copy, const Slip& slip) {
  BlockWriter write(type);
  const auto& texts = Texts::of(copy.language);
  const auto word = [&](const char* key) { return std::string(texts.word(std::string("copy.slip.") + key)); };
  write.add(Rule{0, slip_top, width, 0.2, false, false, true});
  write.text(left, 202.9, Style{8, Weight::bold, false, Tone::black}, word("title"));
  write.text(right, 204.6, Style{12.5, Weight::bold, false, Tone::black}, word("giro"), Anchor::right);
  write.text(left, 210.8, styles::label, word("payer"));
  writeLines(write, slip.payer, left);
  write.text(middle, 210.8, styles::label, word("payee"));
  writeLines(write, slip.payee, middle);

  if (!slip.number.empty()) write.text(left, 238.5, styles::label, word("invoiceNumber"));
  write.fitted(left, 243.2, Style{9, Weight::regular, false, Tone::black}, slip.number, 37);
  if (!slip.due.empty()) write.text(59.8, 238.5, styles::label, word("due"));
  write.fitted(59.8, 243.2, Style{9, Weight::semibold, false, Tone::black}, slip.due, 48);
  write.text(middle, 238.5, styles::label, word("toBankgiro"));
  write.fitted(middle, 243.8, Style{11, Weight::semibold, false, Tone::black}, slip.account, 60);
  write.text(left, 250.7, styles::label, word("ocr"));
  write.text(middle, 250.7, styles::label, word("kronor"));
  write.text(169, 250.7, styles::label, word("ore"));
  writeBoxes(write, slip);
  if (slip.codeLine.empty()) return write.finish(height);

  write.text(width / 2, 267.6, Style{6.5, Weight::regular, false, Tone::grey}, word("machine"),
             Anchor::middle);
  Style machine{10, Weight::regular, false, Tone::black, Face::machine};
  machine.points = 10 * machine_pitch / type.width("0", machine);
  write.text(width / 2, height - 21.2, machine, slip.codeLine, Anchor::middle);
  return write.finish(height);
}

}  // namespace postgang::render
