#include "access/hearing.h"

#include <set>

#include "access/visibility.h"

namespace postgang::access {

Result<store::Hearer> hearerOf(store::Reader& reader, const store::User& user) {
  TRY(auto viewer, everythingSeenBy(reader, user));
  store::Hearer hearer{user.id, std::move(viewer)};
  std::set<CompanyId> administered;
  for (const auto& own : user.memberships) {
    if (own.role != "administrator") continue;
    TRY(const auto beneath, store::subsidiariesOf(reader, own.company));
    administered.insert(own.company);
    administered.insert(beneath.begin(), beneath.end());
  }
  hearer.administers.assign(administered.begin(), administered.end());
  return hearer;
}

Hearing hearingOf(const store::OwnSettings& settings, const store::NewsKind& kind, std::string_view role) {
  const bool byItself = rankOfRole(role) >= rankOfRole(kind.from);
  Hearing hearing{byItself && kind.portal, byItself ? std::string(kind.mail) : "none"};
  if (const auto chosen = settings.portal.find(kind.name); chosen != settings.portal.end())
    hearing.portal = chosen->second;
  if (const auto chosen = settings.notices.find(kind.name); chosen != settings.notices.end())
    hearing.mail = chosen->second;
  return hearing;
}

bool mayHear(const store::User& user, const store::NewsKind& kind) {
  if (kind.staff) return user.staff;
  return !kind.administrators || highestRole(user) == "administrator";
}

std::string highestRole(const store::User& user) {
  std::string role = user.staff ? "operator" : "";
  for (const auto& own : user.memberships)
    if (rankOfRole(own.role) > rankOfRole(role)) role = own.role;
  return role;
}

}  // namespace postgang::access
