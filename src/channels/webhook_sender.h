// Calls as Standard Webhooks have them (standardwebhooks.com, specification 1.0.0): what hand-over by webhook
// and the webhooks of integrators share.
//
//   POST, webhook-id (the message's, the same at every attempt), webhook-timestamp (seconds since 1970, of
//   this attempt), webhook-signature: "v1," and the HMAC-SHA256 in base64 of "id.timestamp.body", one for
//   each secret, with blanks between. A secret is "whsec_" and 32 bytes in base64.
//
// The address is a user's: every address that its name stands for is checked where the connection is made,
// and the one that was checked is the one that is used, so neither a name that resolves inwards nor one that
// changes its answer gets through. Redirects are not followed: a 3xx is an answer that is not 2xx. The answer
// is read as far as it is kept and no further.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "channels/handover.h"
#include "net/http_client.h"

namespace postgang::channels {

inline constexpr std::size_t webhook_answer_bytes = 1024;  // what is read, and kept, of an answer
inline constexpr int webhook_seconds_max = 30;             // that a receiver has to answer

std::string newWebhookSecret();
// Of "id.timestamp.body"; empty where the secret is none.
std::string webhookSignature(std::string_view secret, std::string_view id, std::string_view timestamp,
                             std::string_view body);

struct WebhookCall {
  std::string url;
  std::vector<std::string> secrets;  // the newest first: while one is changed for another, both sign
  std::string id, body;
};

struct WebhookAnswer {
  int status = 0;            // 0: none came
  std::string code, detail;  // why none came: net/http_client.h's
  std::string body;          // its beginning, as valid UTF-8 without controls but line breaks and tabs
  std::optional<Instant> retryAfter = {};  // of 429 and 503: Retry-After (RFC 9110, 10.2.3)

  bool isTaken() const { return status >= 200 && status <= 299; }
  // Nobody takes anything there any more (410), or it is no address for us.
  bool isGone() const { return status == 410 || code == "url-invalid" || code == "address-refused"; }
  std::string words() const;  // "Answered with 204."
};

// `rules`: who vouches for TLS; under `sandbox` addresses that are not public are let through.
WebhookAnswer sendWebhook(net::HttpClient& client, const WebhookCall& call, const HandoverRules& rules,
                          Instant now);

// Whether such an address may be kept. Codes (invalid): url-invalid, address-refused.
Outcome checkWebhookUrl(std::string_view url, const HandoverRules& rules);

// Seconds, or a date as HTTP writes it; nullopt where it is neither.
std::optional<Instant> retryAfterOf(std::string_view field, Instant now);

}  // namespace postgang::channels
