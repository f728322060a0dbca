// What goes into a document's envelope for Peppol, worked out from the document and what is kept of its
// parties.
#pragma once

#include <string>
#include <string_view>

#include "channels/channel.h"
#include "channels/peppol_facts.h"
#include "document/business_document.h"
#include "formats/sbdh.h"
#include "store/peppol_exchanges.h"

namespace postgang::channels {

// Its document type by its root, customization and version: what registers are compared with. Empty: none.
std::string peppolTypeOf(std::string_view bytes);

// The country of a participant by its scheme, where that has one: 0007 is Sweden. Empty: it has none.
std::string_view peppolCountry(std::string_view participant);

// The sender as the document has it (BT-34), where that is one of its identifiers; else the first of them
// that Peppol has. Empty: none.
std::string peppolSender(const store::Company& company, const document::BusinessDocument& document);

// C1 and C4: the country of the one who sends it, and of the one it is for, as far as the document or the
// scheme says.
struct PeppolCountries {
  std::string sender, receiver;
};
PeppolCountries peppolCountries(const document::BusinessDocument& document, std::string_view sender,
                                std::string_view receiver);

// What an envelope says of its exchange; what else is known of it the caller adds, its direction first.
store::PeppolExchange exchangeSaidBy(const formats::Sbdh& header);

}  // namespace postgang::channels
