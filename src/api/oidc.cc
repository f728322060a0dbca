// /oidc: signing in with a company's own identity provider, as a browser walks it: out to the provider, and
// back. These are pages that people are sent through, not calls: each ends with a redirect, a fault with one
// to the sign-in page that says its code.
#include "access/provider_sign_in.h"
#include "api/oidc_cookie.h"
#include "api/parameters.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "api/signed_in.h"
#include "base/log.h"
#include "net/target.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t domain_max = 253, email_max = 254, path_max = 1024;

std::string loginPath(std::string_view to, std::string_view problem) {
  std::string path = "/login";
  if (!problem.empty()) path += "?problem=" + net::percentEncoded(problem);
  if (!to.empty() && to != "/") path += (problem.empty() ? "?to=" : "&to=") + net::percentEncoded(to);
  return path;
}

net::Reply toLogin(const Problem& problem, std::string_view to) {
  log::info("sign-in by provider ended", {{"code", problem.code}, {"detail", problem.detail}});
  return net::Reply::redirect(loginPath(to, problem.code));
}

// Whether addresses of a domain sign in elsewhere. The domain alone decides: nothing is said of who is a
// user.
Result<net::Reply> providerOfDomain(Parts& parts, const net::Request& request) {
  CHECK_OK(onlyParameters(request, {"domain"}));
  TRY(const auto domain, textParameter(request, "domain", domain_max));
  json::object shape{{"company", nullptr}, {"alone", false}};
  CHECK_OK(parts.context.store.read([&](store::Reader& reader) -> Outcome {
    TRY(const auto provider, store::identityProviderOf(reader, lowered(trimmed(domain))));
    if (!provider || !provider->active) return {};
    TRY(const auto company, store::company(reader, provider->company));
    shape["company"] = company.name;
    shape["alone"] = provider->alone;
    return {};
  }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> start(Parts& parts, const net::Request& request) {
  CHECK_OK(onlyParameters(request, {"email", "company", "to"}));
  access::ProviderSignIns::Wish wish;
  TRY(wish.email, textParameter(request, "email", email_max));
  TRY(wish.company, textParameter(request, "company", domain_max));
  TRY(const auto to, textParameter(request, "to", path_max));
  wish.onwards = access::ownPath(to);
  auto way = parts.providerSignIns.begin(wish);
  if (!way) return toLogin(way.error(), wish.onwards);
  auto reply = net::Reply::redirect(std::move(way->url));
  reply.setCookie(oidcCookie(request, std::move(way->browser)));
  return reply;
}

net::Reply ended(const net::Request& request, const access::ProviderSignIns::End& end) {
  if (end.trial) {
    const auto code = end.problem ? "?problem=" + net::percentEncoded(end.problem->code) : std::string();
    return net::Reply::redirect(end.path + code);
  }
  if (end.problem) return toLogin(*end.problem, end.path);
  // The second step's token stands after the #, which no server is told.
  if (!end.signedIn->caller)
    return net::Reply::redirect(loginPath(end.path, {}) + "#pending=" + end.signedIn->pending);
  auto reply = net::Reply::redirect(end.path);
  reply.setCookie(sessionCookie(request, end.signedIn->token));
  return reply;
}

// What a provider adds of its own is passed over (RFC 6749, 4.1.2).
Result<net::Reply> callback(Parts& parts, const net::Request& request) {
  access::ProviderSignIns::WayBack back;
  back.state = request.queryValue("state");
  back.code = request.queryValue("code");
  back.issuer = request.queryValue("iss");
  back.error = request.queryValue("error");
  back.browser = request.cookie(oidc_cookie);
  back.from = fromOf(request);
  back.replaces = request.cookie(session_cookie);
  auto reply = ended(request, parts.providerSignIns.end(back));
  auto gone = oidcCookie(request, "");
  gone.maxAgeSeconds = 0;
  reply.setCookie(gone);
  return reply;
}

}  // namespace

net::Cookie oidcCookie(const net::Request& request, std::string value) {
  net::Cookie cookie;
  cookie.name = oidc_cookie;
  cookie.value = std::move(value);
  cookie.secure = request.https;
  cookie.maxAgeSeconds = oidc_cookie_seconds;
  return cookie;
}

void addOidcRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string_view path, Result<net::Reply> (*handle)(Parts&, const net::Request&)) {
    router.add("GET", path,
               parts.guard.anybody([&parts, handle](const auto& request) { return handle(parts, request); }));
  };
  add("/api/v1/oidc/provider", providerOfDomain);
  add("/api/v1/oidc/start", start);
  add("/api/v1/oidc/callback", callback);
}

}  // namespace postgang::api
