// Motparter: each counterpart with how it can be reached and how much has gone each way.
#pragma once

#include <string>
#include <string_view>

#include "store/companies.h"

namespace postgang::insight {

// `channels` of each item: those that reach it, the first is tried first. What the company has chosen stands
// as it is; where nothing is chosen, a counterpart who is a customer here is reached by `network`, others by
// nothing yet.
Result<store::PartnerPage> partnerOverview(store::Reader& reader, const store::Viewer& viewer,
                                           CompanyId owner, const store::PartnerQuery& query);
Result<std::optional<store::Partner>> partnerSeen(store::Reader& reader, const store::Viewer& viewer,
                                                  CompanyId owner, std::string_view identifier);

}  // namespace postgang::insight
