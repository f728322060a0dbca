// Invoices to send in tests: a right one, and ways to break one thing of it.
#pragma once

#include <string>
#include <string_view>

namespace postgang::flow {

struct Sample {
  std::string number = "4711";
  std::string issued = "2026-11-23";
  std::string typeCode = "380";
  std::string currency = "SEK";
  std::string sellerName = "Nordhamn Energi AB", sellerNumber = "5599900015";
  std::string buyerName = "Granberga Bygg AB", buyerNumber = "5599900023";  // number empty: a person
  std::string customerNumber;
  std::string lineNet = "1000.00", lines = "1000.00", withoutVat = "1000.00", taxable = "1000.00",
              vat = "250.00", vatTotal = "250.00", withVat = "1250.00", rounding, payable = "1250.00";
};

inline std::string element(std::string_view name, std::string_view text, std::string_view attributes = {}) {
  if (text.empty()) return {};
  std::string out = "<" + std::string(name) + std::string(attributes) + ">" + std::string(text) + "</" +
                    std::string(name) + ">";
  return out;
}

inline std::string amount(std::string_view name, std::string_view text) {
  return element(name, text, " currencyID=\"SEK\"");
}

inline std::string party(std::string_view name, std::string_view number, std::string_view customerNumber) {
  std::string out = "<cac:Party>" + element("cbc:EndpointID", number, " schemeID=\"0007\"");
  if (!customerNumber.empty())
    out += "<cac:PartyIdentification>" + element("cbc:ID", customerNumber) + "</cac:PartyIdentification>";
  out +=
      "<cac:PostalAddress><cbc:CityName>Tallmo</cbc:CityName><cac:Country><cbc:IdentificationCode>SE</"
      "cbc:IdentificationCode>"
      "</cac:Country></cac:PostalAddress>";
  if (!number.empty())
    out += "<cac:PartyTaxScheme>" + element("cbc:CompanyID", "SE" + std::string(number) + "01") +
           "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>";
  out += "<cac:PartyLegalEntity>" + element("cbc:RegistrationName", name) +
         element("cbc:CompanyID", number, " schemeID=\"0007\"") + "</cac:PartyLegalEntity></cac:Party>";
  return out;
}

inline std::string invoice(const Sample& s) {
  return "<Invoice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\" "
         "xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" "
         "xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\n" +
         element("cbc:ID", s.number) + "\n" + element("cbc:IssueDate", s.issued) + "\n" +
         element("cbc:InvoiceTypeCode", s.typeCode) + element("cbc:DocumentCurrencyCode", s.currency) +
         "\n<cac:AccountingSupplierParty>" + party(s.sellerName, s.sellerNumber, {}) +
         "</cac:AccountingSupplierParty>\n<cac:AccountingCustomerParty>" +
         party(s.buyerName, s.buyerNumber, s.customerNumber) +
         "</cac:AccountingCustomerParty>\n<cac:TaxTotal>" + amount("cbc:TaxAmount", s.vatTotal) +
         "<cac:TaxSubtotal>" + amount("cbc:TaxableAmount", s.taxable) + amount("cbc:TaxAmount", s.vat) +
         "<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>25</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
         "</cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>\n<cac:LegalMonetaryTotal>" +
         amount("cbc:LineExtensionAmount", s.lines) + amount("cbc:TaxExclusiveAmount", s.withoutVat) +
         amount("cbc:TaxInclusiveAmount", s.withVat) + amount("cbc:PayableRoundingAmount", s.rounding) +
         amount("cbc:PayableAmount", s.payable) +
         "</cac:LegalMonetaryTotal>\n<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity "
         "unitCode=\"H87\">1"
         "</cbc:InvoicedQuantity>" +
         amount("cbc:LineExtensionAmount", s.lineNet) +
         "<cac:Item><cbc:Name>Fjärrvärme</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</"
         "cbc:ID><cbc:Percent>25"
         "</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory></"
         "cac:Item>"
         "<cac:Price>" +
         amount("cbc:PriceAmount", s.lineNet) + "</cac:Price></cac:InvoiceLine></Invoice>\n";
}

}  // namespace postgang::flow
