// The register of Peppol against an SMP and a DNS that a test has started on this machine: what they say
// well, and every way of theirs to lie, to hang and to be broken.
#include "channels/peppol_register.h"

#include <gtest/gtest.h>

#include <thread>

#include "channels/peppol_facts.h"
#include "tests/channels/peppol_world.h"

namespace postgang::channels::test {
namespace {

TEST_F(AskPeppol, FindsWhatAParticipantTakes) {
  publish({invoice, credit_note, response, {"busdox-docid-qns", "urn:a::Order##b::2.1"}});
  const auto lookup = ask();
  ASSERT_EQ(lookup.result, Lookup::Result::found) << lookup.words;
  EXPECT_EQ(lookup.words, "takes invoice, credit-note, invoice-response");
  EXPECT_EQ(lookup.askedAt, clock_.now());
  EXPECT_EQ(lookup.until, lookup.askedAt.plusSeconds(6 * 3600));
  const auto facts = peppolFactsFrom(lookup.facts);
  ASSERT_TRUE(facts);
  EXPECT_EQ(facts->participant, participant);
  EXPECT_EQ(facts->smp, world->smp.base());
  EXPECT_TRUE(facts->unread.empty());
  ASSERT_EQ(facts->services.size(), 3U);
  const auto* found = facts->find("invoice");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, invoice);
  EXPECT_EQ(found->registered, invoice);
  EXPECT_EQ(found->process, (PeppolId{"cenbii-procid-ubl", billing_process}));
  EXPECT_EQ(found->endpoint, "https://ap.example.com/as4");
  EXPECT_EQ(found->transport, "peppol-transport-as4-v2_0");
  EXPECT_EQ(found->certificate, Pki::get().base64Of("access-point"));
  EXPECT_EQ(found->accessPoint, "access-point");
}

TEST_F(AskPeppol, WhoIsNotThereIsAbsent) {
  const auto lookup = ask(options(), nobody);
  EXPECT_EQ(lookup.result, Lookup::Result::absent) << lookup.words;
  EXPECT_EQ(lookup.words, "not registered in Peppol");
}

TEST_F(AskPeppol, WhomTheSmpDoesNotKnowIsAbsent) {
  expectAbsent("not known to the SMP");
}

TEST_F(AskPeppol, WhoTakesSomethingElseIsAbsent) {
  publish({{"busdox-docid-qns", "urn:a::Order##b::2.1"}});
  expectAbsent("takes none of the documents");
}

TEST_F(AskPeppol, AReferenceToWhatIsGoneSaysNothing) {
  group({invoice});
  expectAbsent("takes none of the documents");
}

TEST_F(AskPeppol, AWildcardTakesWhatItNames) {
  const PeppolId all{
      "peppol-doctype-wildcard",
      "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice##urn:cen.eu:en16931:2017"
      "#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0*::2.1"};
  publish({all});
  const auto lookup = ask();
  ASSERT_EQ(lookup.result, Lookup::Result::found) << lookup.words;
  const auto facts = peppolFactsFrom(lookup.facts);
  const auto* found = facts->find("invoice");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, (PeppolId{"peppol-doctype-wildcard", invoice.value}));
  EXPECT_EQ(found->registered, all);
  EXPECT_EQ(facts->find("credit-note"), nullptr);
}

// --- Endpoints

TEST_F(AskPeppol, EndpointsThatAreNotOpenAreNone) {
  auto metadata = metadataOf(invoice);
  metadata.until = clock_.now().plusSeconds(-1).text();
  onlyInvoice(signedOf(metadata));
  expectAbsent("takes none of the documents");
  metadata = metadataOf(invoice);
  metadata.from = clock_.now().plusSeconds(3600).text();
  onlyInvoice(signedOf(metadata));
  expectAbsent("takes none of the documents");
  metadata = metadataOf(invoice);
  metadata.transport = "busdox-transport-as2-ver1p0";
  onlyInvoice(signedOf(metadata));
  expectAbsent("takes none of the documents");
  metadata = metadataOf(invoice);
  metadata.process = "urn:another:process";
  onlyInvoice(signedOf(metadata));
  expectAbsent("takes none of the documents");
}

