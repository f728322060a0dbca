// Which Smartmail is asked for: the parameters that the list, its summary and its export share.
#pragma once

#include <array>
#include <string_view>

#include "net/http.h"
#include "store/smartmail.h"

namespace postgang::api {

inline constexpr std::array<std::string_view, 5> smartmail_states = {"waiting", "opened", "posted", "bounced",
                                                                     "failed"};

// state, from, to (days in Sweden), counterpart, query, sort; not limit and cursor. Code parameter-invalid.
Result<store::SmartmailQuery> smartmailQueryIn(const net::Request& request);

}  // namespace postgang::api
