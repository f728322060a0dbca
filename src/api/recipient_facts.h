// What the page behind a Smartmail's link says, gathered from the store: for the recipient who has the link,
// and for the sender's preview.
#pragma once

#include <string>

#include "document/business_document.h"
#include "render/recipient_page.h"
#include "store/documents.h"
#include "store/smartmail.h"

namespace postgang::api {

struct RecipientFacts {
  store::DocumentRow row;  // as its sender sees it
  document::BusinessDocument document;
  render::RecipientPage page;
  // Which of the document's attachments each part of the page is, and what the delivery calls it.
  struct Part {
    std::size_t attachment = 0;
    std::string name;
  };
  std::vector<Part> parts;
};
Result<RecipientFacts> recipientFacts(store::Reader& reader, DocumentId document, DeliveryId delivery,
                                      const std::string& recipient, Instant now);

}  // namespace postgang::api
