// Whether a letter could be posted to the address that is kept about a counterpart, told while it is being
// kept: an envelope that comes back costs days.
#pragma once

#include <string>
#include <vector>

#include "store/companies.h"

namespace postgang::flow {

// Codes of texts postal.fault.<code> (channels/postal.h). Empty: it can be posted, or none is kept and a
// letter takes the document's.
std::vector<std::string> postalFaults(const store::Partner& partner);

}  // namespace postgang::flow
