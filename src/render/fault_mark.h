// A copy with faults marked on it, and the piece of a copy around each: where on the invoice it is wrong, and
// how it should be, for the notice of a return, the correction and the public page.
//
//   const std::vector<FaultMark> marks = {{Term::BT_13, "", "Ska vara t.ex. 45123456"}};
//   renderPdf(document, design, Channel::email, language, marks)
//   for (const CutOut& piece : cutOuts(document, design, language, marks)) mail += cutOutHtml(piece);
//
// A mark is a red frame with words in it or under it, never the colour alone. What the document lacks is
// drawn where it would stand, as «saknas». Marks never change figures, order or pages' zones; without marks a
// copy is the same to the byte.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "document/business_document.h"
#include "render/design.h"

namespace postgang::render {

struct FaultMark {
  document::Term term{};
  std::string place;  // as document/difference.h says it: "BG-25[2]"; "" the first, or in the document itself
  std::string note;   // "Ska vara t.ex. 45123456"; may be empty
};
inline constexpr std::size_t fault_marks_max = 50;  // of one copy; more are not drawn

struct CutOut {
  struct Cell {
    std::string label, value;
    bool marked = false;
    std::string note;  // of a marked one
  };
  std::string heading;  // "Så står det på fakturan, sida 1"
  std::vector<Cell> cells;
  int page = 1;  // of the paged copy
};

// One piece for every mark, in their order; marks that stand beside each other share one.
std::vector<CutOut> cutOuts(const document::BusinessDocument& document, const Design& design,
                            Language language, const std::vector<FaultMark>& marks);

// A piece for e-mail: a table with inline styles, no picture, every text escaped.
std::string cutOutHtml(const CutOut& piece);

}  // namespace postgang::render
