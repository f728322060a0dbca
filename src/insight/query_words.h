// The words of the query language: names of fields, days and amounts as people write them, in Swedish and
// English. All take any case, å as a.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "store/documents.h"

namespace postgang::insight {

enum class QueryField { text, status, channel, kind, direction, received, due, amount };
struct NamedField {
  QueryField is = QueryField::text;
  store::EntryTerm::Field field = store::EntryTerm::Field::anything;
  bool takesDigits = false;  // the groups of digits that follow: «ocr:4711 2026 81»
};
std::optional<NamedField> queryField(std::string_view name);

// «idag», «förra veckan», «last month», 2026, 2026-03, 2026-03-01, 2026-03-01..2026-03-15, ..2026-03,
// >=2026-03-01. `free`: only what no document's number looks like (2026 alone is none).
std::optional<store::EntryTerm::Range> dayRange(std::string_view text, Date today, bool free);
// «i dag», «förra veckan»: a day's or period's name in several words, which is no text of a document.
bool isDayPhrase(std::string_view text);
// «1 234,50», 1234.50, 1000-2000, >500, <=500 kr. A whole amount is that one with any öre. `free`: ranges
// and what has a unit («8 014,00 kr») alone, and none that may be a telephone or organisation number.
std::optional<store::EntryTerm::Range> amountRange(std::string_view text, bool free);

// What the API calls the values that a word means, by its name there or on screen, from its beginning;
// nothing where there is none.
std::vector<std::string> queryNames(QueryField field, std::string_view word);

}  // namespace postgang::insight
