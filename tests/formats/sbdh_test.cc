#include "formats/sbdh.h"

#include <gtest/gtest.h>

#include "formats/format.h"
#include "tests/formats/files.h"
#include "xml/writer.h"

namespace postgang::formats {
namespace {

constexpr std::string_view uri = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader";
const std::string payload =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Invoice "
    "xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\"><ID>1 &amp; 2</ID></Invoice>\n";

Sbdh header() {
  Sbdh header;
  header.sender = "0007:5599900122";
  header.receiver = "0088:7300010000001";
  header.instance = "118e3040-51d2-11e3-8f96-0800200c9a66";
  header.createdAt = *Instant::parse("2026-11-29T10:20:30.5Z");
  header.documentType.value = std::string(peppolDocuments()[0].value);
  header.process.value = std::string(peppolDocuments()[0].processes[0]);
  header.senderCountry = "SE";
  return header;
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}
std::string written(const Sbdh& from = header()) {
  const auto text = writeSbdh(from, payload);
  EXPECT_TRUE(text) << text.error().detail;
  return text.value_or("");
}
// Code and place.
std::string refusal(const std::string& text) {
  const auto envelope = readSbdh(text);
  return envelope ? "" : envelope.error().code + " " + envelope.error().where;
}

TEST(Sbdh, IsWrittenAndReadAgain) {
  auto from = header();
  from.mlsTo = "0242:987654-MLS";
  from.mlsType = MlsType::always_send;
  from.others = {{"BATCH", "17"}, {"URGENT", ""}};
  const auto envelope = readSbdh(written(from));
  ASSERT_TRUE(envelope) << envelope.error().detail;
  const auto& got = envelope->header;
  EXPECT_EQ(got.sender, from.sender);
  EXPECT_EQ(got.receiver, from.receiver);
  EXPECT_EQ(got.instance, from.instance);
  EXPECT_EQ(got.createdAt.text(), "2026-11-29T10:20:30.000000Z");  // whole seconds
  EXPECT_EQ(got.documentType, from.documentType);
  EXPECT_EQ(got.process, from.process);
  EXPECT_EQ(got.senderCountry, "SE");
  EXPECT_EQ(got.mlsTo, from.mlsTo);
  EXPECT_EQ(got.mlsType, from.mlsType);
  EXPECT_EQ(got.others, from.others);
  EXPECT_EQ(envelope->payload, payload);
  EXPECT_EQ(envelope->mediaType, "application/xml");
}

TEST(Sbdh, HasTheFormOfTheStandard) {
  const auto text = written();
  const auto tree = xml::parse(text);
  ASSERT_TRUE(tree);
  const auto top = tree->root().child("StandardBusinessDocumentHeader");
  EXPECT_EQ(top.at("HeaderVersion").text(), "1.0");
  EXPECT_EQ(top.at("Sender/Identifier").attribute("Authority"), "iso6523-actorid-upis");
  EXPECT_EQ(top.at("DocumentIdentification/Standard").text(),
            "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2");
  EXPECT_EQ(top.at("DocumentIdentification/TypeVersion").text(), "2.1");
  EXPECT_EQ(top.at("DocumentIdentification/Type").text(), "Invoice");
  EXPECT_EQ(top.at("DocumentIdentification/CreationDateAndTime").text(), "2026-11-29T10:20:30Z");
  EXPECT_EQ(top.at("BusinessScope/Scope/Type").text(), "DOCUMENTID");
  EXPECT_EQ(top.at("BusinessScope/Scope/Identifier").text(), "busdox-docid-qns");
  EXPECT_EQ(top.at("BusinessScope/Scope[3]/InstanceIdentifier").text(), "SE");
  EXPECT_EQ(recognise(*tree)->format->id, "sbd");
}

TEST(Sbdh, ThePayloadStandsThereAsItIs) {
  const std::string odd =
      "<!-- before --><p:Invoice   xmlns:p='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'\n a = "
      "\"1\"><x/><![CDATA[<]]></p:Invoice><!-- after -->";
  const auto text = writeSbdh(header(), odd);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("\n a = \"1\"><x/><![CDATA[<]]></p:Invoice><!-- after -->"), std::string::npos);
  const auto tree = xml::parse(*text);
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->root().child("Invoice").child("x").namespaceUri(), "");  // as it was without the envelope
}

TEST(Sbdh, TheWholeCorpusGoesInAndOut) {
  std::size_t count = 0;
  for (const auto& path : ublCorpus()) {
    const auto bytes = bytesOf(path);
    const auto reading = readDocument(bytes);
    if (!reading || ++count > 60) continue;
    auto from = header();
    const auto tree = treeOf(bytes);
    from.documentType.value = std::string(tree->root().namespaceUri()) +
                              "::" + std::string(tree->root().name()) + "##urn:test::2.1";
    const auto text = writeSbdh(from, bytes);
    ASSERT_TRUE(text) << path << text.error().detail;
    const auto envelope = readSbdh(*text);
    ASSERT_TRUE(envelope) << path << envelope.error().detail;
    EXPECT_EQ(envelope->payload, xml::write(*tree)) << path;
  }
  if (count == 0) GTEST_SKIP() << "no corpus";
}

