// A correction changes the value that was asked for and leaves every other byte alone.
#include "formats/correct.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/bytes.h"
#include "formats/format.h"
#include "tests/formats/files.h"

namespace postgang::formats {
namespace {

using namespace document;

constexpr std::string_view small =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- from our billing system -->
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
         xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
         xmlns:cbc='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'>
  <cbc:ID>4711</cbc:ID>
  <cbc:AccountingCostCode>K1</cbc:AccountingCostCode>
  <cbc:LineCountNumeric>1</cbc:LineCountNumeric>
  <cbc:BuyerReference>Anna &amp; Bo<!-- as told --></cbc:BuyerReference>
  <cac:OrderReference>
    <cbc:ID/>
    <cbc:SalesOrderID>S1</cbc:SalesOrderID>
  </cac:OrderReference>
  <cac:AccountingCustomerParty>
    <cac:Party>
      <cbc:EndpointID schemeID="0088">7300000000004</cbc:EndpointID>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>Kommunen</cbc:RegistrationName>
      </cac:PartyLegalEntity>
    </cac:Party>
  </cac:AccountingCustomerParty>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cac:Price><cbc:PriceAmount currencyID="SEK">10</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
</Invoice>
)";

std::string replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out(text);
  const auto at = out.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return out.replace(at, from.size(), to);
}

std::string corrected(const std::vector<TermChange>& changes, std::string_view file = small) {
  auto result = correct(file, changes);
  EXPECT_TRUE(result) << result.error().code << ": " << result.error().detail;
  return result.value_or("");
}

std::string codeOf(const Result<std::string>& result) {
  return result ? "" : result.error().code;
}

TEST(Correct, ReplacesAValueAndNothingElse) {
  EXPECT_EQ(corrected({{Term::BT_10, "", "45 <123>", ""}}),
            replaced(small, "Anna &amp; Bo<!-- as told -->", "45 &lt;123&gt;"));
}

TEST(Correct, AnEmptyElementGetsItsValue) {
  EXPECT_EQ(corrected({{Term::BT_13, "", "45123456", ""}}),
            replaced(small, "<cbc:ID/>", "<cbc:ID>45123456</cbc:ID>"));
}

TEST(Correct, ANewElementStandsWhereTheSchemaWantsIt) {
  EXPECT_EQ(corrected({{Term::BT_19, "", "6110", ""}}),
            replaced(small, "  <cbc:LineCountNumeric>",
                     "  <cbc:AccountingCost>6110</cbc:AccountingCost>\n  <cbc:LineCountNumeric>"));
}

TEST(Correct, ANewGroupIsIndentedAsTheFileIs) {
  EXPECT_EQ(corrected({{Term::BT_52, "", "Umeå", ""}, {Term::BT_55, "", "se", ""}}),
            replaced(small, "      <cac:PartyLegalEntity>",
                     "      <cac:PostalAddress>\n        <cbc:CityName>Umeå</cbc:CityName>\n"
                     "        <cac:Country>\n          <cbc:IdentificationCode>SE</cbc:IdentificationCode>\n"
                     "        </cac:Country>\n      </cac:PostalAddress>\n      <cac:PartyLegalEntity>"));
}

TEST(Correct, TakenAwayLeavesNoEmptyElement) {
  const auto with = corrected({{Term::BT_12, "", "A-7", ""}, {Term::BT_18, "", "Mätare 9", ""}});
  EXPECT_NE(with.find("<cbc:DocumentTypeCode>130</cbc:DocumentTypeCode>"), std::string::npos);
  EXPECT_EQ(corrected({{Term::BT_12, "", std::nullopt, ""}, {Term::BT_18, "", std::nullopt, ""}}, with),
            small);
}

TEST(Correct, TheSchemeChangesWithTheAddress) {
  EXPECT_EQ(corrected({{Term::BT_49, "", "0007:559990-0122", ""}}),
            replaced(small, "\"0088\">7300000000004", "\"0007\">5599900122"));
  EXPECT_EQ(corrected({{Term::BT_49, "", "7300000000011", "0088"}}),
            replaced(small, "7300000000004", "7300000000011"));
}

