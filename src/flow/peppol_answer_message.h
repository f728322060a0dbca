// The Invoice Response that answers a document which came over Peppol, in its envelope.
#pragma once

#include <optional>
#include <string>

#include "channels/peppol_facts.h"
#include "channels/peppol_road.h"
#include "flow/step.h"
#include "store/events.h"
#include "store/peppol_exchanges.h"

namespace postgang::flow {

// What is answered.
struct PeppolAnswering {
  DocumentId document;
  CompanyId receiver;          // of the document, whose answer it is
  store::PeppolExchange came;  // how the document came
  store::Event said;           // returned, accepted or rejected: the latest of them
  std::string instance;        // of the answer's envelope: always the same for the same answer
};
// nullopt: it did not come over Peppol, or there is nothing to answer.
Result<std::optional<PeppolAnswering>> peppolAnsweringOf(store::Reader& reader, DocumentId document);

struct PeppolAnswer {
  std::string envelope;
  store::PeppolExchange exchange;  // without the envelope's digest
};
// Codes: document-unreadable; peppol-answer-without-country (invalid): neither document nor scheme says where
// the receiver is; those of writeInvoiceResponse and writeSbdh.
Result<PeppolAnswer> peppolAnswerOf(store::Reader& reader, const channels::PeppolRoad& road,
                                    const channels::PeppolService& service, const PeppolAnswering& answering,
                                    Instant now);

}  // namespace postgang::flow
