// Views of lists that somebody has shared with its company: seen by all who may read it. What only oneself
// sees is in own_settings.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "store/store.h"
#include "store/viewer.h"

namespace postgang::store {

using SharedViewId = Id<struct SharedViewNoun>;

struct SharedView {
  SharedViewId id;
  CompanyId company;
  std::string list;  // as SavedView::list
  std::string name;
  std::string query;  // what stands in the page's address after the question mark
  std::string maker;  // "user:<id>", "key:<id>"
  std::string by;     // the same by name
  Instant madeAt;
};
inline constexpr int shared_views_max = 100;  // of a company

// Code shared-views-full (conflict).
Outcome shareView(Transaction& tx, const SharedView& view);
Result<std::vector<SharedView>> sharedViews(Reader& reader, const Viewer& viewer,
                                            CompanyId company);  // by name
Result<std::optional<SharedView>> sharedView(Reader& reader, const Viewer& viewer, CompanyId company,
                                             SharedViewId id);
Outcome removeSharedView(Transaction& tx, CompanyId company, SharedViewId id);

}  // namespace postgang::store