TEST(Correct, ALineIsFoundByItsPlace) {
  const auto two = replaced(small, "  <cac:InvoiceLine>\n    <cbc:ID>1</cbc:ID>",
                            "  <cac:InvoiceLine><cbc:ID>7</cbc:ID></cac:InvoiceLine>\n  <cac:InvoiceLine>\n"
                            "    <cbc:ID>1</cbc:ID>");
  EXPECT_EQ(
      corrected({{Term::BT_132, "BG-25[2]", "3", ""}, {Term::BT_134, "BG-25[2]", "2026-11-01", ""}}, two),
      replaced(two, "    <cac:Price>",
               "    <cac:InvoicePeriod>\n      <cbc:StartDate>2026-11-01</cbc:StartDate>\n"
               "    </cac:InvoicePeriod>\n    <cac:OrderLineReference>\n      <cbc:LineID>3</cbc:LineID>\n"
               "    </cac:OrderLineReference>\n    <cac:Price>"));
  EXPECT_EQ(codeOf(correct(two, {{Term::BT_132, "", "3", ""}})), "place-unknown");
  EXPECT_EQ(codeOf(correct(two, {{Term::BT_132, "BG-25[3]", "3", ""}})), "place-unknown");
  EXPECT_EQ(codeOf(correct(two, {{Term::BT_132, "BG-24", "3", ""}})), "place-unknown");
  EXPECT_EQ(codeOf(correct(two, {{Term::BT_132, "BG-25[99999999999999999999]", "3", ""}})), "place-unknown");
}

TEST(Correct, AnotherOfARepeatedGroup) {
  const auto one = corrected({{Term::BT_25, "", "4700", ""}, {Term::BT_26, "", "2026-10-01", ""}});
  const auto two = corrected({{Term::BT_25, "BG-3[2]", "4701", ""}}, one);
  const auto reading = readDocument(two);
  const auto groups = reading->document.root().groups(Group::BG_3);
  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].text(Term::BT_26), "2026-10-01");
  EXPECT_EQ(groups[1].text(Term::BT_25), "4701");
  EXPECT_EQ(corrected({{Term::BT_25, "BG-3[2]", std::nullopt, ""}}, two), one);
}

TEST(Correct, APeriodBesideAnAbsentDeliveryMakesNone) {
  const auto file = corrected({{Term::BT_73, "", "2026-11-01", ""}});
  EXPECT_EQ(file.find("cac:Delivery"), std::string::npos);
  EXPECT_EQ(corrected({{Term::BT_73, "", std::nullopt, ""}}, file), small);
}

TEST(Correct, PrefixesAreTheFilesOwn) {
  auto other = replaced(small, "xmlns:cbc='", "xmlns='urn:x' xmlns:b='");
  other = replaced(other, "<Invoice xmlns=", "<i:Invoice xmlns:i=");
  other = replaced(other, "</Invoice>", "</i:Invoice>");
  for (auto at = other.find("cbc:"); at != std::string::npos; at = other.find("cbc:"))
    other.replace(at, 4, "b:");
  const auto file = corrected({{Term::BT_12, "", "A-7", ""}}, other);
  EXPECT_NE(file.find("<cac:ContractDocumentReference>\n    <b:ID>A-7</b:ID>"), std::string::npos);
}

TEST(Correct, ANamespaceThatIsNotInScopeIsDeclared) {
  const std::string_view file =
      "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'>"
      "<ID xmlns='urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2'>1</ID></Invoice>";
  const auto result = corrected({{Term::BT_13, "", "45", ""}}, file);
  EXPECT_EQ(readDocument(result)->document.text(Term::BT_13), "45");
  EXPECT_TRUE(result.ends_with("</cac:OrderReference></Invoice>")) << result;
}

TEST(Correct, OtherEncodingsBecomeUtf8AndSaySo) {
  auto latin = replaced(small, "UTF-8", "ISO-8859-1");
  latin = replaced(latin, "Kommunen", "K\xf6ping");
  const auto file = corrected({{Term::BT_13, "", "Å1", ""}}, latin);
  EXPECT_NE(file.find("encoding=\"UTF-8\""), std::string::npos);
  EXPECT_NE(file.find("Köping"), std::string::npos);
  EXPECT_EQ(corrected({{Term::BT_10, "", "x", ""}}, "\xef\xbb\xbf" + std::string(small)).substr(0, 3),
            "\xef\xbb\xbf");
}

