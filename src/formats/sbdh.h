// Peppol's envelope: the Standard Business Document Header around one business document (Peppol Business
// Message Envelope 2.0.2). Written around XML; read around XML, or around bytes that are none (BinaryContent,
// TextContent).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "formats/peppol_ids.h"
#include "xml/parse.h"

namespace postgang::formats {

enum class MlsType { failure_only, always_send };  // which message level statuses the sender wants

struct Sbdh {
  std::string sender, receiver;  // "0007:5599900122"
  std::string instance;          // of this envelope alone, in the whole world: a UUID
  Instant createdAt;             // of the envelope, not the document
  PeppolId documentType{std::string(peppol_documents), {}};
  PeppolId process{std::string(peppol_processes), {}};
  std::string senderCountry;         // C1, ISO 3166-1 alpha-2: "SE"
  std::optional<std::string> mlsTo;  // a service provider: "0242:987654-MLS"
  std::optional<MlsType> mlsType;    // absent: as the network's policy says, failure_only
  std::vector<std::pair<std::string, std::string>> others;  // other attributes; the value may be ""
};

struct Envelope {
  Sbdh header;
  std::string payload;    // XML: a file of its own, in UTF-8; else the bytes
  std::string mediaType;  // "application/xml", or what the envelope says
};

// The payload stands in the envelope as it is, without its XML declaration. Codes: sbdh-malformed (a field is
// missing or not of its form; `where` names it), sbdh-payload-mismatch (the document type is another than the
// payload's), and those of xml::parse for the payload.
Result<std::string> writeSbdh(const Sbdh& header, std::string_view payload);

// Codes: the same for the envelope. An MLS_TO that is no service provider is left out, as the rules have it:
// the status then goes to the sending provider's main id.
Result<Envelope> readSbdh(std::string_view bytes, const xml::Limits& limits = {});
Result<Envelope> readSbdh(const xml::Tree& tree);

}  // namespace postgang::formats
