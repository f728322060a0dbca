// Entries counted in memory by what a list can be narrowed to: those that are alike together, and each facet
// without its own filter. SQLite would sort the rows to group them, which takes half as long again as finding
// them; so one reading of the rows answers every facet.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store/documents.h"
#include "store/sql/connection.h"

namespace postgang::store::sql {

// What entries that are counted together have in common.
struct Alike {
  CompanyId company;
  std::string direction, channel, kind, status, currency;
  std::int64_t month = 0;  // 202611
  bool first = true;       // false: counted as its sender's already
  bool within = true;      // of the days asked for
  bool ofCounterpart = true;
};

class FacetCounts {
 public:
  // `eachSide`: one side is asked for by another way than the query's company and direction.
  FacetCounts(const EntryQuery& query, bool eachSide) : query_(query), eachSide_(eachSide) {}

  void add(const Alike& alike, std::int64_t documents, __int128 hundredths,
           std::string_view counterpart = {});

  // Sets what `facets` holds but counterparts' and companies' names.
  void tell(Facets& facets) const;
  // The counterparts alone, the most first. Their names: of which company's partner one is.
  void tellCounterparts(Facets& facets) const;
  CompanyId ownerOf(const std::string& counterpart) const;

 private:
  enum Own { status, channel, kind, direction, company, month, counterpart, none };
  struct Group {
    Alike alike;
    std::int64_t documents = 0;
    __int128 hundredths = 0;
    std::map<std::string, std::int64_t, std::less<>> counterparts;
  };
  bool counts(const Alike& alike, Own own) const;
  std::map<std::string, std::int64_t> countedBy(Own own, std::string (*value)(const Alike&)) const;

  const EntryQuery& query_;
  bool eachSide_;
  std::string key_;
  std::unordered_map<std::string, Group> groups_;
};

}  // namespace postgang::store::sql
