// Which domains a company can claim for its sign-in: names of its own, not those where everybody can have an
// address.
#include <algorithm>
#include <array>

#include "access/provider_sign_in.h"
#include "base/text.h"

namespace postgang::access {

namespace {

constexpr std::size_t domain_bytes_max = 253, label_bytes_max = 63;

// Of mail for the public, in Sweden and elsewhere.
constexpr std::array<std::string_view, 62> common = {
    "gmail.com",       "googlemail.com", "hotmail.com",   "hotmail.se",   "hotmail.co.uk", "outlook.com",
    "outlook.se",      "live.com",       "live.se",       "msn.com",      "passport.com",  "icloud.com",
    "me.com",          "mac.com",        "yahoo.com",     "yahoo.se",     "ymail.com",     "rocketmail.com",
    "aol.com",         "gmx.com",        "gmx.de",        "gmx.net",      "web.de",        "t-online.de",
    "proton.me",       "protonmail.com", "pm.me",         "tutanota.com", "tuta.io",       "fastmail.com",
    "fastmail.fm",     "zoho.com",       "mail.com",      "mail.ru",      "yandex.com",    "yandex.ru",
    "telia.com",       "bredband.net",   "bredband2.com", "comhem.se",    "tele2.se",      "spray.se",
    "swipnet.se",      "passagen.se",    "home.se",       "algonet.se",   "glocalnet.net", "bahnhof.se",
    "ownit.se",        "telenor.se",     "tre.se",        "hemmail.se",   "mailbox.org",   "posteo.de",
    "qq.com",          "163.com",        "online.no",     "jubii.dk",     "elisanet.fi",   "luukku.com",
    "onmicrosoft.com", "co.uk"};

bool isLabel(std::string_view label) {
  return !label.empty() && label.size() <= label_bytes_max && !label.starts_with('-') &&
         !label.ends_with('-') && std::ranges::all_of(label, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

}  // namespace

std::string_view domainOf(std::string_view email) {
  const auto at = email.rfind('@');
  return at == std::string_view::npos ? std::string_view() : email.substr(at + 1);
}

Result<std::string> claimableDomain(std::string_view text) {
  const auto domain = lowered(trimmed(text));
  const auto labels = split(domain, '.');
  const bool isAddress =
      !labels.empty() && std::ranges::all_of(labels.back(), [](char c) { return c >= '0' && c <= '9'; });
  if (domain.size() > domain_bytes_max || labels.size() < 2 || isAddress ||
      !std::ranges::all_of(labels, isLabel))
    return fail(ProblemKind::invalid, "domain-malformed", "This is not a domain.", "/domains",
                "Write what stands after the @, like nordhamn.example; å, ä and ö as in the DNS (xn--…).");
  if (std::ranges::find(common, domain) != common.end())
    return fail(ProblemKind::invalid, "domain-common", "Everybody can have an address at this domain.",
                "/domains", "Claim domains that are your company's own.");
  return domain;
}

}  // namespace postgang::access
