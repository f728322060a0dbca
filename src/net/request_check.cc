#include "net/request_check.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/text.h"
#include "net/address_check.h"
#include "net/target.h"

namespace postgang::net {
namespace {

bool isNumber(std::string_view text) {
  return !text.empty() && text.size() <= 19 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Where a message ends must be said once and plainly (RFC 9112, 6.3): a proxy that reads it otherwise than we
// do would let a second request through inside the first.
std::optional<Reply> framingRefusal(const Request& request, bool isHttp11) {
  const auto lengths = request.headers.count("Content-Length");
  const auto codings = request.headers.count("Transfer-Encoding");
  if (lengths > 1) return malformed("has more than one Content-Length");
  if (lengths == 1 && codings > 0) return malformed("has both Content-Length and Transfer-Encoding");
  if (lengths == 1 && !isNumber(request.header("Content-Length")))
    return malformed("has no number as its Content-Length");
  if (codings == 0) return std::nullopt;
  if (!isHttp11) return malformed("is HTTP/1.0 and has a Transfer-Encoding");
  if (codings > 1 || lowered(request.header("Transfer-Encoding")) != "chunked")
    return Reply::problem({ProblemKind::unsupported,
                           "transfer-encoding-unknown",
                           "No Transfer-Encoding but chunked is taken here.",
                           "",
                           "",
                           {}},
                          501);
  return std::nullopt;
}

std::optional<Reply> hostRefusal(const Request& request, bool isHttp11) {
  const auto hosts = request.headers.count("Host");
  if (hosts > 1) return malformed("has more than one Host");
  if (hosts == 0 && isHttp11) return malformed("has no Host");
  for (char c : request.header("Host"))
    if (static_cast<unsigned char>(c) <= 0x20 || c == '/' || c == '@' || c == ',' || c == 0x7f)
      return malformed("has a Host that is none");
  return std::nullopt;
}

}  // namespace

std::optional<Reply> refusalOf(Request& request, bool isHttp11, const HttpServerLimits& limits) {
  if (request.target.size() > limits.targetBytes) return targetTooLong(limits.targetBytes);
  if (auto refusal = framingRefusal(request, isHttp11)) return refusal;
  if (auto refusal = hostRefusal(request, isHttp11)) return refusal;
  auto target = parseTarget(request.target);
  if (!target) return Reply::problem(target.error());
  request.path = std::move(target->path);
  request.segments = std::move(target->segments);
  request.query = std::move(target->query);
  const auto expected = request.header("Expect");
  if (isHttp11 && !expected.empty() && lowered(expected) != "100-continue")
    return Reply::problem({ProblemKind::unsupported,
                           "expectation-unknown",
                           "Only 100-continue can be expected of us.",
                           "",
                           "Leave the header Expect out.",
                           {}},
                          417);
  const auto text = request.header("Content-Length");
  std::uint64_t length = 0;  // stays so where there is none
  std::from_chars(text.data(), text.data() + text.size(), length);
  if (const auto limit = bodyLimitOf(request, limits); length > limit) return bodyTooLarge(limit);
  return std::nullopt;
}

std::size_t bodyLimitOf(const Request& request, const HttpServerLimits& limits) {
  if (!limits.bodyLimit) return limits.bodyBytes;
  return limits.bodyLimit(request.method, request.path).value_or(limits.bodyBytes);
}

void believeProxy(Request& request, const std::vector<std::string>& trusted) {
  const auto isTrusted = [&](std::string_view address) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  };
  if (!isTrusted(request.remoteAddress)) return;
  request.https = lowered(trimmed(request.header("X-Forwarded-Proto"))) == "https";
  // Each proxy appends whom it heard from: the last one that isn't a proxy of ours is the client. What stands
  // before it the client may have made up.
  const std::string forwarded = request.headers.all("X-Forwarded-For");
  const auto hops = split(forwarded, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const auto address = IpAddress::parse(trimmed(*hop));
    if (!address) return;
    request.remoteAddress = address->text();
    if (!isTrusted(request.remoteAddress)) return;
  }
}

Reply malformed(std::string_view what) {
  return Reply::problem(
      {ProblemKind::invalid, "request-malformed", "The request " + std::string(what) + ".", "", "", {}});
}

Reply targetTooLong(std::size_t limit) {
  return Reply::problem({ProblemKind::too_large,
                         "target-too-long",
                         "The address is over " + std::to_string(limit) + " bytes.",
                         "",
                         "Ask for less at once.",
                         {}},
                        414);
}

Reply headersTooLarge(std::size_t limit) {
  return Reply::problem({ProblemKind::too_large,
                         "headers-too-large",
                         "The header is over " + std::to_string(limit) + " bytes.",
                         "",
                         "Send fewer or shorter header fields; cookies are the usual cause.",
                         {}},
                        431);
}

Reply bodyTooLarge(std::size_t limit) {
  return Reply::problem({ProblemKind::too_large,
                         "body-too-large",
                         "The body is over " + std::to_string(limit) + " bytes.",
                         "",
                         "Send less at once; nothing was kept.",
                         {{"limit", std::to_string(limit)}}});
}

Reply tooSlow() {
  return Reply::problem({ProblemKind::unavailable,
                         "request-too-slow",
                         "The request did not arrive in time.",
                         "",
                         "Send it again.",
                         {}},
                        408);
}

Reply overloaded() {
  Reply reply = Reply::problem({ProblemKind::unavailable,
                                "overloaded",
                                "There is more to do than can be done right now.",
                                "",
                                "Send it again in a second or two; nothing was kept.",
                                {}});
  reply.headers.add("Retry-After", "1");
  return reply;
}

Reply handlerFailed(std::string_view requestId) {
  return Reply::problem({ProblemKind::internal,
                         "internal-error",
                         "Something went wrong here.",
                         "",
                         "Report it with the request's id.",
                         {{"requestId", std::string(requestId)}}});
}

}  // namespace postgang::net
