#include "store/key_addresses.h"

#include "store/sql/dialect.h"
#include "store/sql/facts.h"
#include "store/sql/session.h"

namespace postgang::store {

Outcome noteKeyAddress(Transaction& tx, KeyId id, std::string_view address) {
  return tx.connection().later("UPDATE api_keys SET last_used_from = ?2 WHERE id = ?1", {id, address});
}

Result<std::map<KeyId, std::string>> keyAddresses(Reader& reader, const Viewer& viewer) {
  auto& connection = reader.connection();
  std::map<KeyId, std::string> addresses;
  const auto take = [&](const sql::Row& row) {
    sql::Columns c(row);
    const auto id = c.id<KeyId>();
    addresses[id] = c.text();
  };
  static const std::string known = "SELECT id, last_used_from FROM api_keys WHERE last_used_from <> ''";
  if (viewer.seesAll()) {
    CHECK_OK(connection.run(known, {}, take));
  } else {
    CHECK_OK(connection.run(known + " AND " + sql::companiesClause(connection.dialect(), "company", "?1"),
                            {sql::companiesValue(connection.dialect(), viewer.companies())}, take));
  }
  return addresses;
}

}  // namespace postgang::store
