#include "store/sql/cursor.h"

#include <charconv>

#include "base/bytes.h"
#include "base/text.h"
#include "store/sql/search_terms.h"

namespace postgang::store::sql {
namespace {

// "r" received, "d" due, "a" amount, "t" received with a search text; upper case when ascending.
std::string orderOf(const EntryQuery& query) {
  const bool searched = isSearched(query);
  char letter = searched ? 't' : 'r';
  if (query.sort == Sort::due_date) letter = 'd';
  if (query.sort == Sort::amount) letter = 'a';
  return std::string(1, static_cast<char>(query.ascending ? letter - 32 : letter));
}

bool readNumber(std::string_view text, std::int64_t& number) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size();
}

}  // namespace

std::string encoded(const Cursor& cursor, const EntryQuery& query) {
  return base64Url(orderOf(query) + (cursor.backwards ? "<" : ">") + "." +
                   std::to_string(cursor.position.key) + "." + std::to_string(cursor.position.id));
}

Result<Cursor> decodedCursor(const EntryQuery& query) {
  const auto text = fromBase64Url(query.cursor).value_or("");
  const auto parts = split(text, '.');
  const auto order = orderOf(query);
  Cursor cursor;
  if (parts.size() == 3 && (parts[0] == order + ">" || parts[0] == order + "<") &&
      readNumber(parts[1], cursor.position.key) && readNumber(parts[2], cursor.position.id)) {
    cursor.backwards = parts[0].back() == '<';
    return cursor;
  }
  return postgang::fail(ProblemKind::invalid, "cursor-malformed", "The cursor is none of this list.",
                        "cursor", "Begin again without a cursor.");
}

}  // namespace postgang::store::sql
