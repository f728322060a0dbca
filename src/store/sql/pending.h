// What appends leave to be written just before the commit, so that the transactions of one group write it
// together: statistics and partners' counts (netted: a document that passes three statuses in one group
// leaves one delta), search texts (in order of entry, which is how FTS5 wants them), and of which documents
// the lines are to be read later. Rows are written in key order, so that parallel transactions on PostgreSQL
// never wait for each other in a ring.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "store/documents.h"
#include "store/sql/connection.h"
#include "store/sql/partner_pending.h"

namespace postgang::store::sql {

// All that a party's side of a document is counted by; each cube (cubes.h) keeps some of it. `day` is a
// number that reads as a date: 20261123.
struct Cell {
  CompanyId company;
  std::int64_t day = 0;
  std::string direction, channel, kind, status, currency;
  CompanyId counterpartCompany = {};  // 0: no company here
  std::string counterpart = {}, format = {}, country = {};
  std::int64_t toDelivered = no_bucket, toOpened = no_bucket;  // base/durations.h
  static constexpr std::int64_t no_bucket = -1;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};
struct CellDelta {
  std::int64_t documents = 0;
  __int128 hundredths = 0;  // amounts are any 64 bits, and many are added
  std::int64_t sheets = 0, delivered = 0, opened = 0, stopped = 0;
  std::int64_t cost = 0;  // hundredths, of the cell's currency

  void add(const CellDelta& other, int sign = 1);
  bool isZero() const { return *this == CellDelta(); }
  friend bool operator==(const CellDelta&, const CellDelta&) = default;
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
  std::map<PartnerCell, PartnerCount> partnerCells;
  std::map<PartnerAccountKey, PartnerAccountDelta> accounts;
  std::map<PartnerKey, PartnerRoute> routes;
  std::vector<IndexedText> texts;
  std::set<DocumentId> lines;  // of which search is to read lines, notes, findings again

  void count(const Cell& cell, const CellDelta& delta, int sign = 1);
  void touch(const PartnerKey& key, PartnerDelta delta);
  void count(const PartnerCell& cell, const PartnerCount& count);
  void count(const PartnerAccountKey& key, const PartnerAccountDelta& delta);
  void keep(const PartnerKey& key, PartnerRoute route);  // the newest of several
  void add(Pending&& other);
  bool empty() const {
    return statistics.empty() && partners.empty() && partnerCells.empty() && accounts.empty() &&
           routes.empty() && texts.empty() && lines.empty();
  }
};

Outcome flush(Connection& connection, Pending& pending);

}  // namespace postgang::store::sql
