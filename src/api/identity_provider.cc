// /identity-provider: how a company's people sign in with its own identity provider. Only people change it,
// no key: whoever decides who vouches for people decides who comes in.
#include <algorithm>

#include "access/provider_sign_in.h"
#include "api/json_body.h"
#include "api/oidc_cookie.h"
#include "api/parts.h"
#include "api/problem_reply.h"
#include "api/routes.h"
#include "api/shapes.h"
#include "net/dns.h"
#include "store/sealed_columns.h"

namespace postgang::api {

namespace {

namespace json = boost::json;
using access::Scope;
using store::IdentityProvider;
using store::SignInDomain;

constexpr std::size_t issuer_max = 500, client_id_max = 300, secret_max = 1000, domain_max = 253;
constexpr std::size_t domains_max = 20;
constexpr std::string_view record_prefix = "_postgang.", record_value = "postgang-domain=";

Outcome byAPerson(const Call& call) {
  if (call.caller->isPerson()) return notInSandbox(call);
  return fail(ProblemKind::forbidden, "not-a-person", "Only a person who has signed in may do this.", {},
              "Do it in the portal.");
}

json::object domainShape(const SignInDomain& domain) {
  return {{"domain", domain.domain},
          {"confirmedAt", instantOrNull(domain.confirmedAt)},
          {"confirmedBy", textOrNull(domain.confirmedBy)},
          {"record",
           {{"name", std::string(record_prefix) + domain.domain},
            {"value", std::string(record_value) + domain.challenge}}}};
}

json::value trialShape(std::string_view text) {
  const auto trial = access::jsonObjectIn(text);
  return trial ? json::value(*trial) : json::value();
}

Result<json::object> shapeOf(store::Reader& reader, const Parts& parts, CompanyId company) {
  TRY(const auto found, store::identityProvider(reader, company));
  TRY(const auto domains, store::signInDomains(reader, company));
  TRY(const int bound, store::boundUsers(reader, company));
  json::array listed;
  for (const auto& domain : domains) listed.push_back(domainShape(domain));
  const auto provider = found.value_or(IdentityProvider());
  return json::object{{"issuer", textOrNull(provider.issuer)},
                      {"clientId", textOrNull(provider.clientId)},
                      {"hasSecret", !provider.clientSecret.empty()},
                      {"domains", std::move(listed)},
                      {"firstRole", textOrNull(provider.firstRole)},
                      {"alone", provider.alone},
                      {"active", provider.active},
                      {"triedAt", instantOrNull(provider.triedAt)},
                      {"lastTry", trialShape(provider.lastTry)},
                      {"boundUsers", bound},
                      {"redirectUri", textOrNull(parts.providerSignIns.redirectUri())},
                      {"changedAt", found ? json::value(provider.changedAt.text()) : json::value()},
                      {"changedBy", textOrNull(provider.changedBy)}};
}

Result<net::Reply> show(Parts& parts, const Call& call) {
  TRY(const auto shape, readFrom(parts.context.store, [&](store::Reader& reader) {
        return shapeOf(reader, parts, call.company());
      }));
  return net::Reply::json(json::serialize(shape));
}

Outcome applyFields(const Parts& parts, const JsonBody& body, IdentityProvider& provider) {
  const auto before = provider;
  TRY(provider.issuer, body.text("issuer", issuer_max));
  TRY(provider.clientId, body.text("clientId", client_id_max));
  if (!access::checkProviderUrl(provider.issuer, parts.providerSignIns.rules()) ||
      provider.issuer.find('?') != std::string::npos)
    return fieldInvalid("/issuer",
                        "The issuer is an address like https://login.example.com, on the internet.");
  if (body.has("clientSecret")) {
    TRY(const auto secret, body.maybeText("clientSecret", secret_max));
    const auto context = store::sealedContext("identity-provider", {std::to_string(provider.company.value)});
    provider.clientSecret = secret ? parts.context.vault->seal(*secret, context) : std::string();
  }
  TRY(const auto role, body.maybeText("firstRole", 20));
  provider.firstRole = role.value_or("");
  if (role && *role != "reader" && *role != "support" && *role != "clerk")
    return fieldInvalid("/firstRole",
                        "Who comes for the first time is reader, support or clerk, or comes not at all.");
  TRY(provider.alone, body.yes("alone", false));
  TRY(provider.active, body.yes("active", false));
  if (provider.issuer != before.issuer || provider.clientId != before.clientId ||
      provider.clientSecret != before.clientSecret) {
    provider.triedAt.reset();
    provider.lastTry.clear();
  }
  return {};
}

Result<std::vector<std::string>> domainsIn(const JsonBody& body) {
  TRY(const auto written, body.texts("domains", domains_max, domain_max));
  std::vector<std::string> domains;
  for (const auto& each : written) {
    TRY(const auto domain, access::claimableDomain(each));
    if (std::ranges::find(domains, domain) == domains.end()) domains.push_back(domain);
  }
  return domains;
}

// Those that stay keep their proof. Answers how many are confirmed.
Result<int> applyDomains(store::Transaction& tx, CompanyId company, const std::vector<std::string>& wanted) {
  int confirmed = 0;
  TRY(const auto before, store::signInDomains(tx, company));
  for (const auto& each : before)
    if (std::ranges::find(wanted, each.domain) == wanted.end())
      CHECK_OK(store::deleteSignInDomain(tx, company, each.domain));
  for (const auto& domain : wanted) {
    const auto had = std::ranges::find(before, domain, &SignInDomain::domain);
    if (had != before.end()) {
      confirmed += had->confirmedAt ? 1 : 0;
      continue;
    }
    TRY(const auto owner, store::companyOfDomain(tx, domain));
    if (owner && *owner != company)
      return fail(ProblemKind::conflict, "domain-taken", "Another company signs in with this domain.",
                  "/domains",
                  "Only one company can. Tell whoever runs this Postgång if the domain is yours.");
    CHECK_OK(store::putSignInDomain(tx, {company, domain, randomToken(), {}, {}}));
  }
  return confirmed;
}

// Nobody is shut out by settings that have never let anybody in.
Outcome mayBeOn(const IdentityProvider& provider, int confirmed) {
  if (!provider.active) return {};
  if (!provider.triedAt)
    return fail(ProblemKind::conflict, "provider-untried", "These settings have not let anybody in yet.",
                "/active", "Save them turned off, try them, then turn them on.");
  if (confirmed == 0)
    return fail(ProblemKind::conflict, "domain-unconfirmed", "No domain is confirmed as the company's yet.",
                "/domains", "Confirm one first.");
  return {};
}

json::object changesOf(const IdentityProvider& before, const IdentityProvider& after) {
  json::object changes;
  const auto note = [&](std::string_view name, const json::value& was, const json::value& is) {
    if (was != is) changes[name] = json::array{was, is};
  };
  note("issuer", json::value(before.issuer), json::value(after.issuer));
  note("clientId", json::value(before.clientId), json::value(after.clientId));
  note("firstRole", json::value(before.firstRole), json::value(after.firstRole));
  note("alone", before.alone, after.alone);
  note("active", before.active, after.active);
  if (before.clientSecret != after.clientSecret) changes["clientSecret"] = json::array{"…", "…"};
  return changes;
}

void tell(const Call& call, std::string_view name, json::object detail) {
  call.note->objectIds = {companyIdText(call.company())};
  call.note->objectName = name;
  call.note->detail = json::serialize(detail);
}

Result<net::Reply> put(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"issuer", "clientId", "clientSecret", "domains",
                                                   "firstRole", "alone", "active"}));
  CHECK_OK(byAPerson(call));
  TRY(const auto domains, domainsIn(body));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto found, store::identityProvider(tx, call.company()));
    const auto before = found.value_or(IdentityProvider());
    auto provider = before;
    provider.company = call.company();
    CHECK_OK(applyFields(parts, body, provider));
    TRY(const int confirmed, applyDomains(tx, call.company(), domains));
    CHECK_OK(mayBeOn(provider, confirmed));
    provider.changedAt = tx.clock().now();
    provider.changedBy = call.viewer().actor().name;
    CHECK_OK(store::putIdentityProvider(tx, provider));
    auto changes = changesOf(before, provider);
    changes["domains"] = json::value_from(domains);
    tell(call, provider.issuer, std::move(changes));
    TRY(shape, shapeOf(tx, parts, call.company()));
    return {};
  }));
  return net::Reply::json(json::serialize(shape));
}

