// Formats that senders have and that no reader exists for yet: known by root element and namespace, so that
// the answer can name them. Whoever writes a reader moves its line to a file of its own.
#include "formats/every_format.h"

namespace postgang::formats {
namespace {

using document::Kind;

template <typename Recognises>
Format known(std::string_view id, std::string_view name, Kind kind, Recognises recognises) {
  return {id, name, kind, recognises, nullptr, nullptr};
}

bool isUbl(const xml::Tree& tree, std::string_view root) {
  constexpr std::string_view start = "urn:oasis:names:specification:ubl:schema:xsd:";
  const auto uri = tree.root().namespaceUri();
  return tree.root().is(root) && uri.starts_with(start) && uri.substr(start.size()).starts_with(root);
}

bool isRoot(const xml::Tree& tree, std::string_view uri, std::string_view root) {
  return tree.root().is(uri, root);
}

}  // namespace

Format ublOrder() {
  return known("ubl-order", "UBL 2.1 Order", Kind::order,
               [](const xml::Tree& t) { return isUbl(t, "Order"); });
}
Format ublOrderChange() {
  return known("ubl-order-change", "UBL 2.1 OrderChange", Kind::order,
               [](const xml::Tree& t) { return isUbl(t, "OrderChange"); });
}
Format ublOrderCancellation() {
  return known("ubl-order-cancellation", "UBL 2.1 OrderCancellation", Kind::order,
               [](const xml::Tree& t) { return isUbl(t, "OrderCancellation"); });
}
Format ublOrderResponse() {
  return known("ubl-order-response", "UBL 2.1 OrderResponse", Kind::order_response,
               [](const xml::Tree& t) { return isUbl(t, "OrderResponse"); });
}
Format ublDespatchAdvice() {
  return known("ubl-despatch-advice", "UBL 2.1 DespatchAdvice", Kind::despatch_advice,
               [](const xml::Tree& t) { return isUbl(t, "DespatchAdvice"); });
}
Format ublReceiptAdvice() {
  return known("ubl-receipt-advice", "UBL 2.1 ReceiptAdvice", Kind::other,
               [](const xml::Tree& t) { return isUbl(t, "ReceiptAdvice"); });
}
Format ublCatalogue() {
  return known("ubl-catalogue", "UBL 2.1 Catalogue", Kind::other,
               [](const xml::Tree& t) { return isUbl(t, "Catalogue"); });
}
Format ublReminder() {
  return known("ubl-reminder", "UBL 2.1 Reminder", Kind::reminder,
               [](const xml::Tree& t) { return isUbl(t, "Reminder"); });
}
Format ublStatement() {
  return known("ubl-statement", "UBL 2.1 Statement", Kind::other,
               [](const xml::Tree& t) { return isUbl(t, "Statement"); });
}
Format ublApplicationResponse() {
  return known("ubl-application-response", "UBL 2.1 ApplicationResponse", Kind::other,
               [](const xml::Tree& t) { return isUbl(t, "ApplicationResponse"); });
}
Format ciiInvoice() {
  return known("cii-invoice", "UN/CEFACT Cross Industry Invoice", Kind::invoice, [](const xml::Tree& t) {
    return isRoot(t, "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100", "CrossIndustryInvoice");
  });
}
Format svefaktura() {
  return known("svefaktura", "Svefaktura 1.0", Kind::invoice, [](const xml::Tree& t) {
    return isRoot(t, "urn:sfti:documents:BasicInvoice:1:0", "Invoice");
  });
}
Format svefakturaEnvelope() {
  return known("svefaktura-envelope", "Svefaktura 1.0 object envelope", Kind::other, [](const xml::Tree& t) {
    return isRoot(t, "urn:sfti:documents:ObjectEnvelope:1:0", "ObjectEnvelope");
  });
}
Format standardBusinessDocument() {
  return known("sbd", "Standard Business Document (SBDH envelope)", Kind::other, [](const xml::Tree& t) {
    return isRoot(t, "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader",
                  "StandardBusinessDocument");
  });
}
Format finvoice() {
  return known("finvoice", "Finvoice", Kind::invoice,
               [](const xml::Tree& t) { return t.root().is("Finvoice"); });
}

}  // namespace postgang::formats
