// Filters: what a company demands of documents on their way to it, as versions that are never changed. What
// the rules say is rules/'s matter; here they are text.
//
// In force at an instant is the newest version that has begun by then: one that is planned leaves the one
// before it in force until its day, and one that is off ends the filter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

using FilterId = Id<struct FilterNoun>;

// What somebody wants a filter to be.
struct FilterContent {
  std::string name;
  bool active = false;
  std::optional<Instant> activeFrom;  // of one that is active; absent: at once
  std::string rules;                  // a JSON list of demands, as rules::toJson writes it
  std::string comment;                // why it was changed; may be empty
};

struct FilterVersion {
  std::int64_t version = 0;
  Instant at;
  Actor by;  // its id and name; the kind is not kept
  FilterContent content;
};

struct Filter {
  FilterId id;
  CompanyId company;
  Instant createdAt;
  FilterVersion newest;
};

struct ActiveFilter {
  FilterId id;
  std::int64_t version = 0;
  Digest rulesDigest{};
};

// The id is the caller's. Nothing here decides who may: that is access/'s scopes.
Outcome createFilter(Transaction& tx, CompanyId company, FilterId id, const FilterContent& content,
                     const Actor& by);
// `edited` is the version that the editor had before it. Codes: not-found (absent, put away, or not the
// viewer's); filter-changed (conflict; parameters version, by): somebody else has made another since.
Result<std::int64_t> changeFilter(Transaction& tx, const Viewer& viewer, CompanyId company, FilterId id,
                                  std::int64_t edited, const FilterContent& content);
// A new version that says what an earlier one said, at once, on or off as that one was. Codes: not-found.
Result<std::int64_t> restoreFilter(Transaction& tx, const Viewer& viewer, CompanyId company, FilterId id,
                                   std::int64_t version);
// Puts it away: its versions are kept, it judges no more. Code not-found.
Outcome deleteFilter(Transaction& tx, const Viewer& viewer, CompanyId company, FilterId id);

// Newest first; none of a company that the viewer does not see.
Result<std::vector<Filter>> listFilters(Reader& reader, const Viewer& viewer, CompanyId company);
Result<Filter> filter(Reader& reader, const Viewer& viewer, CompanyId company, FilterId id);  // not-found
// Newest first, also of one that is put away. Code not-found.
Result<std::vector<FilterVersion>> filterVersions(Reader& reader, const Viewer& viewer, CompanyId company,
                                                  FilterId id);

// Those in force at an instant, the oldest first. For the flow, which judges every document: one look in an
// index where there are none.
Result<std::vector<ActiveFilter>> activeFilters(Reader& reader, CompanyId company, Instant at);
Result<std::string> filterRules(Reader& reader, FilterId id, std::int64_t version);  // not-found

// Documents that each of the company's filters stopped or held since then.
struct FilterStops {
  FilterId filter;
  std::int64_t documents = 0;
};
Result<std::vector<FilterStops>> stopsByFilter(Reader& reader, const Viewer& viewer, CompanyId company,
                                               Instant since);

}  // namespace postgang::store
