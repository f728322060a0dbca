// What an SMP answers, made and signed by hand: the text is written in canonical form, so that its digest is
// that of its bytes, and the signature is OpenSSL's. Nothing of what reads it has a part in it.
#pragma once

#include <string>
#include <vector>

#include "base/bytes.h"
#include "formats/peppol_ids.h"
#include "net/target.h"
#include "tests/channels/pki.h"

namespace postgang::channels::test {

inline const std::string smp_namespace = "http://busdox.org/serviceMetadata/publishing/1.0/";
inline const std::string billing_process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

inline formats::PeppolId documentId(std::string_view name) {
  for (const auto& document : formats::peppolDocuments())
    if (document.name == name) return {"busdox-docid-qns", std::string(document.value)};
  throw std::runtime_error("no such document");
}

inline std::string participantElement(const std::string& participant) {
  return "<ParticipantIdentifier xmlns=\"http://busdox.org/transport/identifiers/1.0/\" "
         "scheme=\"iso6523-actorid-upis\">" +
         participant + "</ParticipantIdentifier>";
}

inline std::string serviceGroup(const std::string& participant,
                                const std::vector<formats::PeppolId>& documents) {
  std::string references;
  for (const auto& document : documents)
    references += "<ServiceMetadataReference href=\"https://elsewhere.example/" +
                  net::percentEncoded("iso6523-actorid-upis::" + participant) + "/services/" +
                  net::percentEncoded(document.text()) + "\"/>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ServiceGroup xmlns=\"" + smp_namespace + "\">" +
         participantElement(participant) + "<ServiceMetadataReferenceCollection>" + references +
         "</ServiceMetadataReferenceCollection></ServiceGroup>";
}

struct Metadata {
  std::string participant;
  formats::PeppolId document;
  std::string process = billing_process;
  std::string transport = "peppol-transport-as4-v2_0";
  std::string endpoint = "https://ap.example.com/as4";
  std::string from = "2020-01-01T00:00:00Z", until = "2099-01-01T00:00:00Z";
  std::string certificate = Pki::get().base64Of("access-point");
};

inline std::string informationElement(const Metadata& metadata) {
  return "<ServiceInformation>" + participantElement(metadata.participant) +
         "<DocumentIdentifier xmlns=\"http://busdox.org/transport/identifiers/1.0/\" scheme=\"" +
         metadata.document.scheme + "\">" + metadata.document.value +
         "</DocumentIdentifier><ProcessList><Process><ProcessIdentifier "
         "xmlns=\"http://busdox.org/transport/identifiers/1.0/\" scheme=\"cenbii-procid-ubl\">" +
         metadata.process + "</ProcessIdentifier><ServiceEndpointList><Endpoint transportProfile=\"" +
         metadata.transport +
         "\"><EndpointReference xmlns=\"http://www.w3.org/2005/08/addressing\"><Address>" +
         metadata.endpoint +
         "</Address></EndpointReference><RequireBusinessLevelSignature>false</"
         "RequireBusinessLevelSignature>" +
         "<ServiceActivationDate>" + metadata.from + "</ServiceActivationDate><ServiceExpirationDate>" +
         metadata.until + "</ServiceExpirationDate><Certificate>" + metadata.certificate +
         "</Certificate><ServiceDescription>test</ServiceDescription><TechnicalContactUrl>mailto:a@b.example"
         "</TechnicalContactUrl></Endpoint></ServiceEndpointList></Process></ProcessList></"
         "ServiceInformation>";
}
inline std::string redirectElement(const std::string& url) {
  return "<Redirect href=\"" + url + "\"><CertificateUID>CN=smp</CertificateUID></Redirect>";
}
// Not signed yet.
inline std::string metadataText(const std::string& content) {
  return "<SignedServiceMetadata xmlns=\"" + smp_namespace + "\"><ServiceMetadata>" + content +
         "</ServiceMetadata></SignedServiceMetadata>";
}

struct SignatureForm {
  std::string canonicalization = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
  std::string method = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  std::string uri;
  std::string transforms =
      "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform>";
  std::string digest = "http://www.w3.org/2001/04/xmlenc#sha256";
  bool certificate = true;
};

// `text` is canonical; the signature goes in before the root's end.
inline std::string signedText(const std::string& text, const std::string& signer = "smp",
                              const SignatureForm& form = {}) {
  const std::string dsig = "http://www.w3.org/2000/09/xmldsig#";
  const auto inner = "<CanonicalizationMethod Algorithm=\"" + form.canonicalization +
                     "\"></CanonicalizationMethod><SignatureMethod Algorithm=\"" + form.method +
                     "\"></SignatureMethod><Reference URI=\"" + form.uri + "\"><Transforms>" +
                     form.transforms + "</Transforms><DigestMethod Algorithm=\"" + form.digest +
                     "\"></DigestMethod><DigestValue>" + base64(view(sha256(text))) +
                     "</DigestValue></Reference></SignedInfo>";
  const auto value = Pki::get().signature(signer, "<SignedInfo xmlns=\"" + dsig + "\">" + inner);
  auto whole = text;
  whole.insert(whole.rfind("</"),
               "<Signature xmlns=\"" + dsig + "\"><SignedInfo>" + inner + "<SignatureValue>" + value +
                   "</SignatureValue>" +
                   (form.certificate ? "<KeyInfo><X509Data><X509Certificate>" + Pki::get().base64Of(signer) +
                                           "</X509Certificate></X509Data></KeyInfo>"
                                     : "") +
                   "</Signature>");
  return whole;
}

}  // namespace postgang::channels::test
