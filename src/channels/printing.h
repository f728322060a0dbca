// How letters leave the house: the print house's drop, and what the operator has decided about letters.
// Without a drop nothing is printed.
#pragma once

#include <memory>
#include <string>

#include "base/time.h"
#include "channels/printed_letter.h"
#include "net/file_drop.h"

namespace postgang::channels {

struct Printing {
  std::shared_ptr<const net::FileDrop> drop;
  std::string house = "Tryckeriet";  // as the operator calls it; stands in manifests and evidence
  LetterRules rules;
  int cutOffMinute = 16 * 60;  // of bank days, on the clocks of Sweden

  bool isOn() const { return drop != nullptr; }
};

// After the cut-off its batches are made: what a Smartmail's deadline puts in line at the cut-off goes along.
inline constexpr std::int64_t cut_off_grace_seconds = 15 * 60;

// The first cut-off after `now`: of a bank day.
Instant nextCutOff(Instant now, int cutOffMinute);
// The one that a letter goes with that a deadline has put in line at `now`: the one just passed while its
// batches are not made yet, else the next.
Instant cutOffOfDeadline(Instant now, int cutOffMinute);

}  // namespace postgang::channels
