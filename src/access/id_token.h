// What an ID token claims, judged (OpenID Connect Core 1.0, 3.1.3.7), once its signature holds (jose.h).
// Pure: the instant is given.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "base/problem.h"
#include "base/time.h"

namespace postgang::access {

inline constexpr std::int64_t token_leeway_seconds = 60;  // between the provider's clock and ours

struct ExpectedToken {
  std::string_view issuer, clientId, nonce;
  std::string_view accessToken = {};  // that came with it: at_hash, where it is there, is of this
  Instant begun, now;                 // the token was made since the sign-in began
};

// iss and nonce are exactly these, we are the audience (and azp, where it is said or there are several), it
// has neither ended nor been made before the sign-in began or in the future, and says who: `sub`. Code
// identity-refused (unauthenticated), the detail says which claim.
Outcome checkIdToken(const boost::json::object& claims, const ExpectedToken& expected);

struct Identity {
  std::string subject;  // at the issuer: for ever the same person
  std::string email;    // lower case; empty: none that the provider answers for
  std::string name;     // may be empty
};
// Of an ID token, or of what /userinfo says. The e-mail counts where the provider says that it has been
// verified (`email_verified`, in Entra ID `xms_edov`).
Identity identityIn(const boost::json::object& claims);

}  // namespace postgang::access
