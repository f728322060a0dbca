// Sequences of UBL 2.1 (OASIS, November 2013), as far as EN 16931 uses their elements. Elements of one type
// share a row.
#include "formats/ubl_order.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"

namespace postgang::formats {
namespace {

struct Sequence {
  std::string_view parents;   // between blanks
  std::string_view children;  // likewise, in order
};

constexpr Sequence sequences[] = {
    {"Invoice",
     "CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note TaxPointDate DocumentCurrencyCode "
     "TaxCurrencyCode AccountingCost BuyerReference InvoicePeriod OrderReference BillingReference "
     "DespatchDocumentReference ReceiptDocumentReference OriginatorDocumentReference "
     "ContractDocumentReference "
     "AdditionalDocumentReference ProjectReference AccountingSupplierParty AccountingCustomerParty "
     "PayeeParty "
     "TaxRepresentativeParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal "
     "InvoiceLine"},
    {"CreditNote",
     "CustomizationID ProfileID ID IssueDate TaxPointDate CreditNoteTypeCode Note DocumentCurrencyCode "
     "TaxCurrencyCode AccountingCost BuyerReference InvoicePeriod OrderReference BillingReference "
     "DespatchDocumentReference ReceiptDocumentReference ContractDocumentReference "
     "AdditionalDocumentReference "
     "OriginatorDocumentReference AccountingSupplierParty AccountingCustomerParty PayeeParty "
     "TaxRepresentativeParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal "
     "CreditNoteLine"},
    {"InvoiceLine",
     "ID Note InvoicedQuantity LineExtensionAmount AccountingCost InvoicePeriod OrderLineReference "
     "DocumentReference AllowanceCharge Item Price"},
    {"CreditNoteLine",
     "ID Note CreditedQuantity LineExtensionAmount AccountingCost InvoicePeriod OrderLineReference "
     "DocumentReference AllowanceCharge Item Price"},
    {"Party PayeeParty TaxRepresentativeParty DeliveryParty",
     "EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity Contact"},
    {"PostalAddress Address",
     "StreetName AdditionalStreetName CityName PostalZone CountrySubentity AddressLine Country"},
    {"PartyTaxScheme", "CompanyID TaxScheme"},
    {"PartyLegalEntity", "RegistrationName CompanyID CompanyLegalForm"},
    {"Contact", "Name Telephone ElectronicMail"},
    {"InvoicePeriod", "StartDate EndDate DescriptionCode"},
    {"OrderReference", "ID SalesOrderID"},
    {"AdditionalDocumentReference DocumentReference InvoiceDocumentReference",
     "ID IssueDate DocumentTypeCode DocumentDescription Attachment"},
    {"Attachment", "EmbeddedDocumentBinaryObject ExternalReference"},
    {"Delivery", "ActualDeliveryDate DeliveryLocation DeliveryParty"},
    {"DeliveryLocation", "ID Address"},
    {"PaymentMeans",
     "PaymentMeansCode PaymentDueDate PaymentID CardAccount PayeeFinancialAccount PaymentMandate"},
    {"CardAccount", "PrimaryAccountNumberID NetworkID HolderName"},
    {"PayeeFinancialAccount", "ID Name FinancialInstitutionBranch"},
    {"PaymentMandate", "ID PayerFinancialAccount"},
    {"AllowanceCharge",
     "ChargeIndicator AllowanceChargeReasonCode AllowanceChargeReason MultiplierFactorNumeric Amount "
     "BaseAmount "
     "TaxCategory"},
    {"TaxTotal", "TaxAmount TaxSubtotal"},
    {"TaxSubtotal", "TaxableAmount TaxAmount TaxCategory"},
    {"TaxCategory ClassifiedTaxCategory", "ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme"},
    {"LegalMonetaryTotal",
     "LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount AllowanceTotalAmount ChargeTotalAmount "
     "PrepaidAmount "
     "PayableRoundingAmount PayableAmount"},
    {"Item",
     "Description Name BuyersItemIdentification SellersItemIdentification StandardItemIdentification "
     "OriginCountry "
     "CommodityClassification ClassifiedTaxCategory AdditionalItemProperty"},
    {"AdditionalItemProperty", "Name Value"},
    {"Price", "PriceAmount BaseQuantity AllowanceCharge"},
};

// The position of a word in a list between blanks, or of the list's end.
std::size_t positionOf(std::string_view word, std::string_view words) {
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (words.substr(at, end - at) == word) return at;
    at = end + 1;
  }
  return words.size();
}

}  // namespace

std::size_t ublOrder(std::string_view parent, std::string_view child) {
  for (const auto& sequence : sequences)
    if (positionOf(parent, sequence.parents) < sequence.parents.size())
      return positionOf(child, sequence.children);
  return 0;
}

}  // namespace postgang::formats
