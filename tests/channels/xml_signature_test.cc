#include "channels/xml_signature.h"

#include <gtest/gtest.h>

#include "channels/peppol_smp.h"
#include "tests/channels/signed_metadata.h"

namespace postgang::channels::test {
namespace {

const std::string participant = "0007:5599900122";

std::string metadata() {
  return metadataText(informationElement({.participant = participant, .document = documentId("invoice")}));
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

class XmlSignature : public testing::Test {
 protected:
  Result<SignedXml> verified(const std::string& text, std::int64_t inDays = 0) const {
    return verifiedXml(text, smps_, SystemClock().now().plusSeconds(inDays * 86'400), smp_limits);
  }
  std::string codeOf(const std::string& text, std::int64_t inDays = 0) const {
    const auto found = verified(text, inDays);
    return found ? "" : found.error().code;
  }
  Authorities smps_ = Pki::get().authorities("smp-authority");
};

TEST_F(XmlSignature, GivesWhatWasSigned) {
  const auto found = verified(signedText(metadata()));
  ASSERT_TRUE(found) << found.error().code << " " << found.error().detail;
  EXPECT_EQ(found->bytes, metadata());
  EXPECT_EQ(found->signer.commonName(), "smp");
}

TEST_F(XmlSignature, IsOfTheCanonicalForm) {
  auto text = signedText(metadata());
  text = replaced(text, "<Endpoint transportProfile", "<Endpoint   \n transportProfile");
  text = replaced(text, "\"><EndpointReference", "\"  ><EndpointReference");
  text =
      replaced(text, "xmlns=\"http://busdox.org/transport/identifiers/1.0/\" scheme=\"iso6523-actorid-upis\"",
               "scheme='iso6523-actorid-upis' xmlns='http://busdox.org/transport/identifiers/1.0/'");
  text =
      replaced(text, "<ServiceDescription>test", "<ServiceDescription><!-- a note -->te<![CDATA[s]]>&#116;");
  const auto found =
      verified("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>\r\n<!-- before -->\r\n" + text);
  ASSERT_TRUE(found) << found.error().code;
  EXPECT_EQ(found->bytes, metadata());
}

TEST_F(XmlSignature, HoldsNothingThatWasChanged) {
  const auto text = signedText(metadata());
  EXPECT_EQ(codeOf(replaced(text, "ap.example.com", "ap.example.org")), "signature-wrong");
  EXPECT_EQ(codeOf(replaced(text, "<ServiceDescription>", "<ServiceDescription> ")), "signature-wrong");
  EXPECT_EQ(codeOf(replaced(text, "</ServiceMetadata>", "</ServiceMetadata><More/>")), "signature-wrong");
  const auto value = text.find("<SignatureValue>") + 16;
  auto other = text;
  other[value + 5] = other[value + 5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(codeOf(other), "signature-wrong");
  const auto digest = text.find("<DigestValue>") + 13;
  other = text;
  other[digest + 5] = other[digest + 5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(codeOf(other), "signature-wrong");
}

TEST_F(XmlSignature, IsOfSomebodyWhoIsBelieved) {
  EXPECT_EQ(codeOf(signedText(metadata(), "stranger")), "certificate-untrusted");
  EXPECT_EQ(codeOf(signedText(metadata(), "access-point")), "certificate-untrusted");
  // The certificate of somebody who is, and another's signature.
  auto borrowed = signedText(metadata(), "stranger");
  borrowed = replaced(borrowed, Pki::get().base64Of("stranger"), Pki::get().base64Of("smp"));
  EXPECT_EQ(codeOf(borrowed), "signature-wrong");
}

TEST_F(XmlSignature, IsOfACertificateThatHolds) {
  EXPECT_EQ(codeOf(signedText(metadata()), 299), "");
  EXPECT_EQ(codeOf(signedText(metadata()), 301), "certificate-untrusted");
  EXPECT_EQ(codeOf(signedText(metadata()), -2), "certificate-untrusted");
}

TEST_F(XmlSignature, HasOneFormAlone) {
  const std::string other =
      "<Transform Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"></Transform>";
  SignatureForm form;
  form.canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#";
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form = {};
  form.method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form.method = "http://www.w3.org/2000/09/xmldsig#hmac-sha256";
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form = {};
  form.digest = "http://www.w3.org/2000/09/xmldsig#sha1";
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  for (const std::string uri : {"#part", "http://127.0.0.1/", "file:///etc/passwd", "#xpointer(/)"}) {
    form = {};
    form.uri = uri;
    EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit") << uri;
  }
  form = {};
  form.transforms += other;
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form.transforms = other;
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form.transforms = "";
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form.transforms =
      "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"><x xmlns=\"y\"/></Transform>";
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
  form = {};
  form.certificate = false;
  EXPECT_EQ(codeOf(signedText(metadata(), "smp", form)), "signature-unfit");
}

TEST_F(XmlSignature, StandsThereOnceAndAtTheTop) {
  EXPECT_EQ(codeOf(metadata()), "signature-missing");
  const auto text = signedText(metadata());
  const auto begin = text.find("<Signature "), end = text.find("</Signature>") + 12;
  const auto signature = text.substr(begin, end - begin);
  EXPECT_EQ(codeOf(replaced(text, "</SignedServiceMetadata>", signature + "</SignedServiceMetadata>")),
            "signature-missing");
  EXPECT_EQ(codeOf(replaced(text, "<ServiceMetadata>", "<ServiceMetadata>" + signature)), "signature-unfit");
  // Wrapped: what was signed lies within, and something else is around it.
  const auto wrapped =
      replaced(text, "<SignedServiceMetadata",
               "<SignedServiceMetadata xmlns=\"" + smp_namespace + "\"><Extension><SignedServiceMetadata") +
      "</Extension></SignedServiceMetadata>";
  EXPECT_EQ(codeOf(wrapped), "signature-missing");
}

TEST_F(XmlSignature, IsNotLookedForInWhatIsNoXml) {
  EXPECT_EQ(codeOf(""), "xml-empty");
  EXPECT_EQ(codeOf("404 not found"), "xml-not-well-formed");
  EXPECT_EQ(codeOf("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"), "xml-doctype");
  EXPECT_EQ(codeOf(replaced(signedText(metadata()), Pki::get().base64Of("smp"), "bm90IGEgY2VydGlmaWNhdGU=")),
            "certificate-malformed");
}

TEST(Certificate, IsReadWithOrWithoutItsFrame) {
  const auto& pki = Pki::get();
  const auto plain = Certificate::read(pki.base64Of("smp")), framed = Certificate::read(pki.pem("smp"));
  ASSERT_TRUE(plain);
  ASSERT_TRUE(framed);
  EXPECT_EQ(plain->der(), framed->der());
  EXPECT_EQ(base64(plain->der()), pki.base64Of("smp"));
  EXPECT_EQ((plain->notAfter().microseconds - plain->notBefore().microseconds) / 1'000'000, 300 * 86'400);
  EXPECT_TRUE(plain->holdsAt(SystemClock().now()));
  for (const std::string& bad : {std::string(), std::string("AAAA"), pki.base64Of("smp") + "AAAA",
                                 pki.pem("smp") + pki.pem("smp"), std::string(100'000, 'A')})
    EXPECT_FALSE(Certificate::read(bad));
}

TEST(Authorities, AreOneOrMore) {
  const auto& pki = Pki::get();
  const auto both = Authorities::read(pki.pem("smp-authority") + pki.pem("access-point-authority"));
  ASSERT_TRUE(both);
  for (const auto* name : {"smp", "access-point"})
    EXPECT_TRUE(both->check(Certificate::read(pki.pem(name)).value(), {}, SystemClock().now())) << name;
  EXPECT_FALSE(both->check(Certificate::read(pki.pem("stranger")).value(), {}, SystemClock().now()));
  EXPECT_EQ(Authorities::read("").error().code, "authorities-missing");
  EXPECT_EQ(Authorities::read("some words").error().code, "authorities-missing");
  EXPECT_EQ(Authorities::read(pki.pem("smp").substr(0, 300)).error().code, "certificate-malformed");
}

}  // namespace
}  // namespace postgang::channels::test
