// An event's payload: its actor and fact as canonical JSON (keys in a fixed order, nothing empty written,
// decimals and dates as text, no floats). These bytes are the truth that everything else is recreated from; a
// form once written is read for ever: keys may be added, never renamed or given another meaning. Unknown keys
// are tolerated.
#pragma once

#include <string>
#include <string_view>

#include "store/documents.h"

namespace postgang::store::sql {

struct Payload {
  Actor actor;
  Fact fact;
};

// Whether this kind of fact belongs to this kind of event.
bool belongs(EventType type, const Fact& fact);

// The same with every text made valid UTF-8 without NUL (U+FFFD instead), which is what both databases keep.
Payload cleaned(Payload payload);
std::string encoded(const Payload& payload);                      // of a cleaned payload
Result<Payload> decoded(EventType type, std::string_view bytes);  // code "event-damaged"

// Lists inside rows, as JSON: findings' parameters, channels, attempts.
std::string encodedTexts(const std::vector<std::string>& texts);
std::vector<std::string> decodedTexts(std::string_view json);
std::string encodedMap(const std::map<std::string, std::string>& values);
std::map<std::string, std::string> decodedMap(std::string_view json);
std::string encodedAttempts(const std::vector<Attempt>& attempts);
std::vector<Attempt> decodedAttempts(std::string_view json);
std::string encodedRoad(const Road& road);
Road decodedRoad(std::string_view json);

}  // namespace postgang::store::sql
