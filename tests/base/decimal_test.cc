#include "base/decimal.h"

#include <gtest/gtest.h>

namespace postgang {
namespace {

Decimal d(std::string_view text) {
  const auto value = Decimal::parse(text);
  EXPECT_TRUE(value) << text;
  return value.value_or(Decimal());
}
std::string shown(const std::optional<Decimal>& value) {
  return value ? value->text() : "overflow";
}
const std::string nines(36, '9');  // the largest coefficient

TEST(Decimal, ReadsTheXsdLexicalForm) {
  EXPECT_EQ(d("1234.50").text(), "1234.50");
  EXPECT_EQ(d("+7").text(), "7");
  EXPECT_EQ(d("-0.05").text(), "-0.05");
  EXPECT_EQ(d(".5").text(), "0.5");
  EXPECT_EQ(d("5.").text(), "5");
  EXPECT_EQ(d(" \n12.0\t").text(), "12.0");
  EXPECT_EQ(d("-0").text(), "0");
  EXPECT_EQ(d("000123.4").text(), "123.4");
}

TEST(Decimal, RefusesWhatIsNoDecimal) {
  for (const char* text :
       {"", " ", ".", "-", "+.", "1e3", "1,5", "1 000", "0x10", "1.2.3", "--1", "NaN", "INF", "1-"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, ReadsUpToItsLimitsAndNoFurther) {
  EXPECT_EQ(d(nines).text(), nines);
  EXPECT_EQ(d("-" + nines).text(), "-" + nines);
  EXPECT_FALSE(Decimal::parse("1" + std::string(36, '0')));
  EXPECT_EQ(d("0.123456789012345678").scale(), 18);
  EXPECT_FALSE(Decimal::parse("0.1234567890123456789"));
  EXPECT_EQ(d("23.4000000000000000000000000").text(),
            "23.400000000000000000");  // zeros past the limit say nothing
  EXPECT_EQ(d(std::string(500, '0') + "1").text(), "1");
}

TEST(Decimal, AddsAndSubtractsExactly) {
  EXPECT_EQ(shown(d("0.1").plus(d("0.2"))), "0.3");
  EXPECT_EQ(shown(d("1").plus(d("0.005"))), "1.005");
  EXPECT_EQ(shown(d("10.00").minus(d("10.01"))), "-0.01");
  EXPECT_EQ(shown(d(nines).plus(d("1"))), "overflow");
  EXPECT_EQ(shown(d("-" + nines).minus(d("1"))), "overflow");
  EXPECT_EQ(shown(d(nines).plus(d("0.00"))), nines);  // not for want of room for zeros
  EXPECT_EQ(shown(d(nines).plus(d("0.01"))), "overflow");
}

TEST(Decimal, MultipliesExactlyOrNotAtAll) {
  EXPECT_EQ(shown(d("12.50").times(d("3"))), "37.50");
  EXPECT_EQ(shown(d("-0.25").times(d("0.04"))), "-0.0100");
  EXPECT_EQ(shown(d("0.000000001").times(d("0.000000001"))), "0.000000000000000001");
  EXPECT_EQ(shown(d("0.0000000001").times(d("0.0000000010"))), "overflow");  // would need 19 places
  EXPECT_EQ(shown(d("0.5000000000").times(d("0.2000000000"))), "0.10");
  EXPECT_EQ(shown(d("1000000000000000000").times(d("1000000000000000000"))), "overflow");
  EXPECT_EQ(shown(d(nines).times(d("0"))), "0");
}

TEST(Decimal, DividesToAGivenScaleHalfTowardPlusInfinity) {
  EXPECT_EQ(shown(d("10").dividedBy(d("3"), 2)), "3.33");
  EXPECT_EQ(shown(d("20").dividedBy(d("3"), 2)), "6.67");
  EXPECT_EQ(shown(d("1").dividedBy(d("8"), 2)), "0.13");
  EXPECT_EQ(shown(d("-1").dividedBy(d("8"), 2)), "-0.12");
  EXPECT_EQ(shown(d("1").dividedBy(d("-8"), 2)), "-0.12");
  EXPECT_EQ(shown(d("-1").dividedBy(d("-8"), 2)), "0.13");
  EXPECT_EQ(shown(d("1").dividedBy(d("0.00"), 2)), "overflow");
  EXPECT_EQ(shown(d(nines).dividedBy(d(nines), 18)), "1.000000000000000000");
  EXPECT_EQ(shown(d(nines).dividedBy(d("0.1"), 0)), "overflow");
  EXPECT_EQ(shown(d("0.000000000000000001").dividedBy(d(nines), 0)), "0");
  EXPECT_EQ(shown(d("1.000000000000000000").dividedBy(d("3"), 0)), "0");
}

TEST(Decimal, RoundsHalvesTowardPlusInfinityAsTheStandardsAsk) {
  EXPECT_EQ(d("2.5").rounded(0).text(), "3");
  EXPECT_EQ(d("-2.5").rounded(0).text(), "-2");
  EXPECT_EQ(d("-2.51").rounded(0).text(), "-3");
  EXPECT_EQ(d("1.005").rounded(2).text(), "1.01");
  EXPECT_EQ(d("-1.005").rounded(2).text(), "-1.00");
  EXPECT_EQ(d("1.5").rounded(4).text(), "1.5");  // never adds places
}

TEST(Decimal, RoundsHalvesAwayFromZeroOnPaper) {
  EXPECT_EQ(d("-2.5").roundedHalfAway(0).text(), "-3");
  EXPECT_EQ(d("2.5").roundedHalfAway(0).text(), "3");
  EXPECT_EQ(d("-1.005").text(2), "-1.01");
  EXPECT_EQ(d("1.5").text(2), "1.50");
  EXPECT_EQ(d("7").text(2), "7.00");
  EXPECT_EQ(d("-0.004").text(2), "0.00");
}

TEST(Decimal, ComparesByValueAtAnyScale) {
  EXPECT_EQ(d("1.0"), d("1.00"));
  EXPECT_LT(d("-1.5"), d("-1.2"));
  EXPECT_LT(d("-0.5"), d("0"));
  EXPECT_LT(d("0.000000000000000001"), d("1"));
  EXPECT_GT(d(nines), d("999999999999999999.999999999999999999"));
  EXPECT_LT(d("-" + nines), d("0.000000000000000001"));
}

TEST(Decimal, GivesHundredthsForTheStore) {
  EXPECT_EQ(d("1234.5").hundredths(), 123450);
  EXPECT_EQ(d("-0.005").hundredths(), -1);
  EXPECT_EQ(d("92233720368547758.07").hundredths(), INT64_MAX);
  EXPECT_FALSE(d("92233720368547758.08").hundredths());
  EXPECT_FALSE(d(nines).hundredths());
}

TEST(Decimal, DropsTrailingZerosOnlyAfterThePoint) {
  EXPECT_EQ(d("100.500").normalised().text(), "100.5");
  EXPECT_EQ(d("100").normalised().text(), "100");
  EXPECT_EQ(d("0.000").normalised().text(), "0");
}

}  // namespace
}  // namespace postgang
