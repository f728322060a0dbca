// Who sees what by the tree and the grants alone, worked out the slow way: what the store's answers are held
// against.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "access/caller.h"
#include "store/grants.h"

namespace postgang::access {

using document::Kind;
using store::Direction;

enum class Fate { waiting, delivered, stopped, mailed };

struct Sent {
  DocumentId document;
  CompanyId sender, receiver;
  bool arrived = false;  // the receiver has an entry
  Kind kind = Kind::invoice;
  Fate fate = Fate::waiting;
  std::string number;
};

// One party's side of a document, as a text that can be compared.
inline std::string side(DocumentId document, CompanyId company, Direction direction) {
  return document.text() + " " + std::to_string(company.value) + " " + std::string(store::name(direction));
}

class Model {
 public:
  std::map<CompanyId, std::optional<CompanyId>> parents;
  std::vector<store::Grant> grants;

  std::set<CompanyId> beneath(CompanyId company) const {  // and itself
    std::set<CompanyId> all{company};
    for (std::size_t before = 0; before != all.size();) {
      before = all.size();
      for (const auto& [child, parent] : parents)
        if (parent && all.contains(*parent)) all.insert(child);
    }
    return all;
  }
  CompanyId top(CompanyId company) const { return parents.at(company) ? top(*parents.at(company)) : company; }
  int rank(const store::User& user, CompanyId company) const {
    int rank = 0;
    for (const auto& own : user.memberships)
      if (own.company == company) rank = std::max(rank, rankOfRole(own.role));
    return parents.at(company) ? std::max(rank, this->rank(user, *parents.at(company))) : rank;
  }
  std::set<CompanyId> mayActFor(const store::User& user) const {
    std::set<CompanyId> all;
    for (const auto& own : user.memberships) all.merge(beneath(own.company));
    return all;
  }
  // Whether the user, acting for a company (or for all), sees that side of such a document; or may act on it.
  bool sees(const store::User& user, CompanyId actingFor, bool everything, CompanyId company,
            Direction direction, Kind kind, bool toAct) const {
    std::set<CompanyId> as{actingFor};
    if (everything) as.merge(mayActFor(user));
    for (const auto own : as) {
      if (toAct && rank(user, own) < rankOfRole("support")) continue;
      if (beneath(own).contains(company)) return true;
      for (const auto& grant : grants) {
        const bool ofKind = grant.kinds.empty() || std::ranges::find(grant.kinds, kind) != grant.kinds.end();
        const bool ofDirection = direction == Direction::sent ? grant.sent : grant.received;
        if (grant.viewer == own && grant.owner == company && top(own) == top(company) && ofKind &&
            ofDirection && (!toAct || grant.mayAct))
          return true;
      }
    }
    return false;
  }
};

}  // namespace postgang::access