Result<net::Reply> remove(Parts& parts, const Call& call) {
  CHECK_OK(byAPerson(call));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto found, store::identityProvider(tx, call.company()));
    if (!found) return notFound();
    tell(call, found->issuer, {});
    return store::deleteIdentityProvider(tx, call.company());
  }));
  return net::Reply::empty();
}

Result<net::Reply> forget(Parts& parts, const Call& call) {
  CHECK_OK(byAPerson(call));
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(const auto found, store::identityProvider(tx, call.company()));
    if (!found) return notFound();
    tell(call, found->issuer, {});
    return store::forgetBindings(tx, call.company());
  }));
  return net::Reply::empty();
}

Result<net::Reply> tryOut(Parts& parts, const Call& call) {
  CHECK_OK(byAPerson(call));
  TRY(const auto found, readFrom(parts.context.store, [&](store::Reader& reader) {
        return store::identityProvider(reader, call.company());
      }));
  if (!found) return notFound();
  TRY(auto way, parts.providerSignIns.beginTrial(*call.caller));
  tell(call, found->issuer, {});
  auto reply = net::Reply::json(json::serialize(json::object{{"url", way.url}}));
  reply.compressible = false;
  reply.setCookie(oidcCookie(call.request, std::move(way.browser)));
  return reply;
}

