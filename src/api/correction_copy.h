// The display copy of a correction before it is sent: what its receiver would have before them, with what it
// would still be stopped for marked. Made of the same changes as a try, and as little kept.
#pragma once

#include "api/correction_shape.h"

namespace postgang::api {

struct CorrectionCopyAsked {
  flow::CorrectionRequest request;
  bool asHtml = true;
  std::optional<Language> language;  // absent: the design's
};
// ?format=html|pdf&language=sv|en, and a body as correctionAsked's. Codes: parameter-invalid, field-invalid
// (`send` is true: this sends nothing) and correctionAsked's.
Result<CorrectionCopyAsked> correctionCopyAsked(const net::Request& request, DocumentId document);

// Codes as rendering's.
Result<net::Reply> correctionCopy(store::Store& store, const flow::Proposed& proposed,
                                  const CorrectionCopyAsked& asked);

}  // namespace postgang::api
