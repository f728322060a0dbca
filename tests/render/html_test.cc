#include "render/html.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "base/bytes.h"
#include "base/text.h"
#include "document/terms.h"
#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

using document::Builder;
using document::BusinessDocument;
using document::Group;
using document::Term;

std::string htmlOf(const BusinessDocument& document, Channel channel) {
  auto html = renderHtml(document, samples::design(), channel, Language::swedish);
  EXPECT_TRUE(html);
  return html.value_or("");
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// A document with the same text in every term that there is.
BusinessDocument filledWith(const std::string& text, document::Kind kind = document::Kind::invoice) {
  Builder b(kind);
  std::function<void(Group)> fill = [&](Group group) {
    for (const auto& term : document::terms())
      if (term.group == group) b.add(term.term, text, text, text);
    for (const auto& inner : document::groups()) {
      if (inner.parent != group || inner.group == Group::BG_0) continue;
      b.begin(inner.group);
      fill(inner.group);
      b.end();
    }
  };
  fill(Group::BG_0);
  return std::move(b).build();
}

TEST(Html, HasLanguageTitleAndNothingThatRunsOrReachesOut) {
  for (const Channel channel : {Channel::email, Channel::print, Channel::bank, Channel::readable}) {
    const std::string html = htmlOf(samples::invoice({.lines = 30}), channel);
    EXPECT_NE(html.find("<html lang=\"sv\">"), std::string::npos);
    EXPECT_NE(html.find("<title>Faktura 700451 från Nordhamn Service AB</title>"), std::string::npos);
    for (const char* forbidden :
         {"<script", "<link", "<iframe", "<form", " style=", " on", "http:", "https:", "src=\"/"}) {
      std::string rest = html;
      for (const char* own : {"http://www.w3.org/2000/svg"})
        for (std::size_t at = rest.find(own); at != std::string::npos; at = rest.find(own))
          rest.erase(at, strlen(own));
      if (std::string_view(forbidden) == " on") {
        EXPECT_EQ(rest.find(" onclick"), std::string::npos);
      } else {
        EXPECT_EQ(rest.find(forbidden), std::string::npos) << forbidden << " in " << name(channel);
      }
    }
  }
}

TEST(Html, ItsPolicyNamesTheDigestOfItsOwnStyle) {
  const std::string html = htmlOf(samples::invoice({}), Channel::email);
  const std::string policy = htmlContentSecurityPolicy(html);
  const std::size_t from = html.find("<style>") + 7, to = html.find("</style>");
  EXPECT_EQ(count(html, "<style"), 1u);
  EXPECT_NE(policy.find("style-src 'sha256-" + base64(view(sha256(html.substr(from, to - from)))) + "'"),
            std::string::npos);
  EXPECT_TRUE(policy.starts_with("default-src 'none'; "));
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
}

TEST(Html, EveryTextOfTheDocumentIsEscaped) {
  const std::string attack =
      "\"><script>alert('x')</script><img src=x onerror=alert(1)>&lt;/style>{{number}}";
  for (const auto kind : {document::Kind::invoice, document::Kind::credit_note, document::Kind::reminder}) {
    const BusinessDocument document = filledWith(attack, kind);
    for (const Channel channel : {Channel::email, Channel::print, Channel::bank, Channel::readable}) {
      const std::string html = htmlOf(document, channel);
      EXPECT_EQ(count(html, "<script"), 0u);
      EXPECT_EQ(count(html, "<img src=x"), 0u);
      EXPECT_EQ(count(html, "</style>"), 1u);
      EXPECT_EQ(count(html, "\"><scr"), 0u);
    }
    EXPECT_TRUE(renderPdf(document, Design{}, Channel::print, Language::swedish));
  }
}

TEST(Html, HostileTextsAreDrawnWithinBounds) {
  std::string noise;
  for (int i = 0; i < 256; ++i) noise += static_cast<char>(i);
  const std::string texts[] = {
      std::string(1'000'000, 'a'),
      std::string(1'000'000, ' ') + "x",
      std::string(50'000, '\n'),
      noise,
      "\u202Eurkron 001\u202C \u2066x\u2069 שלום عليكم 日本語 😀👩‍👩‍👧 "
      "e\u0301\u0301\u0301",
      "-.",
      "1e400",
      "99999999999999999999999999999999999999.99",
      "-0.00000000000000000000001",
      "9999-99-99",
      ""};
  for (const std::string& text : texts) {
    const BusinessDocument document = filledWith(text);
    for (const Channel channel : {Channel::print, Channel::readable}) {
      const std::string html = htmlOf(document, channel);
      EXPECT_LT(html.size(), 3'000'000u) << text.substr(0, 20);
      EXPECT_TRUE(isUtf8(html));
      const auto pdf = renderPdf(document, samples::design(), channel, Language::english);
      ASSERT_TRUE(pdf) << text.substr(0, 20);
      EXPECT_LT(pdf->size(), 3'000'000u);
    }
  }
}

TEST(Html, TenThousandLinesAreDrawn) {
  const BusinessDocument document = samples::invoice({.lines = 10'000});
  EXPECT_LT(htmlOf(document, Channel::email).size(), 40'000'000u);
  const std::string readable = htmlOf(document, Channel::readable);
  EXPECT_NE(readable.find("originalfilen: 5000."), std::string::npos);
  EXPECT_TRUE(renderPdf(document, Design{}, Channel::email, Language::swedish));
}

TEST(Html, TheReadablePageIsSmallAndStructured) {
  const std::string html = htmlOf(samples::invoice({.lines = 15}), Channel::readable);
  EXPECT_LT(html.size(), 50'000u);
  EXPECT_EQ(count(html, "<h1"), 1u);
  EXPECT_EQ(count(html, "<tr>"), 15u + 1 + 2 + 1 + 3 + 1);  // lines, sums, VAT and their heads
  EXPECT_NE(html.find("<dt>OCR-nummer</dt><dd>7004 518</dd>"), std::string::npos);
}

TEST(RenderOptions, AreThoseOfTheCommandLine) {
  const BusinessDocument document = samples::invoice({});
  const auto options = renderOptions(document, "print", R"({"language":"en"})", "", "html");
  ASSERT_TRUE(options);
  EXPECT_EQ(options->language, Language::english);
  EXPECT_TRUE(options->html);
  EXPECT_TRUE(render(document, *options));
  EXPECT_EQ(renderOptions(document, "fax", "", "", "").error().code, "render-channel-unknown");
  EXPECT_EQ(renderOptions(document, "email", "", "de", "").error().code, "render-language-unknown");
  EXPECT_EQ(renderOptions(document, "email", "", "", "png").error().code, "render-format-unknown");
  EXPECT_EQ(renderOptions(document, "email", "{", "", "").error().code, "design-not-json");
}

}  // namespace
}  // namespace postgang::render
