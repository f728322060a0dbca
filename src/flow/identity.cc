#include "flow/identity.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::flow {

namespace {

bool goesBy(const store::Company& company, const std::string& identifier) {
  return company.identifier == identifier || std::find(company.identifiers.begin(), company.identifiers.end(),
                                                       identifier) != company.identifiers.end();
}

}  // namespace

Result<Identity> Identity::of(store::Reader& reader, CompanyId company) {
  std::vector<store::Company> companies;
  TRY(auto self, store::company(reader, company));
  companies.push_back(std::move(self));
  TRY(const auto subsidiaries, store::subsidiariesOf(reader, company));
  for (const auto id : subsidiaries) {
    TRY(auto subsidiary, store::company(reader, id));
    companies.push_back(std::move(subsidiary));
  }
  return Identity(std::move(companies));
}

std::optional<CompanyId> Identity::companyThatIs(const document::Party& party) const {
  for (const auto& company : companies_)
    for (const auto& identifier : party.identifiers)
      if (goesBy(company, identifier.text())) return company.id;
  if (!party.identifiers.empty()) return std::nullopt;
  const auto name = folded(collapsed(party.name));
  for (const auto& company : companies_)
    if (!name.empty() && folded(collapsed(company.name)) == name) return company.id;
  return std::nullopt;
}

}  // namespace postgang::flow
