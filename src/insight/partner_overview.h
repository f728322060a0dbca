// Motparter: each counterpart with how it can be reached, how much has gone each way, and what it would save
// to move it from paper.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "insight/partner_moves.h"
#include "store/partner_accounts.h"
#include "store/partner_doubles.h"
#include "store/partner_facts.h"
#include "store/partner_invitations.h"

namespace postgang::insight {

// `channels` of each partner: those that reach it, the first is tried first. What the company has chosen
// stands as it is; where nothing is chosen, those that reached it when it was last asked or written to; a
// counterpart who is a customer here and was never asked about is reached by `network`, others by nothing
// yet.
struct SeenPartner {
  store::Partner partner;
  std::vector<std::string> chosen;  // by the company itself; empty: Multikanal chooses
  store::PartnerFacts facts;
  std::optional<PartnerMove> move;
};

struct PartnerOverview {
  std::vector<SeenPartner> items;
  std::optional<std::string> nextCursor, previousCursor;
  std::vector<std::pair<store::Standing, std::int64_t>> standings;  // by all that is asked but the standing
};
Result<PartnerOverview> partnerOverview(store::Reader& reader, const store::Viewer& viewer, CompanyId owner,
                                        const store::PartnerQuery& query, const channels::Registry& channels);

// Why a channel is held to reach a partner; codes of texts portal.partner.known.<code>.
struct KnownChannel {
  std::string channel;
  bool reachable = false;
  std::string reason;            // event.routed.reason.<code>; empty: it was never asked
  std::optional<Instant> since;  // it has been so since then
  // "chosen" (by the company), "verified-address", "register", "agreement", "deliveries", "postal-address".
  std::vector<std::string> how;
  std::int64_t deliveries = 0;  // that went by it and did not come back
};

struct PartnerDetail {
  SeenPartner seen;
  std::vector<KnownChannel> known;
  std::vector<store::PartnerAccount> accounts;
  std::vector<store::Alias> aliases;
  std::vector<store::PartnerInvitation> invitations;
};
Result<std::optional<PartnerDetail>> partnerDetail(store::Reader& reader, const store::Viewer& viewer,
                                                   CompanyId owner, std::string_view identifier,
                                                   const channels::Registry& channels);

}  // namespace postgang::insight
