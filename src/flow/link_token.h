// Tokens of links, as they stand in notices: 80 random bits, "5HNC-2WJD-7KQE-V4TM". Kept as digests only.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.h"

namespace postgang::flow {

std::string newLinkToken();
// As people type it: any case, with or without hyphens, O for 0, I and L for 1. Whatever is no token has a
// digest, too, which nothing is kept under: both take the same time.
Digest linkDigest(std::string_view typed);

}  // namespace postgang::flow
