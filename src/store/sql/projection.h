// Events folded into rows: what a document's rows are, is what this says of its events. append() folds new
// events into loaded rows; rebuild() and verify() fold all of them into empty ones.
#pragma once

#include <optional>
#include <vector>

#include "store/sql/pending.h"
#include "store/sql/rows.h"
#include "store/stops.h"

namespace postgang::store::sql {

// Whether the company in whose inbox the document lies sees this event (once it is there; `delivered` to it
// is the first). Its sender's matters stay with the sender: how it was handed over, other deliveries, prices.
bool receiverSees(EventType type, const Fact& fact, CompanyId receiver);

struct FeedRow {
  CompanyId company;
  Direction direction{};
  EventType event{};
  Status status{};
  Instant at;
};

struct Settled {
  Instant at;
  std::string_view how;  // as Stop::settledHow
};

struct Projection {
  Rows rows;
  std::optional<Stop> stop;        // these events stopped or held it
  std::optional<Settled> settled;  // and these ended that
  std::vector<FeedRow> feed;
  Pending pending;  // partners' counts; statistics are counted by countChange()

  // `predecessor` is what `received` supersedes; null when it supersedes nothing or is not to be had.
  void apply(const Event& event, const Rows* predecessor);
};

Outcome writeStop(Connection& connection, const Projection& projection);  // stops.cc

// Statistics: takes away what the entries counted as before and adds what they count as now.
void countChange(Pending& pending, const Rows* before, const Rows& after);

}  // namespace postgang::store::sql
