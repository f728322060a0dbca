#include "net/http.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cassert>

#include "base/text.h"
#include "net/target.h"

namespace postgang::net {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool sameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view etagCore(std::string_view etag) {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

constexpr std::string_view host_prefix = "__Host-";  // draft-ietf-httpbis-rfc6265bis, 4.1.3.2

// RFC 6265's cookie-octet.
bool isCookieValue(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    return c > 0x20 && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
  });
}

constexpr std::array<std::pair<int, std::string_view>, 33> reasons{{
    {100, "Continue"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
}};

}  // namespace

std::string_view Headers::get(std::string_view name) const {
  for (const auto& [field, value] : fields_)
    if (sameName(field, name)) return value;
  return {};
}

bool Headers::has(std::string_view name) const {
  return count(name) > 0;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(std::count_if(
      fields_.begin(), fields_.end(), [&](const Field& field) { return sameName(field.first, name); }));
}

std::string Headers::all(std::string_view name) const {
  std::string result;
  for (const auto& [field, value] : fields_) {
    if (!sameName(field, name)) continue;
    if (!result.empty()) result += ", ";
    result += value;
  }
  return result;
}

void Headers::add(std::string name, std::string value) {
  fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value) {
  remove(name);
  add(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const Field& field) { return sameName(field.first, name); });
}

Result<Request> Request::of(std::string method, std::string target, Headers headers, std::string body) {
  TRY(auto parsed, parseTarget(target));
  Request request;
  request.method = std::move(method);
  request.target = std::move(target);
  request.path = std::move(parsed.path);
  request.segments = std::move(parsed.segments);
  request.query = std::move(parsed.query);
  request.headers = std::move(headers);
  request.body = std::move(body);
  return request;
}

std::string_view Request::parameter(std::string_view name) const {
  for (const auto& [key, value] : pathParameters)
    if (key == name) return value;
  return {};
}

std::optional<std::string> Request::queryValue(std::string_view name) const {
  for (const auto& [key, value] : query)
    if (key == name) return value;
  return std::nullopt;
}

std::vector<std::string> Request::queryValues(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : query)
    if (key == name) values.push_back(value);
  return values;
}

std::optional<std::string> Request::cookie(std::string_view asked) const {
  const auto name = (https ? std::string(host_prefix) : std::string()) + std::string(asked);
  for (const auto& [field, value] : headers) {
    if (!sameName(field, "cookie")) continue;
    for (auto pair : split(value, ';')) {
      pair = trimmed(pair);
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
      return std::string(pair.substr(equals + 1));
    }
  }
  return std::nullopt;
}

std::string_view Request::mediaType() const {
  const auto type = header("Content-Type");
  return trimmed(type.substr(0, type.find(';')));
}

Reply Reply::bytes(std::string contentType, std::string body, int status) {
  Reply reply;
  reply.status = status;
  reply.headers.add("Content-Type", std::move(contentType));
  reply.body = std::move(body);
  return reply;
}

Reply Reply::json(std::string body, int status) {
  return bytes("application/json", std::move(body), status);
}

Reply Reply::text(std::string body, int status) {
  return bytes("text/plain; charset=utf-8", std::move(body), status);
}

Reply Reply::empty(int status) {
  Reply reply;
  reply.status = status;
  return reply;
}

Reply Reply::redirect(std::string location, int status) {
  Reply reply = empty(status);
  reply.headers.add("Location", std::move(location));
  return reply;
}

Reply Reply::eventStream(std::shared_ptr<EventStream> events) {
  assert(events);
  Reply reply;
  reply.headers.add("Content-Type", "text/event-stream");
  reply.headers.add("Cache-Control", "no-store");
  reply.headers.add("X-Accel-Buffering", "no");  // nginx would otherwise hold events back
  reply.events = std::move(events);
  return reply;
}

Reply Reply::problem(const Problem& problem, int status) {
  if (status == 0) status = statusOf(problem.kind);
  boost::json::object object{{"type", "about:blank"}, {"title", reason(status)}, {"status", status}};
  const auto member = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) object[name] = value;
  };
  member("detail", problem.detail);
  member("code", problem.code);
  member("where", problem.where);
  member("advice", problem.advice);
  if (!problem.parameters.empty()) {
    boost::json::object parameters;
    for (const auto& [name, value] : problem.parameters) parameters[name] = value;
    object["parameters"] = std::move(parameters);
  }
  Reply reply = bytes("application/problem+json", boost::json::serialize(object), status);
  reply.headers.add("Cache-Control", "no-store");
  return reply;
}

void Reply::setCookie(const Cookie& cookie) {
  assert(!cookie.name.empty() && isCookieValue(cookie.name) && isCookieValue(cookie.value));
  const bool isHosts = cookie.secure && cookie.path == "/";
  std::string text = (isHosts ? std::string(host_prefix) : std::string()) + cookie.name + "=" + cookie.value +
                     "; Path=" + cookie.path;
  if (cookie.maxAgeSeconds) text += "; Max-Age=" + std::to_string(*cookie.maxAgeSeconds);
  if (cookie.httpOnly) text += "; HttpOnly";
  if (cookie.secure) text += "; Secure";
  if (!cookie.sameSite.empty()) text += "; SameSite=" + cookie.sameSite;
  headers.add("Set-Cookie", std::move(text));
}

int statusOf(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::invalid:
      return 400;
    case ProblemKind::unauthenticated:
      return 401;
    case ProblemKind::forbidden:
      return 403;
    case ProblemKind::not_found:
      return 404;
    case ProblemKind::conflict:
      return 409;
    case ProblemKind::too_large:
      return 413;
    case ProblemKind::unsupported:
      return 415;
    case ProblemKind::rate_limited:
      return 429;
    case ProblemKind::unavailable:
      return 503;
    case ProblemKind::internal:
      return 500;
  }
  return 500;
}

std::string_view reason(int status) {
  for (const auto& [code, text] : reasons)
    if (code == status) return text;
  return "Status";
}

bool etagMatches(std::string_view ifNoneMatch, std::string_view etag) {
  if (trimmed(ifNoneMatch) == "*") return true;
  // A comma may stand inside an entity tag; ours have none, so a tag that has one just fails to match.
  for (auto candidate : split(ifNoneMatch, ','))
    if (etagCore(trimmed(candidate)) == etagCore(etag)) return true;
  return false;
}

Reply withEtag(const Request& request, Reply reply, std::string etag) {
  assert(etag.size() >= 2 && etag.back() == '"');
  if (reply.status != 200 || (request.method != "GET" && request.method != "HEAD")) return reply;
  const bool known =
      request.headers.has("If-None-Match") && etagMatches(request.headers.all("If-None-Match"), etag);
  reply.headers.set("ETag", std::move(etag));
  if (!known) return reply;
  reply.status = 304;
  reply.body.clear();
  reply.shared.reset();
  reply.headers.remove("Content-Type");
  return reply;
}

}  // namespace postgang::net