// What others write: prefixes on the envelope that the payload uses.
TEST(Sbdh, APayloadKeepsTheNamespacesAroundIt) {
  auto text = written();
  text = replaced(text, "<StandardBusinessDocument ", "<StandardBusinessDocument xmlns:cbc=\"urn:cbc\" ");
  text = replaced(text, "<ID>1 &amp; 2</ID>", "<cbc:ID>1</cbc:ID>");
  const auto envelope = readSbdh(text);
  ASSERT_TRUE(envelope) << envelope.error().detail;
  const auto tree = xml::parse(envelope->payload);
  ASSERT_TRUE(tree) << envelope->payload;
  EXPECT_TRUE(tree->root().firstChild().is("urn:cbc", "ID"));
}

TEST(Sbdh, SchemesAndMlsFieldsMayBeMissing) {
  auto text = written();
  text = replaced(text, "<Identifier>busdox-docid-qns</Identifier>", "");
  text = replaced(text, "<Identifier>cenbii-procid-ubl</Identifier>", "");
  const auto envelope = readSbdh(text);
  ASSERT_TRUE(envelope);
  EXPECT_EQ(envelope->header.documentType, header().documentType);
  EXPECT_EQ(envelope->header.process, header().process);
  EXPECT_FALSE(envelope->header.mlsTo);
  EXPECT_FALSE(envelope->header.mlsType);
}

TEST(Sbdh, AnMlsToThatIsNoneIsLeftOut) {
  auto from = header();
  from.mlsTo = "0242:987654";
  for (const auto& [was, is] :
       {std::pair("0242:987654", "0007:5599900122"),
        std::pair("<InstanceIdentifier>0242:987654</InstanceIdentifier>", "<InstanceIdentifier/>")}) {
    const auto envelope = readSbdh(replaced(written(from), was, is));
    ASSERT_TRUE(envelope) << envelope.error().detail;
    EXPECT_FALSE(envelope->header.mlsTo);
  }
}

TEST(Sbdh, WhatIsMissingOrWrongIsRefused) {
  const auto text = written();
  const auto with = [&](std::string_view from, std::string_view to) {
    return refusal(replaced(text, from, to));
  };
  EXPECT_EQ(with("<HeaderVersion>1.0", "<HeaderVersion>2.0"), "sbdh-malformed HeaderVersion");
  EXPECT_EQ(with("0007:5599900122", "5599900122"), "sbdh-malformed Sender");
  EXPECT_EQ(with("0088:7300010000001", ""), "sbdh-malformed Receiver");
  EXPECT_EQ(with("Authority=\"iso6523-actorid-upis\"", ""), "sbdh-malformed Sender");
  EXPECT_EQ(with("<InstanceIdentifier>118e3040-51d2-11e3-8f96-0800200c9a66", "<InstanceIdentifier>"),
            "sbdh-malformed InstanceIdentifier");
  EXPECT_EQ(with("10:20:30Z", "10:20:30"), "sbdh-malformed CreationDateAndTime");
  EXPECT_EQ(with(">SE<", ">Sweden<"), "sbdh-malformed COUNTRY_C1");
  EXPECT_EQ(with(">SE<", ">se<"), "sbdh-malformed COUNTRY_C1");
  EXPECT_EQ(with(">COUNTRY_C1<", ">COUNTRY_C4<"), "sbdh-malformed COUNTRY_C1");
  EXPECT_EQ(with(">PROCESSID<", ">DOCUMENTID<"), "sbdh-malformed Scope/Type");
  EXPECT_EQ(with(">cenbii-procid-ubl<", ">other<"), "sbdh-malformed PROCESSID");
  EXPECT_EQ(with("billing:3.0::2.1", "billing:3.0*::2.1"), "sbdh-malformed DOCUMENTID");
  EXPECT_EQ(with(">busdox-docid-qns<", ">other<"), "sbdh-malformed DOCUMENTID");
  EXPECT_EQ(with("</BusinessScope>",
                 "<Scope><Type>MLS_TYPE</Type><InstanceIdentifier>MAYBE</InstanceIdentifier></Scope></"
                 "BusinessScope>"),
            "sbdh-malformed MLS_TYPE");
  EXPECT_EQ(with("<HeaderVersion>1.0</HeaderVersion>", "<HeaderVersion>1.0</HeaderVersion><HeaderVersion/>"),
            "sbdh-malformed HeaderVersion");
}

