#include "render/pdf_fonts.h"

#include <hb-ot.h>
#include <hb-subset.h>

#include <algorithm>
#include <memory>

#include "base/bytes.h"
#include "base/utf8.h"

namespace postgang::render {
namespace {

struct Free {
  void operator()(hb_subset_input_t* i) const { hb_subset_input_destroy(i); }
  void operator()(hb_subset_plan_t* p) const { hb_subset_plan_destroy(p); }
  void operator()(hb_face_t* f) const { hb_face_destroy(f); }
  void operator()(hb_blob_t* b) const { hb_blob_destroy(b); }
};

std::string bytesOf(hb_blob_t* blob) {
  const std::unique_ptr<hb_blob_t, Free> owned(blob);
  unsigned length = 0;
  const char* bytes = hb_blob_get_data(blob, &length);
  return {bytes, length};
}

bool hasTable(hb_face_t* face, hb_tag_t tag) {
  const std::unique_ptr<hb_blob_t, Free> table(hb_face_reference_table(face, tag));
  return hb_blob_get_length(table.get()) > 0;
}

// Outlines and widths; nothing of what shapes text, because it is shaped already.
std::unique_ptr<hb_subset_input_t, Free> outlinesOnly() {
  std::unique_ptr<hb_subset_input_t, Free> input(hb_subset_input_create_or_fail());
  if (!input) return input;
  hb_set_t* dropped = hb_subset_input_set(input.get(), HB_SUBSET_SETS_DROP_TABLE_TAG);
  for (const char* tag :
       {"GSUB", "GPOS", "GDEF", "cmap", "name", "OS/2", "post", "STAT", "kern", "BASE", "DSIG", "VORG",
        "fpgm", "prep", "cvt ", "gasp", "hdmx", "VDMX", "vhea", "vmtx", "MATH", "meta", "COLR", "CPAL"})
    hb_set_add(dropped, hb_tag_from_string(tag, -1));
  hb_set_clear(hb_subset_input_set(input.get(), HB_SUBSET_SETS_LAYOUT_FEATURE_TAG));
  hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
  return input;
}

void appendHex4(std::string& out, unsigned value) {
  constexpr char digits[] = "0123456789ABCDEF";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[value >> shift & 15];
}

std::string utf16Hex(std::string_view text) {
  const std::string whole = pdfText(text);  // <FEFF…>
  return whole.substr(5, whole.size() - 6);
}

// Six letters before the name mark a subset; the same glyphs give the same letters.
std::string subsetTag(std::string_view program) {
  const Digest digest = sha256(program);
  std::string tag;
  for (std::size_t i = 0; i < 6; ++i) tag += static_cast<char>('A' + digest[i] % 26);
  return tag + "+";
}

}  // namespace

void PdfFonts::note(const PlacedGlyph& placed) {
  const auto [at, isNew] = index_.emplace(placed.font, fonts_.size());
  if (isNew) {
    fonts_.emplace_back();
    fonts_.back().file = placed.font;
  }
  Used& used = fonts_[at->second].glyphs[placed.glyph];
  // A no-break space is a space to whoever copies an amount out of the page.
  if (used.text.empty()) used.text = placed.text == "\u00A0" ? " " : std::string(placed.text);
}

void PdfFonts::subset() {
  for (Font& font : fonts_) {
    hb_face_t* face = font.file->face();
    const auto input = outlinesOnly();
    if (!input) continue;
    hb_set_t* wanted = hb_subset_input_glyph_set(input.get());
    for (const auto& [glyph, used] : font.glyphs) hb_set_add(wanted, glyph);
    const std::unique_ptr<hb_subset_plan_t, Free> plan(hb_subset_plan_create_or_fail(face, input.get()));
    if (!plan) continue;
    const hb_map_t* mapping = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
    const std::unique_ptr<hb_face_t, Free> made(hb_subset_plan_execute_or_fail(plan.get()));
    if (!made) continue;
    font.count = hb_map_get_population(mapping);
    for (auto& [glyph, used] : font.glyphs) {
      used.code = hb_map_get(mapping, glyph);
      used.advance = hb_font_get_glyph_h_advance(font.file->font, glyph) / font.file->unitsPerEm;
    }
    font.outlinesAreCff = hasTable(face, HB_TAG('C', 'F', 'F', ' '));
    font.program =
        bytesOf(font.outlinesAreCff ? hb_face_reference_table(made.get(), HB_TAG('C', 'F', 'F', ' '))
                                    : hb_face_reference_blob(made.get()));
  }
}

PdfFonts::Code PdfFonts::code(const PlacedGlyph& placed) const {
  const auto font = index_.find(placed.font);
  if (font == index_.end()) return {};
  const auto used = fonts_[font->second].glyphs.find(placed.glyph);
  if (used == fonts_[font->second].glyphs.end()) return {};
  return {static_cast<int>(font->second), used->second.code, used->second.advance};
}

std::string PdfFonts::write(PdfFile& file) const {
  std::string resources;
  for (std::size_t i = 0; i < fonts_.size(); ++i)
    resources += "/F" + std::to_string(i) + " " + pdfReference(writeFont(file, fonts_[i])) + " ";
  return resources;
}

int PdfFonts::writeFont(PdfFile& file, const Font& font) const {
  std::vector<std::pair<unsigned, const Used*>> byCode;
  for (const auto& [glyph, used] : font.glyphs) byCode.emplace_back(used.code, &used);
  std::sort(byCode.begin(), byCode.end());

  std::string widths, meanings;
  std::size_t ranges = 0;
  for (const auto& [code, used] : byCode) {
    widths += std::to_string(code) + " [";
    appendPdfNumber(widths, used->advance * 1000);
    widths += "] ";
    if (used->text.empty()) continue;
    meanings += "<";
    appendHex4(meanings, code);
    meanings += "> <" + utf16Hex(used->text) + ">\n";
    ++ranges;
  }
  std::string cmap =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) "
      "/Ordering (UCS) "
      "/Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 "
      "begincodespacerange\n<0000> <FFFF>\n"
      "endcodespacerange\n";
  // At most a hundred to a section.
  std::size_t at = 0;
  while (ranges > 0) {
    const std::size_t here = std::min<std::size_t>(ranges, 100);
    cmap += std::to_string(here) + " beginbfchar\n";
    for (std::size_t i = 0; i < here; ++i) {
      const std::size_t end = meanings.find('\n', at) + 1;
      cmap.append(meanings, at, end - at);
      at = end;
    }
    cmap += "endbfchar\n";
    ranges -= here;
  }
  cmap += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

