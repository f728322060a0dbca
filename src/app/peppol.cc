#include "app/peppol.h"

#include <algorithm>

#include "app/file.h"
#include "base/text.h"

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
      {"peppol-tls-authorities", "", "who vouches for SMPs' TLS, PEM; the system's without it", "FILE"},
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

}  // namespace postgang::app