TEST(Correct, LineEndsAreTheFilesOwn) {
  std::string windows;
  for (const char c : small) windows += c == '\n' ? "\r\n" : std::string(1, c);
  const auto file = corrected({{Term::BT_12, "", "A-7", ""}}, windows);
  EXPECT_EQ(std::count(file.begin(), file.end(), '\n'), std::count(file.begin(), file.end(), '\r'));
}

// What is never corrected, by the issue: seller, legal buyer, number, amounts, VAT, payment.
TEST(Correct, RefusesWhatTakesACreditNote) {
  for (const auto term : {Term::BT_1, Term::BT_2, Term::BT_9, Term::BT_27, Term::BT_30, Term::BT_31,
                          Term::BT_34, Term::BT_44, Term::BT_47, Term::BT_48, Term::BT_83, Term::BT_84,
                          Term::BT_112, Term::BT_115, Term::BT_118, Term::BT_131, Term::BT_146}) {
    const auto result = correct(small, {{term, "", "1", ""}});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "term-not-correctable");
    EXPECT_EQ(result.error().kind, ProblemKind::forbidden);
    EXPECT_EQ(result.error().parameters.at("term"), name(term));
    EXPECT_EQ(codeOf(correct(small, {{term, "", std::nullopt, ""}})), "term-not-correctable");
  }
}

struct Malformed {
  Term term;
  std::string value;
  std::string qualifier;
  std::string reason;
};

TEST(Correct, RefusesValuesThatCannotBeRight) {
  const Malformed cases[] = {
      {Term::BT_72, "2026-02-30", "", "not-a-date"},
      {Term::BT_72, "2026-02-03Z", "", "not-a-date"},
      {Term::BT_49, "5599900123", "0007", "check-digit"},
      {Term::BT_49, "559990", "0007", "malformed"},
      {Term::BT_49, "12", "9999", "scheme-unknown"},
      {Term::BT_49, "abc", "", "malformed"},  // as the GLN that stands there
      {Term::BT_49, "SE559990012201", "0007", "is-vat-number"},
      {Term::BT_46, "7300000000005", "0088", "check-digit"},
      {Term::BT_71, "7300000000005", "0088", "check-digit"},
      {Term::BT_55, "ZZ", "", "country"},
      {Term::BT_80, "Landet", "", "country"},
      {Term::BT_58, "anna.example.se", "", "mail-address"},
      {Term::BT_58, "a@b.se,c@d.se", "", "mail-address"},
      {Term::BT_10, "a\nb", "", "control-character"},
      {Term::BT_10, std::string("a\0b", 3), "", "control-character"},
      {Term::BT_10, "a\xef\xbf\xbf", "", "control-character"},
      {Term::BT_10, "\xff", "", "encoding"},
      {Term::BT_10, std::string(501, 'a'), "", "too-long"},
      {Term::BT_10, "  ", "", "empty"},
      {Term::BT_124, "javascript:alert(1)", "", "web-address"},
      {Term::BT_125, "QQ==", "", "binary"},
  };
  for (const auto& bad : cases) {
    const auto result = correct(small, {{bad.term, "", bad.value, bad.qualifier}});
    ASSERT_FALSE(result) << name(bad.term) << " " << bad.value;
    EXPECT_EQ(result.error().code, "term-value-malformed") << name(bad.term);
    EXPECT_EQ(result.error().parameters.at("reason"), bad.reason) << name(bad.term) << " " << bad.value;
  }
}

TEST(Correct, AnAddressKeepsTheSchemeThatItHadUnlessItShowsAnother) {
  const auto file = replaced(small, "schemeID=\"0088\">7300000000004", "schemeID=\"EM\">old@kund.example");
  EXPECT_NE(corrected({{Term::BT_49, "", "ny@kund.example", ""}}, file).find("\"EM\">ny@kund.example"),
            std::string::npos);
  EXPECT_NE(corrected({{Term::BT_49, "", "559990-0122", ""}}, file).find("\"0007\">5599900122"),
            std::string::npos);
  const auto none = checkedValue(Term::BT_49, "abc");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().parameters.at("reason"), "scheme-missing");
}

TEST(Correct, ACountryMayBeCalledByItsName) {
  EXPECT_EQ(checkedValue(Term::BT_80, "Sverige")->value, "SE");
  EXPECT_EQ(checkedValue(Term::BT_55, "norway")->value, "NO");
  EXPECT_EQ(checkedValue(Term::BT_55, "fi")->value, "FI");
}

