// Partners that may be one and the same, and merging them. One is kept; the other becomes its alias: what it
// has had counts with the kept one, documents that name it land there, and search by it finds that. Nothing
// is rewritten, so that the two can be split again and are what they would have been.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/partners.h"

namespace postgang::store {

struct Double {
  // "same-organisation-number", "same-vat-number", "same-customer-number", "same-name-and-postal-code"
  std::string reason;
  std::string value;  // the number, or the name
  Partner keep;       // the one with an electronic identifier, or with more documents
  Partner other;
};
inline constexpr int doubles_max = 200;
// The most certain reasons first; each pair once, and none that somebody has said are two
// (partner_distinctions.h). `identifier`: only those with this partner; empty: all.
Result<std::vector<Double>> partnerDoubles(Reader& reader, const Viewer& viewer, CompanyId owner,
                                           std::string_view identifier = {});

struct Alias {
  std::string identifier, name;
  Instant mergedAt;
  std::string mergedBy;
};
Result<std::vector<Alias>> aliasesOf(Reader& reader, const Viewer& viewer, CompanyId owner,
                                     std::string_view identifier);
// The partner's own identifier and its aliases': what its documents name it by. Alone where there are none,
// and where the partner is not known.
Result<std::vector<std::string>> identifiersOf(Reader& reader, const Viewer& viewer, CompanyId owner,
                                               std::string_view identifier);

// Codes: not-found; merge-with-itself (conflict); merge-customers (conflict): both are customers here, each
// with documents of its own in its own inbox. Aliases of `other` become aliases of `keep`.
Outcome mergePartners(Transaction& tx, const Viewer& viewer, CompanyId owner, std::string_view keep,
                      std::string_view other);
// Code not-found: `alias` is none of this partner.
Outcome splitPartner(Transaction& tx, const Viewer& viewer, CompanyId owner, std::string_view kept,
                     std::string_view alias);

}  // namespace postgang::store
