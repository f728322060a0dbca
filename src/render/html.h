// A layout as one HTML page without script or reference out of itself. Every sheet is an SVG picture with
// real text, in millimetres: the same items as in the PDF, at the same places, selectable, and scaled to a
// narrow screen.
//
// Fonts are embedded as subsets; where a reader blocks them, its own font is fitted to the measured widths.
#pragma once

#include <string>
#include <string_view>

#include "render/layout.h"

namespace postgang::render {

std::string drawHtml(const Layout& layout);

// default-src 'none' and the digest of the page's one style element.
std::string contentSecurityPolicy(std::string_view html);

// Shared with readable.h.
std::string escapedHtml(std::string_view text);  // for text and for attributes in double quotes
std::string codeAsPath(const QrCode& code);      // d of an SVG path, one unit a module
std::string openPage(std::string_view title, std::string_view author, Language language,
                     const std::string& style);

}  // namespace postgang::render
