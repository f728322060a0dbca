// Everything that statistics measure, by what it is asked by: documents, amounts, costs, the letters' sheets,
// how many were delivered, opened and stopped, and how long it took. Answered from the cubes of
// sql/cubes.h, with what is not folded yet, so that it is always whole.
//
// Delivered, opened, stopped: ever, not where it stands now. Times run from when the document came to its
// party (the sender's: was handed in; the receiver's: lay in the inbox) until it was delivered or opened
// first. Costs are the prices of deliveries that left; sheets, those of the letters among them. A document
// counts on the day it came.
//
// A document between two companies that the viewer both sees counts once, as in statistics.h; by group, each
// group has its own.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/durations.h"
#include "store/statistics.h"

namespace postgang::store {

struct Figures {
  std::int64_t documents = 0, sheets = 0, delivered = 0, opened = 0, stopped = 0;
  std::map<std::string, Decimal> amounts, costs;  // by currency; "" for documents without one
  Durations toDelivered, toOpened;                // of FiguresQuery::withTimes alone

  void add(const Figures& other);
  void subtract(const Figures& part);  // of sums; times stay
  friend bool operator==(const Figures&, const Figures&) = default;
};

struct FiguresQuery {
  std::vector<Dimension> groupBy = {};
  std::optional<Date> from = {}, to = {};  // both included, in Stockholm
  std::optional<Direction> direction = {};
  std::optional<CompanyId> company = {};
  std::optional<bool> internal = {};
  std::vector<std::string> channels = {};
  // Theirs alone; as entries have them: an identifier, "customer:<number>". Empty: everyone's.
  std::vector<std::string> counterparts = {};
  bool withTimes = false;
  // More are not held: code statistics-too-many. Whoever shows them asks for fewer.
  std::size_t groups_max = 1'000'000;
};

struct FiguresRow {
  std::vector<std::string> values;  // in the order of groupBy; "2026-W48", "2026-Q4", a company's number …
  Figures figures;
};

// Codes (invalid): statistics-not-together, a question that no cube answers (the counterpart by anything but
// company, group, direction, channel, type, currency and months and longer; status with format or country;
// times by any of these); statistics-whole-months, counterparts are counted by whole months;
// statistics-too-many, there are over groups_max groups.
Result<std::vector<FiguresRow>> figures(Reader& reader, const Viewer& viewer, const FiguresQuery& query);

// The largest counterparts of a question, whatever it groups by, and what all others come to. Of many
// thousands, making a row of each takes as long as counting them.
enum class FiguresSize { documents, sheets, amount, cost };
struct Largest {
  FiguresSize by = FiguresSize::documents;
  std::string currency = {};  // of amounts and costs: in it they are compared
  std::size_t count = 0;
};
struct LargestFigures {
  std::vector<FiguresRow> rows;  // the largest first, as large ones in the order of their identifiers
  Figures rest;
  std::size_t restGroups = 0;
};
Result<LargestFigures> largestCounterparts(Reader& reader, const Viewer& viewer, FiguresQuery query,
                                           const Largest& largest);

// What counterparts are called by the companies that the viewer sees whole.
Result<std::map<std::string, std::string>> counterpartNames(Reader& reader, const Viewer& viewer,
                                                            const std::vector<std::string>& counterparts);

}  // namespace postgang::store
