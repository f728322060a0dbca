// Type: measuring, breaking and shaping text as it will be printed. Inter from the fonts of the machine, shaped by
// HarfBuzz; what Inter has no letters for (Arabic, Hebrew, CJK, emoji) goes through Pango with the machine's other
// fonts and its rules for direction.
//
// Lengths are millimetres, sizes points. A Typesetter belongs to one thread and remembers the words it has shaped
// (most words of an invoice are the same as on the one before): ofThisThread().
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct _cairo;

namespace postgang::render {

inline constexpr double millimetres_per_point = 25.4 / 72;

enum class Weight : std::uint8_t { regular, medium, semibold, bold };
enum class Face : std::uint8_t { text, machine };  // machine: OCR-B, for the code line of a payment slip
enum class Tone : std::uint8_t { black, grey, accent, on_mark };  // grey is #444, on_mark what is read on the initials' ground

struct Style {
  double points = 8.5;
  Weight weight = Weight::regular;
  bool tabular = false;  // figures of one width: columns
  Tone tone = Tone::black;
  Face face = Face::text;
  friend bool operator==(const Style&, const Style&) = default;
};

// Text as a copy may show it: valid UTF-8, no control characters but the line break, none that turn the reading
// direction or have no width (they can make an amount read as another one).
std::string printable(std::string_view text);

class Typesetter {
 public:
  static Typesetter& ofThisThread();
  ~Typesetter();

  double width(std::string_view text, const Style& style);
  // Broken into lines no wider than `width`; a word that is wider alone is cut. Line breaks in the text are kept.
  std::vector<std::string> wrapped(std::string_view text, const Style& style, double width);
  // The text, or as much of it as fits with … at the end.
  std::string fitted(std::string_view text, const Style& style, double width);
  // Where a word that is too wide is cut: the number of its first bytes that fit, at least one character.
  std::size_t bytesThatFit(std::string_view word, const Style& style, double width);

  // On a cairo context whose unit is the point; x and baseline in points.
  void draw(_cairo* context, std::string_view text, const Style& style, double x, double baseline);

 private:
  Typesetter();
  struct Word;
  struct Engine;
  const Word& word(std::string_view text, const Style& style);
  bool isSimple(std::string_view text, const Style& style);
  double widthByPango(std::string_view text, const Style& style);
  std::unique_ptr<Engine> engine_;
};

}  // namespace postgang::render
