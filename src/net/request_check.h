// What stands between a request that could be parsed and one that is let in: the rules of RFC 9110 and 9112
// whose breach is how requests are smuggled past proxies, and our limits.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"
#include "net/http_server.h"

namespace postgang::net {

// Fills path, segments and query from request.target. Gives the refusal where the request is not let in;
// after one the connection must be closed, because nobody knows where the next request begins.
std::optional<Reply> refusalOf(Request& request, bool isHttp11, const HttpServerLimits& limits);

std::size_t bodyLimitOf(const Request& request, const HttpServerLimits& limits);

// The client's address and scheme as told by a proxy that is trusted; anybody else's word is not taken.
void believeProxy(Request& request, const std::vector<std::string>& trusted);

Reply malformed(std::string_view what);           // 400 request-malformed
Reply targetTooLong(std::size_t limit);           // 414 target-too-long
Reply headersTooLarge(std::size_t limit);         // 431 headers-too-large
Reply bodyTooLarge(std::size_t limit);            // 413 body-too-large
Reply tooSlow();                                  // 408 request-too-slow
Reply overloaded();                               // 503 overloaded, Retry-After
Reply handlerFailed(std::string_view requestId);  // 500 internal-error

}  // namespace postgang::net
