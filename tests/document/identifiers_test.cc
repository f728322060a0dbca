#include "document/identifiers.h"

#include <gtest/gtest.h>

namespace postgang::document {
namespace {

struct Good {
  const char* text;
  const char* scheme;
  const char* value;
};
class GoodIdentifier : public testing::TestWithParam<Good> {};
TEST_P(GoodIdentifier, IsNormalised) {
  const auto identifier = parseIdentifier(GetParam().text);
  ASSERT_TRUE(identifier) << GetParam().text << " " << identifier.error().code;
  EXPECT_EQ(identifier->scheme, GetParam().scheme);
  EXPECT_EQ(identifier->value, GetParam().value);
  EXPECT_EQ(*parseIdentifier(identifier->text()), *identifier);
}
INSTANTIATE_TEST_SUITE_P(
    Identifiers, GoodIdentifier,
    testing::Values(
        Good{"0007:5599900122", "0007", "5599900122"}, Good{" 0007:559990-0122 ", "0007", "5599900122"},
        Good{"0007:16559990-0122", "0007", "5599900122"}, Good{"0007:2120000787", "0007", "2120000787"},
        Good{"0088:7300000000004", "0088", "7300000000004"}, Good{"0192:999999999", "0192", "999999999"},
        Good{"0184:DK12345678", "0184", "12345678"}, Good{"0216:003723609679", "0216", "003723609679"},
        Good{"0216:003723609679AB1", "0216", "003723609679ab1"},
        Good{"0208:0999999922", "0208", "0999999922"}, Good{"0060:123456789", "0060", "123456789"},
        Good{"9915:TEST", "9915", "test"}, Good{"0204:991-12345-06", "0204", "991-12345-06"}));

struct Bad {
  const char* text;
  const char* code;
};
class BadIdentifier : public testing::TestWithParam<Bad> {};
TEST_P(BadIdentifier, SaysWhatIsWrongAndWhatToDo) {
  const auto identifier = parseIdentifier(GetParam().text);
  ASSERT_FALSE(identifier) << GetParam().text;
  EXPECT_EQ(identifier.error().code, GetParam().code) << GetParam().text;
  EXPECT_FALSE(identifier.error().advice.empty());
}
INSTANTIATE_TEST_SUITE_P(
    Identifiers, BadIdentifier,
    testing::Values(
        Bad{"", "identifier-malformed"}, Bad{"5599900122", "identifier-malformed"},
        Bad{"7:5599900122", "identifier-malformed"}, Bad{"0007:", "identifier-malformed"},
        Bad{"0007:559990012", "identifier-malformed"}, Bad{"0007:55999O0122", "identifier-malformed"},
        Bad{"0007:5599900123", "identifier-check-digit"}, Bad{"0088:7300000000005", "identifier-check-digit"},
        Bad{"0088:730000000000", "identifier-malformed"}, Bad{"0192:999999998", "identifier-check-digit"},
        Bad{"0216:003723609678", "identifier-check-digit"}, Bad{"0216:23609678", "identifier-malformed"},
        Bad{"0208:0999999923", "identifier-check-digit"}, Bad{"0001:1", "identifier-scheme-unknown"},
        Bad{"9999:1", "identifier-scheme-unknown"}, Bad{"9915:två ord", "identifier-malformed"},
        Bad{"0007:SE559990012201", "identifier-is-vat-number"}));

TEST(VatNumber, TellsTheRightForm) {
  EXPECT_EQ(parseIdentifier("0007:SE559990012201").error().advice, "Write 0007:5599900122.");
  EXPECT_EQ(organisationNumberOfVat("SE559990012201"), "5599900122");
  EXPECT_EQ(organisationNumberOfVat("se 559990-0122 01"), "5599900122");
  EXPECT_FALSE(organisationNumberOfVat("SE559990012301"));
  EXPECT_FALSE(organisationNumberOfVat("DE123456789"));
}

TEST(Luhn, OfPublishedNumbers) {
  EXPECT_EQ(luhnCheckDigit("123"), '0');
  EXPECT_TRUE(luhnHolds("12351"));  // 123 with a length digit
  EXPECT_TRUE(luhnHolds("123067"));
  EXPECT_TRUE(luhnHolds("0072019122420063"));
  EXPECT_FALSE(luhnHolds("0072019122420064"));
  EXPECT_FALSE(luhnHolds(""));
  EXPECT_FALSE(luhnHolds("0"));
  EXPECT_FALSE(luhnHolds("12a0"));
}

TEST(OrganisationNumber, HasTenDigitsAndLuhn) {
  EXPECT_TRUE(isSwedishOrganisationNumber("5568402266"));
  EXPECT_FALSE(isSwedishOrganisationNumber("5565624223"));  // stands in samples, and is wrong
  EXPECT_FALSE(isSwedishOrganisationNumber("556840-2266"));
  EXPECT_EQ(shownOrganisationNumber("5568402266"), "556840-2266");
  EXPECT_EQ(shownOrganisationNumber("hej"), "hej");
}

TEST(Personnummer, IsADateAndACheckDigit) {
  for (const auto* good :
       {"196505030004", "6505030004", "650503-0004", "650503+0004", "19650503-0004", "196505630001"})
    EXPECT_TRUE(isPersonnummer(good)) << good;
  for (const auto* bad :
       {"5599900122", "196513030004", "196505030005", "186505030004", "65050300", "K 650503-0004", ""})
    EXPECT_FALSE(isPersonnummer(bad)) << bad;
}

TEST(Personnummer, OfItOnlyTheMaskIsShown) {
  EXPECT_EQ(maskedPersonnummer("196505030004"), "19650503-****");
  EXPECT_EQ(maskedPersonnummer("650503-0004"), "650503-****");
  EXPECT_EQ(maskedPersonnummer("0004"), "****");
}

TEST(Gln, HasThirteenDigits) {
  EXPECT_TRUE(isGln("7300000000011"));
  EXPECT_FALSE(isGln("7315458756324"));  // the sample of the SBDH specification
  EXPECT_FALSE(isGln("730000000001"));
}

TEST(Iban, IsOneModulo97) {
  EXPECT_TRUE(isIban("SE3550000000054910000003"));
  EXPECT_TRUE(isIban("se35 5000 0000 0549 1000 0003"));
  EXPECT_TRUE(isIban("FI4950009420028730"));
  EXPECT_FALSE(isIban("SE3550000000054910000004"));
  EXPECT_FALSE(isIban("SE355000000005491000000"));
  EXPECT_FALSE(isIban("54029681"));
  EXPECT_EQ(shownIban("SE3550000000054910000003"), "SE35 5000 0000 0549 1000 0003");
}

TEST(Giro, Bankgiro) {
  EXPECT_TRUE(isBankgiro("54029681"));
  EXPECT_TRUE(isBankgiro("9020033"));
  EXPECT_FALSE(isBankgiro("1234567"));
  EXPECT_FALSE(isBankgiro("5402-9681"));
  EXPECT_EQ(shownBankgiro("54029681"), "5402-9681");
  EXPECT_EQ(shownBankgiro("9020033"), "902-0033");
}

TEST(Giro, Plusgiro) {
  EXPECT_TRUE(isPlusgiro("2865434"));
  EXPECT_FALSE(isPlusgiro("2865435"));
  EXPECT_EQ(shownPlusgiro("2865434"), "28 65 43-4");
  EXPECT_EQ(shownPlusgiro("12347"), "12 34-7");
  EXPECT_EQ(shownPlusgiro("1230"), "1 23-0");
  EXPECT_EQ(shownPlusgiro("18"), "1-8");
}

TEST(Ocr, HasTwoToTwentyFiveDigits) {
  EXPECT_TRUE(isOcr("1230"));
  EXPECT_TRUE(isOcr("18"));
  EXPECT_FALSE(isOcr("1231"));
  EXPECT_FALSE(isOcr("Faktura 1230"));
  EXPECT_FALSE(isOcr(std::string(26, '0')));
}

}  // namespace
}  // namespace postgang::document
