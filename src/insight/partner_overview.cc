#include "insight/partner_overview.h"

namespace postgang::insight {

namespace {

void fillChannels(store::Partner& partner) {
  if (partner.channels.empty() && partner.status == "customer") partner.channels = {"network"};
}

}  // namespace

Result<store::PartnerPage> partnerOverview(store::Reader& reader, const store::Viewer& viewer,
                                           CompanyId owner, const store::PartnerQuery& query) {
  TRY(auto page, store::listPartners(reader, viewer, owner, query));
  for (auto& partner : page.items) fillChannels(partner);
  return page;
}

Result<std::optional<store::Partner>> partnerSeen(store::Reader& reader, const store::Viewer& viewer,
                                                  CompanyId owner, std::string_view identifier) {
  TRY(auto partner, store::partner(reader, viewer, owner, identifier));
  if (partner) fillChannels(*partner);
  return partner;
}

}  // namespace postgang::insight
