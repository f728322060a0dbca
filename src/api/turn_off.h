// What the link out of a mail does to its reader's choices. That money goes elsewhere, or who comes in:
// whoever gets at a forwarded mail silences none of it. It comes once a day instead, and is turned off where
// one signs in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/access_rows.h"
#include "store/own_settings.h"

namespace postgang::api {

struct TurnedOff {
  std::vector<std::string> off, lowered;  // kinds of news; lowered: in the digest from now on
};
// `kind`: one of news_kinds.h, or flow::of_digest for all that come in the digest.
TurnedOff turnOff(const store::User& user, std::string_view kind, store::OwnSettings& own);

}  // namespace postgang::api
