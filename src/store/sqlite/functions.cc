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

}  // namespace

Outcome registerFunctions(sqlite3* database) {
  constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  if (sqlite3_create_function_v2(database, "holds", 2, flags, nullptr, holds, nullptr, nullptr, nullptr) ==
      SQLITE_OK)
    return {};
  return fail(ProblemKind::internal, "store-statement-failed",
              std::string("SQLite takes no functions: ") + sqlite3_errmsg(database) + ".");
}

}  // namespace postgang::store::sqlite
