// What the admin commands share.
#pragma once

#include <string_view>

#include "app/house.h"
#include "store/companies.h"

namespace postgang::app {

// The customer with this identifier, in any of its written forms. Codes: company-unknown (not_found) and
// those of parseIdentifier.
Result<store::Company> companyNamed(House& house, std::string_view identifier);

}  // namespace postgang::app
