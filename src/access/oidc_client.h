// What we ask of an identity provider (OpenID Connect Discovery 1.0; OpenID Connect Core 1.0, 3.1): where its
// doors are, which keys it signs with, tokens for a code, and what it says of who signed in. Whatever comes
// back was written by a stranger: its size, its time and its address are bounded, redirects are not followed.
//
// Discovery and keys are remembered for ten minutes, a failure for half a minute; keys are asked for again
// when a token names one that is not there, at most once a minute. At most eight calls are under way at a
// time, in this process: whoever comes then is told to try again, so that a slow provider cannot hold every
// thread. Thread-safe.
//
// Codes: identity-provider-unreachable (unavailable: no answer, or none in time, or one too many under way),
// identity-provider-unfit (unavailable: an answer that is none), identity-refused (unauthenticated).
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/jose.h"
#include "base/problem.h"
#include "base/time.h"
#include "net/http_client.h"

namespace postgang::access {

struct ProviderRules {
  bool sandbox = false;             // addresses that are not public, and http: tests and the sandbox
  std::string tlsAuthorities = {};  // PEM file of who vouches for TLS; "": the system's
  std::string resolver = {};        // whom TXT records are asked of; "": this machine's own
};

// An https address without a query, and no address of a machine inside. Codes: url-invalid, address-refused
// (invalid).
Outcome checkProviderUrl(std::string_view url, const ProviderRules& rules);

struct ProviderFacts {
  std::string issuer, authorizationEndpoint, tokenEndpoint, jwksUri, userinfoEndpoint;
  std::vector<std::string> authMethods;  // at the token endpoint
  bool saysIssuer = false;               // RFC 9207: the way back names the issuer
};
struct CodeExchange {
  std::string clientId, clientSecret, code, redirectUri, verifier;
};
struct ProviderTokens {
  std::string idToken, accessToken;
};

class OidcClient {
 public:
  explicit OidcClient(ProviderRules rules) : rules_(std::move(rules)) {}

  const ProviderRules& rules() const { return rules_; }
  Result<ProviderFacts> facts(const std::string& issuer, Instant now);
  void forget(const std::string& issuer);  // what is remembered of it
  Result<ProviderTokens> exchange(const ProviderFacts& facts, const CodeExchange& exchange);
  // The signature holds by the provider's keys; what is claimed is not judged yet.
  Result<boost::json::object> claims(const ProviderFacts& facts, std::string_view idToken, Instant now);
  Result<boost::json::object> userinfo(const ProviderFacts& facts, std::string_view accessToken);

 private:
  struct Remembered {
    std::optional<ProviderFacts> facts = {};
    std::optional<KeySet> keys = {};
    std::optional<Problem> failure = {};
    Instant factsAt, keysAt, failedAt;
  };
  Result<net::ClientReply> call(net::ClientRequest request);
  Result<boost::json::object> get(const std::string& url, std::string_view bearer = {});
  Result<KeySet> keys(const ProviderFacts& facts, const TokenHeader& wanted, Instant now);
  template <typename Change>
  void remember(const std::string& issuer, Change change);
  std::optional<Remembered> recall(const std::string& issuer);

  const ProviderRules rules_;
  net::HttpClient http_;
  std::atomic<int> underWay_ = 0;
  std::mutex mutex_;
  std::map<std::string, Remembered> remembered_;
};

}  // namespace postgang::access
