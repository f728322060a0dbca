#include "formats/invoice_response.h"

#include <gtest/gtest.h>

#include "xml/parse.h"

namespace postgang::formats {
namespace {

InvoiceResponse answer() {
  InvoiceResponse response;
  response.id = "imr-1";
  response.issueDate = Date::of(2026, 11, 29);
  response.sender = {"0007:5599900122", "0007:5599900122", "Nordhamn AB", "Karin Sund", "08-1",
                     "k@a.example"};
  response.receiver = {"0088:7300010000001", "", "Björkvik AB", "", "", ""};
  response.status = InvoiceStatus::rejected;
  response.since = Date::of(2026, 11, 28);
  response.clarifications = {
      {ClarificationKind::reason, "LEG", "VAT number not found", {{"BT-48", "SE559990012201"}}},
      {ClarificationKind::action, "NIN", "", {}}};
  response.invoiceNumber = "inv-17";
  response.invoiceDate = Date::of(2026, 11, 1);
  return response;
}
std::string codeOf(const InvoiceResponse& response) {
  const auto checked = checkInvoiceResponse(response);
  return checked ? "" : checked.error().code;
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(InvoiceResponse, IsWrittenAsTheBisHasIt) {
  const auto text = writeInvoiceResponse(answer());
  ASSERT_TRUE(text) << text.error().detail;
  EXPECT_EQ(*text, R"(<?xml version="1.0" encoding="UTF-8"?>
<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:invoice_response:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:invoice_response:3</cbc:ProfileID>
  <cbc:ID>imr-1</cbc:ID>
  <cbc:IssueDate>2026-11-29</cbc:IssueDate>
  <cac:SenderParty>
    <cbc:EndpointID schemeID="0007">5599900122</cbc:EndpointID>
    <cac:PartyIdentification>
      <cbc:ID schemeID="0007">5599900122</cbc:ID>
    </cac:PartyIdentification>
    <cac:PartyLegalEntity>
      <cbc:RegistrationName>Nordhamn AB</cbc:RegistrationName>
    </cac:PartyLegalEntity>
    <cac:Contact>
      <cbc:Name>Karin Sund</cbc:Name>
      <cbc:Telephone>08-1</cbc:Telephone>
      <cbc:ElectronicMail>k@a.example</cbc:ElectronicMail>
    </cac:Contact>
  </cac:SenderParty>
  <cac:ReceiverParty>
    <cbc:EndpointID schemeID="0088">7300010000001</cbc:EndpointID>
    <cac:PartyLegalEntity>
      <cbc:RegistrationName>Björkvik AB</cbc:RegistrationName>
    </cac:PartyLegalEntity>
  </cac:ReceiverParty>
  <cac:DocumentResponse>
    <cac:Response>
      <cbc:ResponseCode>RE</cbc:ResponseCode>
      <cbc:EffectiveDate>2026-11-28</cbc:EffectiveDate>
      <cac:Status>
        <cbc:StatusReasonCode listID="OPStatusReason">LEG</cbc:StatusReasonCode>
        <cbc:StatusReason>VAT number not found</cbc:StatusReason>
        <cac:Condition>
          <cbc:AttributeID>BT-48</cbc:AttributeID>
          <cbc:Description>SE559990012201</cbc:Description>
        </cac:Condition>
      </cac:Status>
      <cac:Status>
        <cbc:StatusReasonCode listID="OPStatusAction">NIN</cbc:StatusReasonCode>
      </cac:Status>
    </cac:Response>
    <cac:DocumentReference>
      <cbc:ID>inv-17</cbc:ID>
      <cbc:IssueDate>2026-11-01</cbc:IssueDate>
      <cbc:DocumentTypeCode>380</cbc:DocumentTypeCode>
    </cac:DocumentReference>
  </cac:DocumentResponse>
</ApplicationResponse>
)");
}

TEST(InvoiceResponse, IsReadAgain) {
  auto response = answer();
  response.issuedAt = *Instant::parse("2026-11-29T23:30:00Z");
  response.note = "Please call";
  response.seller = ResponseParty{"", "0088:7300010000002", "Björkvik Väst", "", "", ""};
  response.buyer = ResponseParty{"", "", "Nordhamn Energi", "", "", ""};
  const auto text = writeInvoiceResponse(response);
  ASSERT_TRUE(text);
  EXPECT_TRUE(isInvoiceResponse(*xml::parse(*text)));
  const auto again = readInvoiceResponse(*text);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->id, response.id);
  EXPECT_EQ(again->issueDate, response.issueDate);
  EXPECT_EQ(again->issuedAt, response.issuedAt);
  EXPECT_EQ(again->note, response.note);
  EXPECT_EQ(again->sender.endpoint, response.sender.endpoint);
  EXPECT_EQ(again->sender.identifier, response.sender.identifier);
  EXPECT_EQ(again->sender.name, response.sender.name);
  EXPECT_EQ(again->sender.contact, response.sender.contact);
  EXPECT_EQ(again->sender.telephone, response.sender.telephone);
  EXPECT_EQ(again->sender.email, response.sender.email);
  EXPECT_EQ(again->receiver.endpoint, response.receiver.endpoint);
  ASSERT_TRUE(again->seller);
  EXPECT_EQ(again->seller->name, "Björkvik Väst");
  EXPECT_EQ(again->seller->identifier, "0088:7300010000002");
  ASSERT_TRUE(again->buyer);
  EXPECT_EQ(again->buyer->name, "Nordhamn Energi");
  EXPECT_EQ(again->status, response.status);
  EXPECT_EQ(again->since, response.since);
  ASSERT_EQ(again->clarifications.size(), 2U);
  EXPECT_EQ(again->clarifications[0].kind, ClarificationKind::reason);
  EXPECT_EQ(again->clarifications[0].code, "LEG");
  EXPECT_EQ(again->clarifications[0].words, "VAT number not found");
  EXPECT_EQ(again->clarifications[0].details.at(0).term, "BT-48");
  EXPECT_EQ(again->clarifications[0].details.at(0).value, "SE559990012201");
  EXPECT_EQ(again->clarifications[1].kind, ClarificationKind::action);
  EXPECT_EQ(again->clarifications[1].code, "NIN");
  EXPECT_EQ(again->invoiceNumber, "inv-17");
  EXPECT_EQ(again->invoiceDate, response.invoiceDate);
  EXPECT_EQ(again->invoiceType, "380");
}

// PEPPOL-T111-R001.
TEST(InvoiceResponse, SomeStatusesNeedAReason) {
  for (const auto status :
       {InvoiceStatus::conditionally_accepted, InvoiceStatus::under_query, InvoiceStatus::rejected}) {
    auto response = answer();
    response.status = status;
    EXPECT_EQ(codeOf(response), "") << code(status);
    response.clarifications[0].code = "";  // the action's code is one, too
    EXPECT_EQ(codeOf(response), "") << code(status);
    response.clarifications.pop_back();
    EXPECT_EQ(codeOf(response), "invoice-response-unexplained") << code(status);
    response.clarifications.clear();
    EXPECT_EQ(codeOf(response), "invoice-response-unexplained") << code(status);
    EXPECT_FALSE(writeInvoiceResponse(response));
  }
  for (const auto status :
       {InvoiceStatus::received, InvoiceStatus::in_process, InvoiceStatus::accepted, InvoiceStatus::paid}) {
    auto response = answer();
    response.status = status;
    response.clarifications.clear();
    EXPECT_EQ(codeOf(response), "") << code(status);
    const auto again = readInvoiceResponse(*writeInvoiceResponse(response));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->status, status);
  }
}

// R004, R005.
TEST(InvoiceResponse, PartlyPaidGoesWithPaidAndWords) {
  auto response = answer();
  response.status = InvoiceStatus::paid;
  response.clarifications = {{ClarificationKind::reason, "PPD", "500.00 SEK", {}}};
  EXPECT_EQ(codeOf(response), "");
  response.clarifications[0].words = "";
  EXPECT_EQ(codeOf(response), "invoice-response-unexplained");
  response.clarifications[0].words = "500.00 SEK";
  response.status = InvoiceStatus::accepted;
  EXPECT_EQ(codeOf(response), "invoice-response-unfit");
}

// R006, R007.
TEST(InvoiceResponse, CodesAreOfTheirList) {
  const auto with = [](ClarificationKind kind, const std::string& code) {
    auto response = answer();
    response.clarifications = {{kind, code, "words", {}}};
    return codeOf(response);
  };
  for (const auto* reason :
       {"NON", "REF", "LEG", "REC", "QUA", "DEL", "PRI", "QTY", "ITM", "PAY", "UNR", "FIN", "OTH"})
    EXPECT_EQ(with(ClarificationKind::reason, reason), "") << reason;
  for (const auto* action : {"NOA", "PIN", "NIN", "CNF", "CNP", "CNA", "OTH"})
    EXPECT_EQ(with(ClarificationKind::action, action), "") << action;
  for (const auto* reason : {"NOA", "leg", "QQQ", "LEG "})
    EXPECT_EQ(with(ClarificationKind::reason, reason), "invoice-response-malformed") << reason;
  for (const auto* action : {"LEG", "PPD", "nin"})
    EXPECT_EQ(with(ClarificationKind::action, action), "invoice-response-malformed") << action;
}

TEST(InvoiceResponse, EveryFieldIsNeeded) {
  const auto without = [](auto change) {
    auto response = answer();
    change(response);
    return codeOf(response);
  };
  EXPECT_EQ(without([](InvoiceResponse& r) { r.id = " "; }), "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.sender.endpoint = "5599900122"; }),
            "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.receiver.name = ""; }), "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.seller.emplace(); }), "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.invoiceNumber = ""; }), "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.invoiceType = ""; }), "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.clarifications.emplace_back(); }),
            "invoice-response-malformed");
  EXPECT_EQ(without([](InvoiceResponse& r) { r.clarifications[0].details[0].term = ""; }),
            "invoice-response-malformed");
}

