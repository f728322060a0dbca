#include "access/provider_sign_in.h"

#include <algorithm>
#include <boost/json.hpp>

#include "access/manage.h"
#include "base/log.h"
#include "base/text.h"
#include "net/target.h"
#include "store/sealed_columns.h"
#include "store/sql/session.h"

namespace postgang::access {

namespace json = boost::json;

namespace {

constexpr std::int64_t sign_in_seconds = 600;
constexpr std::size_t code_bytes_max = 4096, error_bytes_max = 60, path_bytes_max = 1024;
constexpr std::string_view callback_path = "/api/v1/oidc/callback";

tl::unexpected<Problem> over() {
  return fail(ProblemKind::unauthenticated, "sign-in-over",
              "Signing in took too long, or was begun elsewhere.", {}, "Begin again.");
}

tl::unexpected<Problem> off() {
  return fail(ProblemKind::conflict, "identity-provider-off",
              "No company signs in this way with that address.", {}, "Sign in with your password.");
}

tl::unexpected<Problem> notGenuine(std::string detail) {
  return fail(ProblemKind::unauthenticated, "identity-refused", std::move(detail), {},
              "Begin again; if it goes wrong once more, tell whoever looks after your company's sign-in.");
}

// Both are reckoned from what the browser keeps, so that a copy of the database has neither.
std::string reckoned(std::string_view what, std::string_view browser) {
  return base64Url(view(sha256({what, browser})));
}
std::string verifierOf(std::string_view browser) {
  return reckoned("verifier:", browser);
}
std::string nonceOf(std::string_view browser) {
  return reckoned("nonce:", browser);
}

void addParameter(std::string& url, std::string_view name, std::string_view value) {
  url += url.find('?') == std::string::npos ? '?' : '&';
  url += std::string(name) + "=" + net::percentEncoded(value);
}

json::object trialOf(const Result<Identity>& identity) {
  if (!identity)
    return {{"good", false}, {"code", identity.error().code}, {"detail", identity.error().detail}};
  return {
      {"good", true}, {"subject", identity->subject}, {"email", identity->email}, {"name", identity->name}};
}

}  // namespace

std::string ProviderSignIns::redirectUri() const {
  return publicUrl_.empty() ? std::string() : publicUrl_ + std::string(callback_path);
}

Result<ProviderSignIns::WayOut> ProviderSignIns::begin(const Wish& wish) {
  std::optional<store::IdentityProvider> provider;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    if (wish.company.empty()) {
      TRY(provider, store::identityProviderOf(reader, lowered(domainOf(trimmed(wish.email)))));
      return {};
    }
    TRY(const auto company, store::companyByIdentifier(reader, wish.company));
    if (company) {
      TRY(provider, store::identityProvider(reader, company->id));
    }
    return {};
  }));
  if (!provider || !provider->active) return off();
  return wayOut(*provider, ownPath(wish.onwards), trimmed(wish.email), {});
}

Result<ProviderSignIns::WayOut> ProviderSignIns::beginTrial(const Caller& caller) {
  std::optional<store::IdentityProvider> provider;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(provider, store::identityProvider(reader, caller.company.id));
    return {};
  }));
  if (!provider || !caller.user) return off();
  client_.forget(provider->issuer);  // whoever has just mended something there sees it at once
  return wayOut(*provider, "/settings/sign-in", {}, caller.user->id);
}

Result<ProviderSignIns::WayOut> ProviderSignIns::wayOut(const store::IdentityProvider& provider,
                                                        std::string onwards, std::string_view hint,
                                                        std::optional<UserId> triedBy) {
  if (publicUrl_.empty())
    return fail(ProblemKind::unavailable, "public-url-missing",
                "This Postgång does not know where people reach it.", {},
                "Tell whoever runs it to set --public-url.");
  const Instant now = access_.now();
  TRY(const auto facts, client_.facts(provider.issuer, now));
  const auto state = randomToken();
  WayOut way;
  way.browser = randomToken();
  store::ProviderSignIn signIn;
  signIn.stateDigest = sha256(state);
  signIn.browserDigest = sha256(way.browser);
  signIn.company = provider.company;
  signIn.issuer = provider.issuer;
  signIn.clientId = provider.clientId;
  signIn.triedBy = triedBy;
  signIn.onwards = std::move(onwards);
  signIn.createdAt = now;
  signIn.expiresAt = now.plusSeconds(sign_in_seconds);
  CHECK_OK(store_.write(store::Priority::background,
                        [&](store::Transaction& tx) { return store::putProviderSignIn(tx, signIn); }));
  way.url = facts.authorizationEndpoint;
  addParameter(way.url, "response_type", "code");
  addParameter(way.url, "client_id", provider.clientId);
  addParameter(way.url, "redirect_uri", redirectUri());
  addParameter(way.url, "scope", "openid email profile");
  addParameter(way.url, "state", state);
  addParameter(way.url, "nonce", nonceOf(way.browser));
  addParameter(way.url, "code_challenge", base64Url(view(sha256(verifierOf(way.browser)))));
  addParameter(way.url, "code_challenge_method", "S256");
  if (looksLikeEmail(hint)) addParameter(way.url, "login_hint", hint);
  return way;
}

// The state goes with the first who brings it, right or wrong.
Result<store::ProviderSignIn> ProviderSignIns::taken(const WayBack& back) {
  if (!back.state) return over();
  std::optional<store::ProviderSignIn> signIn;
  CHECK_OK(store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(signIn, store::takeProviderSignIn(tx, sha256(*back.state)));
    return {};
  }));
  if (!signIn || !back.browser || signIn->expiresAt <= access_.now() ||
      signIn->browserDigest != sha256(*back.browser))
    return over();
  return std::move(*signIn);
}

