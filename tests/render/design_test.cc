#include "render/design.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace postgang::render {
namespace {

constexpr const char* plain_svg =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><path fill="#1d5c42" d="M0 0h40v10H0z"/></svg>)";

std::string codeOf(std::string_view json) {
  const auto design = designFromJson(json);
  return design ? "" : design.error().code;
}

TEST(Design, ComesBackFromItsJsonAsItWas) {
  const std::string logo = "data:image/svg+xml;base64," + base64(plain_svg);
  const auto design = designFromJson(R"({"language":"en","accent":"#1D5C42","logo":")" + logo + R"(",
    "brand":{"name":"Nordhamn","line":"Service"},"hide":["BT-19","bt-158"],"paymentSlip":true,"paymentCode":false,
    "texts":{"sv":{"contactHeading":"Fakturafrågor","contact":["060-555 01 20"],"payment":"Tack.","reminder":"Ring."}}})");
  ASSERT_TRUE(design) << design.error().detail << " " << design.error().where;
  EXPECT_EQ(design->logo.aspect, 4.0);
  EXPECT_EQ(design->swedish.contact, std::vector<std::string>{"060-555 01 20"});
  EXPECT_TRUE(design->hides(document::Term::BT_158));
  const auto again = designFromJson(designToJson(*design));
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, *design);
}

TEST(Design, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(codeOf("[]"), "design-not-json");
  EXPECT_EQ(codeOf("{"), "design-not-json");
  EXPECT_EQ(codeOf(R"({"colour":"#fff"})"), "design-unknown-member");
  EXPECT_EQ(codeOf(R"({"accent":"green"})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"accent":7})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"language":"no"})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"texts":{"sv":{"contact":["1","2","3","4","5"]}}})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"texts":{"sv":{"hello":"x"}}})"), "design-unknown-member");
  EXPECT_EQ(codeOf(R"({"logo":"http://example.com/logo.svg"})"), "logo-form-unknown");
  EXPECT_EQ(codeOf("{\"brand\":{\"name\":\"" + std::string(1'001, 'x') + "\"}}"), "design-member-wrong");
  EXPECT_EQ(designFromJson(R"({"texts":{"en":{"payment":1}}})").error().where, "/texts/en/payment");
}

TEST(Design, WhatAnInvoiceMustSayCannotBeHidden) {
  EXPECT_EQ(codeOf(R"({"hide":["BT-115"]})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"hide":["BT-1"]})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"hide":["BT-31"]})"), "design-member-wrong");
  EXPECT_EQ(codeOf(R"({"hide":["BT-19","BT-133"]})"), "");
}

TEST(Design, AWeakAccentGivesWayToInkOnWhite) {
  const Colour strong = colourFromHex("#1d5c42").value(), weak = colourFromHex("#ffd400").value();
  EXPECT_EQ(accentOnWhite(strong), strong);
  EXPECT_EQ(accentOnWhite(weak), ink);
  EXPECT_NEAR(contrastWithWhite(colourFromHex("#767676").value()), 4.54, 0.01);  // WCAG's own example
}

TEST(Logo, TakesPlainDrawings) {
  EXPECT_TRUE(checkedLogo(plain_svg));
}

TEST(Logo, RefusesAnSvgThatIsMoreThanADrawing) {
  const auto refused = [](const std::string& inside) {
    const auto logo =
        checkedLogo("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\">" + inside + "</svg>");
    return logo ? "" : logo.error().code;
  };
  EXPECT_EQ(refused("<script>alert(1)</script>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<image href=\"http://example.com/x.png\"/>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<rect onload=\"alert(1)\"/>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<path fill=\"url(http://example.com/#a)\"/>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<linearGradient xlink:href=\"other.svg#a\"/>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<style>@import 'x.css'</style>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<path style=\"fill:u&#114;l(x)\"/>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<style>a{fill:u\\72l(x)}</style>"), "logo-not-plain-drawing");
  EXPECT_EQ(refused("<filter/>"), "logo-not-plain-drawing");
  EXPECT_EQ(checkedLogo("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>").error().code, "logo-not-plain-drawing");
  EXPECT_EQ(checkedLogo("<svg").error().code, "logo-not-readable");
  EXPECT_EQ(checkedLogo("<svg " + std::string(300'000, ' ') + "/>").error().code, "logo-too-large");
  std::string many;
  for (int i = 0; i < 5'000; ++i) many += "<path d=\"M0 0h1\"/>";
  EXPECT_EQ(refused(many), "logo-too-large");
}

TEST(Logo, RefusesPngThatIsNoneOrABomb) {
  EXPECT_EQ(checkedLogo("\x89PNG\r\n\x1a\n").error().code, "logo-not-readable");
  std::string bomb("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  bomb += std::string("\0\0\xff\xff\0\0\xff\xff", 8) + std::string(40, '\0');
  EXPECT_EQ(checkedLogo(bomb).error().code, "logo-too-large");
  EXPECT_EQ(checkedLogo("GIF89a").error().code, "logo-form-unknown");
}

}  // namespace
}  // namespace postgang::render
