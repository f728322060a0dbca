// What a password must not be besides short: one of the commonest, a row of the keyboard, or what anybody
// knows of the user. NIST SP 800-63B, 3.1.1.2: length and a list, no rules of composition, no expiry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"

namespace postgang::access {

// `known`: the user's name, e-mail address, companies. Codes (invalid): password-common, password-personal.
Outcome checkPassword(std::string_view password, const std::vector<std::string>& known);

}  // namespace postgang::access
