#include "channels/peppol_envelope.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "document/header_facts.h"
#include "xml/parse.h"

namespace postgang::channels {

namespace {

constexpr std::string_view ubl_version = "2.1";  // of BIS Billing 3, which leaves UBLVersionID out

// Schemes whose numbers one country gives out (code list of participant identifier schemes 9.7).
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> countries = {{{"0007", "SE"},
                                                                                      {"0009", "FR"},
                                                                                      {"0096", "DK"},
                                                                                      {"0106", "NL"},
                                                                                      {"0151", "AU"},
                                                                                      {"0184", "DK"},
                                                                                      {"0190", "NL"},
                                                                                      {"0191", "EE"},
                                                                                      {"0192", "NO"},
                                                                                      {"0195", "SG"},
                                                                                      {"0196", "IS"},
                                                                                      {"0198", "DK"},
                                                                                      {"0204", "DE"},
                                                                                      {"0208", "BE"},
                                                                                      {"0216", "FI"},
                                                                                      {"0218", "LV"}}};

std::string countryOf(const document::Party& party, std::string_view participant) {
  const auto& said = party.address.country;
  const auto isLetter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (said.size() == 2 && std::ranges::all_of(said, isLetter)) return said;
  return std::string(peppolCountry(participant));
}

}  // namespace

std::string peppolTypeOf(std::string_view bytes) {
  xml::Limits limits;
  limits.bytes = bytes.size();
  const auto tree = xml::parse(bytes, limits);
  if (!tree) return {};
  const auto root = tree->root();
  const auto customization = trimmed(root.child("CustomizationID").text());
  const auto version = trimmed(root.child("UBLVersionID").text());
  if (customization.empty()) return {};
  return std::string(root.namespaceUri()) + "::" + std::string(root.name()) + "##" +
         std::string(customization) + "::" + std::string(version.empty() ? ubl_version : version);
}

std::string_view peppolCountry(std::string_view participant) {
  const auto scheme = participant.substr(0, 4);
  const auto found =
      std::ranges::find(countries, scheme, &std::pair<std::string_view, std::string_view>::first);
  return found == countries.end() ? std::string_view() : found->second;
}

std::string peppolSender(const store::Company& company, const document::BusinessDocument& document) {
  const auto said = document::issuerOf(document).electronicAddress;
  if (formats::isActivePeppolParticipant(said) &&
      std::ranges::any_of(company.identifiers,
                          [&](const auto& own) { return formats::samePeppolParticipant(own, said); }))
    return said;
  if (formats::isActivePeppolParticipant(company.identifier)) return company.identifier;
  const auto found = std::ranges::find_if(company.identifiers, formats::isActivePeppolParticipant);
  return found == company.identifiers.end() ? std::string() : *found;
}

PeppolCountries peppolCountries(const document::BusinessDocument& document, std::string_view sender,
                                std::string_view receiver) {
  return {countryOf(document::issuerOf(document), sender),
          countryOf(document::recipientOf(document), receiver)};
}

store::PeppolExchange exchangeSaidBy(const formats::Sbdh& header) {
  store::PeppolExchange exchange;
  exchange.instance = header.instance;
  exchange.sender = header.sender;
  exchange.receiver = header.receiver;
  exchange.documentType = {header.documentType.scheme, header.documentType.value};
  exchange.process = {header.process.scheme, header.process.value};
  exchange.senderCountry = header.senderCountry;
  return exchange;
}

}  // namespace postgang::channels
