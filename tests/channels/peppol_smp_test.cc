#include "channels/peppol_smp.h"

#include <gtest/gtest.h>

#include "channels/peppol_facts.h"
#include "channels/peppol_register.h"
#include "tests/channels/signed_metadata.h"

namespace postgang::channels::test {
namespace {

using formats::PeppolId;

const std::string participant = "0088:123abc";

TEST(PeppolName, IsTheHashOfTheParticipant) {
  const std::string expected =
      "Y7DZFXAF3D4CJZ4KCGRXTEC6TWVCGA4KY7ZWA5BOIF6MSWD4TDRQ.iso6523-actorid-upis.sml.example";
  EXPECT_EQ(peppolName("0088:123abc", "sml.example"), expected);
  EXPECT_EQ(peppolName("0088:123ABC", "sml.example"), expected);
  EXPECT_TRUE(
      peppolName("9915:test", "x").starts_with("EH5BOAVAKTMBGZYH2A63DZ4QOV33FVP5NSDVQKLUCFRAAYOODW6A."));
}

TEST(PeppolName, UrlsHaveTheirPartsEncoded) {
  EXPECT_EQ(smpGroupUrl("https://smp.example/base", "0010:5798000000001"),
            "https://smp.example/base/iso6523-actorid-upis%3A%3A0010%3A5798000000001");
  EXPECT_EQ(smpServiceUrl("https://smp.example", "0010:1", {"busdox-docid-qns", "urn:a::Order##b/c::2.1"}),
            "https://smp.example/iso6523-actorid-upis%3A%3A0010%3A1/services/"
            "busdox-docid-qns%3A%3Aurn%3Aa%3A%3AOrder%23%23b%2Fc%3A%3A2.1");
}

TEST(ServiceGroup, NamesDocumentTypes) {
  const auto found =
      readServiceGroup(serviceGroup(participant, {documentId("invoice"), documentId("mls")}), participant);
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(*found, (std::vector<PeppolId>{documentId("invoice"), documentId("mls")}));
  EXPECT_EQ(readServiceGroup(serviceGroup("0088:123ABC", {}), participant)->size(), 0U);
}

TEST(ServiceGroup, IsOfTheOneAskedAbout) {
  EXPECT_EQ(readServiceGroup(serviceGroup("0088:456", {}), participant).error().code,
            "smp-other-participant");
  auto scheme = serviceGroup(participant, {});
  scheme.replace(scheme.find("iso6523"), 7, "iso6524");
  EXPECT_EQ(readServiceGroup(scheme, participant).error().code, "smp-other-participant");
  EXPECT_EQ(readServiceGroup("<html/>", participant).error().code, "smp-malformed");
}

TEST(ServiceGroup, ReferencesThatSayNothingAreLeftOut) {
  auto text = serviceGroup(participant, {documentId("invoice")});
  const auto at = text.find("<ServiceMetadataReference ");
  for (const std::string odd : {"<ServiceMetadataReference/>", "<ServiceMetadataReference href=\"\"/>",
                                "<ServiceMetadataReference href=\"https://a.example/b\"/>",
                                "<ServiceMetadataReference href=\"https://a.example/services/%GG\"/>"})
    text.insert(at, odd);
  EXPECT_EQ(readServiceGroup(text, participant)->size(), 1U);
}

TEST(ServiceGroup, HasLimits) {
  std::vector<PeppolId> many(2'001, {"busdox-docid-qns", "a::b##c::d"});
  EXPECT_EQ(readServiceGroup(serviceGroup(participant, many), participant).error().code, "smp-malformed");
  EXPECT_EQ(readServiceGroup(std::string(2'000'000, ' '), participant).error().code, "xml-too-large");
}

TEST(SmpService, SaysWhereDocumentsGo) {
  const Metadata metadata{.participant = participant, .document = documentId("invoice")};
  const auto service =
      readSmpService(metadataText(informationElement(metadata)), participant, metadata.document);
  ASSERT_TRUE(service) << service.error().detail;
  EXPECT_EQ(service->redirect, "");
  ASSERT_EQ(service->processes.size(), 1U);
  EXPECT_EQ(service->processes[0].process, (PeppolId{"cenbii-procid-ubl", billing_process}));
  ASSERT_EQ(service->processes[0].endpoints.size(), 1U);
  const auto& endpoint = service->processes[0].endpoints[0];
  EXPECT_EQ(endpoint.transport, "peppol-transport-as4-v2_0");
  EXPECT_EQ(endpoint.address, "https://ap.example.com/as4");
  EXPECT_EQ(endpoint.from->text(), "2020-01-01T00:00:00.000000Z");
  EXPECT_EQ(endpoint.until->text(), "2099-01-01T00:00:00.000000Z");
  EXPECT_EQ(endpoint.certificate, Pki::get().base64Of("access-point"));
}

TEST(SmpService, DatesMayHaveNoZoneAndMayBeAbsent) {
  Metadata metadata{.participant = participant, .document = documentId("invoice")};
  metadata.from = "2020-01-01T00:00:00";
  metadata.until = "";
  const auto read = [&] {
    return readSmpService(metadataText(informationElement(metadata)), participant, metadata.document)
        ->processes.at(0)
        .endpoints.at(0);
  };
  EXPECT_EQ(read().from->text(), "2020-01-01T00:00:00.000000Z");
  EXPECT_FALSE(read().until);
  EXPECT_TRUE(read().datesHold);
  metadata.until = "some day";
  EXPECT_FALSE(read().datesHold);
}

TEST(SmpService, IsTheOneAskedAbout) {
  const Metadata metadata{.participant = "0088:456", .document = documentId("credit-note")};
  const auto text = metadataText(informationElement(metadata));
  EXPECT_EQ(readSmpService(text, participant, metadata.document).error().code, "smp-other-participant");
  EXPECT_EQ(readSmpService(text, "0088:456", documentId("invoice")).error().code, "smp-other-document");
}

TEST(SmpService, LeadsOn) {
  const auto service = readSmpService(metadataText(redirectElement("https://b.example/c")), participant,
                                      documentId("invoice"));
  ASSERT_TRUE(service);
  EXPECT_EQ(service->redirect, "https://b.example/c");
  for (const auto& odd :
       {metadataText(redirectElement("")), metadataText(""), std::string("<a/>"),
        metadataText(redirectElement("https://b.example") +
                     informationElement({.participant = participant, .document = documentId("invoice")}))})
    EXPECT_EQ(readSmpService(odd, participant, documentId("invoice")).error().code, "smp-malformed") << odd;
}

// --- Facts and keys

TEST(PeppolFacts, AreKeptAndReadAgain) {
  PeppolFacts facts;
  facts.participant = participant;
  facts.smp = "https://smp.example";
  PeppolService service;
  service.document = "invoice";
  service.id = service.registered = documentId("invoice");
  service.process = {"cenbii-procid-ubl", billing_process};
  service.endpoint = "https://ap.example.com/as4";
  service.transport = "peppol-transport-as4-v2_0";
  service.certificate = "AAAA";
  service.accessPoint = "POP000001";
  service.expires = Instant::parse("2027-01-01T00:00:00Z");
  facts.services.push_back(service);
  facts.unread = {"mls"};
  const auto again = peppolFactsFrom(toJson(facts));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->participant, participant);
  EXPECT_EQ(again->smp, "https://smp.example");
  EXPECT_EQ(again->unread, facts.unread);
  EXPECT_EQ(again->find("credit-note"), nullptr);
  const auto* found = again->find("invoice");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, service.id);
  EXPECT_EQ(found->process, service.process);
  EXPECT_EQ(found->endpoint, service.endpoint);
  EXPECT_EQ(found->accessPoint, "POP000001");
  EXPECT_EQ(found->expires, service.expires);
  for (const auto* odd : {"", "[]", "{}", "{\"participant\":1}", "{\"participant\":\"a\",\"smp\":\"b\"}",
                          "{\"participant\":\"a\",\"smp\":\"b\",\"services\":[{}]}"})
    EXPECT_FALSE(peppolFactsFrom(odd)) << odd;
}

TEST(PeppolRegister, AsksForTheFirstIdentifierThatPeppolRegisters) {
  const SystemClock clock;
  const PeppolRegister peppol({.publishers = Pki::get().authorities("smp-authority")}, clock);
  const auto keyOf = [&](std::vector<std::string> identifiers, bool person = false) {
    Recipient recipient;
    recipient.identifiers = std::move(identifiers);
    recipient.person = person;
    return peppol.keyOf(recipient);
  };
  EXPECT_EQ(peppol.name(), "peppol");
  EXPECT_EQ(keyOf({}), "");
  EXPECT_EQ(keyOf({"0007:5599900122"}), "0007:5599900122");
  EXPECT_EQ(keyOf({"0088:7300010000001", "0007:5599900122"}), "0088:7300010000001");
  EXPECT_EQ(keyOf({"0037:003712345671", "0216:003712345671"}), "0216:003712345671");  // 0037 is no more
  EXPECT_EQ(keyOf({"0192:999999999"}), "0192:999999999");
  EXPECT_EQ(keyOf({"0184:12345674"}), "0184:12345674");
  EXPECT_EQ(keyOf({"9955:se559990012201", "customer:17", "5599900122", "0007:"}), "");
  EXPECT_EQ(keyOf({"0007:5599900122"}, true), "");
}

TEST(PeppolRegister, KnowsWithoutAskingWhatIsNoParticipant) {
  const SystemClock clock;
  const PeppolRegister peppol({.publishers = Pki::get().authorities("smp-authority")}, clock);
  for (const std::string key : {"", "0007", "customer:17", "0007:a b", "0007:../../etc"}) {
    const auto lookup = peppol.ask(key, 1000);
    EXPECT_EQ(lookup.result, store::Lookup::Result::absent) << key;
  }
}

}  // namespace
}  // namespace postgang::channels::test
