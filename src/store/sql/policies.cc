#include "store/policies.h"

#include "store/sql/session.h"

namespace postgang::store {

Result<std::string> channelPolicy(Reader& reader, CompanyId company) {
  std::string kept;
  CHECK_OK(reader.connection().run("SELECT channel_policy FROM companies WHERE id = ?1", {company},
                                   [&](const sql::Row& row) { kept = sql::Columns(row).text(); }));
  return kept;
}

Outcome setChannelPolicy(Transaction& tx, CompanyId company, std::string_view json) {
  CHECK_OK(tx.connection().run("UPDATE companies SET channel_policy = ?2 WHERE id = ?1", {company, json}));
  return {};
}

}  // namespace postgang::store
