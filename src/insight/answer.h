// What to say when the customer calls: one sentence about where a document stands, as a key and its values.
// The words are texts portal.answer.<key>; the keys and their values are in openapi.json, schema Answer.
// Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "store/documents.h"
#include "store/events.h"

namespace postgang::insight {

enum class Colour { green, blue, amber, red };
std::string_view name(Colour colour);

struct Answer {
  std::string key;
  Colour colour = Colour::blue;
  std::map<std::string, std::string> parameters;  // times as RFC 3339; what is not known is left out
};

// `events`: the timeline as this viewer sees it, oldest first.
Answer answerFor(const store::DocumentRow& row, const std::vector<store::Event>& events);

}  // namespace postgang::insight
