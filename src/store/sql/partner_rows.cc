#include "store/sql/partner_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "store/partner_reach.h"
#include "store/sql/facts.h"

namespace postgang::store {
namespace {

constexpr std::array<std::pair<Standing, std::string_view>, 6> standings = {{
    {Standing::stopped, "stopped"},
    {Standing::not_reachable, "not-reachable"},
    {Standing::no_documents, "no-documents"},
    {Standing::is_new, "new"},
    {Standing::long_silent, "long-silent"},
    {Standing::active, "active"},
}};
constexpr std::int64_t day_seconds = 24 * 3600;

}  // namespace

std::string_view name(Standing standing) {
  for (const auto& [known, text] : standings)
    if (known == standing) return text;
  return {};
}

std::optional<Standing> standingFromName(std::string_view name) {
  for (const auto& [standing, text] : standings)
    if (text == name) return standing;
  return std::nullopt;
}

Instant silentFrom(Instant first, Instant last, std::int64_t documents) {
  constexpr std::int64_t gaps = 4, least_seconds = 14 * day_seconds, most_seconds = 90 * day_seconds;
  constexpr std::int64_t second = 1'000'000;
  if (documents < gaps) return last.plusSeconds(most_seconds);
  const auto usual_seconds = (last.microseconds - first.microseconds) / second / (documents - 1);
  return last.plusSeconds(std::clamp(gaps * usual_seconds, least_seconds, most_seconds));
}

namespace sql {

const std::string partner_columns =
    "SELECT p.identifier, p.name, p.name_sorted, p.person, p.customer_number, p.email, p.email_verified_at, "
    "p.email_verified_by, p.street, p.postal_code, p.city, p.country, p.channels, p.sent_count, "
    "p.received_count, p.first_activity_at, p.last_activity_at, p.open_stops, p.amount, p.reach, p.reach_at, "
    "p.taken, p.einvoice, p.einvoice_since, p.accounts_changed, p.merged_into, "
    "EXISTS (SELECT 1 FROM company_identifiers i JOIN companies c ON c.id = i.company WHERE i.identifier = "
    "p.identifier AND c.customer = 1), "
    "(SELECT COUNT(*) FROM partners a WHERE a.owner = p.owner AND a.merged_into = p.identifier AND "
    "a.merged_into <> '') FROM partners p ";

PartnerRow readPartner(const Row& row) {
  Columns c(row);
  const auto instant = [](Columns& column) { return column.instant(); };
  PartnerRow found;
  auto& partner = found.partner;
  partner.identifier = c.text();
  partner.name = c.text();
  found.sortedName = c.text();
  partner.person = c.yes();
  partner.customerNumber = c.text();
  partner.email = c.text();
  partner.emailVerifiedAt = c.maybe(instant);
  partner.emailVerifiedBy = c.text();
  if (c.isNull()) {
    c.skip(4);
  } else {
    auto& address = partner.postalAddress.emplace();
    for (auto* text : {&address.street, &address.postalCode, &address.city, &address.country})
      *text = c.text();
  }
  partner.channels = decodedTexts(c.view());
  partner.sentCount = c.number();
  partner.receivedCount = c.number();
  partner.firstActivityAt = c.maybe(instant);
  partner.lastActivityAt = c.maybe(instant);
  partner.openStops = c.number();
  partner.amount = c.number();
  partner.reach = decodedReach(c.view());
  partner.reachAt = c.maybe(instant);
  partner.taken = c.text();
  partner.einvoice = c.text();
  partner.einvoiceSince = c.maybe(instant);
  partner.changedAccounts = c.number();
  found.mergedInto = c.text();
  partner.customer = c.yes();
  partner.aliases = c.number();
  return found;
}

Standing standingOf(const Partner& partner, Instant now) {
  if (partner.openStops > 0) return Standing::stopped;
  const bool isUnreached = partner.reachAt && std::ranges::none_of(partner.reach, [](const Reached& one) {
                             return one.reachable;
                           });
  if (isUnreached) return Standing::not_reachable;
  if (!partner.firstActivityAt) return Standing::no_documents;
  if (*partner.firstActivityAt > now.plusSeconds(-new_seconds)) return Standing::is_new;
  const auto last = partner.lastActivityAt.value_or(*partner.firstActivityAt);
  const auto silent = silentFrom(*partner.firstActivityAt, last, partner.sentCount + partner.receivedCount);
  return silent <= now ? Standing::long_silent : Standing::active;
}

}  // namespace sql
}  // namespace postgang::store