// The record says it, or who of the staff vouches for it.
Result<std::string> confirmed(Parts& parts, const Call& call, const JsonBody& body,
                              const SignInDomain& domain) {
  TRY(const auto by, body.text("by", 10));
  if (by == "staff") {
    if (call.caller->isStaff()) return call.viewer().actor().name;
    return fail(ProblemKind::forbidden, "staff-only", "Only staff of the operator's may do this.", "/by",
                "Confirm the domain by its TXT record.");
  }
  if (by != "dns") return fieldInvalid("/by", "A domain is confirmed by dns or by staff.");
  TRY(const auto records,
      net::txtRecords({std::string(record_prefix) + domain.domain, parts.providerSignIns.rules().resolver}));
  if (std::ranges::find(records, std::string(record_value) + domain.challenge) == records.end())
    return fail(ProblemKind::conflict, "domain-unproven", "The domain's TXT record does not say so.", {},
                "A record that was just added can take an hour to be seen.");
  return std::string("dns");
}

Result<net::Reply> confirm(Parts& parts, const Call& call) {
  TRY(const auto body, JsonBody::of(call.request, {"by"}));
  CHECK_OK(byAPerson(call));
  const auto name = lowered(call.request.parameter("domain"));
  const auto claimed = [&](store::Reader& reader) -> Result<SignInDomain> {
    TRY(const auto domains, store::signInDomains(reader, call.company()));
    const auto found = std::ranges::find(domains, name, &SignInDomain::domain);
    if (found == domains.end()) return notFound();
    return *found;
  };
  TRY(const auto domain, readFrom(parts.context.store, claimed));
  TRY(const auto by, confirmed(parts, call, body, domain));
  json::object shape;
  CHECK_OK(parts.context.store.write(store::Priority::background, [&](store::Transaction& tx) -> Outcome {
    TRY(auto row, claimed(tx));
    if (row.challenge != domain.challenge) return notFound();
    row.confirmedAt = tx.clock().now();
    row.confirmedBy = by;
    CHECK_OK(store::putSignInDomain(tx, row));
    tell(call, row.domain, {{"by", by}});
    TRY(shape, shapeOf(tx, parts, call.company()));
    return {};
  }));
  return net::Reply::json(json::serialize(shape));
}

}  // namespace

void addIdentityProviderRoutes(net::Router& router, Parts& parts) {
  const auto add = [&](std::string method, std::string_view path, Scope scope,
                       Result<net::Reply> (*handle)(Parts&, const Call&)) {
    router.add(std::move(method), path,
               parts.guard.scoped(scope, [&parts, handle](const Call& call) { return handle(parts, call); }),
               JsonBody::bytes_max);
  };
  constexpr auto path = "/api/v1/identity-provider";
  add("GET", path, Scope::companies_read, show);
  add("PUT", path, Scope::companies_write, put);
  add("DELETE", path, Scope::companies_write, remove);
  add("POST", "/api/v1/identity-provider/try", Scope::companies_write, tryOut);
  add("DELETE", "/api/v1/identity-provider/bindings", Scope::companies_write, forget);
  add("POST", "/api/v1/identity-provider/domains/{domain}/confirmation", Scope::companies_write, confirm);
}

}  // namespace postgang::api
