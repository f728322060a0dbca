// What a body gets inside Store::read and Store::write.
#pragma once

#include "base/time.h"
#include "store/sql/connection.h"
#include "store/sql/pending.h"
#include "store/store.h"

namespace postgang::store {

class Reader {
 public:
  Reader(sql::Connection& connection, const Clock& clock) : connection_(connection), clock_(clock) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  sql::Connection& connection() { return connection_; }
  const Clock& clock() const { return clock_; }

 private:
  sql::Connection& connection_;
  const Clock& clock_;
};

// What a transaction still has to write just before its commit is in pending(); whoever commits, flushes it.
class Transaction : public Reader {
 public:
  using Reader::Reader;
  sql::Pending& pending() { return pending_; }

 private:
  sql::Pending pending_;
};

}  // namespace postgang::store
