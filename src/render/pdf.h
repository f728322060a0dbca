// A layout as PDF: A4, text that can be searched and copied, fonts embedded as subsets, document title,
// language and XMP metadata set. The same layout gives the same bytes: the creation date is the document's
// issue date and the file's identifier comes from its content, so that a digest of a copy stays true.
#pragma once

#include <string>

#include "base/problem.h"
#include "render/layout.h"

namespace postgang::render {

Result<std::string> drawPdf(const Layout& layout);  // code "copy-not-drawn" (internal)

}  // namespace postgang::render
