// What a person may hear of, and how it wants to hear it: whichever company its session acts for, and without
// a session at all. Asked when something is told, when it is mailed and when it is read.
#pragma once

#include <string>
#include <string_view>

#include "access/caller.h"
#include "store/news_kinds.h"
#include "store/notifications.h"
#include "store/own_settings.h"

namespace postgang::access {

// Everything the person may see in the companies that it belongs to, those beneath them, and those that have
// let one of these see their traffic; of sandboxes nothing. Operator staff sees every company.
Result<store::Hearer> hearerOf(store::Reader& reader, const store::User& user);

// How it hears of a kind, by its own choice or, where it has made none, as its role in the company has it.
struct Hearing {
  bool portal = false;
  std::string mail = "none";  // "each", "digest"
};
Hearing hearingOf(const store::OwnSettings& settings, const store::NewsKind& kind, std::string_view role);

// Whether it can be told of the kind at all, in some company: else there is nothing to choose.
bool mayHear(const store::User& user, const store::NewsKind& kind);

// The highest of a person's roles; "operator" of staff. Empty: it belongs to no company.
std::string highestRole(const store::User& user);

}  // namespace postgang::access
