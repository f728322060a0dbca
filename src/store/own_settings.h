// What a user has chosen for itself: theme, which notices come how, saved views of lists. No other user's
// affair: every function is by the user's own id.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/access_rows.h"

namespace postgang::store {

// What is mailed beside news (news_kinds.h): the company's morning list, and a sign-in from a new device.
// Each of them comes by itself, or not at all.
inline constexpr std::string_view mail_kinds[] = {"morning-list", "new-sign-in"};

inline constexpr int digest_hour = 7;  // in Sweden

struct OwnSettings {
  std::string theme = "system";  // "light", "dark"
  // By kind: "each", "digest", "none". What nothing is said of is as news_kinds.h has it; of mail_kinds
  // "each".
  std::map<std::string, std::string, std::less<>> notices = {};
  std::map<std::string, bool, std::less<>> portal = {};  // by kind of news: whether the portal tells of it
  // News of companies that one sees and does not belong to, too: those beneath in the group, and who has let
  // one's company see its traffic.
  bool alsoSeen = false;
  int digestHour = digest_hour;  // 0 … 23, in Sweden
};
Outcome putOwnSettings(Transaction& tx, UserId user, const OwnSettings& settings);
Result<OwnSettings> ownSettings(Reader& reader, UserId user);
// Whether each event of the kind is mailed to this address: nobody's, and a user's who has chosen so, or has
// chosen nothing where that is so by itself.
Result<bool> wantsEach(Reader& reader, std::string_view email, std::string_view kind);

using SavedViewId = Id<struct SavedViewNoun>;

struct SavedView {
  SavedViewId id;
  std::string list;  // "documents", "sent", "received", "stopped", "smartmail"
  std::string name;
  std::string query;  // what stands in the page's address after the question mark
};
inline constexpr int saved_views_max = 100;
// All of a user's, in their order; those that are not among them go.
Outcome putSavedViews(Transaction& tx, UserId user, const std::vector<SavedView>& views);
Result<std::vector<SavedView>> savedViews(Reader& reader, UserId user);

}  // namespace postgang::store
