// Whether a bevispaket (evidence.h) is what it says, found out from its bytes alone.
//
// What holds proves that nothing in it was changed since the head of its chain was written, and that the
// files are those that the events speak of. It does not prove who wrote it: compare the head with the one
// that the portal shows, or that the other party's package has.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/problem.h"

namespace postgang::flow {

struct EvidenceCheck {
  std::string what;  // "files", "chain", "payloads", "original", "sent"
  bool good = false;
  std::string detail;  // English: what was counted, or the first thing that is wrong
};

struct EvidenceReport {
  std::string document;  // its id
  std::string number;    // as the package says
  std::string head;      // hex
  std::vector<EvidenceCheck> checks;
  bool good() const;
};

// Codes: evidence-malformed (invalid): no package at all; formats/archive.h's.
Result<EvidenceReport> verifyEvidence(std::string_view zip);

}  // namespace postgang::flow
