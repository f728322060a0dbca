// Signing in with a company's own identity provider: authorization code with PKCE (RFC 7636, S256), state and
// nonce (RFC 9700; OpenID Connect Core 1.0, 3.1).
//
//   TRY(const auto way, signIns.begin({.email = "karin@nordhamn.example", .onwards = "/documents"}));
//   → the browser goes to way.url and keeps way.browser in a cookie
//   const auto end = signIns.end({state, code, issuer, error, browser, from, oldToken});
//   → a session or a problem, and the portal's path to go on to
//
// What the browser keeps is 256 random bits; PKCE's verifier and the nonce are reckoned from them, and the
// store has only digests of them and of the state. Each way out has one way back, within ten minutes, in the
// browser that it began in. Who comes back is decided by Access::signInBy(). What fails is written in the
// company's audit trail, as session.refused with its code. Thread-safe; calls the provider (OidcClient).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "access/access.h"
#include "access/id_token.h"
#include "access/oidc_client.h"
#include "store/identity_providers.h"

namespace postgang::access {

class ProviderSignIns {
 public:
  struct Options {
    std::string publicUrl = {};  // "https://faktura.example.com": what redirect URIs begin with; empty: none
    ProviderRules rules = {};
  };
  ProviderSignIns(store::Store& store, Access& access, const Vault* vault, Options options)
      : store_(store),
        access_(access),
        vault_(vault),
        publicUrl_(options.publicUrl),
        client_(options.rules) {}

  // "https://faktura.example.com/api/v1/oidc/callback", what the provider must know; empty: there is none.
  std::string redirectUri() const;
  const ProviderRules& rules() const { return client_.rules(); }

  struct WayOut {
    std::string url;      // of the provider
    std::string browser;  // for the cookie
  };
  struct Wish {
    std::string email = {};    // whose domain decides, and what the provider is told to expect; or
    std::string company = {};  // the identifier of the company
    std::string onwards = {};  // a path of the portal; another is not gone to
  };
  // Codes: identity-provider-off (conflict), public-url-missing (unavailable), OidcClient's.
  Result<WayOut> begin(const Wish& wish);
  // The same with the settings as they stand, on or off; nobody is signed in, what is claimed is kept for
  // whoever tries (IdentityProvider::lastTry).
  Result<WayOut> beginTrial(const Caller& caller);

  struct WayBack {
    std::optional<std::string> state, code, issuer, error, browser;
    From from;
    std::optional<std::string> replaces = {};  // the session's token that the browser had
  };
  struct End {
    std::string path = "/";  // of the portal
    std::optional<SignedIn> signedIn = {};
    std::optional<Problem> problem = {};
    bool trial = false;
  };
  End end(const WayBack& back);

 private:
  Result<WayOut> wayOut(const store::IdentityProvider& provider, std::string onwards, std::string_view hint,
                        std::optional<UserId> triedBy);
  Result<store::ProviderSignIn> taken(const WayBack& back);
  Result<store::IdentityProvider> providerOf(const store::ProviderSignIn& signIn);
  Result<Identity> identity(const store::ProviderSignIn& signIn, const WayBack& back);
  Outcome keepTrial(const store::ProviderSignIn& signIn, const Result<Identity>& identity,
                    const WayBack& back);

  store::Store& store_;
  Access& access_;
  const Vault* vault_;
  const std::string publicUrl_;
  OidcClient client_;
};

// A path of the portal's own, safe to send a browser to: "/documents?status=stopped". Empty where it is not.
std::string ownPath(std::string_view path);

// What a domain must be to be claimed: a name with a dot, lower case. Codes: domain-malformed, domain-common
// (invalid: everybody can have an address there).
Result<std::string> claimableDomain(std::string_view text);
std::string_view domainOf(std::string_view email);  // after the @

}  // namespace postgang::access
