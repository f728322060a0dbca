#include "render/type.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.h"

namespace postgang::render {
namespace {

const Style line{8.5, Weight::regular, false, Tone::black};

TEST(Printable, KeepsTextAndLineBreaksAndNothingThatDeceives) {
  EXPECT_EQ(printable("Åre\tby\r\nrad 2\rrad 3"), "Åre by\nrad 2\nrad 3");
  EXPECT_EQ(printable("1\u202E00\u202C,00"), "100,00");  // a turned reading direction
  EXPECT_EQ(printable("a\u200Bb\uFEFFc"), "abc");
  EXPECT_EQ(printable(std::string("a\0b\x1b", 4)), "a b ");
  EXPECT_EQ(printable("x\xff\xfey"), "x\uFFFD\uFFFDy");
}

TEST(Typesetter, TabularFiguresAreOfOneWidth) {
  auto& type = Typesetter::ofThisThread();
  Style tabular = line;
  tabular.tabular = true;
  EXPECT_NEAR(type.width("1111", tabular), type.width("8888", tabular), 1e-9);
  EXPECT_LT(type.width("1111", line), type.width("8888", line));
}

TEST(Typesetter, BreaksIntoLinesThatFitAndLoseNothing) {
  auto& type = Typesetter::ofThisThread();
  const std::string text = "Daglig lokalvård plan 1–4 enligt avtal 321/123,\nstädvagn och material ingår";
  const auto lines = type.wrapped(text, line, 30);
  EXPECT_GT(lines.size(), 3u);
  for (const auto& part : lines) EXPECT_LE(type.width(part, line), 30.0);
  EXPECT_EQ(joined(lines, " "),
            "Daglig lokalvård plan 1–4 enligt avtal 321/123, städvagn och material ingår");
}

TEST(Typesetter, CutsAWordThatIsWiderThanTheLineBetweenCharacters) {
  auto& type = Typesetter::ofThisThread();
  std::string word;
  for (int i = 0; i < 500; ++i) word += "ö";
  const auto lines = type.wrapped(word, line, 40);
  EXPECT_GT(lines.size(), 10u);
  EXPECT_EQ(joined(lines, ""), word);
  for (const auto& part : lines) EXPECT_TRUE(isUtf8(part));
}

TEST(Typesetter, TextThatDoesNotFitEndsInAnEllipsis) {
  auto& type = Typesetter::ofThisThread();
  const std::string fitted = type.fitted("Bostadsrättsföreningen Utsikten i Nordhamn", line, 30);
  EXPECT_TRUE(fitted.ends_with("…"));
  EXPECT_LE(type.width(fitted, line), 30.0);
  EXPECT_EQ(type.fitted("Kort", line, 30), "Kort");
}

TEST(Typesetter, GivesEveryGlyphTheTextThatItStandsFor) {
  auto& type = Typesetter::ofThisThread();
  for (const std::string text : {"Öre 1 234,50 kr − fi", "שלום 12", "日本", "😀 ok", "e\u0301"}) {
    std::string seen;
    type.forEachGlyph(text, line, [&](const PlacedGlyph& glyph) { seen += glyph.text; });
    std::string wanted = text, got = seen;
    std::sort(wanted.begin(), wanted.end());  // right-to-left text comes in the order in which it is seen
    std::sort(got.begin(), got.end());
    EXPECT_EQ(got, wanted) << text;
    EXPECT_GT(type.width(text, line), 0.0);
  }
}

}  // namespace
}  // namespace postgang::render
