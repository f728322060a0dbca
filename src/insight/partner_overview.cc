#include "insight/partner_overview.h"

#include <algorithm>

namespace postgang::insight {

namespace {

SeenPartner seen(CompanyId owner, store::Partner partner, store::PartnerFacts facts,
                 const channels::Registry& channels) {
  SeenPartner seen;
  seen.move = moveOf(channels, owner, partner, facts.uses);
  seen.chosen = partner.channels;
  seen.facts = std::move(facts);
  if (partner.channels.empty())
    for (const auto& one : partner.reach)
      if (one.reachable) partner.channels.push_back(one.channel);
  if (partner.channels.empty() && partner.customer && partner.reach.empty()) partner.channels = {"network"};
  seen.partner = std::move(partner);
  return seen;
}

// What stands behind a register's answer is a register; what stands behind others is said by its name.
std::string_view evidenceOf(const store::Reached& reached) {
  if (!reached.reachable) return {};
  if (reached.channel == "peppol" || reached.channel == "network" || reached.channel == "system")
    return "register";
  if (reached.channel == "bank") return "agreement";
  return {};
}

std::vector<KnownChannel> knownOf(const SeenPartner& seen) {
  const auto& partner = seen.partner;
  std::vector<KnownChannel> known;
  const auto of = [&](const std::string& channel) -> KnownChannel& {
    const auto found = std::ranges::find(known, channel, &KnownChannel::channel);
    if (found != known.end()) return *found;
    auto& made = known.emplace_back();
    made.channel = channel;
    return made;
  };
  for (const auto& reached : partner.reach) {
    auto& one = of(reached.channel);
    one.reachable = reached.reachable;
    one.reason = reached.reason;
    one.since = reached.since;
    if (const auto evidence = evidenceOf(reached); !evidence.empty()) one.how.emplace_back(evidence);
  }
  if (partner.reach.empty() && partner.customer) {
    auto& network = of("network");
    network.reachable = true;
    network.how.emplace_back("register");
  }
  for (const auto& channel : seen.chosen) of(channel).how.emplace_back("chosen");
  if (partner.emailVerifiedAt) of("email").how.emplace_back("verified-address");
  if (partner.postalAddress) of("print").how.emplace_back("postal-address");
  for (const auto& use : seen.facts.uses) {
    if (use.gone <= 0) continue;
    auto& one = of(use.channel);
    one.how.emplace_back("deliveries");
    one.deliveries = use.gone;
  }
  return known;
}

}  // namespace

Result<PartnerOverview> partnerOverview(store::Reader& reader, const store::Viewer& viewer, CompanyId owner,
                                        const store::PartnerQuery& query,
                                        const channels::Registry& channels) {
  PartnerOverview overview;
  TRY(auto page, store::listPartners(reader, viewer, owner, query));
  TRY(overview.standings, store::partnerFacets(reader, viewer, owner, query));
  std::vector<std::string> identifiers;
  for (const auto& partner : page.items) identifiers.push_back(partner.identifier);
  TRY(auto facts, store::partnerFacts(reader, viewer, owner, identifiers));
  for (auto& partner : page.items) {
    auto& of = facts[partner.identifier];
    overview.items.push_back(seen(owner, std::move(partner), std::move(of), channels));
  }
  overview.nextCursor = std::move(page.nextCursor);
  overview.previousCursor = std::move(page.previousCursor);
  return overview;
}

Result<std::optional<PartnerDetail>> partnerDetail(store::Reader& reader, const store::Viewer& viewer,
                                                   CompanyId owner, std::string_view identifier,
                                                   const channels::Registry& channels) {
  TRY(auto partner, store::partner(reader, viewer, owner, identifier));
  if (!partner) return std::optional<PartnerDetail>();
  const std::vector<std::string> kept{partner->identifier};
  TRY(auto facts, store::partnerFacts(reader, viewer, owner, kept));
  PartnerDetail detail;
  TRY(detail.accounts, store::partnerAccounts(reader, viewer, owner, kept.front()));
  TRY(detail.aliases, store::aliasesOf(reader, viewer, owner, kept.front()));
  TRY(detail.invitations, store::partnerInvitations(reader, viewer, owner, kept.front()));
  detail.seen = seen(owner, std::move(*partner), std::move(facts[kept.front()]), channels);
  detail.known = knownOf(detail.seen);
  return std::optional(std::move(detail));
}

}  // namespace postgang::insight
