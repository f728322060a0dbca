#include "render/fonts.h"

#include <fontconfig/fontconfig.h>
#include <hb-ot.h>

#include <stdexcept>

namespace postgang::render {
namespace {

FontFile load(const char* family, int weight) {
  FcPattern* wanted = FcPatternCreate();
  FcPatternAddString(wanted, FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
  FcPatternAddInteger(wanted, FC_WEIGHT, weight);
  FcPatternAddInteger(wanted, FC_SLANT, FC_SLANT_ROMAN);
  FcPatternAddBool(wanted, FC_SCALABLE, FcTrue);
  FcConfigSubstitute(nullptr, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result;
  FcPattern* match = FcFontMatch(nullptr, wanted, &result);
  FcPatternDestroy(wanted);
  FontFile file;
  FcChar8* path = nullptr;
  if (match && FcPatternGetString(match, FC_FILE, 0, &path) == FcResultMatch) {
    file.path = reinterpret_cast<const char*>(path);
    FcPatternGetInteger(match, FC_INDEX, 0, &file.index);
  }
  if (match) FcPatternDestroy(match);
  if (file.path.empty())
    throw std::runtime_error("no font on this machine: install fonts-inter (Debian)");
  file.blob = hb_blob_create_from_file(file.path.c_str());
  hb_face_t* face = hb_face_create(file.blob, static_cast<unsigned>(file.index & 0xFFFF));
  hb_face_make_immutable(face);
  file.unitsPerEm = hb_face_get_upem(face);
  file.font = hb_font_create(face);
  hb_font_make_immutable(file.font);
  hb_face_destroy(face);
  return file;
}

}  // namespace

const FontFile& fontFile(std::size_t index) {
  // Mapped for as long as the program runs.
  static const std::array<FontFile, font_count> files = {
      load("Inter", FC_WEIGHT_REGULAR), load("Inter", FC_WEIGHT_MEDIUM), load("Inter", FC_WEIGHT_SEMIBOLD),
      load("Inter", FC_WEIGHT_BOLD), load("OCR B", FC_WEIGHT_REGULAR)};
  return files.at(index);
}

}  // namespace postgang::render
