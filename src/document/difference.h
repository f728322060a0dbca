// What differs between two versions of a document, in business terms: for corrections, and for the chain of
// versions that both parties see.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/business_document.h"

namespace postgang::document {

struct Change {
  Term term{};
  std::string place;                  // the groups it stands in: "BG-25[2]/BG-31"; "" in the document itself
  std::optional<std::string> before;  // absent: it is new
  std::optional<std::string> after;   // absent: it is gone
  friend bool operator==(const Change&, const Change&) = default;
};

// In the order of the standard. Repeated groups are matched by their order, lines by their identifiers
// (BT-126) where those are unique. A scheme, currency or unit that changes is shown behind its value: "100
// EUR".
std::vector<Change> difference(const BusinessDocument& before, const BusinessDocument& after);

}  // namespace postgang::document
