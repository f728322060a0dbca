// People as a list from outside has them (flow/imports.h), by the same rules as one by one (access.h), but in
// the transaction that takes the whole list in; and where one of them is signed in. Who has changed something
// calls Access::forgetCallers() once that has committed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/access.h"

namespace postgang::access {

struct ListedChange {
  std::optional<std::string> name = {};
  std::optional<store::Membership> membership = {};  // its role in that company; the others stand
};
// Codes: Access::changeUser()'s.
Outcome changeListed(store::Transaction& tx, const Caller& caller, UserId user, const ListedChange& change,
                     std::string_view address);

// By whom and when, and whether a mail can tell of it. Where none leaves the house no link is made:
// Access::inviteAgain() makes one, to be handed over.
struct Inviting {
  const Caller& caller;
  IdMaker& ids;
  Instant now;
  bool byMail = false;
  std::string_view address = {};
};
// An open invitation of the address, which the caller may manage, takes the memberships in and is sent again.
// Codes: Access::invite()'s, without already-member and invitation-open.
Outcome inviteListed(store::Transaction& tx, const Inviting& by, const NewInvitation& wanted);

// The latest used first. Codes: not-found; user-of-others (forbidden).
Result<std::vector<store::Session>> sessionsOf(store::Reader& reader, const Caller& caller, UserId user,
                                               Instant now);

}  // namespace postgang::access
