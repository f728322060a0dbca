// Type: measuring, breaking and shaping text as it will be printed. Inter from the fonts of the machine,
// shaped by HarfBuzz; what Inter has no letters for (Arabic, Hebrew, CJK, emoji) goes through Pango with the
// machine's other fonts and its rules for direction.
//
// Lengths are millimetres, sizes points. A Typesetter belongs to one thread and remembers the words it has
// shaped (most words of an invoice are the same as on the one before): ofThisThread().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace postgang::render {

inline constexpr double millimetres_per_point = 25.4 / 72;

enum class Weight : std::uint8_t { regular, medium, semibold, bold };
enum class Face : std::uint8_t { text, machine };  // machine: OCR-B, for the code line of a payment slip
enum class Tone : std::uint8_t {
  black,
  grey,
  accent,
  on_mark,
  fault
};  // grey is #444, on_mark what is read on the initials' ground, fault #a3231c

struct Style {
  double points = 8.5;
  Weight weight = Weight::regular;
  bool tabular = false;  // figures of one width: columns
  Tone tone = Tone::black;
  Face face = Face::text;
  friend bool operator==(const Style&, const Style&) = default;
};

// Text as a copy may show it: valid UTF-8, no control characters but the line break, none that turn the
// reading direction or have no width (they can make an amount read as another one).
std::string printable(std::string_view text);

struct FontFile;  // fonts.h

// One glyph of a shaped text. Its place is from the text's start, in ems, x to the right and y up.
struct PlacedGlyph {
  const FontFile* font = nullptr;
  std::uint32_t glyph = 0;
  double x = 0, y = 0;
  std::string_view text;  // what it stands for; empty for the later glyphs of a cluster
};

class Typesetter {
 public:
  static Typesetter& ofThisThread();
  ~Typesetter();

  double width(std::string_view text, const Style& style);
  // Broken into lines no wider than `width`; a word that is wider alone is cut. Line breaks in the text are
  // kept.
  std::vector<std::string> wrapped(std::string_view text, const Style& style, double width);
  // The text, or as much of it as fits with … at the end.
  std::string fitted(std::string_view text, const Style& style, double width);
  // Where a word that is too wide is cut: the number of its first bytes that fit, at least one character.
  std::size_t bytesThatFit(std::string_view word, const Style& style, double width);

  // From left to right as it is seen. Fonts live as long as the thread.
  void forEachGlyph(std::string_view text, const Style& style,
                    const std::function<void(const PlacedGlyph&)>& each);

 private:
  Typesetter();
  struct Word;
  struct Engine;
  const Word& word(std::string_view text, const Style& style);
  bool isSimple(std::string_view text, const Style& style);
  double widthByPango(std::string_view text, const Style& style);
  void forEachGlyphByPango(std::string_view text, const Style& style,
                           const std::function<void(const PlacedGlyph&)>& each);
  std::unique_ptr<Engine> engine_;
};

}  // namespace postgang::render
