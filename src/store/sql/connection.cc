#include "store/sql/connection.h"

#include <algorithm>

namespace postgang::store::sql {

// A row that something else has damaged must not crash the reader: what has the wrong length reads as zeros.
Uuid Columns::uuid() {
  const auto bytes = view();
  return bytes.size() == 16 ? Uuid::fromBytes(bytes) : Uuid{};
}

Digest Columns::digest() {
  const auto bytes = view();
  Digest digest{};
  if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

}  // namespace postgang::store::sql
