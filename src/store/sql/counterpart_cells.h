// The cells of the cube of counterparts: rows of the fold, rows of deltas, and those that lie packed
// (counterpart_packing.h). What a cell holds is the sum of what all say.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/connection.h"
#include "store/sql/cube.h"
#include "store/sql/packed_cells.h"
#include "store/viewer.h"

namespace postgang::store::sql {

// What cells that lie together have in common; texts live while they are visited.
struct CellsOf {
  CompanyId company;
  std::int64_t month = 0;  // 202611
  std::string_view direction, channel, kind, currency;
};
class CellVisitor {
 public:
  virtual void begin(const CellsOf& of) = 0;
  virtual void add(const PackedCell& cell) = 0;  // of the last begin; one counterpart's may come in parts
  virtual bool isFull() const { return false; }  // nothing more is to be visited

 protected:
  ~CellVisitor() = default;
};

struct CellQuery {
  Days days = {};  // whole months
  std::optional<CompanyId> company = {};
  std::optional<Direction> direction = {};
  std::vector<std::string> channels = {};
};
// Packed, folded and not folded yet, of what the viewer sees.
Outcome visitCells(Connection& connection, const Viewer& viewer, const CellQuery& query,
                   CellVisitor& visitor);

}  // namespace postgang::store::sql
