// Who is asking, once they have shown a session or a key: what the floors above decide by.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/access_rows.h"
#include "store/companies.h"
#include "store/viewer.h"

namespace postgang::access {

enum class Scope {
  documents_read,
  documents_write,
  partners_read,
  partners_write,
  statistics_read,
  filters_read,  // registers too
  filters_write
};
inline constexpr std::initializer_list<Scope> all_scopes = {
    Scope::documents_read,  Scope::documents_write, Scope::partners_read, Scope::partners_write,
    Scope::statistics_read, Scope::filters_read,    Scope::filters_write};
std::string_view name(Scope scope);  // "documents:read"
std::optional<Scope> scopeFromName(std::string_view name);

class Scopes {
 public:
  Scopes() = default;
  Scopes(std::initializer_list<Scope> scopes) {
    for (const Scope scope : scopes) add(scope);
  }
  void add(Scope scope) { bits_ |= bit(scope); }
  bool has(Scope scope) const { return (bits_ & bit(scope)) != 0; }
  friend bool operator==(Scopes, Scopes) = default;

 private:
  static unsigned bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
  unsigned bits_ = 0;
};

// Roles: reader, clerk, administrator, operator (staff). An unknown role may nothing.
bool isRole(std::string_view role);
Scopes scopesOfRole(std::string_view role);
// Unknown names are left out: a key made by a later release loses what this one does not know.
Scopes scopesFromNames(const std::vector<std::string>& names);

struct Caller {
  store::Viewer viewer;    // what is seen, and how the timeline names the one who did it
  store::Company company;  // acted for: what is handed in is its
  Scopes scopes;
  std::optional<store::User> user;  // a person's session …
  std::optional<store::Key> key;    // … or a program's key: one of the two
  std::string csrfToken;            // a session's

  bool isPerson() const { return user.has_value(); }
  bool isStaff() const { return user && user->role == "operator"; }
  bool may(Scope scope) const { return scopes.has(scope); }
  std::string id() const;  // "user:<id>", "key:<id>": whose idempotency keys these are
};
using CallerPointer = std::shared_ptr<const Caller>;

}  // namespace postgang::access
