// A UBL invoice that passes the filter, made for tests.
#pragma once

#include <string>

namespace postgang::api {

struct SampleParty {
  std::string organisationNumber, name;
};

inline std::string partyXml(const std::string& tag, const SampleParty& party) {
  const auto& number = party.organisationNumber;
  return "<cac:" + tag + "><cac:Party><cbc:EndpointID schemeID=\"0007\">" + number +
         "</cbc:EndpointID><cac:PostalAddress><cbc:CityName>Nordhamn</cbc:CityName><cac:Country>"
         "<cbc:IdentificationCode>SE</cbc:IdentificationCode></cac:Country></"
         "cac:PostalAddress><cac:PartyLegalEntity>"
         "<cbc:RegistrationName>" +
         party.name + "</cbc:RegistrationName><cbc:CompanyID schemeID=\"0007\">" + number +
         "</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:" + tag + ">";
}

// One line of 1000 kronor with 25 % VAT.
inline std::string sampleInvoice(const std::string& number, const SampleParty& seller,
                                 const SampleParty& buyer) {
  const auto sek = [](const std::string& tag, const std::string& value) {
    return "<cbc:" + tag + " currencyID=\"SEK\">" + value + "</cbc:" + tag + ">";
  };
  const std::string category =
      "<cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>";
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
         "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" "
         "xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" "
         "xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">"
         "<cbc:ID>" +
         number +
         "</cbc:ID><cbc:IssueDate>2026-11-02</cbc:IssueDate><cbc:DueDate>2026-12-02</cbc:DueDate>"
         "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>SEK</"
         "cbc:DocumentCurrencyCode>" +
         partyXml("AccountingSupplierParty", seller) + partyXml("AccountingCustomerParty", buyer) +
         "<cac:TaxTotal>" + sek("TaxAmount", "250.00") + "<cac:TaxSubtotal>" +
         sek("TaxableAmount", "1000.00") + sek("TaxAmount", "250.00") + "<cac:TaxCategory>" + category +
         "</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal><cac:LegalMonetaryTotal>" +
         sek("LineExtensionAmount", "1000.00") + sek("TaxExclusiveAmount", "1000.00") +
         sek("TaxInclusiveAmount", "1250.00") + sek("PayableAmount", "1250.00") +
         "</cac:LegalMonetaryTotal><cac:InvoiceLine><cbc:ID>1</cbc:ID>"
         "<cbc:InvoicedQuantity unitCode=\"HUR\">2</cbc:InvoicedQuantity>" +
         sek("LineExtensionAmount", "1000.00") +
         "<cac:Item><cbc:Name>Konsulttid</cbc:Name><cac:ClassifiedTaxCategory>" + category +
         "</cac:ClassifiedTaxCategory></cac:Item><cac:Price>" + sek("PriceAmount", "500.00") +
         "</cac:Price></cac:InvoiceLine></Invoice>";
}

}  // namespace postgang::api