// As it was when the sign-in began.
Result<store::IdentityProvider> ProviderSignIns::providerOf(const store::ProviderSignIn& signIn) {
  std::optional<store::IdentityProvider> provider;
  CHECK_OK(store_.read([&](store::Reader& reader) -> Outcome {
    TRY(provider, store::identityProvider(reader, signIn.company));
    return {};
  }));
  const bool same = provider && provider->issuer == signIn.issuer && provider->clientId == signIn.clientId;
  if (!same || (!provider->active && !signIn.triedBy)) return off();
  return std::move(*provider);
}

Result<Identity> ProviderSignIns::identity(const store::ProviderSignIn& signIn, const WayBack& back) {
  TRY(const auto provider, providerOf(signIn));
  const Instant now = access_.now();
  TRY(const auto facts, client_.facts(provider.issuer, now));
  if (back.issuer ? *back.issuer != provider.issuer : facts.saysIssuer)
    return notGenuine("The answer is not of the provider that was asked (iss).");
  if (back.error)
    return fail(
        ProblemKind::unauthenticated, "identity-declined",
        "The provider let nobody in: " + truncated(withoutControls(*back.error), error_bytes_max) + ".", {},
        "Begin again, or ask whoever looks after your company's sign-in.");
  if (!back.code || back.code->empty() || back.code->size() > code_bytes_max)
    return notGenuine("The provider gave no code.");
  CodeExchange exchange{provider.clientId, {}, *back.code, redirectUri(), verifierOf(*back.browser)};
  if (!provider.clientSecret.empty()) {
    if (!vault_)
      return fail(ProblemKind::unavailable, "identity-provider-unfit",
                  "The client's secret cannot be read here.", {}, "Tell whoever runs this Postgång.");
    TRY(exchange.clientSecret,
        vault_->unseal(provider.clientSecret,
                       store::sealedContext("identity-provider", {std::to_string(provider.company.value)})));
  }
  TRY(const auto tokens, client_.exchange(facts, exchange));
  TRY(const auto claims, client_.claims(facts, tokens.idToken, now));
  const auto nonce = nonceOf(*back.browser);
  CHECK_OK(checkIdToken(claims, {provider.issuer, provider.clientId, nonce, tokens.accessToken,
                                 signIn.createdAt, access_.now()}));
  auto identity = identityIn(claims);
  if (identity.email.empty() && !facts.userinfoEndpoint.empty() && !tokens.accessToken.empty()) {
    TRY(const auto said, client_.userinfo(facts, tokens.accessToken));
    const auto more = identityIn(said);
    // Core 1.0, 5.3.4: what is said of somebody else is not used.
    if (more.subject != identity.subject) return notGenuine("The provider speaks of somebody else (sub).");
    identity.email = more.email;
    if (identity.name.empty()) identity.name = more.name;
  }
  if (identity.email.empty())
    return fail(ProblemKind::unauthenticated, "identity-unverified",
                "The provider answers for no e-mail address of the user's.", {},
                "Ask whoever looks after your company's sign-in to let it say email and email_verified.");
  return identity;
}

Outcome ProviderSignIns::keepTrial(const store::ProviderSignIn& signIn, const Result<Identity>& identity,
                                   const WayBack& back) {
  const auto caller = back.replaces ? access_.bySession(*back.replaces) : over();
  if (!caller || !(*caller)->user || (*caller)->user->id != *signIn.triedBy) return over();
  auto trial = trialOf(identity);
  trial["at"] = access_.now().text();
  trial["by"] = (*caller)->user->name;
  return store_.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto provider, store::identityProvider(tx, signIn.company));
    if (!provider || provider->issuer != signIn.issuer || provider->clientId != signIn.clientId) return off();
    if (identity) {
      TRY(const auto owner, store::companyOfDomain(tx, domainOf(identity->email)));
      trial["ownDomain"] = owner == signIn.company;
      TRY(const auto known, store::userByEmail(tx, identity->email));
      trial["known"] = known.has_value();
      provider->triedAt = access_.now();
    }
    provider->lastTry = json::serialize(trial);
    return store::putIdentityProvider(tx, *provider);
  });
}

ProviderSignIns::End ProviderSignIns::end(const WayBack& back) {
  End end;
  const auto signIn = taken(back);
  if (!signIn) {
    end.problem = signIn.error();
    return end;
  }
  end.path = signIn->onwards.empty() ? "/" : signIn->onwards;
  end.trial = signIn->triedBy.has_value();
  const auto known = identity(*signIn, back);
  if (end.trial) {
    if (const auto kept = keepTrial(*signIn, known, back); !kept) end.problem = kept.error();
    return end;
  }
  auto signedIn = known ? access_.signInBy(*signIn, *known, back.from, back.replaces)
                        : Result<SignedIn>(fail(known.error()));
  if (signedIn) {
    end.signedIn = std::move(*signedIn);
    return end;
  }
  end.problem = signedIn.error();
  if (const auto told =
          access_.refusedBy(*signIn, known ? known->email : std::string(), signedIn.error(), back.from);
      !told)
    log::error("audit-not-written", {{"code", told.error().code}});
  return end;
}

std::string ownPath(std::string_view path) {
  const bool inside = path.starts_with('/') && !path.starts_with("//") && !path.starts_with("/api/") &&
                      path.size() <= path_bytes_max && path.find('\\') == std::string_view::npos;
  const bool plain = std::ranges::all_of(path, [](char c) {
    return static_cast<unsigned char>(c) > ' ' && static_cast<unsigned char>(c) < 0x7f;
  });
  return inside && plain ? std::string(path) : std::string();
}

}  // namespace postgang::access
