// Two partners that somebody has said are not the same: they look alike, and are no longer suggested as one
// (partner_doubles.h). Who said so, and when, is kept until it is taken back, the two are merged after all,
// or one of them is erased.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/partners.h"

namespace postgang::store {

struct Distinction {
  std::string identifier, name;
  std::string other, otherName;
  Instant saidAt;
  std::string saidBy;
};
inline constexpr int distinctions_max = 200;
// The newest first. `identifier`: only those with this partner, which stands first in them; empty: all.
Result<std::vector<Distinction>> partnerDistinctions(Reader& reader, const Viewer& viewer, CompanyId owner,
                                                     std::string_view identifier = {});

// Said of what the two are now: of an alias, of its partner. Said again, it stays as it was said first.
// Codes: not-found; partners-are-one (conflict).
Result<Distinction> distinguishPartners(Transaction& tx, const Viewer& viewer, CompanyId owner,
                                        std::string_view identifier, std::string_view other);
// Code not-found: nobody has said so of these two.
Outcome takeBackDistinction(Transaction& tx, const Viewer& viewer, CompanyId owner,
                            std::string_view identifier, std::string_view other);

}  // namespace postgang::store
