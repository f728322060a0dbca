#include "channels/xml_signature.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <xmlsec/crypto.h>
#include <xmlsec/errors.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>
#include <xmlsec/xmltree.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <vector>

namespace postgang::channels {
namespace {

constexpr std::string_view dsig = "http://www.w3.org/2000/09/xmldsig#";
constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr std::string_view canonical = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr std::string_view rsa_sha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
constexpr std::string_view sha256_digest = "http://www.w3.org/2001/04/xmlenc#sha256";
constexpr std::size_t certificates_max = 8;

using Document = std::unique_ptr<xmlDoc, void (*)(xmlDoc*)>;
using Context = std::unique_ptr<xmlSecDSigCtx, void (*)(xmlSecDSigCtx*)>;

// What went wrong is in what a call returns; the library would print it besides.
void silent(const char*, int, const char*, const char*, const char*, int, const char*) {}

// libxml2 and xmlsec are made ready once, before any thread uses them.
void startLibrary() {
  static const bool started = [] {
    xmlInitParser();
    const bool ready = xmlSecInit() == 0 && xmlSecCryptoAppInit(nullptr) == 0 && xmlSecCryptoInit() == 0;
    xmlSecErrorsSetCallback(silent);  // starting sets the library's own
    return ready;
  }();
  if (!started) throw std::runtime_error("xmlsec cannot be started");
}

tl::unexpected<Problem> unbelieved(std::string code, std::string detail) {
  return fail(ProblemKind::forbidden, std::move(code), std::move(detail));
}
tl::unexpected<Problem> unfit(std::string_view why) {
  return unbelieved("signature-unfit", "The signature " + std::string(why) + ", which is not taken.");
}
tl::unexpected<Problem> isWrong() {
  return unbelieved("signature-wrong", "The signature does not fit what is signed.");
}

// --- The form, on our own tree

xml::Element only(const xml::Element& parent, std::string_view child) {
  const auto found = parent.children(child);
  const bool one = found.size() == 1 && (*found.begin()).namespaceUri() == dsig;
  return one ? *found.begin() : xml::Element();
}

bool isOf(const xml::Element& method, std::string_view algorithm) {
  return method && method.attribute("Algorithm") == algorithm && !method.firstChild();
}

std::size_t countSignatures(const xml::Tree& tree) {
  const auto name = tree.name(dsig, "Signature");
  std::size_t count = 0;
  for (const auto& node : tree.arena().nodes) count += name && !node.isText() && node.name == *name ? 1 : 0;
  return count;
}

Outcome checkForm(const xml::Tree& tree) {
  const auto signature = only(tree.root(), "Signature");
  if (!signature) return unbelieved("signature-missing", "The document is not signed, or not once.");
  if (countSignatures(tree) != 1) return unfit("has another one beside it");
  const auto info = only(signature, "SignedInfo");
  if (!isOf(only(info, "CanonicalizationMethod"), canonical)) return unfit("is canonicalised otherwise");
  if (!isOf(only(info, "SignatureMethod"), rsa_sha256)) return unfit("is not RSA with SHA-256");
  const auto reference = only(info, "Reference");
  if (!reference || !reference.hasAttribute("URI") || !reference.attribute("URI").empty())
    return unfit("is not of the whole document");
  const auto transforms = only(reference, "Transforms");
  if (transforms.children().size() != 1 || !isOf(only(transforms, "Transform"), enveloped))
    return unfit("transforms what is signed");
  if (!isOf(only(reference, "DigestMethod"), sha256_digest)) return unfit("has a digest other than SHA-256");
  return {};
}

// The first is the signer's; the others may lead to who issued it.
Result<std::vector<Certificate>> certificatesIn(const xml::Tree& tree) {
  std::vector<Certificate> certificates;
  for (const auto data : only(tree.root().child(dsig, "Signature"), "KeyInfo").children("X509Data"))
    for (const auto element : data.children("X509Certificate")) {
      if (certificates.size() == certificates_max) return unfit("has too many certificates");
      TRY(auto certificate, Certificate::read(element.text()));
      certificates.push_back(std::move(certificate));
    }
  if (certificates.empty()) return unfit("has no certificate");
  return certificates;
}

// --- The signature, by the library

Context contextFor(const Certificate& signer) {
  Context context(xmlSecDSigCtxCreate(nullptr), xmlSecDSigCtxDestroy);
  if (!context) throw std::bad_alloc();
  context->flags = XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS | XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
  context->enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  for (const auto transform : {xmlSecTransformInclC14NId, xmlSecTransformRsaSha256Id})
    if (xmlSecDSigCtxEnableSignatureTransform(context.get(), transform) < 0) throw std::bad_alloc();
  for (const auto transform :
       {xmlSecTransformInclC14NId, xmlSecTransformEnvelopedId, xmlSecTransformSha256Id})
    if (xmlSecDSigCtxEnableReferenceTransform(context.get(), transform) < 0) throw std::bad_alloc();
  // The one key that is used; KeyInfo is not looked into by the library.
  const auto der = signer.der();
  context->signKey = xmlSecCryptoAppKeyLoadMemory(reinterpret_cast<const xmlSecByte*>(der.data()),
                                                  static_cast<xmlSecSize>(der.size()),
                                                  xmlSecKeyDataFormatCertDer, nullptr, nullptr, nullptr);
  return context;
}

Result<std::string> signedBytes(const std::string& utf8, const Certificate& signer) {
  constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
  const Document document(
      xmlReadMemory(utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8", options), xmlFreeDoc);
  if (!document || document->intSubset) return isWrong();
  xmlNode* signature =
      xmlSecFindChild(xmlDocGetRootElement(document.get()), xmlSecNodeSignature, xmlSecDSigNs);
  const auto context = contextFor(signer);
  if (!signature || !context->signKey) return isWrong();
  if (xmlSecDSigCtxVerify(context.get(), signature) < 0 || context->status != xmlSecDSigStatusSucceeded ||
      xmlSecPtrListGetSize(&context->signedInfoReferences) != 1)
    return isWrong();
  auto* reference =
      static_cast<xmlSecDSigReferenceCtxPtr>(xmlSecPtrListGetItem(&context->signedInfoReferences, 0));
  auto* bytes = reference ? xmlSecDSigReferenceCtxGetPreDigestBuffer(reference) : nullptr;
  if (!bytes || reference->status != xmlSecDSigStatusSucceeded || !xmlSecBufferGetData(bytes))
    return isWrong();
  return std::string(reinterpret_cast<const char*>(xmlSecBufferGetData(bytes)), xmlSecBufferGetSize(bytes));
}

}  // namespace

Result<SignedXml> verifiedXml(std::string_view bytes, const Authorities& authorities, Instant at,
                              const xml::Limits& limits) {
  startLibrary();
  TRY(const auto tree, xml::parse(bytes, limits));  // and so without a DTD
  CHECK_OK(checkForm(tree));
  TRY(const auto certificates, certificatesIn(tree));
  CHECK_OK(authorities.check(certificates.front(), certificates, at));
  TRY(auto what, signedBytes(tree.arena().source, certificates.front()));
  return SignedXml{std::move(what), certificates.front()};
}

}  // namespace postgang::channels
