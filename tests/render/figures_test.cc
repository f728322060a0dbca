#include "render/figures.h"

#include <gtest/gtest.h>

namespace postgang::render {
namespace {

Decimal d(const char* text) {
  return Decimal::parse(text).value();
}

TEST(Figures, AmountsAreWrittenAsSwedesWriteThem) {
  EXPECT_EQ(shownMoney(d("172955"), "SEK", Language::swedish), "172\u00A0955,00\u00A0kr");
  EXPECT_EQ(shownMoney(d("4812.5"), "EUR", Language::swedish), "EUR\u00A04\u00A0812,50");
  EXPECT_EQ(shownAmount(d("-1628"), Language::swedish), "\u22121\u00A0628,00");
  EXPECT_EQ(shownAmount(d("0.005"), Language::swedish), "0,01");
  EXPECT_EQ(shownAmount(d("-0.001"), Language::swedish), "0,00");  // no minus before nothing
  EXPECT_EQ(shownAmount(d("1234567890.1"), Language::swedish), "1\u00A0234\u00A0567\u00A0890,10");
}

TEST(Figures, EnglishHasTheCodeFirstAndCommasInThousands) {
  EXPECT_EQ(shownMoney(d("172955"), "SEK", Language::english), "SEK\u00A0172,955.00");
}

TEST(Figures, QuantitiesAndPricesKeepTheDecimalsTheyHave) {
  EXPECT_EQ(shownQuantity(d("1.00001"), Language::swedish), "1,00001");
  EXPECT_EQ(shownQuantity(d("16.00"), Language::swedish), "16");
  EXPECT_EQ(shownPrice(d("10"), Language::swedish), "10,00");
  EXPECT_EQ(shownPrice(d("0.5480"), Language::swedish), "0,548");
  EXPECT_EQ(shownPrice(d("10.000001"), Language::swedish), "10,000001");
  EXPECT_EQ(shownPercent(d("25.00"), Language::swedish), "25\u00A0%");
  EXPECT_EQ(shownPercent(d("25"), Language::english), "25%");
}

}  // namespace
}  // namespace postgang::render
