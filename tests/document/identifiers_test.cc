#include "document/identifiers.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

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
        Good{"0192:988 077 917", "0192", "988077917"}, Good{"0096:1234567890", "0096", "1234567890"},
        Good{"0198:DK12345678", "0198", "dk12345678"}, Good{"0198:12345678", "0198", "dk12345678"},
        Good{"0196:120174-3399", "0196", "1201743399"}, Good{"0191:12345678", "0191", "12345678"},
        Good{"0037:003712345671", "0037", "003712345671"}, Good{"0037:2077474-0", "0037", "20774740"},
        Good{"0212:2077474-0", "0212", "20774740"}, Good{"0216:003720774740", "0216", "003720774740"},
        Good{"0208:0403019261", "0208", "0403019261"}, Good{"0242:987654", "0242", "987654"},
        Good{"0242:987654-ABC.a-b~c", "0242", "987654-abc.a-b~c"},
        Good{"0199:213800KUD8LAJWSQ9D15", "0199", "213800kud8lajwsq9d15"},
        Good{"9955:SE559990012201", "9955", "se559990012201"}, Good{"0213:FI2077474-0", "0213", "fi20774740"},
        Good{"9925:be0403019261", "9925", "be0403019261"}, Good{"9930:DE123456789", "9930", "de123456789"},
        Good{"9933:061828591", "9933", "061828591"}, Good{"9944:NL123456789B01", "9944", "nl123456789b01"},
        Good{"0007:165599900122", "0007", "5599900122"}, Good{"9915:TEST", "9915", "test"},
        Good{"0204:991-12345-06", "0204", "991-12345-06"}));

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
        Bad{"0192:988077918", "identifier-check-digit"}, Bad{"0184:02345678", "identifier-malformed"},
        Bad{"0184:1234567", "identifier-malformed"}, Bad{"0096:123456789", "identifier-malformed"},
        Bad{"0198:DK02345678", "identifier-malformed"}, Bad{"0198:SE12345678", "identifier-malformed"},
        Bad{"0196:1201743389", "identifier-check-digit"}, Bad{"0191:12345679", "identifier-check-digit"},
        Bad{"0191:1234567890", "identifier-malformed"}, Bad{"0060:12345678", "identifier-malformed"},
        Bad{"0037:2077474-1", "identifier-check-digit"}, Bad{"0037:1234567", "identifier-malformed"},
        Bad{"0212:20774741", "identifier-check-digit"}, Bad{"0213:FI20774741", "identifier-check-digit"},
        Bad{"0242:98765", "identifier-malformed"}, Bad{"0242:987654-AB", "identifier-malformed"},
        Bad{"0242:987654-ABC.ab", "identifier-malformed"}, Bad{"0242:987654-", "identifier-malformed"},
        Bad{"0199:213800KUD8LAJWSQ9D16", "identifier-check-digit"},
        Bad{"9955:SE559990012301", "identifier-check-digit"}, Bad{"9955:5599900122", "identifier-malformed"},
        Bad{"9930:DE12345678", "identifier-malformed"}, Bad{"9944:NL12345678901", "identifier-malformed"},
        Bad{"9925:BE0403019262", "identifier-check-digit"}, Bad{"9947:RO1", "identifier-malformed"},
        Bad{"0007:SE559990012201", "identifier-is-vat-number"},
        Bad{"0007:559990012201", "identifier-is-vat-number"},
        Bad{"0192:NO988077917MVA", "identifier-is-vat-number"},
        Bad{"0208:BE0403019261", "identifier-is-vat-number"},
        Bad{"0216:FI20774740", "identifier-is-vat-number"}));

TEST(BadIdentifiers, TellTheRightFormOfTheirScheme) {
  EXPECT_EQ(parseIdentifier("0198:1").error().advice,
            "It is DK and 8 digits, the first of which is not 0: 0198:DK12345678.");
  EXPECT_EQ(
      parseIdentifier("0191:12345679").error().advice,
      "Look for a mistyped digit. It is 8 digits, the last of which is the check digit: 0191:12345678.");
  EXPECT_EQ(parseIdentifier("0191:12345679").error().parameters.at("scheme"), "0191");
}

TEST(BadIdentifiers, OfVatNumbersTellTheNationalOne) {
  for (const auto& [written, meant] :
       std::vector<std::pair<const char*, const char*>>{{"0007:SE 559990-0122 01", "0007:5599900122"},
                                                        {"0007:559990-012201", "0007:5599900122"},
                                                        {"0007:SE650503000401", "0007:6505030004"},
                                                        {"0192:NO 988 077 917 MVA", "0192:988077917"},
                                                        {"0216:FI20774740", "0216:003720774740"}}) {
    const auto refused = parseIdentifier(written);
    ASSERT_FALSE(refused) << written;
    EXPECT_EQ(refused.error().parameters.at("suggestion"), meant) << written;
    EXPECT_TRUE(parseIdentifier(meant)) << meant;
  }
}

TEST(BadIdentifiers, ThatAreNoVatNumbersEither) {
  for (const auto* text : {"0007:SE559990012301", "0007:559990012301", "0007:559990012202"})
    EXPECT_EQ(parseIdentifier(text).error().code, "identifier-malformed") << text;
}

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