TEST(Sbdh, ThePayloadIsWhatTheEnvelopeSays) {
  const auto text = written();
  EXPECT_EQ(refusal(replaced(text, "<Invoice ", "<CreditNote ")
                        .replace(text.rfind("</Invoice>") + 3, 10, "</CreditNote>")),
            "sbdh-payload-mismatch DOCUMENTID");
  EXPECT_EQ(refusal(replaced(text, "<Type>Invoice<", "<Type>CreditNote<")),
            "sbdh-payload-mismatch DOCUMENTID");
  EXPECT_EQ(refusal(replaced(text, "<Standard>urn:oasis", "<Standard>urn:other")),
            "sbdh-payload-mismatch DOCUMENTID");
  EXPECT_EQ(
      writeSbdh(header(), "<CreditNote xmlns='urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2'/>")
          .error()
          .code,
      "sbdh-payload-mismatch");
  const auto body = text.substr(text.find("<Invoice "));
  const auto inner = body.substr(0, body.find("</StandardBusinessDocument>"));
  EXPECT_EQ(refusal(replaced(text, inner, "")), "sbdh-malformed StandardBusinessDocument");
  EXPECT_EQ(refusal(replaced(text, inner, inner + inner)), "sbdh-malformed StandardBusinessDocument");
}

TEST(Sbdh, NoEnvelopeLiesInAnEnvelope) {
  EXPECT_EQ(writeSbdh(header(), written()).error().where, "payload");
  const auto text = written();
  const auto begin = text.find("<Invoice "), end = text.find("</StandardBusinessDocument>");
  auto nested = text;
  nested.replace(begin, end - begin, text.substr(text.find("<StandardBusinessDocument ")));
  EXPECT_EQ(refusal(nested), "sbdh-malformed payload");
}

TEST(Sbdh, OtherThanXmlIsWrapped) {
  const auto text = written();
  const auto begin = text.find("<Invoice "), end = text.find("</StandardBusinessDocument>");
  const auto with = [&](const std::string& inner) {
    auto other = text;
    return other.replace(begin, end - begin, inner);
  };
  const std::string open = " xmlns=\"http://peppol.eu/xsd/ticc/envelope/1.0\" mimeType=\"";
  const auto words = readSbdh(with("<TextContent" + open + "application/EDIFACT\">UNA:+.? '</TextContent>"));
  ASSERT_TRUE(words) << words.error().detail;
  EXPECT_EQ(words->payload, "UNA:+.? '");
  EXPECT_EQ(words->mediaType, "application/EDIFACT");
  const auto bytes = readSbdh(with("<BinaryContent" + open + "application/zip\">UEsDBA==</BinaryContent>"));
  ASSERT_TRUE(bytes);
  EXPECT_EQ(bytes->payload, "PK\x03\x04");
  EXPECT_EQ(refusal(with("<BinaryContent" + open + "application/zip\">?</BinaryContent>")),
            "sbdh-malformed payload");
  EXPECT_EQ(refusal(with("<BinaryContent" + open + "Text/XML; charset=utf-8\">PGEvPg==</BinaryContent>")),
            "sbdh-malformed payload");
  EXPECT_EQ(refusal(with("<TextContent" + open + "\">a</TextContent>")), "sbdh-malformed mimeType");
}

TEST(Sbdh, IsNotWrittenWithWhatItCannotSay) {
  const auto where = [](auto change) {
    auto from = header();
    change(from);
    const auto text = writeSbdh(from, payload);
    return text ? "" : text.error().where;
  };
  EXPECT_EQ(where([](Sbdh& h) { h.sender = "559990-0122"; }), "Sender");
  EXPECT_EQ(where([](Sbdh& h) { h.instance = ""; }), "InstanceIdentifier");
  EXPECT_EQ(where([](Sbdh& h) { h.instance = std::string(1'001, 'a'); }), "InstanceIdentifier");
  EXPECT_EQ(where([](Sbdh& h) { h.senderCountry = "SWE"; }), "COUNTRY_C1");
  EXPECT_EQ(where([](Sbdh& h) { h.mlsTo = "0007:5599900122"; }), "MLS_TO");
  EXPECT_EQ(where([](Sbdh& h) { h.others = {{"MLS_TO", "0242:987654"}}; }), "Scope/Type");
  EXPECT_EQ(where([](Sbdh& h) { h.others = {{"A", "1"}, {"A", "2"}}; }), "Scope/Type");
  EXPECT_EQ(writeSbdh(header(), "not xml").error().code, "xml-not-well-formed");
}

TEST(Sbdh, OutlivesFilesMadeToHurt) {
  const auto text = written();
  for (std::size_t at = 0; at < text.size(); at += 7) (void)readSbdh(text.substr(0, at));
  std::string scopes;
  for (int i = 0; i < 1'000; ++i)
    scopes += "<Scope><Type>T" + std::to_string(i) + "</Type><InstanceIdentifier/></Scope>";
  EXPECT_EQ(refusal(replaced(text, "</BusinessScope>", scopes + "</BusinessScope>")),
            "sbdh-malformed BusinessScope");
  EXPECT_EQ(refusal(replaced(text, ">SE<", ">" + std::string(100'000, 'S') + "<")),
            "sbdh-malformed InstanceIdentifier");
  EXPECT_EQ(refusal("<StandardBusinessDocument xmlns='" + std::string(uri) + "'/>"),
            "sbdh-malformed StandardBusinessDocument");
  EXPECT_EQ(refusal("<a/>"), "sbdh-malformed StandardBusinessDocument");
}

}  // namespace
}  // namespace postgang::formats
