#include "store/viewer.h"

#include <algorithm>
#include <map>
#include <utility>

namespace postgang::store {

std::string_view name(ActorKind kind) {
  switch (kind) {
    case ActorKind::system:
      return "system";
    case ActorKind::person:
      return "person";
    case ActorKind::key:
      return "key";
    case ActorKind::channel:
      return "channel";
    case ActorKind::demo:
      return "demo";
  }
  return "system";
}

std::string_view name(Direction direction) {
  return direction == Direction::received ? "received" : "sent";
}

Viewer::Viewer(bool seesAll, std::vector<Sight> sights, std::vector<Sight> acting, Actor actor)
    : seesAll_(seesAll), acting_(std::move(acting)), actor_(std::move(actor)) {
  for (const auto& sight : sights)
    if (sight.whole) companies_.push_back(sight.company);
  std::ranges::sort(companies_);
  companies_.erase(std::ranges::unique(companies_).begin(), companies_.end());
  // Two companies that one may see may each have been let see a third: together they see what either does.
  std::map<std::pair<CompanyId, Direction>, Part> parts;
  for (const auto& sight : sights) {
    if (sees(sight.company)) continue;
    for (const auto direction : {Direction::sent, Direction::received}) {
      if (direction == Direction::sent ? !sight.sent : !sight.received) continue;
      const auto [place, isNew] =
          parts.try_emplace({sight.company, direction}, Part{sight.company, direction, sight.kinds});
      auto& kinds = place->second.kinds;
      if (isNew) continue;
      if (sight.kinds.empty()) kinds.clear();
      if (!kinds.empty()) kinds.insert(kinds.end(), sight.kinds.begin(), sight.kinds.end());
    }
  }
  for (auto& [key, part] : parts) {
    std::ranges::sort(part.kinds);
    part.kinds.erase(std::ranges::unique(part.kinds).begin(), part.kinds.end());
    parts_.push_back(std::move(part));
  }
}

Viewer Viewer::system() {
  Viewer viewer(true, {}, {}, {});
  viewer.actsAll_ = true;
  return viewer;
}

Viewer Viewer::ofStaff(Actor actor, CompanyId operatorCompany) {
  return Viewer(true, {}, {Sight::ofOwn(operatorCompany)}, std::move(actor));
}

Viewer Viewer::ofCompanies(std::vector<CompanyId> companies, Actor actor) {
  std::vector<Sight> sights;
  for (const auto company : companies) sights.push_back(Sight::ofOwn(company));
  return ofSights(std::move(sights), std::move(actor));
}

Viewer Viewer::ofSights(std::vector<Sight> sights, Actor actor) {
  std::vector<Sight> acting;
  for (const auto& sight : sights)
    if (sight.mayAct) acting.push_back(sight);
  return Viewer(false, std::move(sights), std::move(acting), std::move(actor));
}

bool Viewer::sees(CompanyId company) const {
  return seesAll_ || std::ranges::binary_search(companies_, company);
}

bool Viewer::sees(CompanyId company, Direction direction, document::Kind kind) const {
  if (sees(company)) return true;
  const auto part = std::ranges::lower_bound(parts_, std::pair(company, direction), {}, [](const Part& of) {
    return std::pair(of.company, of.direction);
  });
  if (part == parts_.end() || part->company != company || part->direction != direction) return false;
  return part->kinds.empty() || std::ranges::binary_search(part->kinds, kind);
}

bool Viewer::seesAnyOf(CompanyId company) const {
  return sees(company) || std::ranges::binary_search(parts_, company, {}, &Part::company);
}

Viewer Viewer::acting() const {
  Viewer viewer(actsAll_, acting_, acting_, actor_);
  viewer.actsAll_ = actsAll_;
  return viewer;
}

}  // namespace postgang::store
