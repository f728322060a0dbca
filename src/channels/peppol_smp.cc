#include "channels/peppol_smp.h"

#include "base/bytes.h"
#include "base/text.h"
#include "net/target.h"

namespace postgang::channels {
namespace {

using formats::PeppolId;

constexpr std::string_view smp_uri = "http://busdox.org/serviceMetadata/publishing/1.0/";
constexpr std::string_view ids_uri = "http://busdox.org/transport/identifiers/1.0/";
constexpr std::string_view addressing_uri = "http://www.w3.org/2005/08/addressing";
constexpr std::size_t references_max = 2'000, endpoints_max = 200, address_bytes_max = 1'000;

tl::unexpected<Problem> unbelieved(std::string code, std::string detail) {
  return fail(ProblemKind::unavailable, std::move(code), std::move(detail));
}
tl::unexpected<Problem> malformed(std::string_view what) {
  return unbelieved("smp-malformed", "The register's answer cannot be read: " + std::string(what) + ".");
}

// RFC 4648, without padding.
std::string base32(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t group = 0;
  int bits = 0;
  for (const char c : bytes) {
    group = group << 8 | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) text.push_back(letters[group >> (bits - 5) & 31]);
  }
  if (bits > 0) text.push_back(letters[group << (5 - bits) & 31]);
  return text;
}

std::string schemed(std::string_view scheme, std::string_view value) {
  return net::percentEncoded(std::string(scheme) + "::" + std::string(value));
}

// "…/services/busdox-docid-qns%3A%3Aurn%3A…" → the document type; nullopt: it is none.
std::optional<PeppolId> documentOf(std::string_view reference) {
  constexpr std::string_view before = "/services/";
  const auto at = reference.rfind(before);
  if (at == std::string_view::npos) return std::nullopt;
  const auto id = net::percentDecoded(reference.substr(at + before.size()));
  const auto colons = id ? id->find("::") : std::string::npos;
  if (colons == std::string::npos) return std::nullopt;
  return PeppolId{id->substr(0, colons), id->substr(colons + 2)};
}

std::string textOf(const xml::Element& element) {
  return std::string(trimmed(element.text()));
}
PeppolId idOf(const xml::Element& element) {
  return {std::string(element.attribute("scheme")), textOf(element)};
}

Outcome checkParticipant(const xml::Element& parent, std::string_view participant) {
  const auto id = parent.child(ids_uri, "ParticipantIdentifier");
  if (id.attribute("scheme") != formats::peppol_participants ||
      !formats::samePeppolParticipant(textOf(id), participant))
    return unbelieved("smp-other-participant",
                      "The register answered about another participant than the one asked about.");
  return {};
}

// xs:dateTime; without a zone it is taken for UTC.
std::optional<Instant> instantOf(const std::string& text) {
  const auto instant = Instant::parse(text);
  return instant ? instant : Instant::parse(text + "Z");
}

SmpEndpoint endpointFrom(const xml::Element& element) {
  SmpEndpoint endpoint;
  endpoint.transport = std::string(element.attribute("transportProfile"));
  endpoint.address =
      textOf(element.child(addressing_uri, "EndpointReference").child(addressing_uri, "Address"));
  endpoint.certificate = textOf(element.child(smp_uri, "Certificate"));
  const auto take = [&](std::string_view name, std::optional<Instant>& into) {
    const auto said = textOf(element.child(smp_uri, name));
    if (said.empty()) return;
    into = instantOf(said);
    endpoint.datesHold = endpoint.datesHold && into.has_value();
  };
  take("ServiceActivationDate", endpoint.from);
  take("ServiceExpirationDate", endpoint.until);
  return endpoint;
}

Result<std::vector<SmpProcess>> processesFrom(const xml::Element& information) {
  std::vector<SmpProcess> processes;
  std::size_t count = 0;
  for (const auto element : information.child(smp_uri, "ProcessList").children("Process")) {
    SmpProcess process;
    process.process = idOf(element.child(ids_uri, "ProcessIdentifier"));
    for (const auto each : element.child(smp_uri, "ServiceEndpointList").children("Endpoint")) {
      if (++count > endpoints_max) return malformed("it has too many endpoints");
      process.endpoints.push_back(endpointFrom(each));
    }
    processes.push_back(std::move(process));
  }
  return processes;
}

}  // namespace

std::string peppolName(std::string_view participant, std::string_view zone) {
  return base32(view(sha256(lowered(participant)))) + "." + std::string(formats::peppol_participants) + "." +
         std::string(zone);
}

std::string smpGroupUrl(std::string_view base, std::string_view participant) {
  return std::string(base) + "/" + schemed(formats::peppol_participants, participant);
}

std::string smpServiceUrl(std::string_view base, std::string_view participant, const PeppolId& document) {
  return smpGroupUrl(base, participant) + "/services/" + schemed(document.scheme, document.value);
}

Result<std::vector<PeppolId>> readServiceGroup(std::string_view bytes, std::string_view participant) {
  TRY(const auto tree, xml::parse(bytes, smp_limits));
  const auto root = tree.root();
  if (!root.is(smp_uri, "ServiceGroup")) return malformed("it is no ServiceGroup");
  CHECK_OK(checkParticipant(root, participant));
  std::vector<PeppolId> documents;
  const auto references = root.child(smp_uri, "ServiceMetadataReferenceCollection");
  for (const auto reference : references.children("ServiceMetadataReference")) {
    if (documents.size() == references_max) return malformed("it has too many references");
    if (auto document = documentOf(reference.attribute("href"))) documents.push_back(std::move(*document));
  }
  return documents;
}

Result<SmpService> readSmpService(std::string_view signedBytes, std::string_view participant,
                                  const PeppolId& document) {
  TRY(const auto tree, xml::parse(signedBytes, smp_limits));
  if (!tree.root().is(smp_uri, "SignedServiceMetadata")) return malformed("it is no SignedServiceMetadata");
  const auto metadata = tree.root().child(smp_uri, "ServiceMetadata");
  const auto only = metadata.children().size() == 1 ? metadata.firstChild() : xml::Element();
  SmpService service;
  if (only.is(smp_uri, "Redirect")) {
    service.redirect = std::string(trimmed(only.attribute("href")));
    if (service.redirect.empty() || service.redirect.size() > address_bytes_max)
      return malformed("it leads on to nowhere");
    return service;
  }
  if (!only.is(smp_uri, "ServiceInformation"))
    return malformed("it says neither what the service is nor where that stands");
  CHECK_OK(checkParticipant(only, participant));
  if (idOf(only.child(ids_uri, "DocumentIdentifier")) != document)
    return unbelieved("smp-other-document",
                      "The register answered about another document type than the one asked about.");
  TRY(service.processes, processesFrom(only));
  return service;
}

}  // namespace postgang::channels
