#include "formats/peppol_ids.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::formats {
namespace {

constexpr std::size_t value_bytes_max = 130, type_bytes_max = 500;

// Code list of participant identifier schemes 9.7: active, and deprecated but still registered.
constexpr std::string_view active_schemes[] = {
    "0002", "0007", "0009", "0060", "0088", "0096", "0097", "0106", "0130", "0135", "0142", "0151", "0158",
    "0183", "0184", "0188", "0190", "0191", "0192", "0193", "0195", "0196", "0198", "0199", "0200", "0201",
    "0204", "0205", "0208", "0209", "0210", "0211", "0216", "0218", "0221", "0225", "0230", "0235", "0240",
    "0242", "0244", "0245", "0246", "0248", "9909", "9910", "9912", "9913", "9914", "9915", "9916", "9917",
    "9918", "9919", "9920", "9922", "9923", "9924", "9925", "9926", "9927", "9928", "9929", "9930", "9931",
    "9932", "9933", "9934", "9935", "9936", "9937", "9938", "9939", "9940", "9941", "9942", "9943", "9944",
    "9945", "9946", "9947", "9948", "9949", "9950", "9951", "9952", "9953", "9957", "9959"};

constexpr PeppolDocument documents[] = {
    {"invoice",
     "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2::Invoice"
     "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1",
     {"urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", "urn:peppol:bis:billing_with_response"}},
    {"credit-note",
     "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2::CreditNote"
     "##urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0::2.1",
     {"urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", "urn:peppol:bis:billing_with_response"}},
    {"invoice-response",
     "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2::ApplicationResponse"
     "##urn:fdc:peppol.eu:poacc:trns:invoice_response:3::2.1",
     {"urn:fdc:peppol.eu:poacc:bis:invoice_response:3", ""}},
    {"mls",
     "urn:oasis:names:specification:ubl:schema:xsd:ApplicationResponse-2::ApplicationResponse"
     "##urn:peppol:edec:mls:1.0::2.1",
     {"urn:peppol:edec:mls", ""}}};

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isAlphanumeric(char c) {
  return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isOneOf(char c, std::string_view marks) {
  return marks.find(c) != std::string_view::npos;
}
template <typename Is>
bool all(std::string_view text, std::size_t least, std::size_t most, Is is) {
  return text.size() >= least && text.size() <= most && std::all_of(text.begin(), text.end(), is);
}

// How many parts of what is wanted a registration with a wildcard names; 0: it does not take it.
std::size_t partsMatched(std::string_view registered, std::string_view wanted) {
  registered.remove_suffix(1);  // the *
  if (registered.empty() || registered.ends_with('@') || registered.find('*') != std::string_view::npos)
    return 0;  // not a registration that Peppol allows
  const bool takes = wanted.starts_with(registered) &&
                     (wanted.size() == registered.size() || wanted[registered.size()] == '@');
  return takes ? 1 + static_cast<std::size_t>(std::count(registered.begin(), registered.end(), '@')) : 0;
}

}  // namespace

bool isPeppolParticipant(std::string_view text) {
  return text.size() > 5 && all(text.substr(0, 4), 4, 4, isDigit) && text[4] == ':' &&
         all(text.substr(5), 1, value_bytes_max,
             [](char c) { return isAlphanumeric(c) || isOneOf(c, "-._~"); });
}

bool isActivePeppolParticipant(std::string_view text) {
  return isPeppolParticipant(text) && std::ranges::binary_search(active_schemes, text.substr(0, 4));
}

bool isPeppolServiceProvider(std::string_view text) {
  if (!isPeppolParticipant(text) || !text.starts_with("0242:")) return false;
  text.remove_prefix(5);
  if (!all(text.substr(0, 6), 6, 6, isDigit)) return false;
  if (text.size() == 6) return true;
  if (text[6] != '-') return false;
  text.remove_prefix(7);
  const auto dot = text.find('.');
  if (!all(text.substr(0, dot), 3, 12, [](char c) { return isAlphanumeric(c) || c == '_'; })) return false;
  return dot == std::string_view::npos ||
         all(text.substr(dot + 1), 3, 24, [](char c) { return isAlphanumeric(c) || isOneOf(c, "-._~"); });
}

bool samePeppolParticipant(std::string_view a, std::string_view b) {
  return lowered(a) == lowered(b);
}

std::optional<PeppolDocumentType> peppolDocumentType(std::string_view value) {
  if (value.size() > type_bytes_max || !isUtf8(value) ||
      std::any_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }))
    return std::nullopt;
  PeppolDocumentType type;
  const auto hashes = value.find("##");
  if (hashes == std::string_view::npos) return std::nullopt;
  const auto syntax = value.substr(0, hashes);
  const auto root = syntax.rfind("::");
  const auto rest = value.substr(hashes + 2);
  const auto version = rest.rfind("::");
  if (root == std::string_view::npos || version == std::string_view::npos) return std::nullopt;
  type = {syntax.substr(0, root), syntax.substr(root + 2), rest.substr(0, version), rest.substr(version + 2)};
  const bool whole = !type.rootNamespace.empty() && !type.root.empty() && !type.customization.empty() &&
                     !type.version.empty();
  return whole ? std::optional(type) : std::nullopt;
}

std::optional<std::size_t> bestRegistration(std::span<const PeppolId> registered, std::string_view wanted) {
  const auto type = peppolDocumentType(wanted);
  if (!type || type->customization.find('*') != std::string_view::npos) return std::nullopt;
  const auto exactly = [&](std::string_view scheme) -> std::optional<std::size_t> {
    for (std::size_t i = 0; i < registered.size(); ++i)
      if (registered[i].scheme == scheme && registered[i].value == wanted) return i;
    return std::nullopt;
  };
  if (const auto found = exactly(peppol_documents)) return found;
  if (const auto found = exactly(peppol_wildcards)) return found;
  std::optional<std::size_t> best;
  std::size_t most = 0;
  for (std::size_t i = 0; i < registered.size(); ++i) {
    if (registered[i].scheme != peppol_wildcards) continue;
    const auto other = peppolDocumentType(registered[i].value);
    if (!other || other->rootNamespace != type->rootNamespace || other->root != type->root ||
        other->version != type->version || !other->customization.ends_with('*'))
      continue;
    const auto parts = partsMatched(other->customization, type->customization);
    if (parts > most) best = i, most = parts;
  }
  return best;
}

std::span<const PeppolDocument> peppolDocuments() {
  return documents;
}

}  // namespace postgang::formats
