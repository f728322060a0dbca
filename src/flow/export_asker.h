// Who asked for an export, as it stands now: what that person or key may still see. Who has lost a role, or
// whose company was let see less, gets less, also of what is being made.
#pragma once

#include <string>

#include "store/exports.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::flow {

// Code export-not-allowed (forbidden): it may read no documents there any more.
Result<store::Viewer> viewerOfAsker(store::Reader& reader, const store::Export& made);
// What a viewer sees, as a short text: alike for those that see the same.
std::string sightOf(const store::Viewer& viewer);
// The person to be told; nullopt for a key's.
std::optional<UserId> personOf(const store::Export& made);

}  // namespace postgang::flow
