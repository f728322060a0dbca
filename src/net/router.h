// From method and path to a handler. Patterns are segments, literal or {named}; a literal goes before a name.
//
//   Router router;
//   router.add("GET", "/api/v1/documents/{id}", [&](const Request& r) { return show(r.parameter("id")); });
//   router.add("POST", "/api/v1/documents", receive, 50'000'000);
//   router.otherwise([&](const Request& r) { return portal.serve(r); });
//
// HEAD is answered by GET's handler (the server drops the body). No route: `otherwise`, else 404 not-found; a
// route without this method: 405 method-not-allowed with Allow.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/http.h"

namespace postgang::net {

using Handler = std::function<Reply(const Request&)>;

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  // `bodyBytes`: this route's own body limit; 0: the server's. A pattern given twice for a method is asserted
  // against.
  void add(std::string method, std::string_view pattern, Handler handler, std::size_t bodyBytes = 0);
  void otherwise(Handler handler);                                  // for paths that no pattern fits
  std::vector<std::pair<std::string, std::string>> routes() const;  // method and pattern, of all there are
  Reply operator()(Request& request) const;  // sets request.pathParameters and request.route
  // For HttpServerLimits::bodyLimit.
  std::optional<std::size_t> bodyLimit(std::string_view method, std::string_view path) const;

 private:
  struct Node;
  std::unique_ptr<Node> root_;
  Handler otherwise_;
};

}  // namespace postgang::net
