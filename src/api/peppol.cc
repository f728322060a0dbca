// POST /peppol/inbound: where the operator's access point hands in what it has taken from the network
// (docs/access-point.md). It comes in by a token of its own, which is no API key and opens nothing else.
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "base/bytes.h"
#include "base/text.h"
#include "flow/words.h"
#include "net/encoding.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t envelope_bytes_more = 64 * 1024;  // than the document in it

// The digests are compared, so that not even the token's length is told by time.
Outcome checkToken(const Parts& parts, const net::Request& request) {
  const auto& token = parts.context.peppolInboundToken;
  const auto given = sha256(request.header("X-Token"));
  const auto wanted = sha256(token);
  if (!token.empty() && equalInConstantTime(view(given), view(wanted))) return {};
  return fail(flow::problem(ProblemKind::unauthenticated, "peppol-token-wrong"));
}

Outcome checkMediaType(const net::Request& request) {
  const auto type = lowered(request.mediaType());
  if (type.empty() || type == "application/xml" || type == "text/xml") return {};
  return fail(ProblemKind::unsupported, "media-type-unsupported", "No envelope comes in this media type.",
              "Content-Type", "Send the envelope itself as application/xml.");
}

Result<flow::As4Facts> as4In(const net::Request& request) {
  flow::As4Facts facts;
  facts.messageId = request.header("X-AS4-Message-Id");
  facts.senderAccessPoint = request.header("X-Sender-Access-Point");
  const auto at = request.header("X-AS4-Time");
  if (at.empty()) return facts;
  facts.at = Instant::parse(at);
  if (!facts.at) return parameterInvalid("X-AS4-Time", "The AS4 message's time is as RFC 3339 has it.");
  return facts;
}

Result<net::Reply> takeIn(Parts& parts, const net::Request& request) {
  CHECK_OK(checkToken(parts, request));
  CHECK_OK(checkMediaType(request));
  TRY(const auto as4, as4In(request));
  TRY(const auto bytes, net::decodeBody(request.header("Content-Encoding"), request.body,
                                        parts.context.limits.documentBytes_max + envelope_bytes_more));
  TRY(const auto taken, parts.context.flow.takePeppol(bytes, as4));
  return net::Reply::json(json::serialize(
      json::object{{"sbdhInstanceIdentifier", taken.instance},
                   {"kind", taken.kind},
                   {"document", taken.document ? json::value(taken.document->text()) : json::value(nullptr)},
                   {"countryCodeC4", textOrNull(taken.receiverCountry)}}));
}

}  // namespace

void addPeppolRoutes(net::Router& router, Parts& parts) {
  router.add("POST", "/api/v1/peppol/inbound",
             parts.guard.anybody([&](const net::Request& request) { return takeIn(parts, request); }),
             parts.context.limits.documentBytes_max + envelope_bytes_more);
}

}  // namespace postgang::api
