#include "app/peppol.h"

#include <algorithm>
#include <memory>

#include "app/file.h"
#include "base/text.h"
#include "formats/peppol_ids.h"

namespace postgang::app {

namespace {

Result<channels::Authorities> authoritiesIn(const Settings& settings, std::string_view name) {
  TRY(const auto pem, readFile(settings.text(name)));
  auto authorities = channels::Authorities::read(pem);
  if (!authorities) {
    auto problem = authorities.error();
    problem.where = "--" + std::string(name);
    problem.advice = "Give a file with the authority's certificates in PEM.";
    return fail(std::move(problem));
  }
  return authorities;
}

// "participant.sml.prod.tech.peppol.org", with or without a dot at its end.
Result<std::string> zoneIn(const Settings& settings) {
  auto zone = lowered(settings.text("peppol-zone"));
  if (zone.ends_with('.')) zone.pop_back();
  const auto isOfName = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  if (zone.empty() || zone.size() > 150 || !std::ranges::all_of(zone, isOfName))
    return fail(ProblemKind::invalid, "peppol-zone-invalid", "--peppol-zone is a domain.", "--peppol-zone",
                "Give it like participant.sml.prod.tech.peppol.org.");
  return zone;
}

}  // namespace

std::vector<Setting> peppolSettings() {
  return {
      {"peppol-authorities", "", "who issues SMPs' certificates, PEM; without it Peppol is not asked",
       "FILE"},
      {"peppol-access-points", "", "who issues access points' certificates, PEM", "FILE"},
      {"peppol-zone", "participant.sml.prod.tech.peppol.org", "the locator's zone in the DNS", "DOMAIN"},
      {"peppol-resolver", "", "the resolver to ask, HOST or HOST:PORT; this machine's own without it",
       "ADDRESS"},
      {"peppol-tls-authorities", "",
       "who vouches for SMPs' and the access point's TLS, PEM; the system's without it", "FILE"},
      {"peppol-access-point", "", "the access point that documents are handed to; without it none go", "URL"},
      {"peppol-access-point-token", "", "what we show it", "FILE"},
      {"peppol-inbound-token", "", "what it shows when it hands in what has come; else nothing comes in",
       "FILE"},
      {"peppol-service-provider", "", "ours, where message level statuses come to", "0242:NNNNNN"},
      {"peppol-country", "SE", "the country of that service provider", "CC"},
      {"peppol-sandbox", "false", "SMPs may be on this machine and on any port: never in production", ""}};
}

Result<std::optional<channels::PeppolRegisterOptions>> readPeppol(const Settings& settings) {
  if (!settings.isSet("peppol-authorities")) return std::optional<channels::PeppolRegisterOptions>();
  TRY(auto publishers, authoritiesIn(settings, "peppol-authorities"));
  channels::PeppolRegisterOptions options{.publishers = std::move(publishers)};
  if (settings.isSet("peppol-access-points")) {
    TRY(options.accessPoints, authoritiesIn(settings, "peppol-access-points"));
  }
  TRY(options.zone, zoneIn(settings));
  options.resolver = settings.text("peppol-resolver");
  if (settings.isSet("peppol-tls-authorities")) {
    options.tlsAuthorities = settings.text("peppol-tls-authorities");
    CHECK_OK(readFile(options.tlsAuthorities));
  }
  options.sandbox = settings.yes("peppol-sandbox");
  return std::optional(std::move(options));
}

namespace {

constexpr std::size_t token_bytes_min = 16, token_bytes_max = 1000;

Result<std::string> tokenIn(const Settings& settings, std::string_view name) {
  TRY(const auto bytes, readFile(settings.text(name)));
  std::string token(trimmed(bytes));
  if (token.size() < token_bytes_min || token.size() > token_bytes_max || withoutControls(token) != token)
    return fail(ProblemKind::invalid, "peppol-token-short", "A token is one line of 16 to 1000 characters.",
                "--" + std::string(name), "Make one with: openssl rand -hex 32");
  return token;
}

tl::unexpected<Problem> incomplete(std::string name) {
  return fail(ProblemKind::invalid, "peppol-incomplete",
              "With --peppol-access-point, --" + name + " is needed.", "--" + name, "See docs/operating.md.");
}

Outcome readProvider(const Settings& settings, channels::PeppolRoad& road) {
  road.serviceProvider = settings.text("peppol-service-provider");
  if (!road.serviceProvider.empty() && !formats::isPeppolServiceProvider(road.serviceProvider))
    return fail(ProblemKind::invalid, "peppol-provider-invalid",
                "A service provider's identifier is 0242: and six digits.", "--peppol-service-provider",
                "Give it like 0242:987654.");
  road.country = settings.text("peppol-country");
  const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (road.country.size() != 2 || !std::ranges::all_of(road.country, isLetter))
    return fail(ProblemKind::invalid, "peppol-country-invalid", "A country is two letters.",
                "--peppol-country", "Give it like SE.");
  return {};
}

}  // namespace

Result<PeppolSetUp> readPeppolRoad(const Settings& settings, const Clock& clock) {
  PeppolSetUp made;
  TRY(auto asked, readPeppol(settings));
  made.road.asks = asked.has_value();
  if (asked) made.registers.push_back(std::make_shared<channels::PeppolRegister>(std::move(*asked), clock));
  CHECK_OK(readProvider(settings, made.road));
  if (!settings.isSet("peppol-access-point")) return made;
  if (!made.road.asks) return incomplete("peppol-authorities");
  if (!settings.isSet("peppol-access-point-token")) return incomplete("peppol-access-point-token");
  channels::AccessPointOptions options;
  options.sandbox = settings.yes("peppol-sandbox");
  TRY(options.url, channels::accessPointUrl(settings.text("peppol-access-point"), options.sandbox));
  TRY(options.token, tokenIn(settings, "peppol-access-point-token"));
  options.tlsAuthorities = settings.text("peppol-tls-authorities");
  made.road.accessPoint = std::make_shared<channels::AccessPoint>(std::move(options));
  return made;
}

Result<std::string> readPeppolInboundToken(const Settings& settings) {
  if (!settings.isSet("peppol-inbound-token")) return std::string();
  return tokenIn(settings, "peppol-inbound-token");
}

}  // namespace postgang::app
