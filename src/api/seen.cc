#include "api/seen.h"

namespace postgang::api {

Result<store::DocumentRow> seenDocument(store::Reader& reader, const Call& call, DocumentId id) {
  if (call.viewer().companies().size() > 1) {
    auto own = store::findDocument(reader, call.viewer(), id, call.company());
    if (own || own.error().kind != ProblemKind::not_found) return own;
  }
  return store::findDocument(reader, call.viewer(), id);
}

}  // namespace postgang::api
