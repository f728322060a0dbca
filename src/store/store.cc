#include "store/store.h"

#include "store/postgres/postgres_store.h"
#include "store/sqlite/filling_store.h"
#include "store/sqlite/sqlite_store.h"

namespace postgang::store {

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, const Clock& clock) {
  if (!options.databaseUrl.empty()) return postgres::PostgresStore::open(options, clock);
  if (options.filling) return sqlite::FillingStore::open(options, clock);
  return sqlite::SqliteStore::open(options, clock);
}

}  // namespace postgang::store
