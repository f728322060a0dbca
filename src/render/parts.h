// The parts of a laid-out copy, each in a file of its own: what stands on page 1 above the lines
// (front_part.cc), the table (table_part.cc), sums, VAT, payment and what follows (closing_part.cc), running
// head and foot (page_part.cc), payment slip (slip_part.cc). Internal to the layout.
#pragma once

#include <vector>

#include "render/block.h"
#include "render/paging.h"

namespace postgang::render {

inline constexpr double page_bottom = 273.1;  // the foot's rule on a page without slip
inline constexpr double slip_foot_top = 172.05;
inline constexpr double slip_top = 195.4;
inline constexpr double foot_gap = 12.1;    // kept free above the foot
inline constexpr double later_top = 26.05;  // the table on pages after the first

// What stands on page 1 above the table; its height is where the table begins.
Block frontPart(Typesetter& type, const Copy& copy, const Design& design);

// Short messages stand before the lines, long ones after the sums.
bool notesStandFirst(Typesetter& type, const Copy& copy);

struct TableBlocks {
  Block head;
  std::vector<Block> rows;  // a line taller than a third of a page comes in parts
  std::vector<LineHeight> heights;
  std::vector<std::size_t> lineOfRow;  // which of copy.table.rows
};
inline constexpr double table_head_height = 6.35, carried_height = 6.4;
TableBlocks tablePart(Typesetter& type, const Copy& copy);
// One row of what is carried: "Transport till sida 2   65 787,80".
Block carriedPart(Typesetter& type, std::string words, std::string amount);

// The closing in order; with a slip the sums come last, because they stand with it.
std::vector<Block> closingPart(Typesetter& type, const Copy& copy);
Block restNote(Typesetter& type, const Copy& copy, std::size_t linesLeftOut);

Block runningHead(Typesetter& type, const Copy& copy, const Design& design);
Block footPart(Typesetter& type, const Copy& copy, std::size_t page,
               std::size_t pages);                                     // from its rule down
Block slipPart(Typesetter& type, const Copy& copy, const Slip& slip);  // from the page's top

}  // namespace postgang::render
