// What a handler sees of HTTP: a Request goes in, a Reply comes out. Plain values: nothing here knows of
// sockets, so a handler is tested by calling it.
//
//   Reply greet(const Request& request) {
//     return Reply::json("{\"hello\":\"" + std::string(request.parameter("name")) + "\"}");
//   }
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"

namespace postgang::net {

class EventStream;

// Header fields in the order they came; names are compared without case (RFC 9110, 5.1).
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;
  Headers() = default;
  Headers(std::initializer_list<Field> fields) : fields_(fields) {}

  std::string_view get(std::string_view name) const;  // the first one's value; empty where there is none
  bool has(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  std::string all(std::string_view name) const;  // list fields joined by ", " (RFC 9110, 5.3)
  void add(std::string name, std::string value);
  void set(std::string name, std::string value);  // instead of all of that name
  void remove(std::string_view name);

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }
  std::size_t size() const { return fields_.size(); }

 private:
  std::vector<Field> fields_;
};

using Parameters = std::vector<std::pair<std::string, std::string>>;

struct Request {
  std::string id;      // ours, unique; goes back in X-Request-Id and stands in the log
  std::string method;  // "GET"; upper case as sent
  std::string target;  // as sent: "/api/v1/documents?limit=5"
  std::string path;    // the target's path as sent, not decoded: "/api/v1/documents/a%20b"
  std::vector<std::string>
      segments;               // the path's, percent-decoded UTF-8; never ".", ".." or with a control in it
  Parameters query;           // decoded, in order
  Parameters pathParameters;  // set by the Router: {"id", "0193…"}
  std::string route;          // set by the Router: "/api/v1/documents/{id}"; a label for metrics
  Headers headers;
  std::string body;  // as sent: see decodeBody() for a Content-Encoding
  std::string
      remoteAddress;   // the client's IP address, from X-Forwarded-For where a trusted proxy stands before us
  bool https = false;  // reached a trusted proxy by TLS (X-Forwarded-Proto)

  // A request made by hand, for tests and for calls within the process. Codes as parseTarget's.
  static Result<Request> of(std::string method, std::string target, Headers headers = {},
                            std::string body = {});

  std::string_view header(std::string_view name) const { return headers.get(name); }
  std::string_view parameter(std::string_view name) const;  // of the path; empty where there is none
  std::optional<std::string> queryValue(std::string_view name) const;  // the first
  std::vector<std::string> queryValues(std::string_view name) const;   // ?status=a&status=b, in order
  // The first of that name (RFC 6265, 5.4). Over https that of setCookie(), "__Host-" before its name: one
  // that another host of the same domain, or a line without TLS, has planted is none.
  std::optional<std::string> cookie(std::string_view name) const;
  std::string_view mediaType() const;  // of Content-Type, without parameters, as sent: "application/xml"
};

struct Cookie {
  std::string
      name{};  // sent as "__Host-…" where it is secure and for all paths, so that browsers hold it to that
  std::string value{};  // a token: no quotes, blanks, commas, semicolons, backslashes (asserted)
  std::string path = "/";
  std::optional<int> maxAgeSeconds{};  // absent: until the browser is closed; 0: delete it
  bool httpOnly = true;
  bool secure = true;
  std::string sameSite = "Lax";
};

// A body that is read while it is sent, for what is too large to lie in memory.
class BodySource {
 public:
  virtual ~BodySource() = default;
  virtual std::uint64_t size() const = 0;
  // The next bytes, at most so many; empty at the end. Called on the connection's thread: must not wait for
  // anything but a disk. A Problem cuts the connection, since the length is said already.
  virtual Result<std::string> read(std::size_t atMost) = 0;
};

struct Reply {
  int status = 200;
  Headers headers;  // Content-Length, Date, Connection and X-Request-Id are the server's to set
  std::string body;
  std::shared_ptr<const std::string> shared;  // instead of `body`: bytes that many replies share
  std::shared_ptr<EventStream> events;        // instead of a body: text/event-stream
  std::shared_ptr<BodySource> source = {};    // instead of `body`
  bool compressible =
      true;  // false keeps the server from compressing (secrets beside what a stranger chooses)

  static Reply bytes(std::string contentType, std::string body, int status = 200);
  static Reply json(std::string body, int status = 200);  // application/json
  static Reply text(std::string body, int status = 200);  // text/plain; charset=utf-8
  static Reply empty(int status = 204);
  static Reply redirect(std::string location, int status = 303);
  // text/event-stream, not cached, not buffered by proxies. The stream may be sent to before and after this.
  static Reply eventStream(std::shared_ptr<EventStream> events);
  // application/problem+json (RFC 9457): type, title, status, detail, code, where, advice, parameters.
  // Members whose text is empty are left out. `status` 0: statusOf(problem.kind).
  static Reply problem(const Problem& problem, int status = 0);

  std::string_view bytes() const { return shared ? std::string_view(*shared) : std::string_view(body); }
  void setCookie(const Cookie& cookie);
};

// The one table from a Problem's kind to an HTTP status: 400 invalid … 503 unavailable.
int statusOf(ProblemKind kind);
std::string_view reason(int status);  // "Not Found"; "Status" for one without a name

// If-None-Match (RFC 9110, 13.1.2): sets `etag` (quoted, "\"…\"" or "W/\"…\"") on the reply and, where the
// client has it already, makes it a 304 without a body. Only for GET and HEAD, and only for a 200.
Reply withEtag(const Request& request, Reply reply, std::string etag);
bool etagMatches(std::string_view ifNoneMatch, std::string_view etag);  // weak comparison, "*" matches

// Content negotiation (RFC 9110, 12.5): the offer that the Accept header likes best, the first among equals;
// empty where none will do. An empty header takes anything. preferredType(request.header("Accept"),
// {"application/pdf", …}).
std::string_view preferredType(std::string_view accept, std::initializer_list<std::string_view> offers);
// "br", "gzip" or "identity" for an Accept-Encoding.
std::string_view preferredEncoding(std::string_view acceptEncoding);

}  // namespace postgang::net
