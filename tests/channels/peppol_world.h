// A small world of Peppol on this machine, an SMP and a DNS, and the register that asks them: the fixture of
// peppol_register_test.cc.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "channels/peppol_register.h"
#include "channels/peppol_smp.h"
#include "tests/channels/signed_metadata.h"
#include "tests/channels/smp_server.h"
#include "tests/net/dnsmasq.h"

namespace postgang::channels::test {

using formats::PeppolId;
using store::Lookup;

inline constexpr const char* zone = "sml.test";
inline const std::string participant = "0007:5599900122", elsewhere = "0007:5599900130",
                         nobody = "0192:999999999";
inline constexpr int plenty_ms = 30'000;

// One SMP and one DNS for all tests of this file.
struct World {
  SmpServer smp;
  net::test::Dnsmasq dns{zone,
                         {naptr(participant, smp.base()), naptr(elsewhere, "https://localhost/smp"),
                          naptr("0007:0", "http://localhost/smp")}};
  bool started() const { return smp.started() && dns.started(); }
  static std::string naptr(const std::string& who, const std::string& url) {
    return "naptr-record=" + peppolName(who, zone) + ",100,10,U,Meta:SMP,!.*!" + url + "!";
  }
};

class AskPeppol : public testing::Test {
 protected:
  static void SetUpTestSuite() { world = std::make_unique<World>(); }
  static void TearDownTestSuite() { world.reset(); }
  void SetUp() override {
    if (!world->started()) GTEST_SKIP() << "no dnsmasq or no python3";
    world->smp.clear();
  }

  PeppolRegisterOptions options() const {
    PeppolRegisterOptions options{.publishers = Pki::get().authorities("smp-authority")};
    options.zone = zone;
    options.resolver = world->dns.address();
    options.accessPoints = Pki::get().authorities("access-point-authority");
    options.tlsAuthorities = Pki::get().file("tls");
    options.sandbox = true;
    return options;
  }
  Lookup ask(const PeppolRegisterOptions& options, const std::string& key = participant,
             int time_ms = plenty_ms) const {
    return PeppolRegister(options, clock_).ask(key, time_ms);
  }
  Lookup ask() const { return ask(options()); }

  // The participant takes these, each with a good answer.
  void publish(const std::vector<PeppolId>& documents) {
    group(documents);
    for (const auto& document : documents) answer(document, good(document));
  }
  void group(const std::vector<PeppolId>& documents) {
    world->smp.answer(groupUrl(), serviceGroup(participant, documents));
  }
  void answer(const PeppolId& document, const std::string& text) {
    world->smp.answer(smpServiceUrl(world->smp.base(), participant, document), text);
  }
  static Metadata metadataOf(const PeppolId& document) {
    Metadata metadata{.participant = participant, .document = document};
    if (document.value.find("invoice_response") != std::string::npos)
      metadata.process = "urn:fdc:peppol.eu:poacc:bis:invoice_response:3";
    return metadata;
  }
  static std::string good(const PeppolId& document) { return signedOf(metadataOf(document)); }
  static std::string signedOf(const Metadata& metadata) {
    return signedText(metadataText(informationElement(metadata)));
  }
  static std::string groupUrl() { return smpGroupUrl(world->smp.base(), participant); }
  static std::string invoiceUrl() { return smpServiceUrl(world->smp.base(), participant, invoice); }

  // What is registered is an invoice alone, and this is what is said of it.
  void onlyInvoice(const std::string& text) {
    group({invoice});
    answer(invoice, text);
  }
  void expectUnknown(std::string_view words) const {
    const auto lookup = ask();
    EXPECT_EQ(lookup.result, Lookup::Result::unknown) << lookup.words;
    EXPECT_NE(lookup.words.find(words), std::string::npos) << lookup.words;
    EXPECT_EQ(lookup.facts, "");
    EXPECT_EQ(lookup.until, lookup.askedAt.plusSeconds(120));
  }
  void expectAbsent(std::string_view words) const {
    const auto lookup = ask();
    EXPECT_EQ(lookup.result, Lookup::Result::absent) << lookup.words;
    EXPECT_NE(lookup.words.find(words), std::string::npos) << lookup.words;
    EXPECT_EQ(lookup.facts, "");
    EXPECT_EQ(lookup.until, lookup.askedAt.plusSeconds(3600));
  }

  inline static std::unique_ptr<World> world;
  inline static const PeppolId invoice = documentId("invoice"), credit_note = documentId("credit-note"),
                               response = documentId("invoice-response");
  SimulatedClock clock_{SystemClock().now()};
};

}  // namespace postgang::channels::test
