// What appends leave to be written just before the commit, so that the transactions of one group write it
// together: statistics and partners' counts (netted: a document that passes three statuses in one group
// leaves one delta), and search texts (in order of entry, which is how FTS5 wants them). Rows are written in
// key order, so that parallel transactions on PostgreSQL never wait for each other in a ring.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "store/documents.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

// One cell of the cube that statistics.h speaks of. `day` is a number that reads as a date: 20261123.
struct Cell {
  CompanyId company;
  std::int64_t day = 0;
  std::string direction, channel, kind, status, currency;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};
struct CellDelta {
  std::int64_t documents = 0;
  std::int64_t hundredths = 0;
};

struct PartnerKey {
  CompanyId owner;
  std::string identifier;
  friend auto operator<=>(const PartnerKey&, const PartnerKey&) = default;
};
struct PartnerDelta {
  std::string name, customerNumber, email;
  bool person = false;
  std::int64_t sent = 0, received = 0;
  Instant lastActivityAt;
};

struct IndexedText {
  std::int64_t entry = 0;
  CompanyId company;
  std::string text;      // in search form
  std::string previous;  // what stood there before; empty when nothing did
};

struct Pending {
  std::map<Cell, CellDelta> statistics;
  std::map<PartnerKey, PartnerDelta> partners;
  std::vector<IndexedText> texts;

  void count(const Cell& cell, std::int64_t documents, std::int64_t hundredths);
  void touch(const PartnerKey& key, PartnerDelta delta);
  void add(Pending&& other);
  bool empty() const { return statistics.empty() && partners.empty() && texts.empty(); }
};

Outcome flush(Connection& connection, Pending& pending);

}  // namespace postgang::store::sql
