#include "api/fetching.h"

#include "api/parts.h"

namespace postgang::api {

Outcome recordFetch(Parts& parts, const Call& call, DocumentId id, std::string_view what) {
  if (call.caller->isPerson() || call.request.method != "GET") return {};
  return parts.context.flow.fetched(call.viewer(), call.company(), id, what);
}

}  // namespace postgang::api
