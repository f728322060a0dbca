#include "xml/writer.h"

#include <gtest/gtest.h>

#include "xml/parse.h"

namespace postgang::xml {
namespace {

TEST(Writer, WritesWhatItIsTold) {
  Writer writer({.indent = 2});
  writer.open("Invoice").declare("", "urn:invoice").declare("cbc", "urn:cbc");
  writer.leaf("cbc:ID", "F 1001");
  writer.leafIfAny("cbc:Note", "");
  writer.open("Price").open("cbc:Amount").attribute("currencyID", "SEK").text("10.00").close().close();
  writer.open("Empty").close();
  EXPECT_EQ(*writer.finish(), R"(<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:invoice" xmlns:cbc="urn:cbc">
  <cbc:ID>F 1001</cbc:ID>
  <Price>
    <cbc:Amount currencyID="SEK">10.00</cbc:Amount>
  </Price>
  <Empty/>
</Invoice>
)");
}

TEST(Writer, AddsNoWhiteSpaceUnlessAsked) {
  Writer writer({.declaration = false});
  writer.open("a").leaf("b", "c").open("d");
  EXPECT_EQ(*writer.finish(), "<a><b>c</b><d/></a>\n");
}

TEST(Writer, EscapesSoThatAReaderGetsBackWhatWasSaid) {
  const std::string value = " <a b=\"c\">&amp; ]]> 'x'\r\n\t å € \U0001F4E8 ";
  Writer writer;
  writer.open("a").attribute("b", value).text(value);
  const auto file = writer.finish();
  ASSERT_TRUE(file);
  const auto tree = parse(*file);
  ASSERT_TRUE(tree) << *file;
  EXPECT_EQ(tree->root().text(), value);
  EXPECT_EQ(tree->root().attribute("b"), value);
}

TEST(Writer, RefusesCharactersThatXmlCannotHold) {
  for (const std::string& value : {std::string("a\x01"), std::string(1, '\0'), std::string("\xEF\xBF\xBF"),
                                   std::string("G\xF6teborg"), std::string("\x1B[0m")}) {
    Writer writer;
    writer.open("Invoice").leaf("Note", value).leaf("ID", "1");
    const auto file = writer.finish();
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, "xml-unwritable-character");
    EXPECT_EQ(file.error().where, "Note");
  }
}

TEST(WriteTree, GivesTheSameTreeAgain) {
  const std::string file =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"u\" xmlns:p=\"v\" b=\"1\" p:c=\"&lt;&#10;\" "
      "xml:lang=\"sv\">"
      "<p:d xmlns:p=\"w\" p:e=\"\">x &amp; y</p:d> z <d xmlns=\"\"/></a>\n";
  const auto tree = parse(file);
  ASSERT_TRUE(tree);
  EXPECT_EQ(
      write(*tree),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"u\" xmlns:p=\"v\" b=\"1\" p:c=\"&lt;&#10;\" "
      "xml:lang=\"sv\"><p:d xmlns:p=\"w\" p:e=\"\">x &amp; y</p:d> z <d xmlns=\"\"/></a>\n");
}

TEST(WriteTree, AnElementBecomesAFileOfItsOwn) {
  const auto tree = parse(
      "<a xmlns='u' xmlns:p='v' xmlns:q='w'><p:b xmlns:q='x' "
      "c='p:t'><q:d/>&lt;</p:b><e><f/></e><p:g><h/></p:g></a>");
  ASSERT_TRUE(tree);
  const auto part = [&](std::string_view name) {
    const auto file = write(tree->root().child(name));
    return file.substr(file.find('\n') + 1);
  };
  EXPECT_EQ(part("b"), "<p:b xmlns:p=\"v\" xmlns:q=\"x\" c=\"p:t\"><q:d/>&lt;</p:b>\n");
  EXPECT_EQ(part("e"), "<e xmlns=\"u\" xmlns:p=\"v\" xmlns:q=\"w\"><f/></e>\n");
  EXPECT_EQ(part("g"), "<p:g xmlns=\"u\" xmlns:p=\"v\" xmlns:q=\"w\"><h/></p:g>\n");
}

}  // namespace
}  // namespace postgang::xml
