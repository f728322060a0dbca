#include "access/caller.h"

#include <array>
#include <utility>

namespace postgang::access {

namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 7> scope_names = {{
    {Scope::documents_read, "documents:read"},
    {Scope::documents_write, "documents:write"},
    {Scope::partners_read, "partners:read"},
    {Scope::partners_write, "partners:write"},
    {Scope::statistics_read, "statistics:read"},
    {Scope::filters_read, "filters:read"},
    {Scope::filters_write, "filters:write"},
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

bool isRole(std::string_view role) {
  return role == "reader" || role == "clerk" || role == "administrator" || role == "operator";
}

Scopes scopesOfRole(std::string_view role) {
  if (role == "reader")
    return {Scope::documents_read, Scope::partners_read, Scope::statistics_read, Scope::filters_read};
  return isRole(role) ? Scopes(all_scopes) : Scopes();
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
