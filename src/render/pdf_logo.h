// A logo as PDF objects: an SVG stays vectors (drawn by librsvg and cairo, taken over object by object), a
// PNG becomes an image. Gives the number of an XObject that fills the unit square, or 0 when the logo cannot
// be drawn.
#pragma once

#include "render/logo.h"
#include "render/pdf_file.h"

namespace postgang::render {

int addLogo(PdfFile& file, const Logo& logo);

}  // namespace postgang::render
