// What the register of Peppol has said of a participant, as it is kept (store::Lookup::facts, JSON): which of
// the documents that we send it takes, and where each goes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/time.h"
#include "formats/peppol_ids.h"

namespace postgang::channels {

struct PeppolService {
  std::string document;          // "invoice", "credit-note", "invoice-response", "mls"
  formats::PeppolId id;          // what the envelope says: never with a `*`
  formats::PeppolId registered;  // as the participant has it
  formats::PeppolId process;
  std::string endpoint;            // URL of the access point
  std::string transport;           // "peppol-transport-as4-v2_0"
  std::string certificate;         // of the access point: base64 of DER, on one line
  std::string accessPoint;         // that certificate's name: "POP000001"
  std::optional<Instant> expires;  // of the registration or the certificate, what comes first
};

struct PeppolFacts {
  std::string participant;  // "0007:5599900122"
  std::string smp;          // where that was said
  std::vector<PeppolService> services;
  // Answers that it takes and whose registration could not be read: of those alone nothing is known.
  std::vector<std::string> unread;

  const PeppolService* find(std::string_view document) const;
};

std::string toJson(const PeppolFacts& facts);
// Code peppol-facts-malformed (internal: we have written them ourselves).
Result<PeppolFacts> peppolFactsFrom(std::string_view json);

}  // namespace postgang::channels
