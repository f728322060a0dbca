// A demand read back in plain words: what the builder shows, what the sender is told.
//
//   «Ordernumret (BT-13) ska ha åtta siffror och börja med 45. Gäller alla avsändare. Fakturor som inte
//   uppfyller det stoppas.»
//
// It says exactly what Filter does (tests/rules holds them together). Words: texts/, section `demand`.
#pragma once

#include <map>
#include <string>

#include "base/text.h"
#include "rules/demand.h"

namespace postgang::rules {

// Names to show for senders, by "0007:5599900015"; those without one are shown by their number.
using SenderNames = std::map<std::string, std::string>;

std::string sentence(const Demand& demand, Language language, const SenderNames& names = {});
std::string demandSentence(const Condition& condition, Language language);  // the first sentence alone
// What a value ought to be: "åtta siffror som börjar med 45"; negated: "något annat än …".
std::string wanted(const Leaf& leaf, bool negated, Language language);

}  // namespace postgang::rules
