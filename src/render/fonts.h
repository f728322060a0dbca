// The font files of the machine, found once per program: Inter in four weights and OCR-B. Read-only, shared by all
// threads; what a thread needs of its own (FreeType and cairo faces) it makes from these bytes.
#pragma once

#include <hb.h>

#include <array>
#include <cstdint>
#include <string>

#include "render/type.h"

namespace postgang::render {

struct FontFile {
  std::string path;
  int index = 0;
  hb_blob_t* blob = nullptr;  // the whole file, mapped
  hb_font_t* font = nullptr;  // immutable; scale is units per em
  double unitsPerEm = 1000;
};

inline constexpr std::size_t font_count = 5;
constexpr std::size_t fontIndex(const Style& style) {
  return style.face == Face::machine ? 4 : static_cast<std::size_t>(style.weight);
}
const FontFile& fontFile(std::size_t index);  // 0-3 Inter regular … bold, 4 OCR-B

}  // namespace postgang::render
