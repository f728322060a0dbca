// What a viewer sees, as conditions on rows that have a company, a direction and a kind (entries, the cube).
// `of` is the rows' alias with its dot, "e.", or nothing.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/sql/entry_filter.h"
#include "store/sql/session.h"
#include "store/viewer.h"

namespace postgang::store::sql {

// "(…)", or "1 = 1" where everything is seen.
std::string seenClause(Statement& statement, const Viewer& viewer, std::string_view of);
// The same of one side of documents: `company` and `kind` are columns.
std::string seenClause(Statement& statement, const Viewer& viewer, std::string_view company, Direction side,
                       std::string_view kind);
// "(…)": of a document whose both sides are seen, the sender's alone.
std::string onceClause(Statement& statement, const Viewer& viewer, std::string_view of);
void addOnce(Statement& statement, const Viewer& viewer, std::string_view of);
// Between companies of one group.
std::string internalClause(std::string_view of);

// One company and direction, as the walks of lists take them.
struct Walk {
  CompanyId company;
  Direction direction{};
  std::vector<document::Kind> kinds = {};  // empty: every kind
  bool once = false;                       // leave out what is seen as its sender's as well
};
// What of `viewer`'s is to be walked for a list: of one company, of one direction, where they are given. What
// was sent comes first: it narrows the walks after it to the page, and with it what those must leave out.
Result<std::vector<Walk>> walksOf(Reader& reader, const Viewer& viewer, std::optional<CompanyId> company,
                                  std::optional<Direction> direction);
// The companies that the query's terms name, sorted; nothing where they name none.
Result<std::optional<std::vector<CompanyId>>> companiesNamed(Reader& reader, const EntryQuery& query);
// … and of the companies alone that the query's terms name.
Result<std::vector<Walk>> walksOf(Reader& reader, const Viewer& viewer, const EntryQuery& query);
// " AND …" beside the company and the direction.
void addWalk(Statement& statement, const Walk& walk, const Viewer& viewer, std::string_view of);

// The same of one of the walk's entries that was read.
bool takes(const Walk& walk, const Viewer& viewer, CompanyId counterpart, std::string_view kind);
bool takesKind(const Walk& walk, document::Kind kind);
// Whether a document that came from `sender`, a company here or none, is seen as its sender's as well.
bool isSeenAsSent(const Viewer& viewer, CompanyId sender, document::Kind kind);

// Walks by what they are of, for entries that come of any company.
class WalkOf {
 public:
  explicit WalkOf(std::span<const Walk> walks);
  const Walk* of(CompanyId company, std::string_view direction) const;
  const std::vector<CompanyId>& companies() const { return companies_; }  // sorted, each once

 private:
  std::vector<const Walk*> walks_;  // sorted by company and direction
  std::vector<CompanyId> companies_;
};

// What is seen of the mails and letters that companies have sent.
struct Sender {
  CompanyId company;
  std::vector<document::Kind> kinds = {};  // empty: every kind
};
Result<std::vector<Sender>> sendersSeen(Reader& reader, const Viewer& viewer);
// " AND (kind IN (…))" on a column; nothing for every kind.
void addKinds(Statement& statement, const std::vector<document::Kind>& kinds, std::string_view column);

}  // namespace postgang::store::sql