// A rule that does not hold is no reason not to see what somebody has answered.
TEST(InvoiceResponse, IsReadEvenWhereItsRulesDoNotHold) {
  const auto text = *writeInvoiceResponse(answer());
  const auto begin = text.find("<cac:Status>"), end = text.rfind("</cac:Status>") + 13;
  auto bare = text;
  bare.erase(begin, end - begin);
  const auto response = readInvoiceResponse(bare);
  ASSERT_TRUE(response) << response.error().detail;
  EXPECT_EQ(response->status, InvoiceStatus::rejected);
  EXPECT_EQ(codeOf(*response), "invoice-response-unexplained");
}

TEST(InvoiceResponse, AnotherFormIsRefused) {
  const auto text = *writeInvoiceResponse(answer());
  const auto refused = [&](std::string_view from, std::string_view to) {
    const auto response = readInvoiceResponse(replaced(text, from, to));
    return response ? "" : response.error().code;
  };
  EXPECT_EQ(refused("trns:invoice_response:3", "trns:mlr:3"), "invoice-response-malformed");
  EXPECT_EQ(refused(">RE<", ">XX<"), "invoice-response-malformed");
  EXPECT_EQ(refused(">2026-11-28<", ">2026-13-28<"), "invoice-response-malformed");
  EXPECT_EQ(refused("OPStatusReason", "OPOther"), "invoice-response-malformed");
  EXPECT_EQ(refused("<cbc:ID>inv-17</cbc:ID>", ""), "invoice-response-malformed");
  EXPECT_EQ(refused("<cbc:AttributeID>BT-48</cbc:AttributeID>", ""), "invoice-response-malformed");
  EXPECT_EQ(refused("VAT number not found", std::string(20'000, 'a')), "invoice-response-malformed");
  EXPECT_EQ(readInvoiceResponse("<a/>").error().code, "invoice-response-malformed");
  std::string many;
  for (int i = 0; i < 1'100; ++i) many += "<cac:Status/>";
  EXPECT_EQ(refused("<cac:Status>", many + "<cac:Status>"), "invoice-response-malformed");
}

TEST(InvoiceResponse, OutlivesFilesThatAreCutShort) {
  const auto text = *writeInvoiceResponse(answer());
  for (std::size_t at = 0; at + 1 < text.size(); at += 11)
    EXPECT_FALSE(readInvoiceResponse(text.substr(0, at)));
}

}  // namespace
}  // namespace postgang::formats
