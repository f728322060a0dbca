#include "base/text.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace postgang {
namespace {

TEST(Folded, TakesTheMarksOffLatinLetters) {
  EXPECT_EQ(folded("Göteborg"), "goteborg");
  EXPECT_EQ(folded("ÅNGSTRÖM & Åäö"), "angstrom & aao");
  EXPECT_EQ(folded("Straße"), "strasse");
  EXPECT_EQ(folded("Ærø Þór Ðe øl"), "aero thor de ol");
  EXPECT_EQ(folded("Łódź, Dvořák, Šimůnek, Œuvre, ĳs, ŉ"), "lodz, dvorak, simunek, oeuvre, ijs, n");
  EXPECT_EQ(folded("ÿŸžŽſ"), "yyzzs");
}

TEST(Folded, FoldsEveryLatin1AndExtendedALetterToAscii) {
  for (char32_t c = 0xC0; c < 0x180; ++c) {
    if (c == 0xD7 || c == 0xF7) continue;  // the signs × and ÷
    std::string letter;
    appendUtf8(letter, c);
    const std::string fold = folded(letter);
    EXPECT_FALSE(fold.empty()) << letter;
    for (const char f : fold) EXPECT_TRUE(f >= 'a' && f <= 'z') << letter << " → " << fold;
  }
}

TEST(Folded, KeepsOtherScriptsLowerCased) {
  EXPECT_EQ(folded("ΑΘΗΝΑ МОСКВА 3×4 €"), "αθηνα москва 3×4 €");
  EXPECT_EQ(folded("A\u030Angstro\u0308m"), "angstrom");  // decomposed marks
  EXPECT_EQ(folded("a\xFF"
                   "b"),
            "ab");  // a broken byte is no letter
}

TEST(SwedishOrder, PutsTheLastThreeLettersAfterZ) {
  const std::vector<std::string> inOrder = {"Alingsås Bygg", "Björk & Co", "Étoile AB",
                                            "Etta",          "Zinkgruvan", "Ångkraft",
                                            "Ärlan",         "Ærøfærgen",  "Öresund Frakt"};
  for (std::size_t i = 1; i < inOrder.size(); ++i)
    EXPECT_LT(swedishOrder(inOrder[i - 1]), swedishOrder(inOrder[i])) << inOrder[i - 1] << ", " << inOrder[i];
  EXPECT_EQ(swedishOrder("ÅSA"), swedishOrder("åsa"));
  EXPECT_EQ(swedishOrder("A\u030Asa O\u0308berg"), swedishOrder("Åsa Öberg"));  // decomposed marks
  EXPECT_EQ(swedishOrder("a\xFF"
                         "b"),
            "ab");
}

TEST(Utf8, KnowsWhatIsNot) {
  EXPECT_TRUE(isUtf8("plain ASCII that is longer than eight"));
  EXPECT_TRUE(isUtf8("åäö € \U0001F4E8"));
  for (const char* text : {"\x80", "\xC3", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                           "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "abcdefgh\xFF", "\xFE"})
    EXPECT_FALSE(isUtf8(text));
  EXPECT_EQ(firstInvalidUtf8("abcdefghij\xE5k"), 10U);
}

TEST(Text, TrimsCollapsesSplitsAndJoins) {
  EXPECT_EQ(trimmed(" \t a b\r\n"), "a b");
  EXPECT_EQ(trimmed("  "), "");
  EXPECT_EQ(collapsed("  a \n\t b  "), "a b");
  EXPECT_EQ(split("a,,b", ',').size(), 3U);
  EXPECT_EQ(split("", ',').size(), 1U);
  EXPECT_EQ(joined({"", "a", "b"}, "; "), "; a; b");
  EXPECT_EQ(joined({}, "; "), "");
  EXPECT_EQ(digitsOf("bg 123-4567"), "1234567");
  EXPECT_EQ(lowered("ISO-8859-1 Å"), "iso-8859-1 Å");
  EXPECT_EQ(withoutControls("a\x01"
                            "b\tc\n\x7F"),
            "a b\tc\n ");
  EXPECT_EQ(withoutControls("a\u202Eb\u2066c\u2069d\u2028e\u0085f"), "a b c d e f");
  EXPECT_EQ(withoutControls("å€ \u2014\u2030 \u00A0\u2011\u200F \xE2"),
            "å€ \u2014\u2030 \u00A0\u2011\u200F \xE2");
}

TEST(Text, CountsAndCutsWholeCodePoints) {
  EXPECT_EQ(codePoints("åäö€"), 4U);
  EXPECT_EQ(truncated("åäö", 2), "åä");
  EXPECT_EQ(truncated("åäö", 9), "åäö");
  EXPECT_EQ(truncated("åäö", 0), "");
}

TEST(Language, IsTheFirstThatWeKnow) {
  EXPECT_EQ(languageFromTag("en-GB,en;q=0.9,sv;q=0.8"), Language::english);
  EXPECT_EQ(languageFromTag("de, sv-SE;q=0.7, en"), Language::swedish);
  EXPECT_EQ(languageFromTag(""), Language::swedish);
  EXPECT_EQ(languageFromTag("svx"), Language::swedish);
  EXPECT_EQ(code(Language::english), "en");
}

TEST(Texts, HoldTheWordsOfBothLanguages) {
  EXPECT_EQ(Texts::of(Language::swedish).word("status.document.received"), "Inkommet");
  EXPECT_EQ(Texts::of(Language::english).word("status.document.delivered"), "Delivered");
  EXPECT_EQ(Texts::of(Language::swedish).word("channel.print"), "Papper");
  EXPECT_FALSE(Texts::of(Language::swedish).has("status.document"));
  EXPECT_EQ(Texts::of(Language::swedish).word("no.such.key"), "no.such.key");
}

TEST(Texts, FillInParameters) {
  const auto& texts = Texts::of(Language::english);
  // A missing key stands for itself, which makes it a sentence to try on.
  EXPECT_EQ(texts.sentence("{{who}} has {{ count }} of {{kind}}", {{"who", "Nordhamn"}, {"count", "3"}}),
            "Nordhamn has 3 of {{kind}}");
  EXPECT_EQ(texts.sentence("an open {{brace", {}), "an open {{brace");
  EXPECT_EQ(texts.sentence("{{a}}{{a}}", {{"a", "{{b}}"}}), "{{b}}{{b}}");
}

}  // namespace
}  // namespace postgang
