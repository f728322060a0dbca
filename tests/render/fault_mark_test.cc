// Marks: what they frame, what they draw where the document has nothing, and what a cut-out says.
#include "render/fault_mark.h"

#include <gtest/gtest.h>

#include "render/faults.h"
#include "render/layout.h"
#include "render/render.h"
#include "tests/render/samples.h"

namespace postgang::render {
namespace {

using samples::InvoiceSketch;

MarkedCopy marked(const std::vector<FaultMark>& marks, const InvoiceSketch& sketch = {},
                  Channel channel = Channel::email) {
  return markedCopyOf(samples::invoice(sketch), samples::design(), channel, Language::swedish, marks);
}

std::vector<CutOut> pieces(const std::vector<FaultMark>& marks, const InvoiceSketch& sketch = {}) {
  return cutOuts(samples::invoice(sketch), samples::design(), Language::swedish, marks);
}

const Fact* markedFact(const std::vector<Fact>& facts) {
  for (const Fact& fact : facts)
    if (fact.fault != no_fault) return &fact;
  return nullptr;
}

TEST(FaultMark, AValueIsMarkedWhereItStands) {
  const auto copy = marked({{Term::BT_10, "", "Ska vara t.ex. 45"}}).copy;
  ASSERT_NE(markedFact(copy.references), nullptr);
  EXPECT_EQ(markedFact(copy.references)->label, "Er referens");
  EXPECT_EQ(copy.faults, std::vector<std::string>{"Ska vara t.ex. 45"});
  EXPECT_EQ(copy.references.size(), marked({}).copy.references.size());
}

TEST(FaultMark, WhatIsMissingIsDrawnWhereItWouldStand) {
  const auto copy = marked({{Term::BT_19, "", ""}}).copy;
  ASSERT_NE(markedFact(copy.references), nullptr);
  EXPECT_EQ(markedFact(copy.references)->label, "Er kontering");
  EXPECT_EQ(markedFact(copy.references)->value, "saknas");
}

TEST(FaultMark, AMarkWithoutWordsGetsSome) {
  EXPECT_EQ(marked({{Term::BT_10, "", ""}}).copy.faults.front(), "Behöver rättas");
}

TEST(FaultMark, DatesPaymentAndAmountsAreMarkedInTheirPlaces) {
  const auto copy = marked({{Term::BT_2, "", "x"},
                            {Term::BT_84, "BG-16/BG-17", "x"},
                            {Term::BT_115, "BG-22", "x"},
                            {Term::BT_9, "", "x"},
                            {Term::BT_109, "BG-22", "x"}})
                        .copy;
  EXPECT_EQ(markedFact(copy.titleFacts)->label, "Fakturadatum");
  EXPECT_EQ(markedFact(copy.dueFacts)->label, "Bankgiro");
  EXPECT_EQ(markedFact(copy.sums)->label, "Summa exkl. moms");
  EXPECT_NE(copy.dueFault, no_fault);
  EXPECT_NE(copy.dueSentenceFault, no_fault);
}

TEST(FaultMark, ALineIsMarkedInItsColumnOrBeneath) {
  const auto copy = marked({{Term::BT_131, "BG-25[2]", "x"}, {Term::BT_132, "BG-25[3]", ""}}).copy;
  ASSERT_EQ(copy.table.rows[1].cellFaults.size(), 1U);
  EXPECT_EQ(copy.table.rows[1].cellFaults[0].first, Cell::amount);
  ASSERT_EQ(copy.table.rows[2].underFaults.size(), 1U);
  EXPECT_EQ(copy.table.rows[2].under.back(), "Orderrad: saknas");
  EXPECT_TRUE(copy.table.rows[0].cellFaults.empty());
}

TEST(FaultMark, WhatADesignHidesIsShownWhereItIsWrong) {
  auto design = samples::design();
  design.hidden = {Term::BT_10};
  const auto copy =
      markedCopyOf(samples::invoice({}), design, Channel::email, Language::swedish, {{Term::BT_10, "", "x"}})
          .copy;
  EXPECT_EQ(copy.references.front().value, "Sara Lind");
  EXPECT_EQ(copy.references.front().fault, 0U);
}

// Every term there is, present or not, somewhere in a document or nowhere: one frame on the pages for each.
TEST(FaultMark, EveryTermFindsAPlaceOnThePages) {
  for (const auto channel : {Channel::email, Channel::print, Channel::bank})
    for (const auto& term : document::terms()) {
      const auto copy = marked({{term.term, "", "Ska rättas"}}, {}, channel).copy;
      const auto layout = layOut(copy, samples::design());
      std::size_t frames = 0;
      for (const Page& page : layout.pages)
        for (const Item& item : page.items) frames += std::holds_alternative<FaultFrame>(item) ? 1U : 0U;
      EXPECT_GE(frames, 1U) << term.name << " " << name(channel);
    }
}

TEST(FaultMark, WithoutMarksNothingChanges) {
  const auto invoice = samples::invoice({});
  for (const auto channel : {Channel::email, Channel::print, Channel::bank, Channel::readable}) {
    EXPECT_EQ(*renderHtml(invoice, samples::design(), channel, Language::swedish, {}),
              *renderHtml(invoice, samples::design(), channel, Language::swedish));
    EXPECT_EQ(renderHtml(invoice, samples::design(), channel, Language::swedish)->find("a3231c"),
              std::string::npos);
    EXPECT_NE(renderHtml(invoice, samples::design(), channel, Language::swedish, {{Term::BT_13, "", "x"}})
                  ->find("a3231c"),
              std::string::npos);
  }
}

TEST(FaultMark, HostileMarksAreEscapedAndBounded) {
  const std::vector<FaultMark> many(200,
                                    {Term::BT_13, "BG-25[99999999999999999999]", std::string(9'000, '<')});
  const auto html =
      renderHtml(samples::invoice({}), samples::design(), Channel::readable, Language::swedish, many);
  ASSERT_TRUE(html);
  EXPECT_EQ(html->find("<<"), std::string::npos);
  EXPECT_LT(html->size(), 200'000U);
  EXPECT_TRUE(renderPdf(samples::invoice({}), samples::design(), Channel::print, Language::swedish, many));
}

TEST(CutOut, HasTheFactsAroundTheMarkedOne) {
  const auto cut = pieces({{Term::BT_13, "", "Ska vara t.ex. 45123456"}});
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].heading, "Så står det på fakturan, sida 1");
  ASSERT_EQ(cut[0].cells.size(), 4U);
  EXPECT_EQ(cut[0].cells[1].label, "Ert ordernummer");
  EXPECT_TRUE(cut[0].cells[1].marked);
  EXPECT_EQ(cut[0].cells[1].note, "Ska vara t.ex. 45123456");
  EXPECT_FALSE(cut[0].cells[0].marked);
}

TEST(CutOut, MarksBesideEachOtherShareOne) {
  EXPECT_EQ(pieces({{Term::BT_10, "", ""}, {Term::BT_13, "", ""}}).size(), 1U);
  EXPECT_EQ(pieces({{Term::BT_10, "", ""}, {Term::BT_115, "BG-22", ""}}).size(), 2U);
}

TEST(CutOut, SaysPageAndLine) {
  const auto cut = pieces({{Term::BT_131, "BG-25[90]", ""}}, {.lines = 100});
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_GT(cut[0].page, 1);
  EXPECT_TRUE(cut[0].heading.ends_with(", rad 90")) << cut[0].heading;
  EXPECT_TRUE(cut[0].cells.back().marked);
}

TEST(CutOut, IsPlainHtmlForMail) {
  const auto html = cutOutHtml({"<b>", {{"a\"b", "<script>", true, "&"}}, 1});
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(html.find("&#8593; &amp;"), std::string::npos);
}

}  // namespace
}  // namespace postgang::render
