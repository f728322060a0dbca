// The company that an identifier on the command line means.
#pragma once

#include <string_view>

#include "app/house.h"
#include "store/companies.h"

namespace postgang::app {

// Codes: company-not-found, and parseIdentifier's.
Result<store::Company> companyOf(House& house, std::string_view identifier);

}  // namespace postgang::app
