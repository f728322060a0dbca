#include "render/html_fonts.h"

#include <hb-subset.h>

#include <array>
#include <memory>

#include "base/bytes.h"
#include "base/utf8.h"

namespace postgang::render {
namespace {

using LetterSets = std::array<hb_set_t*, font_count>;

void addLetters(hb_set_t* set, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = codePointAt(text, at);
    hb_set_add(set, point.value);
    at += point.length > 0 ? point.length : 1;
  }
}

// Kerning and tabular figures are kept, and nothing else that a font can do.
std::string subset(const FontFile& file, const hb_set_t* letters) {
  hb_face_t* face = hb_font_get_face(file.font);
  const std::unique_ptr<hb_subset_input_t, void (*)(hb_subset_input_t*)> input(
      hb_subset_input_create_or_fail(), hb_subset_input_destroy);
  if (!input) return "";
  hb_set_union(hb_subset_input_unicode_set(input.get()), letters);
  hb_set_t* features = hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  hb_set_clear(features);
  for (const hb_tag_t tag : {HB_TAG('k', 'e', 'r', 'n'), HB_TAG('t', 'n', 'u', 'm'),
                             HB_TAG('c', 'c', 'm', 'p'), HB_TAG('m', 'a', 'r', 'k')})
    hb_set_add(features, tag);
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_DESUBROUTINIZE);
  hb_face_t* made = hb_subset_or_fail(face, input.get());
  if (!made) return "";
  hb_blob_t* blob = hb_face_reference_blob(made);
  unsigned length = 0;
  const char* bytes = hb_blob_get_data(blob, &length);
  std::string encoded = base64({bytes, length});
  hb_blob_destroy(blob);
  hb_face_destroy(made);
  return encoded;
}

}  // namespace

std::string embeddedFonts(const Layout& layout) {
  LetterSets letters{};
  for (auto& set : letters) set = hb_set_create();
  for (const Page& page : layout.pages)
    for (const Item& item : page.items) {
      if (const auto* run = std::get_if<TextRun>(&item))
        addLetters(letters[fontIndex(run->style)], run->text);
      if (std::holds_alternative<Mark>(item)) addLetters(letters[3], layout.initials);
    }
  std::string rules;
  for (std::size_t i = 0; i < font_count; ++i) {
    const std::string font = hb_set_is_empty(letters[i]) ? "" : subset(fontFile(i), letters[i]);
    hb_set_destroy(letters[i]);
    if (!font.empty())
      rules +=
          "@font-face{font-family:K" + std::to_string(i) + ";src:url(data:font/otf;base64," + font + ")}";
  }
  return rules;
}

}  // namespace postgang::render