TEST_F(AskPeppol, WhatEndsSoonIsAskedAgainThen) {
  auto metadata = metadataOf(invoice);
  metadata.until = clock_.now().plusSeconds(600).text();
  onlyInvoice(signedOf(metadata));
  const auto lookup = ask();
  EXPECT_EQ(lookup.result, Lookup::Result::found) << lookup.words;
  EXPECT_EQ(lookup.until, clock_.now().plusSeconds(600));
}

TEST_F(AskPeppol, EndpointsThatCannotBeBelievedAreNotAbsent) {
  auto metadata = metadataOf(invoice);
  metadata.certificate = Pki::get().base64Of("stranger");
  onlyInvoice(signedOf(metadata));
  expectUnknown("not believed");
  metadata.certificate = "AAAA";
  onlyInvoice(signedOf(metadata));
  expectUnknown("not a certificate");
  metadata = metadataOf(invoice);
  metadata.endpoint = "file:///etc/passwd";
  onlyInvoice(signedOf(metadata));
  expectUnknown("cannot be used");
  metadata = metadataOf(invoice);
  metadata.until = "some day";
  onlyInvoice(signedOf(metadata));
  expectUnknown("cannot be used");
  publish({invoice});
  clock_.advanceSeconds(200 * 86'400);  // the access point's certificate has 100 days, the SMP's 300
  expectUnknown("has expired");
}

// --- A register that lies

TEST_F(AskPeppol, AChangedAnswerIsNotBelieved) {
  auto text = good(invoice);
  text.replace(text.find("ap.example.com"), 14, "ap.example.org");
  onlyInvoice(text);
  expectUnknown("signature does not fit");
}

TEST_F(AskPeppol, AnUnsignedAnswerIsNotBelieved) {
  onlyInvoice(metadataText(informationElement(metadataOf(invoice))));
  expectUnknown("not signed");
}

TEST_F(AskPeppol, AStrangersSignatureIsNotBelieved) {
  onlyInvoice(signedText(metadataText(informationElement(metadataOf(invoice))), "stranger"));
  expectUnknown("certificate of stranger is not believed");
}

TEST_F(AskPeppol, AnExpiredCertificateIsNotBelieved) {
  publish({invoice});
  clock_.advanceSeconds(400 * 86'400);
  expectUnknown("certificate of smp is not believed");
}

TEST_F(AskPeppol, AnAnswerAboutSomebodyElseIsNotBelieved) {
  auto metadata = metadataOf(invoice);
  metadata.participant = elsewhere;
  onlyInvoice(signedOf(metadata));
  expectUnknown("another participant");
  onlyInvoice(good(credit_note));
  expectUnknown("another document type");
  world->smp.answer(groupUrl(), serviceGroup(elsewhere, {invoice}));
  expectUnknown("another participant");
}

TEST_F(AskPeppol, NonsenseIsNotBelieved) {
  world->smp.answer(groupUrl(), "<html><body>Welcome</body></html>");
  expectUnknown("");
  world->smp.answer(groupUrl(), "");
  expectUnknown("");
  world->smp.answer(groupUrl(), "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>");
  expectUnknown("");
  onlyInvoice(signedText(metadataText("<Extension></Extension>")));
  expectUnknown("cannot be read");
}

// --- A register that is broken

TEST_F(AskPeppol, ARegisterThatHangsIsLeftInTime) {
  for (const auto& url : {groupUrl(), invoiceUrl()}) {
    group({invoice});
    world->smp.behave(url, {{"hang", true}});
    const auto begun = monotonicMicroseconds();
    const auto lookup = ask(options(), participant, 1'000);
    EXPECT_EQ(lookup.result, Lookup::Result::unknown) << lookup.words;
    EXPECT_GE(lookup.milliseconds, 900);
    EXPECT_LT(monotonicMicroseconds() - begun, 5'000'000);
  }
}

TEST_F(AskPeppol, NoTimeIsNoAnswer) {
  publish({invoice});
  for (const int time_ms : {-1, 0, 1})
    EXPECT_EQ(ask(options(), participant, time_ms).result, Lookup::Result::unknown) << time_ms;
}

TEST_F(AskPeppol, AnEndlessAnswerIsCutOff) {
  group({invoice});
  world->smp.behave(invoiceUrl(), {{"zeros", 50 * 1024 * 1024}});
  expectUnknown("over 1048576 bytes");
}

TEST_F(AskPeppol, OtherStatusesSayNothing) {
  for (const int status : {204, 401, 410, 429, 500, 503}) {
    world->smp.behave(groupUrl(), {{"status", status}});
    expectUnknown(std::to_string(status));
  }
}

TEST_F(AskPeppol, RedirectsOfHttpAreNotFollowed) {
  world->smp.behave(groupUrl(), {{"status", 302}, {"header", {"Location", "http://169.254.169.254/"}}});
  expectUnknown("302");
}

TEST_F(AskPeppol, ACutAnswerSaysNothing) {
  world->smp.answer(groupUrl(), serviceGroup(participant, {}));
  world->smp.behave(groupUrl(), {{"file", "body0"}, {"half", true}});
  expectUnknown("");
}

TEST_F(AskPeppol, ADeadHostSaysNothing) {
  const net::test::Dnsmasq dns(zone, {World::naptr(participant, "https://localhost:1")});
  auto other = options();
  other.resolver = dns.address();
  EXPECT_EQ(ask(other).result, Lookup::Result::unknown);
  other.resolver = "127.0.0.1:1";
  EXPECT_EQ(ask(other, participant, 1'000).result, Lookup::Result::unknown);
}

TEST_F(AskPeppol, AnAnswerOfLittleNeedMayBeMissing) {
  publish({invoice, response});
  answer(response, "broken");
  const auto lookup = ask();
  ASSERT_EQ(lookup.result, Lookup::Result::found) << lookup.words;
  EXPECT_EQ(lookup.until, lookup.askedAt.plusSeconds(120));
  const auto facts = peppolFactsFrom(lookup.facts);
  EXPECT_TRUE(facts->find("invoice"));
  EXPECT_EQ(facts->unread, std::vector<std::string>{"invoice-response"});
  answer(invoice, "broken");
  expectUnknown("");
}

// --- Redirects of SMP's own

TEST_F(AskPeppol, AnSmpMayLeadOnOnce) {
  const auto second = world->smp.base() + "/second", third = world->smp.base() + "/third";
  onlyInvoice(signedText(metadataText(redirectElement(second))));
  world->smp.answer(second, good(invoice));
  EXPECT_EQ(ask().result, Lookup::Result::found) << ask().words;
  world->smp.answer(second, signedText(metadataText(redirectElement(third))));
  world->smp.answer(third, good(invoice));
  expectUnknown("more than once");
  world->smp.answer(second, signedText(metadataText(redirectElement(second))));
  expectUnknown("more than once");
}

TEST_F(AskPeppol, AnSmpLeadsToHttpsAlone) {
  for (const std::string url : {"http://localhost/second", "https://user@localhost/second",
                                "file:///etc/passwd", "//localhost/second", "https://localhost/second?a=b"}) {
    onlyInvoice(signedText(metadataText(redirectElement(url))));
    expectUnknown("no https address");
  }
}

TEST_F(AskPeppol, AnUnsignedRedirectIsNotFollowed) {
  onlyInvoice(metadataText(redirectElement(world->smp.base() + "/second")));
  world->smp.answer(world->smp.base() + "/second", good(invoice));
  expectUnknown("not signed");
}

// --- Addresses

TEST_F(AskPeppol, OutsideTheSandboxNothingIsOnThisMachine) {
  publish({invoice});
  auto production = options();
  production.sandbox = false;
  const auto port = ask(production);
  EXPECT_EQ(port.result, Lookup::Result::unknown) << port.words;
  EXPECT_NE(port.words.find("none of them says where"), std::string::npos) << port.words;
  const auto loopback = ask(production, elsewhere);
  EXPECT_EQ(loopback.result, Lookup::Result::unknown) << loopback.words;
  EXPECT_NE(loopback.words.find("not a public one"), std::string::npos) << loopback.words;
  EXPECT_EQ(ask(options(), "0007:0").result, Lookup::Result::unknown);  // http
}

TEST_F(AskPeppol, TlsIsVouchedForByWhomWeName) {
  publish({invoice});
  auto system = options();
  system.tlsAuthorities = "";
  EXPECT_EQ(ask(system).result, Lookup::Result::unknown);
}

TEST_F(AskPeppol, IsAskedBySeveralThreadsAtOnce) {
  publish({invoice, credit_note});
  const PeppolRegister peppol(options(), clock_);
  std::vector<std::thread> threads;
  std::atomic<int> found = 0;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&] {
      if (peppol.ask(participant, plenty_ms).result == Lookup::Result::found) ++found;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(found, 6);
}

}  // namespace
}  // namespace postgang::channels::test
