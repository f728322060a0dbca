#include "net/router.h"

#include <cassert>
#include <vector>

#include "base/text.h"
#include "net/target.h"

namespace postgang::net {
namespace {

struct Route {
  std::string pattern;
  std::vector<std::string> names;
  Handler handler;
  std::size_t bodyBytes = 0;
};

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literal;
  std::unique_ptr<Node> named;
  std::map<std::string, Route, std::less<>> routes;  // by method

  // The first node with routes that fits, literals tried before names; `values` are what the names stood for.
  const Node* find(const std::vector<std::string>& segments, std::size_t at,
                   std::vector<std::string_view>& values) const {
    if (at == segments.size()) return routes.empty() ? nullptr : this;
    if (const auto found = literal.find(segments[at]); found != literal.end())
      if (const Node* node = found->second->find(segments, at + 1, values)) return node;
    if (!named || segments[at].empty()) return nullptr;
    values.push_back(segments[at]);
    if (const Node* node = named->find(segments, at + 1, values)) return node;
    values.pop_back();
    return nullptr;
  }

  const Route* route(std::string_view method) const {
    auto found = routes.find(method);
    if (found == routes.end() && method == "HEAD") found = routes.find("GET");
    return found == routes.end() ? nullptr : &found->second;
  }

  std::string allowed() const {
    std::string methods;
    for (const auto& [method, route] : routes) {
      if (!methods.empty()) methods += ", ";
      methods += method;
      if (method == "GET" && !routes.contains("HEAD")) methods += ", HEAD";
    }
    return methods;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(std::string method, std::string_view pattern, Handler handler, std::size_t bodyBytes) {
  assert(pattern.starts_with('/') && handler);
  Route route{std::string(pattern), {}, std::move(handler), bodyBytes};
  Node* node = root_.get();
  if (pattern != "/") {
    for (auto segment : split(pattern.substr(1), '/')) {
      std::unique_ptr<Node>* next;
      if (segment.starts_with('{')) {
        assert(segment.size() > 2 && segment.ends_with('}'));
        route.names.emplace_back(segment.substr(1, segment.size() - 2));
        next = &node->named;
      } else {
        next = &node->literal[std::string(segment)];
      }
      if (!*next) *next = std::make_unique<Node>();
      node = next->get();
    }
  }
  [[maybe_unused]] const bool isNew = node->routes.emplace(std::move(method), std::move(route)).second;
  assert(isNew);
}

void Router::otherwise(Handler handler) {
  otherwise_ = std::move(handler);
}

std::vector<std::pair<std::string, std::string>> Router::routes() const {
  std::vector<std::pair<std::string, std::string>> all;
  std::vector<const Node*> open{root_.get()};
  while (!open.empty()) {
    const Node* node = open.back();
    open.pop_back();
    for (const auto& [method, route] : node->routes) all.emplace_back(method, route.pattern);
    for (const auto& [segment, next] : node->literal) open.push_back(next.get());
    if (node->named) open.push_back(node->named.get());
  }
  return all;
}

Reply Router::operator()(Request& request) const {
  std::vector<std::string_view> values;
  const Node* node = root_->find(request.segments, 0, values);
  if (!node) {
    if (otherwise_) return otherwise_(request);
    return Reply::problem(
        {ProblemKind::not_found, "not-found", "There is nothing at this address.", request.path, {}, {}});
  }
  const Route* route = node->route(request.method);
  if (!route) {
    Reply reply = Reply::problem({ProblemKind::unsupported,
                                  "method-not-allowed",
                                  "This address does not take the method " + request.method + ".",
                                  request.path,
                                  "Use one of: " + node->allowed() + ".",
                                  {}},
                                 405);
    reply.headers.add("Allow", node->allowed());
    return reply;
  }
  request.route = route->pattern;
  request.pathParameters.clear();
  for (std::size_t i = 0; i < values.size(); ++i)
    request.pathParameters.emplace_back(route->names[i], std::string(values[i]));
  return route->handler(request);
}

std::optional<std::size_t> Router::bodyLimit(std::string_view method, std::string_view path) const {
  const auto target = parseTarget(path);
  if (!target) return std::nullopt;
  std::vector<std::string_view> values;
  const Node* node = root_->find(target->segments, 0, values);
  const Route* route = node ? node->route(method) : nullptr;
  if (!route || route->bodyBytes == 0) return std::nullopt;
  return route->bodyBytes;
}

}  // namespace postgang::net
