// From which address a key was last used: what stands beside the time in the list of keys, so that a key that
// is used from where it should not be is seen.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/id.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

// `address`: an IP address as text; what a caller without one uses is kept as empty.
Outcome noteKeyAddress(Transaction& tx, KeyId id, std::string_view address);
// Of the keys that listKeys() gives the same viewer; keys that were never used from anywhere are left out.
Result<std::map<KeyId, std::string>> keyAddresses(Reader& reader, const Viewer& viewer);

}  // namespace postgang::store
