#include "formats/mls.h"

#include <gtest/gtest.h>

#include "xml/parse.h"

namespace postgang::formats {
namespace {

Mls accepted() {
  Mls mls;
  mls.id = "MLS-1";
  mls.issuedAt = *Instant::parse("2026-11-29T10:20:30Z");
  mls.sender = "0242:123456";
  mls.receiver = "0242:987654-MLS";
  mls.instance = "118e3040-51d2-11e3-8f96-0800200c9a66";
  mls.result = MlsCode::delivered;
  return mls;
}
Mls rejected() {
  auto mls = accepted();
  mls.result = MlsCode::rejected;
  mls.words = "A rule is broken";
  mls.issues = {{"/Invoice/cbc:ID", "[BR-02] An invoice has a number", MlsReason::rule},
                {"NA", "[X-1] Perhaps", MlsReason::warning}};
  return mls;
}
std::string codeOf(const Mls& mls) {
  const auto checked = checkMls(mls);
  return checked ? "" : checked.error().code;
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Mls, IsWrittenAsTheNetworkHasIt) {
  const auto text = writeMls(rejected());
  ASSERT_TRUE(text) << text.error().detail;
  EXPECT_EQ(*text, R"(<?xml version="1.0" encoding="UTF-8"?>
<ApplicationResponse xmlns="urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:peppol:edec:mls:1.0</cbc:CustomizationID>
  <cbc:ProfileID>urn:peppol:edec:mls</cbc:ProfileID>
  <cbc:ID>MLS-1</cbc:ID>
  <cbc:IssueDate>2026-11-29</cbc:IssueDate>
  <cbc:IssueTime>10:20:30Z</cbc:IssueTime>
  <cac:SenderParty>
    <cbc:EndpointID schemeID="0242">123456</cbc:EndpointID>
  </cac:SenderParty>
  <cac:ReceiverParty>
    <cbc:EndpointID schemeID="0242">987654-MLS</cbc:EndpointID>
  </cac:ReceiverParty>
  <cac:DocumentResponse>
    <cac:Response>
      <cbc:ResponseCode>RE</cbc:ResponseCode>
      <cbc:Description>A rule is broken</cbc:Description>
    </cac:Response>
    <cac:DocumentReference>
      <cbc:ID>118e3040-51d2-11e3-8f96-0800200c9a66</cbc:ID>
    </cac:DocumentReference>
    <cac:LineResponse>
      <cac:LineReference>
        <cbc:LineID>/Invoice/cbc:ID</cbc:LineID>
      </cac:LineReference>
      <cac:Response>
        <cbc:Description>[BR-02] An invoice has a number</cbc:Description>
        <cac:Status>
          <cbc:StatusReasonCode>BV</cbc:StatusReasonCode>
        </cac:Status>
      </cac:Response>
    </cac:LineResponse>
    <cac:LineResponse>
      <cac:LineReference>
        <cbc:LineID>NA</cbc:LineID>
      </cac:LineReference>
      <cac:Response>
        <cbc:Description>[X-1] Perhaps</cbc:Description>
        <cac:Status>
          <cbc:StatusReasonCode>BW</cbc:StatusReasonCode>
        </cac:Status>
      </cac:Response>
    </cac:LineResponse>
  </cac:DocumentResponse>
</ApplicationResponse>
)");
}

TEST(Mls, IsReadAgain) {
  for (const auto code : {MlsCode::delivered, MlsCode::handed_on, MlsCode::rejected}) {
    auto mls = code == MlsCode::rejected ? rejected() : accepted();
    mls.result = code;
    const auto text = writeMls(mls);
    ASSERT_TRUE(text);
    EXPECT_TRUE(isMls(*xml::parse(*text)));
    const auto again = readMls(*text);
    ASSERT_TRUE(again) << again.error().detail;
    EXPECT_FALSE(again->isMlr);
    EXPECT_EQ(again->id, mls.id);
    EXPECT_EQ(again->issuedAt, mls.issuedAt);
    EXPECT_EQ(again->sender, mls.sender);
    EXPECT_EQ(again->receiver, mls.receiver);
    EXPECT_EQ(again->instance, mls.instance);
    EXPECT_EQ(again->result, code);
    EXPECT_EQ(again->words, mls.words);
    ASSERT_EQ(again->issues.size(), mls.issues.size());
    for (std::size_t i = 0; i < mls.issues.size(); ++i) {
      EXPECT_EQ(again->issues[i].place, mls.issues[i].place);
      EXPECT_EQ(again->issues[i].words, mls.issues[i].words);
      EXPECT_EQ(again->issues[i].reason, mls.issues[i].reason);
    }
    EXPECT_EQ(codeOf(*again), "");
  }
}

TEST(Mls, ARejectionSaysWhy) {
  EXPECT_EQ(codeOf(rejected()), "");
  auto mls = rejected();
  mls.words = " ";
  EXPECT_EQ(codeOf(mls), "mls-rejection-unexplained");
  mls = rejected();
  mls.issues.clear();
  EXPECT_EQ(codeOf(mls), "mls-rejection-unexplained");
  mls.issues = {{"NA", "Perhaps", MlsReason::warning}};
  EXPECT_EQ(codeOf(mls), "mls-rejection-unexplained");
  for (const auto reason : {MlsReason::syntax, MlsReason::rule, MlsReason::delivery}) {
    mls.issues = {{"NA", "No", reason}};
    EXPECT_EQ(codeOf(mls), "");
  }
}

TEST(Mls, WhatIsNotRejectedHasWarningsAlone) {
  for (const auto code : {MlsCode::delivered, MlsCode::handed_on}) {
    auto mls = accepted();
    mls.result = code;
    mls.issues = {{"NA", "Perhaps", MlsReason::warning}};
    EXPECT_EQ(codeOf(mls), "");
    for (const auto reason : {MlsReason::syntax, MlsReason::rule, MlsReason::delivery}) {
      mls.issues[0].reason = reason;
      EXPECT_EQ(codeOf(mls), "mls-malformed");
    }
  }
}

TEST(Mls, EveryFieldIsNeeded) {
  const auto without = [](auto change) {
    auto mls = rejected();
    change(mls);
    EXPECT_FALSE(writeMls(mls));
    return codeOf(mls);
  };
  EXPECT_EQ(without([](Mls& m) { m.id = ""; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.sender = "0007:5599900122"; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.receiver = ""; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.instance = ""; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.issues[0].place = ""; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.issues[0].words = ""; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.issues[0].reason = std::nullopt; }), "mls-malformed");
  EXPECT_EQ(without([](Mls& m) { m.issues.resize(1'001, m.issues[0]); }), "mls-malformed");
}

TEST(Mls, AnotherFormIsRefused) {
  const auto text = *writeMls(rejected());
  const auto refused = [&](std::string_view from, std::string_view to) {
    const auto mls = readMls(replaced(text, from, to));
    return mls ? "" : mls.error().code;
  };
  EXPECT_EQ(refused("urn:peppol:edec:mls:1.0", "urn:other"), "mls-malformed");
  EXPECT_EQ(refused("10:20:30Z", "10:20:30"), "mls-malformed");
  EXPECT_EQ(refused(">RE<", ">XX<"), "mls-malformed");
  EXPECT_EQ(refused(">BV<", ">XX<"), "mls-malformed");
  EXPECT_EQ(refused("schemeID=\"0242\"", "schemeID=\"0007\""), "mls-malformed");
  EXPECT_EQ(refused("<cbc:ID>118e3040-51d2-11e3-8f96-0800200c9a66</cbc:ID>", ""), "mls-malformed");
  EXPECT_EQ(refused("<cbc:ID>MLS-1</cbc:ID>", "<cbc:ID>1</cbc:ID><cbc:ID>2</cbc:ID>"), "mls-malformed");
  EXPECT_EQ(refused("</cac:DocumentResponse>", "</cac:DocumentResponse><cac:DocumentResponse/>"),
            "mls-malformed");
  EXPECT_EQ(refused("A rule is broken", std::string(20'000, 'a')), "mls-malformed");
  EXPECT_EQ(readMls("<Invoice/>").error().code, "mls-malformed");
  EXPECT_EQ(readMls(std::string(6'000'000, ' ')).error().code, "xml-too-large");
}

// BIS Message Level Response 3: between participants, the reasons beside a code of the line.
TEST(Mls, ItsForerunnerIsReadAndNotWritten) {
  auto text = *writeMls(rejected());
  text = replaced(text, "urn:peppol:edec:mls:1.0", "urn:fdc:peppol.eu:poacc:trns:mlr:3");
  text = replaced(text, "urn:peppol:edec:mls", "urn:fdc:peppol.eu:poacc:bis:mlr:3");
  text = replaced(text, "10:20:30Z", "10:20:30");
  text = replaced(text, "schemeID=\"0242\">123456", "schemeID=\"0088\">7300010000001");
  text = replaced(text, "<cbc:Description>[BR-02]",
                  "<cbc:ResponseCode>RE</cbc:ResponseCode><cbc:Description>[BR-02]");
  EXPECT_TRUE(isMls(*xml::parse(text)));
  const auto mlr = readMls(text);
  ASSERT_TRUE(mlr) << mlr.error().detail;
  EXPECT_TRUE(mlr->isMlr);
  EXPECT_EQ(mlr->sender, "0088:7300010000001");
  EXPECT_EQ(mlr->issuedAt.text(), "2026-11-29T00:00:00.000000Z");
  EXPECT_EQ(mlr->result, MlsCode::rejected);
  EXPECT_EQ(mlr->issues[0].reason, MlsReason::rule);
  EXPECT_EQ(codeOf(*mlr), "");
  EXPECT_EQ(writeMls(*mlr).error().code, "mls-malformed");
}

}  // namespace
}  // namespace postgang::formats
