#include <gtest/gtest.h>

#include "xml/parse.h"

namespace postgang::xml {
namespace {

using namespace std::string_literals;

std::string utf16(std::u16string_view text, bool big, bool mark) {
  std::string out;
  const auto unit = [&](char16_t c) {
    const char high = static_cast<char>(c >> 8), low = static_cast<char>(c & 0xFF);
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) unit(0xFEFF);
  for (const char16_t c : text) unit(c);
  return out;
}

std::string readText(const std::string& bytes) {
  const auto tree = parse(bytes);
  return tree ? std::string(tree->root().text()) : tree.error().code;
}

std::string declared(std::string_view encoding, std::string_view content) {
  return "<?xml version=\"1.0\" encoding=\"" + std::string(encoding) + "\"?><a>" + std::string(content) +
         "</a>";
}

TEST(Encoding, ReadsUtf8WithAndWithoutMark) {
  EXPECT_EQ(readText("<a>Göteborg €</a>"), "Göteborg €");
  EXPECT_EQ(readText("\xEF\xBB\xBF<a>Göteborg</a>"), "Göteborg");
  EXPECT_EQ(readText("\xEF\xBB\xBF" + declared("utf-8", "å")), "å");
  EXPECT_EQ(readText(declared("US-ASCII", "plain")), "plain");
}

TEST(Encoding, ReadsTheWesternCodePagesByDeclaration) {
  EXPECT_EQ(readText(declared("ISO-8859-1", "G\xF6teborg \xA4")), "Göteborg ¤");
  EXPECT_EQ(readText(declared("iso-8859-15", "G\xF6teborg \xA4")), "Göteborg €");
  EXPECT_EQ(readText(declared("Windows-1252", "\x80 \x93quoted\x94 \x96 \xE5")), "€ “quoted” – å");
}

TEST(Encoding, ReadsUtf16OfBothOrders) {
  const std::u16string plain = u"<a>Göteborg € \U0001F4E8</a>";
  const std::u16string said = u"<?xml version='1.0' encoding='UTF-16'?><a>Göteborg</a>";
  for (const bool big : {false, true}) {
    EXPECT_EQ(readText(utf16(plain, big, true)), "Göteborg € \U0001F4E8");
    EXPECT_EQ(readText(utf16(said, big, true)), "Göteborg");
    EXPECT_EQ(readText(utf16(said, big, false)), "Göteborg");
  }
  EXPECT_EQ(readText(utf16(u"<?xml version='1.0' encoding='UTF-16LE'?><a>å</a>", false, false)), "å");
}

TEST(Encoding, RefusesBytesThatAreNotWhatTheySay) {
  EXPECT_EQ(readText("<a>G\xF6teborg</a>"), "xml-bad-encoding");
  EXPECT_EQ(readText(declared("UTF-8", "G\xF6teborg")), "xml-bad-encoding");
  EXPECT_EQ(readText(declared("US-ASCII", "Göteborg")), "xml-bad-encoding");
  EXPECT_EQ(readText(declared("UTF-16", "x")), "xml-bad-encoding");
  EXPECT_EQ(readText("\xEF\xBB\xBF" + declared("ISO-8859-1", "x")), "xml-bad-encoding");
  EXPECT_EQ(readText(utf16(u"<?xml version='1.0' encoding='UTF-8'?><a/>", false, true)), "xml-bad-encoding");
  EXPECT_EQ(readText(utf16(u"<?xml version='1.0' encoding='UTF-16BE'?><a/>", false, true)),
            "xml-bad-encoding");
  EXPECT_EQ(readText(utf16(u"<a/>", true, false)), "xml-bad-encoding");  // nothing says that it is UTF-16
  EXPECT_EQ(readText(declared("Windows-1252", "\x81")), "xml-bad-encoding");
}

TEST(Encoding, RefusesBrokenUtf16) {
  EXPECT_EQ(readText(utf16(u"<a/>", false, true) + "x"), "xml-bad-encoding");
  EXPECT_EQ(readText(utf16(u"<a>" + std::u16string(1, 0xD83D) + u"</a>", false, true)), "xml-bad-encoding");
  EXPECT_EQ(readText(utf16(u"<a>" + std::u16string(1, 0xDC00) + u"</a>", true, true)), "xml-bad-encoding");
  EXPECT_EQ(readText(utf16(u"<a/>" + std::u16string(1, 0xD83D), true, true)), "xml-bad-encoding");
}

TEST(Encoding, SaysWhichOnesItDoesNotRead) {
  EXPECT_EQ(readText(declared("EBCDIC-CP-SE", "x")), "xml-unsupported-encoding");
  EXPECT_EQ(readText("<\0\0\0a\0\0\0/\0\0\0>\0\0\0"s), "xml-unsupported-encoding");
  EXPECT_EQ(parse(declared("KOI8-R", "x")).error().kind, ProblemKind::unsupported);
}

TEST(Encoding, PointsAtTheBadByte) {
  EXPECT_EQ(parse("<a>\n<b>å\xF6</b></a>").error().where, "line 2, column 5");
  EXPECT_EQ(parse("<a>\n<b>x\x81</b></a>").error().where, "line 2, column 5");
}

TEST(Encoding, CountsColumnsInCharactersOfTheFileAsItCame) {
  const std::u16string wide = u"<a>\r\nåäö<b/></a>";
  EXPECT_EQ(parse(utf16(wide, true, true))->root().child("b").position().text(), "line 2, column 4");
  EXPECT_EQ(parse("\xEF\xBB\xBF<a/>")->root().position().text(), "line 1, column 1");
  const auto latin = parse("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>\xE5\xE4\xF6<b/></a>");
  EXPECT_EQ(latin->root().child("b").position().text(), "line 2, column 7");
}

}  // namespace
}  // namespace postgang::xml
