// What a Smartmail's recipient is to open beside the document itself: its attachments, by the name that the
// delivery's facts, the page and the mail know them by (store::PartFact::name).
#pragma once

#include <string>
#include <vector>

#include "channels/smartmail_settings.h"
#include "document/business_document.h"
#include "render/letter.h"
#include "store/events.h"

namespace postgang::channels {

inline constexpr std::size_t mail_parts_max = 50;  // further ones are on the page and need not be opened

// The attachments whose content is in the file, in order, under names that are bounded and no doubles:
// "karta.pdf", "karta.pdf (2)". Of a document that was read from its file; a restored one has no contents.
std::vector<render::LetterPart> mailPartsOf(const document::BusinessDocument& document);

// The document (no name), then its attachments; exempt where the sender says so.
std::vector<store::PartFact> partFacts(const std::vector<render::LetterPart>& parts,
                                       const SmartmailSettings& settings);

}  // namespace postgang::channels
