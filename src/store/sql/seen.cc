#include "store/sql/seen.h"

#include <algorithm>

#include <variant>

#include "store/sql/dialect.h"
#include "store/sql/document_row.h"
#include "store/sql/sandbox_rows.h"

namespace postgang::store::sql {
namespace {

std::string kindsClause(Statement& statement, const std::vector<document::Kind>& kinds,
                        std::string_view column) {
  std::vector<std::string> names;
  for (const auto kind : kinds) names.emplace_back(document::name(kind));
  return textsClause(statement.dialect(), column, statement.keep(textsValue(statement.dialect(), names)));
}

// Whether the viewer sees the company that a column names; `direction` is a column too, or one direction.
std::string seen(Statement& statement, const Viewer& viewer, std::string_view company,
                 std::variant<Direction, std::string> direction, std::string_view kind) {
  if (viewer.seesAll()) return realClause(viewer, company);
  std::string clause = "(";
  clause += companiesClause(statement.dialect(), company,
                            statement.keep(companiesValue(statement.dialect(), viewer.companies())));
  for (const auto& part : viewer.parts()) {
    const auto* only = std::get_if<Direction>(&direction);
    if (only && part.direction != *only) continue;
    clause += " OR (" + std::string(company) + " = " + statement.place(part.company);
    if (!only)
      clause += " AND " + std::get<std::string>(direction) + " = " + statement.place(name(part.direction));
    if (!part.kinds.empty()) clause += " AND " + kindsClause(statement, part.kinds, kind);
    clause += ")";
  }
  return clause + ")";
}

std::string column(std::string_view of, std::string_view name) {
  return std::string(of) += name;
}

}  // namespace

std::string seenClause(Statement& statement, const Viewer& viewer, std::string_view of) {
  return seen(statement, viewer, column(of, "company"), column(of, "direction"), column(of, "kind"));
}

std::string seenClause(Statement& statement, const Viewer& viewer, std::string_view company, Direction side,
                       std::string_view kind) {
  return seen(statement, viewer, company, side, kind);
}

std::string onceClause(Statement& statement, const Viewer& viewer, std::string_view of) {
  const auto counterpart = column(of, "counterpart_company");
  auto clause = "(" + column(of, "direction") + " = 'sent' OR " + counterpart + " = 0";
  if (!viewer.seesAll())
    clause += " OR NOT " + seen(statement, viewer, counterpart, Direction::sent, column(of, "kind"));
  return clause + ")";
}

void addOnce(Statement& statement, const Viewer& viewer, std::string_view of) {
  statement << " AND " << onceClause(statement, viewer, of);
}

std::string internalClause(std::string_view of) {
  return "(" + column(of, "counterpart_company") +
         " <> 0 AND EXISTS (SELECT 1 FROM companies mine JOIN companies theirs ON theirs.group_root = "
         "mine.group_root WHERE mine.id = " +
         column(of, "company") + " AND theirs.id = " + column(of, "counterpart_company") + "))";
}

Result<std::vector<Walk>> walksOf(Reader& reader, const Viewer& viewer, std::optional<CompanyId> company,
                                  std::optional<Direction> direction) {
  std::vector<Walk> walks;
  TRY(const auto companies, companiesSeen(reader, viewer));
  const auto add = [&](Walk walk) {
    if (company.value_or(walk.company) != walk.company ||
        direction.value_or(walk.direction) != walk.direction)
      return;
    walk.once = walk.direction == Direction::received && !company && !direction;
    walks.push_back(std::move(walk));
  };
  for (const auto way : {Direction::sent, Direction::received}) {
    for (const auto whole : companies) add({whole, way});
    for (const auto& part : viewer.parts())
      if (part.direction == way) add({part.company, part.direction, part.kinds});
  }
  return walks;
}

Result<std::optional<std::vector<CompanyId>>> companiesNamed(Reader& reader, const EntryQuery& query) {
  std::vector<const EntryTerm*> asked;
  for (const auto& term : query.terms)
    if (term.field == EntryTerm::Field::company) asked.push_back(&term);
  if (asked.empty()) return std::optional<std::vector<CompanyId>>();
  std::vector<CompanyId> named;
  CHECK_OK(reader.connection().run(
      "SELECT id, identifier, name FROM companies ORDER BY id", {}, [&](const Row& row) {
        Columns c(row);
        const auto id = c.company();
        auto text = searchForm(c.view());
        text += searchForm(c.view());
        const auto holds = [&](const EntryTerm* term) {
          const auto terms = searchTerms(term->text);
          return term->no != std::ranges::all_of(terms, [&](const SearchTerm& one) {
                   return std::ranges::all_of(needles(one),
                                              [&](const std::string& needle) {
                                                return text.find(needle) != std::string::npos;
                                              }) ||
                          (!one.joined.empty() && text.find(needle(one.joined)) != std::string::npos);
                 });
        };
        if (std::ranges::all_of(asked, holds)) named.push_back(id);
      }));
  return std::optional(std::move(named));
}

Result<std::vector<Walk>> walksOf(Reader& reader, const Viewer& viewer, const EntryQuery& query) {
  TRY(auto walks, walksOf(reader, viewer, query.company, query.direction));
  TRY(const auto named, companiesNamed(reader, query));
  if (!named) return walks;
  std::erase_if(walks, [&](const Walk& walk) { return !std::ranges::binary_search(*named, walk.company); });
  for (auto& walk : walks) walk.once = false;  // one side is asked for
  return walks;
}

void addWalk(Statement& statement, const Walk& walk, const Viewer& viewer, std::string_view of) {
  addKinds(statement, walk.kinds, column(of, "kind"));
  if (walk.once) addOnce(statement, viewer, of);
}

bool isSeenAsSent(const Viewer& viewer, CompanyId sender, document::Kind kind) {
  return sender.value != 0 && (viewer.sees(sender) || viewer.sees(sender, Direction::sent, kind));
}

bool takes(const Walk& walk, const Viewer& viewer, CompanyId counterpart, std::string_view named) {
  if (walk.kinds.empty() && !walk.once) return true;
  const auto kind = document::kindFromName(named).value_or(document::Kind::other);
  return takesKind(walk, kind) && !(walk.once && isSeenAsSent(viewer, counterpart, kind));
}

bool takesKind(const Walk& walk, document::Kind kind) {
  return walk.kinds.empty() || std::ranges::find(walk.kinds, kind) != walk.kinds.end();
}

WalkOf::WalkOf(std::span<const Walk> walks) {
  for (const auto& walk : walks) {
    walks_.push_back(&walk);
    companies_.push_back(walk.company);
  }
  std::ranges::sort(walks_, {}, [](const Walk* walk) { return std::pair(walk->company, walk->direction); });
  std::ranges::sort(companies_);
  companies_.erase(std::ranges::unique(companies_).begin(), companies_.end());
}

const Walk* WalkOf::of(CompanyId company, std::string_view direction) const {
  const auto way = direction == name(Direction::sent) ? Direction::sent : Direction::received;
  const auto found = std::ranges::lower_bound(walks_, std::pair(company, way), {}, [](const Walk* walk) {
    return std::pair(walk->company, walk->direction);
  });
  if (found == walks_.end() || (*found)->company != company || (*found)->direction != way) return nullptr;
  return *found;
}

Result<std::vector<Sender>> sendersSeen(Reader& reader, const Viewer& viewer) {
  std::vector<Sender> senders;
  TRY(const auto companies, companiesSeen(reader, viewer));
  for (const auto company : companies) senders.push_back({company});
  for (const auto& part : viewer.parts())
    if (part.direction == Direction::sent) senders.push_back({part.company, part.kinds});
  return senders;
}

void addKinds(Statement& statement, const std::vector<document::Kind>& kinds, std::string_view column) {
  if (!kinds.empty()) statement << " AND " << kindsClause(statement, kinds, column);
}

}  // namespace postgang::store::sql