  hb_font_extents_t extents{};
  hb_font_get_h_extents(font.file->font, &extents);
  const auto thousandths = [&](double units) {
    return std::to_string(static_cast<int>(units * 1000 / font.file->unitsPerEm));
  };
  const std::string name = subsetTag(font.program) + font.file->name;
  const int program = font.outlinesAreCff
                          ? file.addStream("/Subtype /CIDFontType0C", font.program)
                          : file.addStream("/Length1 " + std::to_string(font.program.size()), font.program);
  const int descriptor =
      file.add("<< /Type /FontDescriptor /FontName /" + name + " /Flags 4 /FontBBox [-800 " +
               thousandths(extents.descender) + " 2800 " + thousandths(extents.ascender) +
               "] /ItalicAngle 0 /Ascent " + thousandths(extents.ascender) + " /Descent " +
               thousandths(extents.descender) + " /CapHeight 727 /StemV 80 " +
               (font.outlinesAreCff ? "/FontFile3 " : "/FontFile2 ") + pdfReference(program) + " >>");
  const int descendant = file.add(
      std::string("<< /Type /Font /Subtype ") +
      (font.outlinesAreCff ? "/CIDFontType0" : "/CIDFontType2 /CIDToGIDMap /Identity") + " /BaseFont /" +
      name + " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor " +
      pdfReference(descriptor) + " /DW 1000 /W [" + widths + "] >>");
  const int meaning = file.addStream("", cmap);
  return file.add("<< /Type /Font /Subtype /Type0 /BaseFont /" + name +
                  " /Encoding /Identity-H /DescendantFonts [" + pdfReference(descendant) + "] /ToUnicode " +
                  pdfReference(meaning) + " >>");
}

}  // namespace postgang::render
