// Whom a document is for: as it says itself, with what its sender keeps about this counterpart.
#pragma once

#include "channels/channel.h"
#include "document/parties.h"

namespace postgang::channels {

Result<Recipient> recipientOf(store::Reader& reader, CompanyId sender, const document::Party& party);
Result<Recipient> recipientOf(store::Reader& reader, CompanyId sender,
                              const document::Identifier& identifier);

}  // namespace postgang::channels
