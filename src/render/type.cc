#include "render/type.h"

#include <hb.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "base/utf8.h"
#include "render/fonts.h"

namespace postgang::render {
namespace {

constexpr std::size_t words_kept_max = 20'000;  // a few megabytes a thread
constexpr std::size_t word_shaped_bytes_max = 512;

struct Glyph {
  hb_codepoint_t index;
  double advance;  // of an em
  double dx, dy;
  std::uint32_t bytes;  // of text that it stands for
};

bool isRightToLeftOrJoined(char32_t c) {
  return (c >= 0x300 && c <= 0x36F) || (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) ||
         (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFE70 && c <= 0xFEFC) || c >= 0x10800;
}

// Marks that reorder or hide: bidirectional controls, zero-width characters, soft hyphen, line and paragraph
// separators.
bool isInvisible(char32_t c) {
  return c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
         (c >= 0xFFF0 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

bool isControl(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || (c & 0xFFFE) == 0xFFFE;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char byte = text[at];
    if (byte >= 0x20 && byte < 0x7F) {
      out.push_back(byte);
      ++at;
      continue;
    }
    const CodePoint point = codePointAt(text, at);
    if (point.value == '\n') {
      out.push_back('\n');
    } else if (point.value == '\r') {
      if (text.substr(at + 1, 1) != "\n") out.push_back('\n');
    } else if (isControl(point.value)) {
      out.push_back(' ');
    } else if (!isInvisible(point.value)) {
      appendUtf8(out, point.value);
    }
    at += std::max<std::size_t>(1, point.length);
  }
  return out;
}

struct Typesetter::Word {
  std::vector<Glyph> glyphs;
  double width = 0;    // of an em
  bool simple = true;  // false: Pango's, and width counts only for the whole text
};

struct Typesetter::Engine {
  PangoFontMap* pangoFonts = nullptr;
  PangoContext* pango = nullptr;
  std::unordered_map<PangoFont*, FontFile> otherFonts;
  hb_buffer_t* buffer = nullptr;
  std::unordered_map<std::string, Word> words;
  std::string key;
};

namespace {

PangoLayout* pangoLine(PangoContext* context, std::string_view text, const Style& style) {
  PangoLayout* layout = pango_layout_new(context);
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, style.face == Face::machine ? "OCR B" : "Inter");
  constexpr PangoWeight weights[] = {PANGO_WEIGHT_NORMAL, PANGO_WEIGHT_MEDIUM, PANGO_WEIGHT_SEMIBOLD,
                                     PANGO_WEIGHT_BOLD};
  pango_font_description_set_weight(font, weights[static_cast<std::size_t>(style.weight)]);
  pango_font_description_set_size(font, static_cast<int>(style.points * PANGO_SCALE));
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_single_paragraph_mode(layout, TRUE);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  return layout;
}

}  // namespace

Typesetter& Typesetter::ofThisThread() {
  thread_local Typesetter typesetter;
  return typesetter;
}

Typesetter::Typesetter() : engine_(std::make_unique<Engine>()) {
  Engine& e = *engine_;
  e.pangoFonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(e.pangoFonts), 72);
  e.pango = pango_font_map_create_context(e.pangoFonts);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(e.pango, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(e.pango, FALSE);
  e.buffer = hb_buffer_create();
}

Typesetter::~Typesetter() {
  Engine& e = *engine_;
  hb_buffer_destroy(e.buffer);
  for (auto& [font, file] : e.otherFonts) {
    hb_font_destroy(file.font);
    g_object_unref(font);
  }
  g_object_unref(e.pango);
  g_object_unref(e.pangoFonts);
}

bool Typesetter::isSimple(std::string_view text, const Style& style) {
  hb_font_t* font = fontFile(fontIndex(style)).font;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = codePointAt(text, at);
    hb_codepoint_t glyph;
    if (point.value >= 0x80 &&
        (isRightToLeftOrJoined(point.value) || !hb_font_get_nominal_glyph(font, point.value, &glyph)))
      return false;
    at += std::max<std::size_t>(1, point.length);
  }
  return true;
}

// A word, or a whole text that Pango must see as one.
const Typesetter::Word& Typesetter::word(std::string_view text, const Style& style) {
  Engine& e = *engine_;
  const std::size_t index = fontIndex(style);
  e.key.assign(1, static_cast<char>('0' + 2 * index + (style.tabular ? 1 : 0)));
  e.key += text;
  if (const auto found = e.words.find(e.key); found != e.words.end()) return found->second;
  if (e.words.size() >= words_kept_max) e.words.clear();
  Word& word = e.words[e.key];
  if (!(word.simple = isSimple(text, style))) return word;

  const FontFile& file = fontFile(index);
  hb_buffer_reset(e.buffer);
  hb_buffer_add_utf8(e.buffer, text.data(), static_cast<int>(text.size()), 0, static_cast<int>(text.size()));
  hb_buffer_set_direction(e.buffer, HB_DIRECTION_LTR);
  hb_buffer_set_script(e.buffer, HB_SCRIPT_LATIN);
  const hb_feature_t features[] = {{HB_TAG('c', 'a', 'l', 't'), 0, 0, HB_FEATURE_GLOBAL_END},
                                   {HB_TAG('t', 'n', 'u', 'm'), 1, 0, HB_FEATURE_GLOBAL_END}};
  hb_shape(file.font, e.buffer, features, style.tabular ? 2 : 1);
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(e.buffer, &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(e.buffer, &count);
  word.glyphs.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const std::uint32_t next = i + 1 < count ? infos[i + 1].cluster : static_cast<std::uint32_t>(text.size());
    word.glyphs.push_back({infos[i].codepoint, positions[i].x_advance / file.unitsPerEm,
                           positions[i].x_offset / file.unitsPerEm, positions[i].y_offset / file.unitsPerEm,
                           next - infos[i].cluster});
    word.width += word.glyphs.back().advance;
  }
  return word;
}

double Typesetter::widthByPango(std::string_view text, const Style& style) {
  PangoLayout* layout = pangoLine(engine_->pango, text, style);
  PangoRectangle logical;
  pango_layout_get_extents(layout, nullptr, &logical);
  g_object_unref(layout);
  return logical.width / static_cast<double>(PANGO_SCALE) * millimetres_per_point;
}

namespace {

// Calls `each` with every word and `space` between; a word longer than may be shaped at once comes in parts.
template <typename Each, typename Space>
bool forEachWord(std::string_view text, Each each, Space space) {
  for (;;) {
    const std::size_t end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    while (word.size() > word_shaped_bytes_max) {
      std::size_t cut = word_shaped_bytes_max;
      while (cut > word_shaped_bytes_max - 4 && (static_cast<unsigned char>(word[cut]) & 0xC0) == 0x80) --cut;
      if (!each(word.substr(0, cut))) return false;
      word.remove_prefix(cut);
    }
    if (!word.empty() && !each(word)) return false;
    if (end == text.size()) return true;
    space();
    text.remove_prefix(end + 1);
  }
}

}  // namespace

double Typesetter::width(std::string_view text, const Style& style) {
  double ems = 0;
  const double space = word(" ", style).width;
  const bool simple = forEachWord(
      text,
      [&](std::string_view part) {
        const Word& shaped = word(part, style);
        ems += shaped.width;
        return shaped.simple;
      },
      [&] { ems += space; });
  return simple ? ems * style.points * millimetres_per_point : widthByPango(text, style);
}

std::size_t Typesetter::bytesThatFit(std::string_view word, const Style& style, double limit) {
  std::vector<std::size_t> ends;  // of its characters
  for (std::size_t at = 0; at < word.size() && at < word_shaped_bytes_max;) {
    at += std::max<std::size_t>(1, codePointAt(word, at).length);
    ends.push_back(std::min(at, word.size()));
  }
  if (ends.empty()) return 0;
  const auto tooWide = [&](std::size_t end, double wanted) {
    return width(word.substr(0, end), style) <= wanted;
  };
  const auto first = std::lower_bound(ends.begin() + 1, ends.end(), limit, tooWide);
  return *(first - 1);
}

std::vector<std::string> Typesetter::wrapped(std::string_view text, const Style& style, double limit) {
  std::vector<std::string> lines;
  const double space = width(" ", style);
  for (const std::string_view paragraph : split(text, '\n')) {
    std::string line;
    double used = 0;
    for (std::string_view word : split(paragraph, ' ')) {
      if (word.empty()) continue;
      double wide = width(word, style);
      if (!line.empty() && used + space + wide > limit) {
        lines.push_back(std::move(line));
        line.clear();
      }
      while (line.empty() && wide > limit) {
        const std::size_t bytes = bytesThatFit(word, style, limit);
        if (bytes >= word.size()) break;
        lines.emplace_back(word.substr(0, bytes));
        word.remove_prefix(bytes);
        wide = width(word, style);
      }
      used = line.empty() ? wide : used + space + wide;
      if (!line.empty()) line += ' ';
      line += word;
    }
    lines.push_back(std::move(line));
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  return lines;
}

std::string Typesetter::fitted(std::string_view text, const Style& style, double limit) {
  std::string line(text.substr(0, text.find('\n')));
  const bool whole = line.size() == text.size();
  if (whole && line.size() <= word_shaped_bytes_max && width(line, style) <= limit) return line;
  if (!whole && width(line + "…", style) <= limit) return line + "…";
  const std::size_t bytes = bytesThatFit(line, style, std::max(0.0, limit - width("…", style)));
  line.resize(bytes);
  return std::string(trimmed(line)) + "…";
}

void Typesetter::forEachGlyph(std::string_view text, const Style& style,
                              const std::function<void(const PlacedGlyph&)>& each) {
  const FontFile& font = fontFile(fontIndex(style));
  double x = 0;
  const auto emit = [&](const Word& word, std::string_view part) {
    for (const Glyph& glyph : word.glyphs) {
      each({&font, glyph.index, x + glyph.dx, glyph.dy, part.substr(0, glyph.bytes)});
      part.remove_prefix(glyph.bytes);
      x += glyph.advance;
    }
  };
  if (!isSimple(text, style)) return forEachGlyphByPango(text, style, each);
  forEachWord(
      text,
      [&](std::string_view part) {
        emit(word(part, style), part);
        return true;
      },
      [&] { emit(word(" ", style), " "); });
}

void Typesetter::forEachGlyphByPango(std::string_view text, const Style& style,
                                     const std::function<void(const PlacedGlyph&)>& each) {
  Engine& e = *engine_;
  PangoLayout* layout = pangoLine(e.pango, text, style);
  const double ems = 1 / (PANGO_SCALE * style.points);
  double x = 0;
  for (GSList* at = pango_layout_get_line_readonly(layout, 0)->runs; at != nullptr; at = at->next) {
    const auto* run = static_cast<PangoGlyphItem*>(at->data);
    PangoFont* used = run->item->analysis.font;
    auto found = e.otherFonts.find(used);
    if (found == e.otherFonts.end()) {
      g_object_ref(used);
      found = e.otherFonts.emplace(used, fontOf(hb_font_get_face(pango_font_get_hb_font(used)))).first;
    }
    const std::string_view part =
        text.substr(static_cast<std::size_t>(run->item->offset), static_cast<std::size_t>(run->item->length));
    const PangoGlyphString& glyphs = *run->glyphs;
    for (int i = 0; i < glyphs.num_glyphs; ++i) {
      const int start = glyphs.log_clusters[i];
      int end = run->item->length;
      for (int other = 0; other < glyphs.num_glyphs; ++other)
        if (glyphs.log_clusters[other] > start) end = std::min(end, glyphs.log_clusters[other]);
      const auto& info = glyphs.glyphs[i];
      const std::string_view words =
          info.attr.is_cluster_start
              ? part.substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start))
              : std::string_view();
      // No font of this machine has the letter: the font's own sign for that.
      const bool unknown = (info.glyph & PANGO_GLYPH_UNKNOWN_FLAG) != 0;
      if (info.glyph != PANGO_GLYPH_EMPTY)
        each({&found->second, unknown ? 0 : info.glyph, x + info.geometry.x_offset * ems,
              -info.geometry.y_offset * ems, words});
      x += info.geometry.width * ems;
    }
  }
  g_object_unref(layout);
}

}  // namespace postgang::render
