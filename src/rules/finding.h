// A finding (brist): one demand or rule that a document fails, whoever judged it, a receiver's demand or an
// official rule pack.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "document/business_document.h"

namespace postgang::rules {

// What the finding does to the document.
enum class Severity : std::uint8_t {
  stop,  // it is returned to its sender
  warn,  // it goes on, with the finding beside it
  hold   // it waits for the receiver's decision
};
std::string_view name(Severity severity);  // "stop", "warn", "hold"
std::optional<Severity> severityFromName(std::string_view name);

struct Finding {
  std::string id;  // of the demand or rule
  Severity severity = Severity::stop;
  std::optional<document::Term> term;  // what to put right; absent where it is about the whole document
  // The groups that the term stands, or ought to stand, in: "BG-25[2]/BG-31", as document::Change has it; ""
  // in the document itself.
  std::string groupPlace;
  document::Place place;  // of the value; of the nearest group that is there where the value is absent
  std::string value;      // what was found, at most 200 code points; "" where it is absent
  // What is wanted, to stand after «ska vara»: "åtta siffror som börjar med 45, till exempel 45123456".
  std::string wantedSv, wantedEn;
  std::string messageSv, messageEn;  // the receiver's own words, or made from the demand
  std::string example;               // a value that would do, as far as form goes; may be empty
  std::string_view test;  // the test that failed, by its name (tests.h): "digits"; "" for a rule of a pack
  std::string related;    // another document that it is about (the earlier of a duplicate), its id

  static constexpr std::size_t value_codePoints_max = 200;
};

}  // namespace postgang::rules
