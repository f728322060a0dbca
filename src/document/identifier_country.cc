#include "document/identifier_country.h"

#include <utility>

namespace postgang::document {
namespace {

// Peppol's code list of participant identifier schemes, 9.7; in order of the code.
constexpr std::pair<std::string_view, std::string_view> countries[] = {
    {"0002", "FR"}, {"0007", "SE"}, {"0009", "FR"}, {"0037", "FI"}, {"0096", "DK"}, {"0106", "NL"},
    {"0142", "IT"}, {"0147", "JP"}, {"0151", "AU"}, {"0154", "KR"}, {"0170", "JP"}, {"0183", "CH"},
    {"0184", "DK"}, {"0188", "JP"}, {"0190", "NL"}, {"0191", "EE"}, {"0192", "NO"}, {"0195", "SG"},
    {"0196", "IS"}, {"0198", "DK"}, {"0200", "LT"}, {"0201", "IT"}, {"0204", "DE"}, {"0205", "IT"},
    {"0208", "BE"}, {"0210", "IT"}, {"0211", "IT"}, {"0212", "FI"}, {"0213", "FI"}, {"0215", "FI"},
    {"0216", "FI"}, {"0218", "LV"}, {"0221", "JP"}, {"0225", "FR"}, {"0230", "MY"}, {"0235", "AE"},
    {"9910", "HU"}, {"9914", "AT"}, {"9915", "AT"}, {"9919", "AT"}, {"9920", "ES"}, {"9922", "AD"},
    {"9923", "AL"}, {"9924", "BA"}, {"9925", "BE"}, {"9926", "BG"}, {"9927", "CH"}, {"9928", "CY"},
    {"9929", "CZ"}, {"9930", "DE"}, {"9931", "EE"}, {"9932", "GB"}, {"9933", "GR"}, {"9934", "HR"},
    {"9935", "IE"}, {"9936", "LI"}, {"9937", "LT"}, {"9938", "LU"}, {"9939", "LV"}, {"9940", "MC"},
    {"9941", "ME"}, {"9942", "MK"}, {"9943", "MT"}, {"9944", "NL"}, {"9945", "PL"}, {"9946", "PT"},
    {"9947", "RO"}, {"9948", "RS"}, {"9949", "SI"}, {"9950", "SK"}, {"9951", "SM"}, {"9952", "TR"},
    {"9953", "VA"}, {"9955", "SE"}, {"9957", "FR"}, {"9959", "US"},
};

}  // namespace

std::string_view countryOfIdentifier(std::string_view identifier) {
  const auto colon = identifier.find(':');
  if (colon == std::string_view::npos) return {};
  const auto scheme = identifier.substr(0, colon);
  for (const auto& [code, country] : countries)
    if (code == scheme) return country;
  return {};
}

}  // namespace postgang::document
