// The fonts of one PDF: which glyphs its pages use, and subsets with just those. First every glyph is noted,
// then subset() gives them their codes, then the pages are written with code() and the fonts with write().
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "render/fonts.h"
#include "render/pdf_file.h"
#include "render/type.h"

namespace postgang::render {

class PdfFonts {
 public:
  void note(const PlacedGlyph& glyph);
  void subset();
  struct Code {
    int font = 0;        // /F0, /F1 …
    unsigned code = 0;   // two bytes in a string
    double advance = 0;  // the font's own, in ems
  };
  Code code(const PlacedGlyph& glyph) const;
  std::string write(PdfFile& file) const;  // "/F0 5 0 R /F1 9 0 R", for the resources

 private:
  struct Used {
    std::string text;  // what it stands for
    unsigned code = 0;
    double advance = 0;
  };
  struct Font {
    const FontFile* file = nullptr;
    std::unordered_map<std::uint32_t, Used> glyphs;
    std::string program;  // CFF, or a whole TrueType file
    bool outlinesAreCff = false;
    unsigned count = 0;  // of glyphs in the subset
  };
  int writeFont(PdfFile& file, const Font& font) const;

  std::vector<Font> fonts_;
  std::map<const FontFile*, std::size_t> index_;
};

}  // namespace postgang::render
