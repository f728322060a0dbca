// Who a customer is: the identifiers under which it, and the companies beneath it in its group, may send.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/parties.h"
#include "store/companies.h"

namespace postgang::flow {

class Identity {
 public:
  // The customer itself first, then its subsidiaries on all levels.
  static Result<Identity> of(store::Reader& reader, CompanyId company);
  static Identity of(std::vector<store::Company> companies) { return Identity(std::move(companies)); }

  // The company of the group that this party is: by any of its identifiers (organisation number, VAT number,
  // GLN, electronic address). A party that carries no identifier is known by its name. nullopt: somebody
  // else.
  std::optional<CompanyId> companyThatIs(const document::Party& party) const;
  const store::Company& self() const { return companies_.front(); }

 private:
  explicit Identity(std::vector<store::Company> companies) : companies_(std::move(companies)) {}
  std::vector<store::Company> companies_;
};

}  // namespace postgang::flow