TEST(Correct, FiveHundredCharactersAreNotTooMany) {
  std::string value;
  for (int i = 0; i < 500; ++i) value += "å";
  EXPECT_EQ(readDocument(corrected({{Term::BT_10, "", value, ""}}))->document.text(Term::BT_10), value);
}

TEST(Correct, WhatMustStandTogether) {
  const auto city = correct(small, {{Term::BT_52, "", "Umeå", ""}});
  EXPECT_EQ(codeOf(city), "term-needs-another");
  EXPECT_EQ(city.error().parameters.at("needs"), "BT-55");
  const auto file = replaced(small, "    <cbc:ID/>\n    <cbc:SalesOrderID>S1</cbc:SalesOrderID>",
                             "    <cbc:ID>45</cbc:ID>\n    <cbc:SalesOrderID>S1</cbc:SalesOrderID>");
  EXPECT_EQ(codeOf(correct(file, {{Term::BT_13, "", std::nullopt, ""}})), "term-needs-another");
  EXPECT_EQ(codeOf(correct(small, {{Term::BT_26, "", "2026-10-01", ""}})), "term-needs-another");
}

TEST(Correct, SaysWhenNothingChanges) {
  EXPECT_EQ(codeOf(correct(small, {{Term::BT_10, "", "Anna & Bo", ""}})), "nothing-changed");
  EXPECT_EQ(codeOf(correct(small, {{Term::BT_12, "", std::nullopt, ""}})), "nothing-changed");
  EXPECT_EQ(codeOf(correct(small, {})), "nothing-changed");
}

TEST(Correct, OfTwoChangesToOneValueTheLastCounts) {
  EXPECT_EQ(corrected({{Term::BT_10, "", "a", ""}, {Term::BT_10, "", "b", ""}}),
            corrected({{Term::BT_10, "", "b", ""}}));
}

TEST(Correct, RefusesOtherFormatsAndTooMuch) {
  EXPECT_EQ(codeOf(correct("<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>", {})),
            "format-not-supported");
  EXPECT_EQ(codeOf(correct("%PDF-1.4", {})), "format-not-xml");
  EXPECT_EQ(codeOf(correct(small, std::vector<TermChange>(201, {Term::BT_10, "", "x", ""}))),
            "correction-too-large");
}

NewAttachment picture(std::string reference = "Foto 1") {
  return {std::move(reference), "Skadan", "C:\\temp\\skada.png", "image/png",
          std::string("\x89PNG\r\n\x1a\n\0\1\2\xff", 12)};
}

TEST(Correct, AttachmentsComeBackByteForByte) {
  const auto result = correct(small, {}, {picture(), picture("Foto 2")});
  ASSERT_TRUE(result);
  const auto reading = readDocument(*result);
  const auto attachments = reading->document.attachments();
  ASSERT_EQ(attachments.size(), 2U);
  EXPECT_EQ(attachments[0].fileName, "skada.png");
  EXPECT_EQ(attachments[0].mimeCode, "image/png");
  EXPECT_EQ(attachments[1].reference, "Foto 2");
  EXPECT_EQ(fromBase64(attachments[0].base64), picture().bytes);
  const auto without = correct(*result, {}, {}, {"Foto 1", "BG-24[2]"});
  EXPECT_EQ(without.value_or(""), small);
}

TEST(Correct, RefusesAttachmentsThatNobodyTakes) {
  auto program = picture();
  program.mediaType = "application/x-msdownload";
  EXPECT_EQ(codeOf(correct(small, {}, {program})), "attachment-type-refused");
  auto disguised = picture();
  disguised.mediaType = "application/pdf";
  EXPECT_EQ(codeOf(correct(small, {}, {disguised})), "attachment-type-refused");
  auto large = picture();
  large.bytes.resize(attachment_bytes_max + 1);
  EXPECT_EQ(codeOf(correct(small, {}, {large})), "attachment-too-large");
  EXPECT_EQ(codeOf(correct(small, {}, {picture(), picture()})), "term-value-malformed");
  EXPECT_EQ(codeOf(correct(small, {}, {picture("")})), "term-value-malformed");
  EXPECT_EQ(codeOf(correct(small, {}, {}, {"Foto 9"})), "place-unknown");
}

}  // namespace
}  // namespace postgang::formats
