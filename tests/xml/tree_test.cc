#include "xml/tree.h"

#include <gtest/gtest.h>

#include <thread>

#include "xml/parse.h"

namespace postgang::xml {
namespace {

constexpr std::string_view invoice = R"(<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:invoice" xmlns:cac="urn:cac" xmlns:cbc="urn:cbc">
  <cbc:ID>F 1001</cbc:ID>
  <cbc:Note>Sill &amp; potatis</cbc:Note>
  <cac:InvoiceLine><cbc:ID>1</cbc:ID><cac:Price>10.00</cac:Price></cac:InvoiceLine>
  <cac:InvoiceLine><cbc:ID>2</cbc:ID></cac:InvoiceLine>
  <cac:InvoiceLine>
    <cbc:ID schemeID="0088" xml:lang="sv">3</cbc:ID>
    <cac:Price currencyID="SEK">30.00</cac:Price>
  </cac:InvoiceLine>
</Invoice>)";

class TreeTest : public testing::Test {
 protected:
  Tree tree = std::move(*parse(invoice));
  Element root = tree.root();
};

TEST_F(TreeTest, ElementsHaveNamesNamespacesAndTexts) {
  EXPECT_EQ(root.name(), "Invoice");
  EXPECT_EQ(root.namespaceUri(), "urn:invoice");
  EXPECT_EQ(root.child("ID").text(), "F 1001");
  EXPECT_EQ(root.child("ID").namespaceUri(), "urn:cbc");
  EXPECT_EQ(root.child("Note").text(), "Sill & potatis");
  EXPECT_TRUE(root.child("urn:cac", "InvoiceLine").is("urn:cac", "InvoiceLine"));
  EXPECT_TRUE(root.child("urn:cbc", "InvoiceLine").isNil());
  EXPECT_EQ(root.child("ID").parent(), root);
  EXPECT_FALSE(root.parent());
}

TEST_F(TreeTest, WhatIsAbsentIsEmptyAllTheWayDown) {
  const Element absent = root.child("AccountingSupplierParty").child("Party");
  EXPECT_FALSE(absent);
  EXPECT_EQ(absent.text(), "");
  EXPECT_EQ(absent.name(), "");
  EXPECT_EQ(absent.attribute("schemeID"), "");
  EXPECT_EQ(absent.stringValue(), "");
  EXPECT_EQ(absent.location(), "");
  EXPECT_TRUE(absent.children().empty());
  EXPECT_TRUE(absent.children("x").empty());
  EXPECT_FALSE(absent.at("x/y"));
  EXPECT_FALSE(absent.nextSibling());
  EXPECT_FALSE(absent.parent());
  EXPECT_EQ(absent.attributeCount(), 0U);
  EXPECT_FALSE(absent.attributeNode("x").owner());
  EXPECT_EQ(absent.namespaceOfPrefix("cbc"), "");
}

TEST_F(TreeTest, ChildrenComeInDocumentOrder) {
  std::string ids;
  for (const Element line : root.children("InvoiceLine")) ids += line.child("ID").text();
  EXPECT_EQ(ids, "123");
  EXPECT_EQ(root.children().size(), 5U);
  const auto name = tree.name("urn:cac", "InvoiceLine");
  ASSERT_TRUE(name);
  EXPECT_EQ(root.children(*name).size(), 3U);
  EXPECT_FALSE(tree.name("urn:cbc", "NoSuchName"));
  EXPECT_EQ(root.firstChild().nextSibling().name(), "Note");
  EXPECT_LT(root.child("ID").index(), root.child("Note").index());
}

TEST_F(TreeTest, AttributesAreFoundWithoutANamespaceUnlessOneIsNamed) {
  const Element id = root.at("InvoiceLine[3]/ID");
  EXPECT_EQ(id.attribute("schemeID"), "0088");
  EXPECT_TRUE(id.hasAttribute("schemeID"));
  EXPECT_FALSE(id.hasAttribute("lang"));
  EXPECT_EQ(id.attribute("http://www.w3.org/XML/1998/namespace", "lang"), "sv");
  EXPECT_EQ(id.attributeCount(), 2U);
  EXPECT_EQ(id.attributeAt(1).name(), "lang");
  EXPECT_EQ(root.attributeCount(), 0U);  // declarations are no attributes
  EXPECT_EQ(root.child("ID").namespaceOfPrefix("cac"), "urn:cac");
  EXPECT_EQ(root.child("ID").namespaceOfPrefix(""), "urn:invoice");
  EXPECT_EQ(root.child("ID").namespaceOfPrefix("nobody"), "");
}

TEST_F(TreeTest, LocationsCountSiblingsOfTheSameName) {
  const Element price = root.at("InvoiceLine[3]/Price");
  EXPECT_EQ(price.location(), "/Invoice/InvoiceLine[3]/Price");
  EXPECT_EQ(root.location(), "/Invoice");
  EXPECT_EQ(price.attributeNode("currencyID").location(), "/Invoice/InvoiceLine[3]/Price/@currencyID");
  EXPECT_EQ(tree.at("/Invoice/InvoiceLine[3]/Price"), price);
  EXPECT_EQ(tree.at("/Invoice"), root);
  EXPECT_EQ(tree.attributeAt("/Invoice/InvoiceLine[3]/Price/@currencyID").value(), "SEK");
  for (const auto* nowhere :
       {"", "/", "Invoice", "/CreditNote", "/Invoice/InvoiceLine[4]", "/Invoice/InvoiceLine[0]",
        "/Invoice/InvoiceLine[x]", "/Invoice/", "/Invoice[2]", "/Invoice/InvoiceLine[", "/Invoice//ID"})
    EXPECT_FALSE(tree.at(nowhere)) << nowhere;
  EXPECT_FALSE(tree.attributeAt("/Invoice/@nothing"));
}

TEST_F(TreeTest, PositionsAreThoseOfTheFile) {
  EXPECT_EQ(root.position().text(), "line 2, column 1");
  EXPECT_EQ(root.at("InvoiceLine[3]/Price").position().text(), "line 9, column 5");
  EXPECT_EQ(root.at("InvoiceLine[3]/ID").attributeNode("schemeID").position().text(), "line 8, column 13");
  EXPECT_EQ(root.at("InvoiceLine/Price").line(), 5U);
  EXPECT_EQ(root.at("InvoiceLine/Price").column(), 38U);
}

TEST_F(TreeTest, StaysWhereItIsWhenItIsMoved) {
  const Element note = root.child("Note");
  const Tree moved = std::move(tree);
  EXPECT_EQ(note.text(), "Sill & potatis");
  EXPECT_EQ(moved.root().child("Note"), note);
}

TEST_F(TreeTest, StringValueIsAllTextBelow) {
  EXPECT_EQ(root.at("InvoiceLine").stringValue(), "110.00");
}

Element rootOf(const Result<Tree>& tree) {
  return tree ? tree->root() : Element();
}

TEST(Texts, AreAsIfCommentsAndInstructionsHadNeverBeenThere) {
  const auto tree = parse("<a>one<!-- x -->&amp;<?p?>two<![CDATA[<three>]]>\r\n<![CDATA[\r]]>four</a>");
  EXPECT_EQ(rootOf(tree).text(), "one&two<three>\n\nfour");
  EXPECT_EQ(tree->arena().nodes.size(), 2U);
}

TEST(Texts, OfMixedContentAreJoinedWhenAskedFor) {
  const auto tree = parse("<a>one <b>two</b> three<c/>&#33;</a>");
  EXPECT_EQ(rootOf(tree).text(), "one  three!");
  EXPECT_EQ(rootOf(tree).stringValue(), "one two three!");
  std::vector<std::thread> readers;
  for (int i = 0; i < 4; ++i)
    readers.emplace_back([&tree] { EXPECT_EQ(rootOf(tree).text(), "one  three!"); });
  for (auto& reader : readers) reader.join();
}

TEST(Texts, HaveTheirLineEndsAndReferencesReplaced) {
  EXPECT_EQ(rootOf(parse("<a>1\r\n2\r3\n4</a>")).text(), "1\n2\n3\n4");
  const auto kept = parse("<a>&lt;&gt;&quot;&apos;&#xE5;&#13;]]&gt;</a>");
  EXPECT_EQ(rootOf(kept).text(), "<>\"'å\r]]>");
}

TEST(AttributeValues, AreNormalised) {
  const auto tree = parse("<a b='1\r\n2\t3\n4&#10;5 &lt;\"' c=\"&apos;'\" d=''/>");
  EXPECT_EQ(rootOf(tree).attribute("b"), "1 2 3 4\n5 <\"");
  EXPECT_EQ(rootOf(tree).attribute("c"), "''");
  EXPECT_TRUE(rootOf(tree).hasAttribute("d"));
}

TEST(Namespaces, AreThoseOfTheInnermostDeclaration) {
  const auto tree =
      parse("<a xmlns='one' xmlns:p='p1'><b xmlns='two' xmlns:p='p2'><p:c/><c xmlns=''/></b><b/><p:c/></a>");
  std::string seen;
  const auto& arena = tree->arena();
  for (const Node& node : arena.nodes) seen += std::string(arena.names.uri(node.name)) + ' ';
  EXPECT_EQ(seen, "one two p2  one p1 ");
  EXPECT_EQ(rootOf(tree).child("b").child("c").namespaceOfPrefix("p"), "p2");
  EXPECT_EQ(rootOf(tree).child("b").child("", "c").location(), "/a/b/c");
}

TEST(Namespaces, OfAttributesAreNeverTheDefault) {
  const auto tree = parse("<a xmlns='u' b='1' p:b='2' xmlns:p='u'/>");
  EXPECT_EQ(rootOf(tree).attribute("b"), "1");
  EXPECT_EQ(rootOf(tree).attribute("u", "b"), "2");
}

TEST(Arena, SubtreesAreRanges) {
  const auto tree = parse("<a><b><c/><d/></b><e/></a>");
  const auto& arena = tree->arena();
  EXPECT_EQ(arena.nodes[0].end, 5U);
  EXPECT_EQ(arena.nodes[1].end, 4U);
  EXPECT_EQ(arena.nextSibling(1), 4U);
  EXPECT_EQ(arena.nextSibling(3), no_node);
  EXPECT_EQ(arena.firstChild(2), no_node);
}

}  // namespace
}  // namespace postgang::xml
