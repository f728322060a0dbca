// The fonts of the machine, found once per program: Inter in four weights and OCR-B. Mapped, read-only,
// shared by all threads.
#pragma once

#include <hb.h>

#include <array>
#include <cstdint>
#include <string>

#include "render/type.h"

namespace postgang::render {

struct FontFile {
  std::string name;           // PostScript name
  hb_font_t* font = nullptr;  // immutable; scale is units per em
  double unitsPerEm = 1000;
  hb_face_t* face() const { return hb_font_get_face(font); }
};
// Of a face that somebody else has found.
FontFile fontOf(hb_face_t* face);

inline constexpr std::size_t font_count = 5;
constexpr std::size_t fontIndex(const Style& style) {
  return style.face == Face::machine ? 4 : static_cast<std::size_t>(style.weight);
}
const FontFile& fontFile(std::size_t index);  // 0-3 Inter regular … bold, 4 OCR-B

}  // namespace postgang::render
