// Step 3, filter: what every document must meet, whoever the receiver is. Pure.
//
//   number, issue date, seller, buyer, currency, totals and at least one line are there and can be read;
//   the totals add up (EN 16931-1, BR-CO-10 … BR-CO-17, with the tolerances that the official rules have);
//   the sender is the customer who hands it over, or a company of its group.
//
// Receivers' own demands and the official rule packs join here.
#pragma once

#include <vector>

#include "document/business_document.h"
#include "document/header_facts.h"
#include "flow/identity.h"
#include "store/events.h"

namespace postgang::flow {

std::vector<store::FindingFact> filter(const document::BusinessDocument& document,
                                       const document::HeaderFacts& facts, const Identity& sender);

// The parts of it, in this order.
void demandTerms(const document::BusinessDocument& document, std::vector<store::FindingFact>& findings);
void demandTotals(const document::BusinessDocument& document, std::vector<store::FindingFact>& findings);
void demandSender(const document::BusinessDocument& document, const document::HeaderFacts& facts,
                  const Identity& sender, std::vector<store::FindingFact>& findings);

// Who writes it and whom it is for, also where the buyer writes it: document/parties.h.
const document::Party& issuerOf(const document::HeaderFacts& facts);
const document::Party& recipientOf(const document::HeaderFacts& facts);

}  // namespace postgang::flow
