#include "store/lookups.h"

#include "store/sql/session.h"

namespace postgang::store {

std::string_view name(Lookup::Result result) {
  switch (result) {
    case Lookup::Result::found:
      return "found";
    case Lookup::Result::absent:
      return "absent";
    case Lookup::Result::unknown:
      return "unknown";
  }
  return "unknown";
}

Result<std::optional<Lookup>> lookup(Reader& reader, std::string_view registerName, std::string_view key) {
  std::optional<Lookup> found;
  CHECK_OK(
      reader.connection().run("SELECT result, facts, words, asked_at, until, milliseconds FROM lookups WHERE "
                              "register = ?1 AND key = ?2",
                              {registerName, key}, [&](const sql::Row& row) {
                                sql::Columns c(row);
                                auto& lookup = found.emplace();
                                const auto result = c.text();
                                lookup.result = result == "found"    ? Lookup::Result::found
                                                : result == "absent" ? Lookup::Result::absent
                                                                     : Lookup::Result::unknown;
                                lookup.facts = c.text();
                                lookup.words = c.text();
                                lookup.askedAt = c.instant();
                                lookup.until = c.instant();
                                lookup.milliseconds = c.number();
                              }));
  return found;
}

Outcome keepLookup(Transaction& tx, std::string_view registerName, std::string_view key,
                   const Lookup& lookup) {
  CHECK_OK(tx.connection().run(
      "INSERT INTO lookups (register, key, result, facts, words, asked_at, until, milliseconds) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (register, key) DO UPDATE SET "
      "result = excluded.result, facts = excluded.facts, words = excluded.words, "
      "asked_at = excluded.asked_at, until = excluded.until, milliseconds = excluded.milliseconds",
      {registerName, key, name(lookup.result), lookup.facts, lookup.words, lookup.askedAt, lookup.until,
       lookup.milliseconds}));
  return {};
}

}  // namespace postgang::store
