#include "store/sqlite/functions.h"

#include <string_view>

namespace postgang::store::sqlite {
namespace {

std::string_view textOf(sqlite3_value* value) {
  const auto* text = static_cast<const char*>(sqlite3_value_blob(value));
  return {text ? text : "", static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void holds(sqlite3_context* context, int, sqlite3_value** arguments) {
  sqlite3_result_int(context, textOf(arguments[0]).find(textOf(arguments[1])) != std::string_view::npos);
}

// As PostgreSQL's: the nth part, from 1, of what stands between marks; empty where there are not so many.
void splitPart(sqlite3_context* context, int, sqlite3_value** arguments) {
  auto text = textOf(arguments[0]);
  const auto mark = textOf(arguments[1]);
  for (int part = sqlite3_value_int(arguments[2]); part > 1; --part) {
    const auto at = mark.empty() ? std::string_view::npos : text.find(mark);
    if (at == std::string_view::npos) return sqlite3_result_text(context, "", 0, SQLITE_STATIC);
    text.remove_prefix(at + mark.size());
  }
  if (!mark.empty()) text = text.substr(0, text.find(mark));
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

Outcome registerFunctions(sqlite3* database) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  const auto add = [&](const char* name, int arguments, auto function) {
    return sqlite3_create_function_v2(database, name, arguments, flags, nullptr, function, nullptr, nullptr,
                                      nullptr) == SQLITE_OK;
  };
  if (add("holds", 2, holds) && add("split_part", 3, splitPart)) return {};
  return fail(ProblemKind::internal, "store-statement-failed",
              std::string("SQLite takes no functions: ") + sqlite3_errmsg(database) + ".");
}

}  // namespace postgang::store::sqlite
