#include "render/layout.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/render/samples.h"

namespace postgang::render {
namespace {

using samples::InvoiceSketch;

Layout layoutOf(const InvoiceSketch& sketch, Channel channel = Channel::print,
                const Design& design = samples::design()) {
  return layOut(copyOf(samples::invoice(sketch), design, channel, Language::swedish), design);
}

std::vector<const TextRun*> texts(const Page& page) {
  std::vector<const TextRun*> runs;
  for (const Item& item : page.items)
    if (const auto* run = std::get_if<TextRun>(&item)) runs.push_back(run);
  return runs;
}

bool has(const Page& page, std::string_view text) {
  for (const TextRun* run : texts(page))
    if (run->text == text) return true;
  return false;
}

double leftEdge(const TextRun& run) {
  return run.anchor == Anchor::left ? run.x : run.x - run.width * (run.anchor == Anchor::right ? 1 : 0.5);
}

// What stands to the right on the same baseline.
std::string besideOf(const Page& page, std::string_view label) {
  for (const TextRun* run : texts(page)) {
    if (run->text != label) continue;
    for (const TextRun* other : texts(page))
      if (other != run && std::abs(other->y - run->y) < 0.01 && other->x > run->x) return other->text;
  }
  return "";
}

TEST(Layout, EveryLineStandsOnceOnWhateverPage) {
  for (const std::size_t lines : {0u, 1u, 5u, 12u, 21u, 22u, 23u, 24u, 60u, 301u}) {
    const Layout layout = layoutOf({.lines = lines});
    std::multiset<std::string> seen;
    for (const Page& page : layout.pages)
      for (const TextRun* run : texts(page))
        if (const std::size_t at = run->text.find(", rad "); at != std::string::npos)
          seen.insert(run->text.substr(at));
    EXPECT_EQ(seen.size(), lines);
    for (std::size_t i = 1; i <= lines; ++i) EXPECT_EQ(seen.count(", rad " + std::to_string(i)), 1u) << i;
  }
}

TEST(Layout, TheCarriedTotalIsTheSameOnBothSidesOfABreakAndEndsInTheSum) {
  const Layout layout = layoutOf({.lines = 130});
  ASSERT_GE(layout.pages.size(), 4u);
  for (std::size_t i = 0; i + 1 < layout.pages.size(); ++i) {
    const std::string to = besideOf(layout.pages[i], "Transport till sida " + std::to_string(i + 2));
    EXPECT_NE(to, "");
    EXPECT_EQ(to, besideOf(layout.pages[i + 1], "Transport från sida " + std::to_string(i + 1)));
  }
}

TEST(Layout, EveryPageHasHeadAndFoot) {
  const Layout layout = layoutOf({.lines = 60});
  for (std::size_t i = 0; i < layout.pages.size(); ++i) {
    EXPECT_TRUE(has(layout.pages[i], "Benämning"));
    EXPECT_TRUE(has(layout.pages[i], "Org.nr 559990-0122"));
    EXPECT_TRUE(has(layout.pages[i], "Godkänd för F-skatt"));
    EXPECT_TRUE(has(layout.pages[i],
                    "Sida " + std::to_string(i + 1) + " (" + std::to_string(layout.pages.size()) + ")"));
    if (i > 0) {
      EXPECT_TRUE(has(layout.pages[i], "Faktura 700451"));
    }
  }
}

TEST(Layout, NeverAPageWithOnlySums) {
  for (std::size_t lines = 1; lines < 80; ++lines) {
    const Layout layout = layoutOf({.lines = lines});
    for (const Page& page : layout.pages)
      if (has(page, "Summa exkl. moms")) {
        EXPECT_TRUE(has(page, "Benämning")) << lines << " lines";
      }
  }
}

TEST(Layout, AmountDueDateAccountAndOcrAreOnPageOne) {
  const Layout layout = layoutOf({.lines = 100});
  for (const char* text : {"senast 2026-11-30", "5050-1055", "7004 518"})
    EXPECT_TRUE(has(layout.pages[0], text)) << text;
}

TEST(Layout, NothingButTheAddressStandsInTheWindow) {
  Design design = samples::design();
  design.paymentSlip = true;
  for (const InvoiceSketch& sketch :
       {InvoiceSketch{.lines = 3},
        InvoiceSketch{.currency = "EUR", .bankgiro = "", .iban = "SE3550000000054910000003"}}) {
    const Layout layout = layoutOf(sketch, Channel::print, design);
    const std::set<std::string> allowed = {"Fjällviks Fastigheter AB", "Leverantörsreskontra", "Storgatan 14",
                                           "852 30  FJÄLLVIK"};
    for (const TextRun* run : texts(layout.pages[0])) {
      const bool inWindow = run->y > 41 && run->y - 2 < 83 && leftEdge(*run) + run->width > 103;
      if (inWindow && !run->text.starts_with("Avs: ")) {
        EXPECT_TRUE(allowed.count(run->text)) << run->text;
      }
    }
  }
}

TEST(Layout, NothingIsSmallerThanSixAndAHalfPointsOrOutsideTheMargins) {
  Design design = samples::design();
  design.paymentSlip = true;
  const std::string lengthy(300, 'W');
  for (const Channel channel : {Channel::email, Channel::print, Channel::bank}) {
    const InvoiceSketch sketch{.number = lengthy,
                               .ocr = lengthy,
                               .payee = lengthy,
                               .buyerName = lengthy,
                               .lines = 30,
                               .moreOnLine = [&](document::Builder& b, std::size_t) {
                                 b.add(document::Term::BT_127, lengthy);
                                 b.add(document::Term::BT_133, lengthy);
                               }};
    const Layout layout = layoutOf(sketch, channel, design);
    for (const Page& page : layout.pages)
      for (const TextRun* run : texts(page)) {
        EXPECT_GE(run->style.points, 6.5) << run->text;
        if (run->style.face == Face::machine) continue;
        EXPECT_GE(leftEdge(*run), 19.99) << run->text;
        EXPECT_LE(leftEdge(*run) + run->width, 195.01) << run->text;
        EXPECT_GT(run->y, 12);
        EXPECT_LT(run->y, 297 - 11);
      }
  }
}

// Two texts on one baseline must not run into each other.
TEST(Layout, FiguresDoNotRunIntoTheTextBesideThem) {
  const InvoiceSketch sketch{.lines = 6, .moreOnLine = [](document::Builder& b, std::size_t i) {
                               b.begin(document::Group::BG_27);
                               b.add(document::Term::BT_136, i % 2 == 0 ? "999999999999.99" : "1");
                               b.add(document::Term::BT_139,
                                     "Avdrag enligt en lång överenskommelse mellan parterna om priset");
                               b.end();
                             }};
  const Layout layout = layoutOf(sketch);
  for (const Page& page : layout.pages) {
    const auto runs = texts(page);
    for (const TextRun* a : runs)
      for (const TextRun* b : runs)
        if (a != b && std::abs(a->y - b->y) < 0.01 && leftEdge(*a) <= leftEdge(*b)) {
          EXPECT_LE(leftEdge(*a) + a->width, leftEdge(*b) + 0.05) << a->text << " | " << b->text;
        }
  }
}

TEST(Layout, TheSlipLeavesItsReadingFieldClear) {
  Design design = samples::design();
  design.paymentSlip = true;
  for (const std::size_t lines : {1u, 3u, 14u, 27u, 60u}) {
    const Layout layout = layoutOf({.lines = lines}, Channel::print, design);
    const Page& last = layout.pages.back();
    EXPECT_TRUE(has(last, "Inbetalning / girering"));
    EXPECT_TRUE(has(last, "Summa exkl. moms"));
    for (const TextRun* run : texts(last)) {
      if (run->y > 270 && run->y < 286) {
        EXPECT_EQ(run->style.face, Face::machine) << run->text;
      }
    }
    for (std::size_t i = 0; i + 1 < layout.pages.size(); ++i)
      EXPECT_FALSE(has(layout.pages[i], "Inbetalning / girering"));
  }
}

TEST(Layout, MailAndBankHaveTheSamePageWithoutWindowAndSlip) {
  const Layout mail = layoutOf({.lines = 3}, Channel::email), bank = layoutOf({.lines = 3}, Channel::bank);
  ASSERT_EQ(mail.pages.size(), bank.pages.size());
  EXPECT_EQ(texts(mail.pages[0]).size(), texts(bank.pages[0]).size());
  EXPECT_TRUE(has(mail.pages[0], "Kund"));
  EXPECT_FALSE(has(mail.pages[0], "852 30  FJÄLLVIK"));
}

TEST(Layout, ALineTallerThanAPageGoesOnOnTheNext) {
  std::string story;
  for (int i = 0; i < 280; ++i) story += "ord" + std::to_string(i) + "\n";
  const Layout layout = layoutOf({.lines = 2, .moreOnLine = [&](document::Builder& b, std::size_t i) {
                                    if (i == 1) b.add(document::Term::BT_127, story);
                                  }});
  EXPECT_GT(layout.pages.size(), 2u);
  std::size_t seen = 0;
  for (const Page& page : layout.pages)
    for (const TextRun* run : texts(page)) seen += run->text.starts_with("ord");
  EXPECT_EQ(seen, 280u);
}

TEST(Layout, ALineThatIsNotShownToItsEndCountsAsLeftOut) {
  const Layout layout = layoutOf({.lines = 1, .moreOnLine = [](document::Builder& b, std::size_t) {
                                    for (int i = 0; i < 60'000; ++i) {
                                      b.begin(document::Group::BG_27);
                                      b.add(document::Term::BT_136, "1");
                                      b.end();
                                    }
                                  }});
  EXPECT_LE(layout.pages.size(), sheet::pages_max);
  bool noted = false;
  for (const Page& page : layout.pages)
    for (const TextRun* run : texts(page))
      noted =
          noted || run->text.starts_with("Kopian slutar här. Antal rader som bara finns i originalfilen: 1.");
  EXPECT_TRUE(noted);
}

TEST(Layout, MoreLinesThanPagesAllowAreCountedInTheLastNote) {
  const Layout layout = layoutOf({.lines = 25'000});
  EXPECT_LE(layout.pages.size(), sheet::pages_max);
  bool noted = false, summed = false;
  for (const TextRun* run : texts(layout.pages.back())) {
    noted = noted || run->text.starts_with("Kopian slutar här. ");
    summed = summed || run->text == "Summa exkl. moms";
  }
  EXPECT_TRUE(noted);
  EXPECT_TRUE(summed);
}

}  // namespace
}  // namespace postgang::render
