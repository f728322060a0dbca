#include "store/store.h"

#include "store/documents.h"
#include "store/postgres/postgres_store.h"
#include "store/sqlite/filling_store.h"
#include "store/sqlite/sqlite_store.h"

namespace postgang::store {

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options, const Clock& clock) {
  if (!options.databaseUrl.empty()) return postgres::PostgresStore::open(options, clock);
  if (options.filling) return sqlite::FillingStore::open(options, clock);
  return sqlite::SqliteStore::open(options, clock);
}

bool Viewer::sees(CompanyId company) const {
  if (seesAll_) return true;
  for (const auto mine : companies_)
    if (mine == company) return true;
  return false;
}

std::string_view name(ActorKind kind) {
  switch (kind) {
    case ActorKind::system:
      return "system";
    case ActorKind::person:
      return "person";
    case ActorKind::key:
      return "key";
    case ActorKind::channel:
      return "channel";
    case ActorKind::demo:
      return "demo";
  }
  return "system";
}

std::string_view name(Direction direction) {
  return direction == Direction::received ? "received" : "sent";
}

}  // namespace postgang::store
