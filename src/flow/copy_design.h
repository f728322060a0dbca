// The look of a display copy: that of the company that sends the document.
#pragma once

#include <string>

#include "render/render.h"
#include "store/documents.h"

namespace postgang::flow {

// As JSON; empty: the plain one.
Result<std::string> designTextOf(store::Reader& reader, const store::DocumentRow& row);
// What is kept and cannot be used gives the plain one, and a line in the log.
render::Design designFrom(const std::string& text, DocumentId document);

}  // namespace postgang::flow
