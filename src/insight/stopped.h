// Stoppade: what filters have stopped and is not put right yet, grouped by what it needs; how often that
// happens, to whom, and how long it takes until it is right.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "store/documents.h"
#include "store/stops.h"

namespace postgang::insight {

inline constexpr int stopped_weeks = 12;
using Weeks = std::array<std::int64_t, stopped_weeks>;  // the present one last

enum class StoppedBy { cause, counterpart, due };
std::optional<StoppedBy> stoppedByFromName(std::string_view name);

struct StoppedItem {
  store::Entry entry;
  store::Stop stop;
  store::FindingFact finding;  // the first
  std::optional<Date> putRightBy;
};

struct StoppedGroup {
  std::string key;
  std::string cause, term;                      // grouped by cause
  std::optional<store::PartyFact> counterpart;  // grouped by counterpart
  std::int64_t documents = 0;
  std::map<std::string, Decimal> amounts;  // by currency
  Weeks trend{};                           // stopped for this, put right or not
  std::vector<StoppedItem> items;          // the first 200, newest first
};

struct StoppedOverview {
  std::int64_t total = 0;
  std::map<std::string, Decimal> amounts;
  std::vector<StoppedGroup> groups;           // most documents first; by due date the earliest first
  std::int64_t putRight = 0;                  // in the last twelve weeks
  std::optional<std::int64_t> medianMinutes;  // from the stop to the corrected version
  std::int64_t stopped = 0, documents = 0;    // of so many, in the last twelve weeks
  Weeks weeks{};
};

// The viewer's companies as senders (ours that others stopped, and what no receiver could have) or as
// receivers (on its way to us).
Result<StoppedOverview> stoppedOverview(store::Reader& reader, const store::Viewer& viewer,
                                        store::Direction side, StoppedBy by, Instant now);

struct StoppedSender {
  std::string identifier, name;
  std::int64_t documents = 0, stopped = 0, putRightLater = 0;
  Decimal share() const;           // stopped of all, 0 to 1
  Decimal rightFirstTime() const;  // got through as first sent, of all
  Weeks trend{};
};
// The most stopped first: over the last twelve weeks, at most 200.
Result<std::vector<StoppedSender>> stoppedSenders(store::Reader& reader, const store::Viewer& viewer,
                                                  Instant now);

struct CorrectedItem {
  store::DocumentRow row;  // the new version, or the first of its chain where only that one is seen
  Instant at;
  std::string by;
  std::vector<store::ChangeFact> changes;
};
struct CorrectedList {
  std::vector<CorrectedItem> items;
  std::int64_t total = 0;
};
// The newest first, of the last year.
Result<CorrectedList> corrected(store::Reader& reader, const store::Viewer& viewer, store::Direction side,
                                Instant now, int offset, int limit);

// The day by which a stop should be put right: the receiver's days from the stop, and never after the invoice
// is due.
std::optional<Date> putRightBy(const store::Stop& stop, int days);
inline constexpr int put_right_days = 14;

}  // namespace postgang::insight
