// Marks put on a copy: each finds what shows its term, or makes it. Internal to render/.
#pragma once

#include "render/fault_mark.h"
#include "render/reading.h"

namespace postgang::render {

// Where a mark came to stand.
struct FaultSpot {
  enum class Part : std::uint8_t {
    title_facts,
    due_facts,
    due_amount,
    due_sentence,
    references,
    address,
    table_cell,
    table_under,
    sums,
    total,
    vat,
    vat_facts,
    attachments,
    foot
  };
  Part part = Part::references;
  std::size_t index = 0;  // in its list; of a table's row
  std::size_t inner = 0;  // cell, line under a row, column of the foot
  std::size_t fault = 0;  // of Copy::faults
  document::Term term{};
  std::string value = {};  // as the copy says it of the term alone: the value, or that it is missing
};

// Gives the spots in the order of the marks.
std::vector<FaultSpot> markFaults(const Reading& reading, const std::vector<FaultMark>& marks, Copy& copy);

struct MarkedCopy {
  Copy copy;
  std::vector<FaultSpot> spots;
};
MarkedCopy markedCopyOf(const document::BusinessDocument& document, const Design& design, Channel channel,
                        Language language, const std::vector<FaultMark>& marks);

}  // namespace postgang::render
