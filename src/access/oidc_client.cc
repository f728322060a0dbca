#include "access/oidc_client.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "net/target.h"

namespace postgang::access {

namespace json = boost::json;

namespace {

constexpr std::int64_t remembered_seconds = 600, failure_seconds = 30, keys_again_seconds = 60;
constexpr std::size_t answer_bytes_max = 256 * 1024, remembered_max = 500;
constexpr std::size_t access_token_bytes_max = 16 * 1024, error_bytes_max = 60;
constexpr int under_way_max = 8;
constexpr std::chrono::milliseconds connect_time(3'000), total_time(6'000);

tl::unexpected<Problem> unreachable(std::string detail) {
  return fail(ProblemKind::unavailable, "identity-provider-unreachable", std::move(detail), {},
              "Try again in a while. If it goes on, tell whoever looks after your company's sign-in.");
}

tl::unexpected<Problem> unfit(std::string detail) {
  return fail(ProblemKind::unavailable, "identity-provider-unfit", std::move(detail), {},
              "Tell whoever looks after your company's sign-in.");
}

tl::unexpected<Problem> notGenuine(std::string detail) {
  return fail(ProblemKind::unauthenticated, "identity-refused", std::move(detail), {},
              "Begin again; if it goes wrong once more, tell whoever looks after your company's sign-in.");
}

std::string textAt(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::vector<std::string> textsAt(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  const auto* value = object.if_contains(name);
  if (!value || !value->is_array()) return texts;
  for (const auto& each : value->get_array())
    if (each.is_string()) texts.emplace_back(each.get_string());
  return texts;
}

bool isYes(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_bool() && value->get_bool();
}

// What a provider calls its error (RFC 6749, 5.2), fit to be shown.
std::string errorIn(const net::ClientReply& reply) {
  const auto object = jsonObjectIn(reply.body);
  auto error = object ? textAt(*object, "error") : std::string();
  if (error.empty()) error = std::to_string(reply.status);
  return truncated(withoutControls(error), error_bytes_max);
}

Result<ProviderFacts> factsIn(const json::object& found, const std::string& issuer,
                              const ProviderRules& rules) {
  ProviderFacts facts;
  facts.issuer = textAt(found, "issuer");
  if (facts.issuer != issuer)
    return unfit("The provider calls itself " + truncated(withoutControls(facts.issuer), 200) +
                 ", not what it is called here.");
  facts.authorizationEndpoint = textAt(found, "authorization_endpoint");
  facts.tokenEndpoint = textAt(found, "token_endpoint");
  facts.jwksUri = textAt(found, "jwks_uri");
  facts.userinfoEndpoint = textAt(found, "userinfo_endpoint");
  for (const auto* url : {&facts.authorizationEndpoint, &facts.tokenEndpoint, &facts.jwksUri})
    if (!checkProviderUrl(*url, rules)) return unfit("The provider does not say where its doors are.");
  if (!facts.userinfoEndpoint.empty() && !checkProviderUrl(facts.userinfoEndpoint, rules))
    facts.userinfoEndpoint.clear();
  facts.authMethods = textsAt(found, "token_endpoint_auth_methods_supported");
  if (facts.authMethods.empty()) facts.authMethods = {"client_secret_basic"};  // Discovery 1.0, 3
  facts.saysIssuer = isYes(found, "authorization_response_iss_parameter_supported");
  return facts;
}

// RFC 6749, 2.3.1: both are encoded as forms before they are joined.
std::string basic(const CodeExchange& exchange) {
  return "Basic " +
         base64(net::percentEncoded(exchange.clientId) + ":" + net::percentEncoded(exchange.clientSecret));
}

Result<net::ClientRequest> tokenRequest(const ProviderFacts& facts, const CodeExchange& exchange) {
  const auto takes = [&](std::string_view method) {
    return std::ranges::find(facts.authMethods, method) != facts.authMethods.end();
  };
  net::ClientRequest request;
  request.method = "POST";
  request.url = facts.tokenEndpoint;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = "grant_type=authorization_code&code=" + net::percentEncoded(exchange.code) +
                 "&redirect_uri=" + net::percentEncoded(exchange.redirectUri) +
                 "&code_verifier=" + net::percentEncoded(exchange.verifier);
  if (!exchange.clientSecret.empty() && takes("client_secret_basic")) {
    request.headers.add("Authorization", basic(exchange));
    return request;
  }
  request.body += "&client_id=" + net::percentEncoded(exchange.clientId);
  if (exchange.clientSecret.empty()) return request;
  if (!takes("client_secret_post"))
    return unfit("The provider takes a client's secret neither in a header nor in a form.");
  request.body += "&client_secret=" + net::percentEncoded(exchange.clientSecret);
  return request;
}

}  // namespace

Outcome checkProviderUrl(std::string_view url, const ProviderRules& rules) {
  const auto checked = net::checkUserUrl(url, rules.sandbox);
  if (rules.sandbox && !checked && checked.error().code == "address-refused") return {};
  return checked;
}

Result<net::ClientReply> OidcClient::call(net::ClientRequest request) {
  struct Turn {
    std::atomic<int>& count;
    bool mine;
    explicit Turn(std::atomic<int>& counted) : count(counted), mine(++counted <= under_way_max) {}
    ~Turn() { --count; }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
  };
  const Turn turn(underWay_);
  if (!turn.mine) return unreachable("Too many sign-ins wait for identity providers just now.");
  request.connectTime = connect_time;
  request.totalTime = total_time;
  request.maxBytes = answer_bytes_max;
  request.authorities = rules_.tlsAuthorities;
  request.headers.add("Accept", "application/json");
  if (!rules_.sandbox) request.allowAddress = net::isPublic;
  auto reply = http_.fetch(request);
  if (reply) return reply;
  const auto& fault = reply.error();
  if (fault.code == "reply-too-large") return unfit("The provider's answer is too large.");
  if (fault.code == "address-refused")
    return unfit("The provider is at an address that is not a public one.");
  return unreachable("The provider gave no answer (" + fault.code + ").");
}

Result<json::object> OidcClient::get(const std::string& url, std::string_view bearer) {
  net::ClientRequest request;
  request.url = url;
  if (!bearer.empty()) request.headers.add("Authorization", "Bearer " + std::string(bearer));
  TRY(const auto reply, call(std::move(request)));
  if (reply.status >= 500)
    return unreachable("The provider answered with " + std::to_string(reply.status) + ".");
  auto object = jsonObjectIn(reply.body);
  if (reply.status != 200 || !object)
    return unfit("The provider answered " + std::to_string(reply.status) +
                 (object ? "." : " and no JSON object."));
  return std::move(*object);
}

template <typename Change>
void OidcClient::remember(const std::string& issuer, Change change) {
  const std::lock_guard lock(mutex_);
  if (remembered_.size() >= remembered_max && !remembered_.contains(issuer)) remembered_.clear();
  change(remembered_[issuer]);
}

std::optional<OidcClient::Remembered> OidcClient::recall(const std::string& issuer) {
  const std::lock_guard lock(mutex_);
  const auto found = remembered_.find(issuer);
  return found == remembered_.end() ? std::nullopt : std::optional(found->second);
}

void OidcClient::forget(const std::string& issuer) {
  const std::lock_guard lock(mutex_);
  remembered_.erase(issuer);
}

Result<ProviderFacts> OidcClient::facts(const std::string& issuer, Instant now) {
  if (const auto known = recall(issuer)) {
    if (known->facts && now < known->factsAt.plusSeconds(remembered_seconds)) return *known->facts;
    if (known->failure && now < known->failedAt.plusSeconds(failure_seconds)) return fail(*known->failure);
  }
  CHECK_OK(checkProviderUrl(issuer, rules_));
  auto home = issuer;
  while (home.ends_with('/')) home.pop_back();
  const auto found = get(home + "/.well-known/openid-configuration");
  auto facts = found ? factsIn(*found, issuer, rules_) : Result<ProviderFacts>(fail(found.error()));
  remember(issuer, [&](Remembered& row) {
    row.facts = facts ? std::optional(*facts) : std::nullopt;
    row.failure = facts ? std::nullopt : std::optional(facts.error());
    row.keys.reset();
    row.factsAt = row.failedAt = now;
  });
  return facts;
}

Result<ProviderTokens> OidcClient::exchange(const ProviderFacts& facts, const CodeExchange& exchange) {
  TRY(auto request, tokenRequest(facts, exchange));
  TRY(const auto reply, call(std::move(request)));
  if (reply.status >= 500)
    return unreachable("The provider answered with " + std::to_string(reply.status) + ".");
  if (reply.status != 200)
    return notGenuine("The provider gives nothing for the code: " + errorIn(reply) + ".");
  const auto object = jsonObjectIn(reply.body);
  if (!object) return unfit("The provider's tokens are not a JSON object.");
  ProviderTokens tokens{textAt(*object, "id_token"), textAt(*object, "access_token")};
  if (tokens.idToken.empty()) return unfit("The provider gave no ID token: is the scope openid allowed?");
  if (tokens.accessToken.size() > access_token_bytes_max ||
      withoutControls(tokens.accessToken) != tokens.accessToken)
    tokens.accessToken.clear();
  return tokens;
}

Result<KeySet> OidcClient::keys(const ProviderFacts& facts, const TokenHeader& wanted, Instant now) {
  if (const auto known = recall(facts.issuer); known && known->keys) {
    const bool fresh = now < known->keysAt.plusSeconds(remembered_seconds);
    const bool justAsked = now < known->keysAt.plusSeconds(keys_again_seconds);
    if ((fresh && known->keys->fits(wanted)) || justAsked) return *known->keys;
  }
  net::ClientRequest request;
  request.url = facts.jwksUri;
  TRY(const auto reply, call(std::move(request)));
  if (reply.status != 200) return unreachable("The provider's keys cannot be had.");
  TRY(auto keys, KeySet::parse(reply.body));
  remember(facts.issuer, [&](Remembered& row) {
    row.keys = keys;
    row.keysAt = now;
  });
  return keys;
}

Result<json::object> OidcClient::claims(const ProviderFacts& facts, std::string_view idToken, Instant now) {
  TRY(const auto header, tokenHeader(idToken));
  TRY(const auto keySet, keys(facts, header, now));
  return verifiedClaims(idToken, keySet);
}

Result<json::object> OidcClient::userinfo(const ProviderFacts& facts, std::string_view accessToken) {
  return get(facts.userinfoEndpoint, accessToken);
}

}  // namespace postgang::access
