// A view of a list as a request says it: one's own (me.cc) and one that is shared (shared_views.cc).
#pragma once

#include "api/json_body.h"
#include "store/own_settings.h"

namespace postgang::api {

// Its list, name and query; no id. Code field-invalid.
Result<store::SavedView> savedViewIn(const JsonBody& body);

}  // namespace postgang::api
