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
  std::string path;
  int index = 0;
  FcChar8* found = nullptr;
  if (match && FcPatternGetString(match, FC_FILE, 0, &found) == FcResultMatch) {
    path = reinterpret_cast<const char*>(found);
    FcPatternGetInteger(match, FC_INDEX, 0, &index);
  }
  if (match) FcPatternDestroy(match);
  if (path.empty()) throw std::runtime_error("no font on this machine: install fonts-inter (Debian)");
  hb_blob_t* blob = hb_blob_create_from_file(path.c_str());
  hb_face_t* face = hb_face_create(blob, static_cast<unsigned>(index & 0xFFFF));
  hb_blob_destroy(blob);
  hb_face_make_immutable(face);
  const FontFile file = fontOf(face);
  hb_face_destroy(face);
  return file;
}

}  // namespace

FontFile fontOf(hb_face_t* face) {
  FontFile file;
  file.unitsPerEm = hb_face_get_upem(face);
  file.font = hb_font_create(face);
  hb_font_make_immutable(file.font);
  char name[64] = "";
  unsigned length = sizeof name;
  hb_ot_name_get_utf8(face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
  for (const char* c = name; *c != 0; ++c)
    if ((*c >= '0' && *c <= '9') || (*c >= 'A' && *c <= 'Z') || (*c >= 'a' && *c <= 'z') || *c == '-')
      file.name += *c;
  if (file.name.empty()) file.name = "Font";
  return file;
}

const FontFile& fontFile(std::size_t index) {
  // Mapped for as long as the program runs.
  static const std::array<FontFile, font_count> files = {
      load("Inter", FC_WEIGHT_REGULAR), load("Inter", FC_WEIGHT_MEDIUM), load("Inter", FC_WEIGHT_SEMIBOLD),
      load("Inter", FC_WEIGHT_BOLD), load("OCR B", FC_WEIGHT_REGULAR)};
  return files.at(index);
}

}  // namespace postgang::render

#if defined(__SANITIZE_ADDRESS__)
// fontconfig keeps its configuration for as long as the program runs, behind offsets that the leak checker
// does not follow.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libfontconfig";
}
#endif
