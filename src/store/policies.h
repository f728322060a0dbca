// How a company's documents choose among channels (channels/policy.h reads it): JSON; empty: nothing is set.
#pragma once

#include <string>
#include <string_view>

#include "base/id.h"
#include "store/store.h"

namespace postgang::store {

Result<std::string> channelPolicy(Reader& reader, CompanyId company);
Outcome setChannelPolicy(Transaction& tx, CompanyId company, std::string_view json);

}  // namespace postgang::store
