// Peppol's identifiers (Policy for use of Identifiers 4.4.0; code lists 9.7): participants, document types
// and how a registered one is compared with one that is to be sent, processes.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace postgang::formats {

inline constexpr std::string_view peppol_participants = "iso6523-actorid-upis";
inline constexpr std::string_view peppol_documents = "busdox-docid-qns";
inline constexpr std::string_view peppol_wildcards = "peppol-doctype-wildcard";
inline constexpr std::string_view peppol_processes = "cenbii-procid-ubl";

// A document type or a process, with its scheme. Both are case-sensitive.
struct PeppolId {
  std::string scheme, value;
  std::string text() const { return scheme + "::" + value; }
  friend auto operator<=>(const PeppolId&, const PeppolId&) = default;
};

// "0088:7300010000001": four digits, a colon and 1 to 130 of the characters that Peppol allows.
bool isPeppolParticipant(std::string_view text);
// A participant of a scheme that may be registered today: 0037, 0212, 0213, 0215, 9955 … have been removed.
bool isActivePeppolParticipant(std::string_view text);
// A service provider (SPIS 1.0.0), who is sent message level statuses: "0242:987654", "0242:987654-MLS".
bool isPeppolServiceProvider(std::string_view text);
bool samePeppolParticipant(std::string_view a, std::string_view b);  // upper and lower case are one

// A document type's value: rootNamespace::root##customization::version.
struct PeppolDocumentType {
  std::string_view rootNamespace, root, customization, version;
};
std::optional<PeppolDocumentType> peppolDocumentType(std::string_view value);

// Which of the registered document types takes one that is to be sent; nullopt: none. `busdox-docid-qns` is
// compared exactly and goes before `peppol-doctype-wildcard`, where an exact one goes before one with `*`,
// and of those the one with most parts.
std::optional<std::size_t> bestRegistration(std::span<const PeppolId> registered, std::string_view wanted);

// What can be sent to a participant, and in which processes, the first that it has.
struct PeppolDocument {
  std::string_view name;  // "invoice", "credit-note", "invoice-response", "mls"
  std::string_view value;
  std::array<std::string_view, 2> processes;  // the second may be ""
};
std::span<const PeppolDocument> peppolDocuments();

}  // namespace postgang::formats
