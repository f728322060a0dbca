#include "store/sqlite/tokenizer.h"

#include <exception>
#include <string>
#include <string_view>

#include "store/sql/search_text.h"

namespace postgang::store::sqlite {
namespace {

using Emit = int (*)(void* context, int flags, const char* token, int size, int start, int end);

int emit(Emit each, void* context, std::string_view token) {
  return each(context, 0, token.data(), static_cast<int>(token.size()), 0, static_cast<int>(token.size()));
}

int emitAll(std::string_view document, Emit each, void* context) {
  const auto end = document.find('\n');
  if (end == std::string_view::npos) return SQLITE_OK;
  std::string token(document.substr(0, end));
  token += ':';
  const auto owner = token.size();
  int outcome = SQLITE_OK;
  // FTS5 keeps each token of a row once, however often it comes.
  sql::eachIndexToken(document.substr(end + 1), [&](std::string_view plain) {
    token.resize(owner);
    token += plain;
    outcome = emit(each, context, token);
    return outcome == SQLITE_OK;
  });
  return outcome;
}

// The tokenizer keeps no state: any address but null stands for it.
int create(void*, const char**, int, Fts5Tokenizer** made) {
  static char stateless = 0;
  *made = reinterpret_cast<Fts5Tokenizer*>(&stateless);
  return SQLITE_OK;
}
void destroy(Fts5Tokenizer*) {}

// Called from C: no exception may leave it.
int tokenize(Fts5Tokenizer*, void* context, int flags, const char* text, int size, Emit each) {
  const std::string_view document(text ? text : "", static_cast<std::size_t>(size));
  if ((flags & FTS5_TOKENIZE_QUERY) != 0) return emit(each, context, document);
  try {
    return emitAll(document, each, context);
  } catch (const std::exception&) {
    return SQLITE_NOMEM;
  }
}

fts5_api* fts5Of(sqlite3* database) {
  fts5_api* api = nullptr;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, "SELECT fts5(?1)", -1, &statement, nullptr) != SQLITE_OK) return nullptr;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(statement);
  sqlite3_finalize(statement);
  return api;
}

}  // namespace

Outcome registerTokenizer(sqlite3* database) {
  auto* api = fts5Of(database);
  fts5_tokenizer tokenizer{.xCreate = create, .xDelete = destroy, .xTokenize = tokenize};
  if (!api || api->xCreateTokenizer(api, "postgang", nullptr, &tokenizer, nullptr) != SQLITE_OK)
    return fail(ProblemKind::unavailable, "store-unreachable", "This SQLite has no full-text search (FTS5).",
                {}, "Install Debian's libsqlite3-0.");
  return {};
}

}  // namespace postgang::store::sqlite
