#include "access/caller.h"

#include <algorithm>
#include <array>
#include <utility>

namespace postgang::access {

namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 17> scope_names = {{
    {Scope::documents_read, "documents:read"},
    {Scope::documents_write, "documents:write"},
    {Scope::partners_read, "partners:read"},
    {Scope::partners_write, "partners:write"},
    {Scope::statistics_read, "statistics:read"},
    {Scope::filters_read, "filters:read"},
    {Scope::filters_write, "filters:write"},
    {Scope::companies_read, "companies:read"},
    {Scope::companies_write, "companies:write"},
    {Scope::users_read, "users:read"},
    {Scope::users_write, "users:write"},
    {Scope::keys_write, "keys:write"},
    {Scope::webhooks_read, "webhooks:read"},
    {Scope::webhooks_write, "webhooks:write"},
    {Scope::audit_read, "audit:read"},
    {Scope::tickets_read, "tickets:read"},
    {Scope::tickets_write, "tickets:write"},
}};

}  // namespace

std::string_view name(Scope scope) {
  for (const auto& [value, text] : scope_names)
    if (value == scope) return text;
  return {};
}

std::optional<Scope> scopeFromName(std::string_view name) {
  for (const auto& [value, text] : scope_names)
    if (text == name) return value;
  return std::nullopt;
}

bool isForPeopleAlone(Scope scope) {
  return scope == Scope::keys_write;
}

bool isToWrite(Scope scope) {
  return name(scope).ends_with(":write");
}

bool isRole(std::string_view role) {
  return rankOfRole(role) > 0;
}

int rankOfRole(std::string_view role) {
  constexpr std::array<std::string_view, 5> roles = {"reader", "support", "clerk", "administrator",
                                                     "operator"};
  const auto found = std::ranges::find(roles, role);
  return found == roles.end() ? 0 : static_cast<int>(found - roles.begin()) + 1;
}

Scopes scopesOfRole(std::string_view role) {
  Scopes scopes;
  const int rank = rankOfRole(role);
  const auto add = [&](int least, std::initializer_list<Scope> more) {
    if (rank < least) return;
    for (const Scope scope : more) scopes.add(scope);
  };
  add(1, {Scope::documents_read, Scope::partners_read, Scope::statistics_read, Scope::filters_read,
          Scope::companies_read, Scope::tickets_read, Scope::tickets_write});
  add(2, {Scope::documents_write});
  add(3, {Scope::partners_write, Scope::filters_write});
  add(4, {Scope::companies_write, Scope::users_read, Scope::users_write, Scope::keys_write,
          Scope::webhooks_read, Scope::webhooks_write, Scope::audit_read});
  return scopes;
}

Scopes scopesWithin(const store::Company& company, Scopes scopes) {
  if (!company.sandboxOf) return scopes;
  Scopes within;
  for (const Scope scope : all_scopes)
    if (scopes.has(scope) && scope != Scope::users_read && scope != Scope::users_write) within.add(scope);
  return within;
}

Scopes scopesFromNames(const std::vector<std::string>& names) {
  Scopes scopes;
  for (const auto& text : names)
    if (const auto scope = scopeFromName(text)) scopes.add(*scope);
  return scopes;
}

std::string Caller::id() const {
  if (user) return "user:" + user->id.text();
  return key ? "key:" + key->id.text() : std::string("nobody");
}

}  // namespace postgang::access
