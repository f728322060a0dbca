#include "channels/handover_sample.h"

#include "base/text.h"
#include "formats/format.h"
#include "render/render.h"

namespace postgang::channels {

namespace {

constexpr std::string_view seller_name = "Postgång test", seller_number = "5599900999";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : withoutControls(text)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

std::string element(std::string_view name, std::string_view text, std::string_view attributes = {}) {
  return "<cbc:" + std::string(name) + std::string(attributes) + ">" + escaped(text) +
         "</cbc:" + std::string(name) + ">";
}

std::string amount(std::string_view name, std::string_view text) {
  return element(name, text, " currencyID=\"SEK\"");
}

std::string group(std::string_view name, std::string_view inside) {
  return "<cac:" + std::string(name) + ">" + std::string(inside) + "</cac:" + std::string(name) + ">";
}

// "0007:5599900122" as an element with its scheme.
std::string endpoint(std::string_view identifier) {
  const auto colon = identifier.find(':');
  if (colon == identifier.npos) return {};
  return element("EndpointID", identifier.substr(colon + 1),
                 " schemeID=\"" + escaped(identifier.substr(0, colon)) + "\"");
}

// A Swedish organisation number makes a VAT number; others have none here.
std::string vatNumberOf(std::string_view identifier) {
  constexpr std::string_view organisation = "0007:";
  return identifier.starts_with(organisation)
             ? "SE" + std::string(identifier.substr(organisation.size())) + "01"
             : std::string();
}

std::string party(const SampleParty& who, bool withVat) {
  const auto number = withVat ? vatNumberOf(who.identifier) : std::string();
  const auto vat =
      number.empty()
          ? std::string()
          : group("PartyTaxScheme", element("CompanyID", number) + group("TaxScheme", element("ID", "VAT")));
  const auto customer = who.customerNumber.empty()
                            ? std::string()
                            : group("PartyIdentification", element("ID", who.customerNumber));
  const auto street = who.street.empty() ? std::string() : element("StreetName", who.street);
  const auto postCode = who.postCode.empty() ? std::string() : element("PostalZone", who.postCode);
  const auto contact =
      who.email.empty() ? std::string() : group("Contact", element("ElectronicMail", who.email));
  return group("Party",
               endpoint(who.identifier) + customer +
                   group("PostalAddress", street + element("CityName", "Stockholm") + postCode +
                                              group("Country", element("IdentificationCode", "SE"))) +
                   vat + group("PartyLegalEntity", element("RegistrationName", who.name)) + contact);
}

std::string taxCategory(std::string_view name) {
  return group(name,
               element("ID", "S") + element("Percent", "25") + group("TaxScheme", element("ID", "VAT")));
}

std::string line(bool credit, std::string_view words) {
  const auto item = group("Item", element("Name", words) + taxCategory("ClassifiedTaxCategory"));
  return group(credit ? "CreditNoteLine" : "InvoiceLine",
               element("ID", "1") +
                   element(credit ? "CreditedQuantity" : "InvoicedQuantity", "1", " unitCode=\"C62\"") +
                   amount("LineExtensionAmount", "100.00") + item +
                   group("Price", amount("PriceAmount", "100.00")));
}

}  // namespace

std::string sampleFile(const Sample& sample) {
  const bool credit = sample.credit;
  const auto& texts = Texts::of(Language::swedish);
  const std::string root = credit ? "CreditNote" : "Invoice";
  const auto note = texts.word("handoverMail.note");
  std::string file =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root +
      " xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:" + root +
      "-2\" xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" " +
      "xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\n" +
      element("CustomizationID",
              "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0") +
      element("ProfileID", "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0") + element("ID", sample.number) +
      element("IssueDate", sample.issued.text());
  if (!credit) file += element("DueDate", sample.due.text());
  file += element(credit ? "CreditNoteTypeCode" : "InvoiceTypeCode", credit ? "381" : "380") +
          element("Note", note) + element("DocumentCurrencyCode", "SEK") + element("BuyerReference", "TEST") +
          (sample.orderNumber.empty() ? std::string()
                                      : group("OrderReference", element("ID", sample.orderNumber))) +
          "\n" + group("AccountingSupplierParty", party(sample.seller, true)) + "\n" +
          group("AccountingCustomerParty", party(sample.buyer, false)) + "\n" +
          group("TaxTotal",
                amount("TaxAmount", "25.00") +
                    group("TaxSubtotal", amount("TaxableAmount", "100.00") + amount("TaxAmount", "25.00") +
                                             taxCategory("TaxCategory"))) +
          "\n" +
          group("LegalMonetaryTotal",
                amount("LineExtensionAmount", "100.00") + amount("TaxExclusiveAmount", "100.00") +
                    amount("TaxInclusiveAmount", "125.00") + amount("PayableAmount", "125.00")) +
          "\n" + line(credit, texts.word("handoverMail.line")) + "\n</" + root + ">\n";
  return file;
}

SampleParty sampleSupplier() {
  return {"0007:" + std::string(seller_number), std::string(seller_name)};
}

std::string testNumber(Instant now) {
  const auto local = now.plusSeconds(stockholmAhead_seconds(now)).text();  // "2026-11-23T09:41:07…"
  return "TEST-" + local.substr(0, 4) + local.substr(5, 2) + local.substr(8, 2) + "-" + local.substr(11, 2) +
         local.substr(14, 2) + local.substr(17, 2);
}

Result<HandoverLoad> testLoad(std::string_view id, std::string_view kind, const store::Company& receiver,
                              Instant now, bool copy) {
  const bool credit = kind == "credit-note";
  HandoverLoad load;
  load.id = id;
  load.kind = credit ? "credit-note" : "invoice";
  load.number = testNumber(now);
  load.format = credit ? "UBL 2.1 Credit Note" : "UBL 2.1 Invoice";
  load.mediaType = "application/xml";
  load.currency = "SEK";
  load.sender.identifier = sampleSupplier().identifier;
  load.sender.name = seller_name;
  load.receiver.identifier = receiver.identifier;
  load.receiver.name = receiver.name;
  load.issueDate = dateInStockholm(now);
  if (!credit) load.dueDate = load.issueDate->plusDays(30);
  load.amount = Decimal::fromScaled(12500, 2);
  load.original = sampleFile({.credit = credit,
                              .number = load.number,
                              .issued = *load.issueDate,
                              .due = load.issueDate->plusDays(30),
                              .seller = sampleSupplier(),
                              .buyer = {receiver.identifier, receiver.name}});
  if (!copy) return load;
  TRY(const auto reading, formats::readDocument(load.original));
  TRY(load.copy, render::renderPdf(reading.document, {}, render::Channel::email, Language::swedish));
  return load;
}

}  // namespace postgang::channels
