// The letters that a layout uses, as fonts in CSS: @font-face rules K0 … K4 with subsets of Inter and OCR-B.
#pragma once

#include <string>

#include "render/fonts.h"
#include "render/layout.h"

namespace postgang::render {

std::string embeddedFonts(const Layout& layout);

}  // namespace postgang::render
