// What a browser keeps between the way out to an identity provider and the way back.
#pragma once

#include <string>
#include <string_view>

#include "net/http.h"

namespace postgang::api {

inline constexpr std::string_view oidc_cookie = "postgang_oidc";
inline constexpr int oidc_cookie_seconds = 600;
net::Cookie oidcCookie(const net::Request& request, std::string value);

}  // namespace postgang::api
