// Every rule of well-formedness that we know of, each with a document that breaks it alone.
#include <gtest/gtest.h>

#include "tests/xml/expat_judge.h"
#include "xml/parse.h"

namespace postgang::xml {
namespace {

using namespace std::string_literals;

struct Broken {
  std::string document;
  std::string rule;
};

std::string code(const std::string& document, const Limits& limits = {}) {
  const auto tree = parse(document, limits);
  return tree ? "good" : tree.error().code;
}

const std::vector<Broken> not_well_formed = {
    // one root, and nothing but white space, comments and processing instructions around it
    {"text", "text instead of an element"},
    {"text<a/>", "text before the root"},
    {"<a/>text", "text behind the root"},
    {"<a/><b/>", "two roots"},
    {"<a/><![CDATA[x]]>", "CDATA behind the root"},
    {"<a/>&amp;", "a reference behind the root"},
    {"<!-- only a comment -->", "no root at all"},
    {"</a>", "an end tag first"},
    // cut short
    {"<", "cut in a tag's start"},
    {"<a", "cut in a name"},
    {"<a ", "cut in a tag"},
    {"<a b", "cut in an attribute's name"},
    {"<a b=", "cut before a value"},
    {"<a b='", "cut in a value"},
    {"<a b='x'", "cut behind a value"},
    {"<a/", "cut in an empty element"},
    {"<a>", "cut in an element"},
    {"<a>text", "cut in text"},
    {"<a></", "cut in an end tag"},
    {"<a></a", "cut in an end tag's name"},
    {"<a><!-- x", "cut in a comment"},
    {"<a><!-- x --", "cut at the end of a comment"},
    {"<a><![CDATA[ x", "cut in CDATA"},
    {"<a><?pi", "cut in a processing instruction"},
    {"<?xml version='1.0'", "cut in the declaration"},
    {"<a>&am", "cut in a reference"},
    {"<a>\0</a>"s, "a NUL"},
    {"<a/>\0"s, "a NUL behind the root"},
    // tags
    {"<a></b>", "an end tag of another name"},
    {"<a></ab>", "an end tag that goes on"},
    {"<ab></a>", "an end tag that stops short"},
    {"<a><b></a></b>", "crossed elements"},
    {"<a></a b='c'>", "an attribute in an end tag"},
    {"< a/>", "a blank before the name"},
    {"<a></ a>", "a blank before an end tag's name"},
    {"<a/ >", "a blank within the empty element's end"},
    {"<a><></a>", "an element without a name"},
    {"<1a/>", "a name that begins with a digit"},
    {"<-a/>", "a name that begins with a hyphen"},
    {"<a\xC3\x97/>", "a name with a multiplication sign"},
    {"<a$/>", "a name with a dollar sign"},
    // attributes
    {"<a b/>", "an attribute without a value"},
    {"<a b=c/>", "a value without quotes"},
    {"<a b='c\"/>", "quotes that don't fit"},
    {"<a b='c'd='e'/>", "no white space between attributes"},
    {"<a b='<'/>", "a < in a value"},
    {"<a b='&'/>", "a lone ampersand in a value"},
    {"<a b='c' b='d'/>", "an attribute twice"},
    {"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "an attribute twice by its namespace"},
    {"<a 1b='c'/>", "an attribute's name that begins with a digit"},
    {"<a b='\x01'/>", "a control character in a value"},
    // text and references
    {"<a>]]></a>", "]]> in text"},
    {"<a>x &amp; ]]></a>", "]]> in text with a reference"},
    {"<a>\r]]></a>", "]]> behind a carriage return"},
    {"<a>&</a>", "a lone ampersand"},
    {"<a>& b</a>", "an ampersand before a blank"},
    {"<a>&amp</a>", "a reference without its semicolon"},
    {"<a>&nbsp;</a>", "an entity that only a DTD could declare"},
    {"<a>&AMP;</a>", "an entity in capitals"},
    {"<a>&#;</a>", "a character reference without digits"},
    {"<a>&#x;</a>", "a hexadecimal one without digits"},
    {"<a>&#12a;</a>", "a letter in a decimal reference"},
    {"<a>&#X41;</a>", "a capital X"},
    {"<a>&#0;</a>", "a reference to NUL"},
    {"<a>&#1;</a>", "a reference to a control character"},
    {"<a>&#xD800;</a>", "a reference to a surrogate"},
    {"<a>&#xFFFE;</a>", "a reference to U+FFFE"},
    {"<a>&#x110000;</a>", "a reference past the last character"},
    {"<a>&#99999999999999999999;</a>", "a reference that overflows"},
    {"<a>\x01</a>", "a control character"},
    {"<a>\x1F</a>", "another one"},
    {"<a>&amp;\x08</a>", "a control character behind a reference"},
    {"<a>\xEF\xBF\xBE</a>", "U+FFFE"},
    {"<a>\xEF\xBF\xBF</a>", "U+FFFF"},
    // comments, CDATA, processing instructions
    {"<a><!-- a -- b --></a>", "-- in a comment"},
    {"<a><!-- a ---></a>", "a comment that ends with --->"},
    {"<a><!- a --></a>", "a comment with one hyphen"},
    {"<a><!-- \x02 --></a>", "a control character in a comment"},
    {"<a><![CDATA[\x02]]></a>", "a control character in CDATA"},
    {"<a><![cdata[x]]></a>", "cdata in small letters"},
    {"<a><!ELEMENT a ANY></a>", "a declaration in content"},
    {"<a><?xml version='1.0'?></a>", "an XML declaration inside"},
    {" <?xml version='1.0'?><a/>", "an XML declaration behind a blank"},
    {"<a><?XML x?></a>", "a target XML in capitals"},
    {"<a><? x?></a>", "a processing instruction without a target"},
    {"<a><?1 x?></a>", "a target that is no name"},
    {"<a><?b\x01?></a>", "a control character in a processing instruction"},
    // the XML declaration
    {"<?xml?><a/>", "a declaration without a version"},
    {"<?xml encoding='UTF-8'?><a/>", "no version before the encoding"},
    {"<?xml version='1.0' standalone='maybe'?><a/>", "standalone that is neither yes nor no"},
    {"<?xml version='1.0' standalone='yes' encoding='UTF-8'?><a/>", "the wrong order"},
    {"<?xml version='1.0' version='1.0'?><a/>", "a version twice"},
    {"<?xml version=1.0?><a/>", "a version without quotes"},
    {"<?xml version='1.0'encoding='UTF-8'?><a/>", "no white space between"},
    {"<?xml version='1.0' encoding='UTF-8' x='y'?><a/>", "something else in it"},
    // namespaces
    {"<a xmlns:b=''/>", "a prefix that is declared to mean nothing"},
    {"<a xmlns:='u'/>", "a declaration of no prefix"},
    {"<a xmlns:b:c='u'/>", "a prefix with a colon"},
    {"<a xmlns:xmlns='u'/>", "a declaration of xmlns"},
    {"<a xmlns:xml='u'/>", "another meaning for xml"},
    {"<a xmlns:b='http://www.w3.org/XML/1998/namespace'/>", "another prefix for XML's namespace"},
    {"<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "XML's namespace as the default"},
    {"<a xmlns:b='http://www.w3.org/2000/xmlns/'/>", "the namespace of xmlns itself"},
    {"<a xmlns:b='u' xmlns:b='v'/>", "a prefix declared twice"},
    {"<a xmlns='u' xmlns='v'/>", "a default namespace declared twice"},
    {"<:a/>", "an empty prefix"},
    {"<a xmlns:b='u'><b:/></a>", "an empty local name"},
    {"<a xmlns:b='u'><b:1/></a>", "a local name that begins with a digit"},
    {"<a xmlns:b='u'><b:c:d/></a>", "two colons"},
    {"<xmlns:a/>", "xmlns as an element's prefix"},
};

TEST(WellFormed, RefusesWhatBreaksARule) {
  for (const auto& [document, rule] : not_well_formed) {
    EXPECT_EQ(code(document), "xml-not-well-formed") << rule << ": " << document;
    EXPECT_FALSE(judgedByExpat(document).wellFormed) << "expat takes " << rule << ": " << document;
  }
}

TEST(WellFormed, TakesWhatOnlyLooksOdd) {
  const std::vector<std::string> good = {
      "<a/>",
      "<a></a >",
      "<a\n\t b = 'c'\r\n/>",
      "<?xml version='1.0' encoding='utf-8' standalone=\"no\" ?>\n<a/>",
      "<!-- x --><?pi?><a/><!-- y --><?pi data ? > ?>\n",
      "<a>]] > ]></a>",
      "<a>></a>",
      "<a b='>' c=\"'\"/>",
      "<a><![CDATA[<b>&x;]]]]><![CDATA[>]]></a>",
      "<a>&#x41;&#65;&#x10FFFF;&#9;</a>",
      "<a>\x7F</a>",
      "<_a.b-c1/>",
      "<å ö='ä'/>",
      "<a xml:lang='sv'/>",
      "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
      "<a xmlns='u'><b xmlns=''/></a>",
      "<b:a b:c='d' xmlns:b='u'/>",
      "<a xmlns:p='u' p:b='1' b='2'/>",
      "<a><!----></a>",
      "<a><?xml-stylesheet x?></a>",
  };
  for (const auto& document : good) {
    EXPECT_EQ(code(document), "good") << document;
    EXPECT_TRUE(judgedByExpat(document).wellFormed) << document;
  }
}

TEST(WellFormed, NamesTheUnboundPrefix) {
  for (const auto* document : {"<b:a/>", "<a b:c='d'/>", "<a><b xmlns:c='u'/><c:d/></a>"}) {
    EXPECT_EQ(code(document), "xml-unbound-prefix") << document;
    EXPECT_FALSE(judgedByExpat(document).wellFormed);
  }
  EXPECT_EQ(parse("<a>\n <cbc:ID/></a>").error().where, "line 2, column 3");
}

TEST(WellFormed, ReadsNoDtd) {
  for (const auto* document :
       {"<!DOCTYPE a><a/>", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE l [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'><!ENTITY c '&b;&b;'>]><l>&c;</l>"})
    EXPECT_EQ(code(document), "xml-doctype") << document;
}

TEST(WellFormed, RefusesAnEmptyFile) {
  for (const auto* document : {"", " \r\n\t ", "\xEF\xBB\xBF", "\xFF\xFE"})
    EXPECT_EQ(code(document), "xml-empty");
}

TEST(WellFormed, SaysWhere) {
  const auto problem = [](std::string_view document) { return parse(document).error(); };
  EXPECT_EQ(problem("<a>\n  <b></c>\n</a>").where, "line 2, column 6");
  EXPECT_EQ(problem("<a>\r\n\r\r<å>ö</å>&x;</a>").where, "line 4, column 9");
  EXPECT_EQ(problem("<a>\n").where, "line 2, column 1");
  const Problem cut = problem("<a b='");
  EXPECT_EQ(cut.parameters.at("column"), "7");
  EXPECT_EQ(cut.kind, ProblemKind::invalid);
  EXPECT_NE(cut.detail.find("cut short"), std::string::npos);
}

TEST(WellFormed, CutsLongNamesInItsSentences) {
  const std::string name(1'000'000, 'x');
  EXPECT_LT(parse("<" + name + "></b>").error().detail.size(), 300U);
  EXPECT_LT(parse("<a>&" + name + ";</a>").error().detail.size(), 300U);
}

std::string nested(std::size_t depth) {
  std::string out;
  for (std::size_t i = 0; i < depth; ++i) out += "<a>";
  for (std::size_t i = 0; i < depth; ++i) out += "</a>";
  return out;
}

TEST(Limits, HoldDepth) {
  EXPECT_EQ(code(nested(256)), "good");
  EXPECT_EQ(code(nested(257)), "xml-too-deep");
  EXPECT_EQ(code(std::string(3'000'000, '<')), "xml-not-well-formed");
  std::string open;
  for (int i = 0; i < 1'000'000; ++i) open += "<a>";
  EXPECT_EQ(code(open), "xml-too-deep");
}

TEST(Limits, HoldSize) {
  EXPECT_EQ(code("<a>12345</a>", {.bytes = 12}), "good");
  const auto problem = parse("<a>123456</a>", {.bytes = 12}).error();
  EXPECT_EQ(problem.code, "xml-too-large");
  EXPECT_EQ(problem.kind, ProblemKind::too_large);
}

TEST(Limits, HoldElementsAttributesNamesAndNamespaces) {
  EXPECT_EQ(code("<a><b/><b/></a>", {.elements = 3}), "good");
  EXPECT_EQ(code("<a><b/><b/><b/></a>", {.elements = 3}), "xml-too-complex");
  std::string attributes, declarations, names;
  for (int i = 0; i < 20'000; ++i) {
    attributes += " a" + std::to_string(i) + "='x'";
    declarations += " xmlns:a" + std::to_string(i) + "='u'";
    names += "<a" + std::to_string(i) + " xmlns='u" + std::to_string(i) + "'/>";
  }
  EXPECT_EQ(code("<a" + attributes + "/>"), "xml-too-complex");
  EXPECT_EQ(code("<a" + declarations + "/>"), "xml-too-complex");
  EXPECT_EQ(code("<a>" + names + "</a>"), "xml-too-complex");
}

TEST(Limits, KeepHostileShapesCheap) {
  // Each would take minutes where a lookup or a text grew with what came before it.
  std::string pieces = "<a>", scopes, wide = "<a>";
  for (int i = 0; i < 200'000; ++i) pieces += "x<!---->&amp;<?p?>";
  for (int i = 0; i < 250; ++i)
    for (int j = 0; j < 100; ++j)
      scopes += (j == 0 ? "<a" : "") + (" xmlns:p" + std::to_string(j)) + "='u'" + (j == 99 ? ">" : "");
  for (int i = 0; i < 200'000; ++i) wide += "<b c='d'/>";
  const auto joined = parse(pieces + "</a>");
  ASSERT_TRUE(joined);
  EXPECT_EQ(joined->root().text().size(), 400'000U);
  std::string ends;
  for (int i = 0; i < 250; ++i) ends += "</a>";
  EXPECT_EQ(code(scopes + ends), "good");
  EXPECT_EQ(code(wide + "</a>"), "good");
}

}  // namespace
}  // namespace postgang::xml
