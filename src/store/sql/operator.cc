#include "store/operator.h"

#include "store/sql/session.h"

namespace postgang::store {

Result<std::optional<CompanyId>> operatorCompany(Reader& reader) {
  std::optional<CompanyId> found;
  CHECK_OK(reader.connection().run(
      "SELECT id FROM companies WHERE is_operator = 1 AND sandbox_of IS NULL ORDER BY id LIMIT 1", {},
      [&](const sql::Row& row) { found = sql::Columns(row).company(); }));
  return found;
}

Result<std::vector<UserId>> operatorStaff(Reader& reader) {
  std::vector<UserId> found;
  CHECK_OK(
      reader.connection().run("SELECT id FROM users WHERE staff = 1 AND active = 1 ORDER BY email", {},
                              [&](const sql::Row& row) { found.push_back(sql::Columns(row).id<UserId>()); }));
  return found;
}

}  // namespace postgang::store
