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
  filters_write,
  companies_read,  // settings, the group, who sees whom
  companies_write,
  users_read,
  users_write,
  keys_write,  // API keys and sandboxes: people alone
  webhooks_read,
  webhooks_write,
  audit_read,
  tickets_read,
  tickets_write  // to make and answer; who assigns and closes: store/tickets.h
};
inline constexpr std::initializer_list<Scope> all_scopes = {
    Scope::documents_read,  Scope::documents_write, Scope::partners_read, Scope::partners_write,
    Scope::statistics_read, Scope::filters_read,    Scope::filters_write, Scope::companies_read,
    Scope::companies_write, Scope::users_read,      Scope::users_write,   Scope::keys_write,
    Scope::webhooks_read,   Scope::webhooks_write,  Scope::audit_read,    Scope::tickets_read,
    Scope::tickets_write};
std::string_view name(Scope scope);  // "documents:read"
std::optional<Scope> scopeFromName(std::string_view name);
bool isForPeopleAlone(Scope scope);  // no key may have it
bool isToWrite(Scope scope);

class Scopes {
 public:
  Scopes() = default;
  Scopes(std::initializer_list<Scope> scopes) {
    for (const Scope scope : scopes) add(scope);
  }
  void add(Scope scope) { bits_ |= bit(scope); }
  bool has(Scope scope) const { return (bits_ & bit(scope)) != 0; }
  bool isEmpty() const { return bits_ == 0; }
  Scopes both(Scopes other) const {  // those that are in both
    other.bits_ &= bits_;
    return other;
  }
  friend bool operator==(Scopes, Scopes) = default;

 private:
  static unsigned bit(Scope scope) { return 1U << static_cast<unsigned>(scope); }
  unsigned bits_ = 0;
};

// Roles: reader (läsare), clerk (ekonomi), support (sees and acts on documents, changes no settings),
// administrator, operator (staff). An unknown role may nothing.
bool isRole(std::string_view role);
// What may be done in this company: in a sandbox nothing with people, who are the same as its company's.
Scopes scopesWithin(const store::Company& company, Scopes scopes);
int rankOfRole(std::string_view role);  // of two roles the higher counts
Scopes scopesOfRole(std::string_view role);
// Unknown names are left out: a key made by a later release loses what this one does not know.
Scopes scopesFromNames(const std::vector<std::string>& names);

struct Caller {
  store::Viewer viewer;    // what is seen, and how the timeline names the one who did it
  store::Viewer acting;    // what may be changed: viewer.acting()
  store::Company company;  // acted for: what is handed in is its
  std::string role;        // a person's, in that company
  Scopes scopes;
  std::optional<store::User> user;  // a person's session …
  std::optional<store::Key> key;    // … or a program's key: one of the two
  std::string csrfToken = {};       // a session's
  std::optional<store::Session> session = {};
  // A company of the person's demands a second step of signing in, and there is none yet: it sees and may
  // nothing before that.
  bool mustEnrol = false;

  bool isPerson() const { return user.has_value(); }
  bool isStaff() const { return user && user->staff; }
  bool isSandbox() const { return company.sandboxOf.has_value(); }
  bool may(Scope scope) const { return scopes.has(scope); }
  std::string id() const;  // "user:<id>", "key:<id>": whose idempotency keys these are
};
using CallerPointer = std::shared_ptr<const Caller>;

}  // namespace postgang::access
