// Sequences of UBL 2.1 (OASIS, November 2013) for the elements that EN 16931 uses; whole where a correction
// may add a child beside what the model does not know. Elements of one type share a row.
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
     "UBLExtensions UBLVersionID CustomizationID ProfileID ProfileExecutionID ID CopyIndicator UUID "
     "IssueDate IssueTime DueDate InvoiceTypeCode Note TaxPointDate DocumentCurrencyCode TaxCurrencyCode "
     "PricingCurrencyCode PaymentCurrencyCode PaymentAlternativeCurrencyCode AccountingCostCode "
     "AccountingCost LineCountNumeric BuyerReference InvoicePeriod OrderReference BillingReference "
     "DespatchDocumentReference ReceiptDocumentReference StatementDocumentReference "
     "OriginatorDocumentReference ContractDocumentReference AdditionalDocumentReference ProjectReference "
     "Signature AccountingSupplierParty AccountingCustomerParty PayeeParty BuyerCustomerParty "
     "SellerSupplierParty TaxRepresentativeParty Delivery DeliveryTerms PaymentMeans PaymentTerms "
     "PrepaidPayment AllowanceCharge TaxExchangeRate PricingExchangeRate PaymentExchangeRate "
     "PaymentAlternativeExchangeRate TaxTotal WithholdingTaxTotal LegalMonetaryTotal InvoiceLine"},
    {"CreditNote",
     "UBLExtensions UBLVersionID CustomizationID ProfileID ProfileExecutionID ID CopyIndicator UUID "
     "IssueDate IssueTime TaxPointDate CreditNoteTypeCode Note DocumentCurrencyCode TaxCurrencyCode "
     "PricingCurrencyCode PaymentCurrencyCode PaymentAlternativeCurrencyCode AccountingCostCode "
     "AccountingCost LineCountNumeric BuyerReference InvoicePeriod DiscrepancyResponse OrderReference "
     "BillingReference DespatchDocumentReference ReceiptDocumentReference ContractDocumentReference "
     "AdditionalDocumentReference StatementDocumentReference OriginatorDocumentReference Signature "
     "AccountingSupplierParty AccountingCustomerParty PayeeParty BuyerCustomerParty SellerSupplierParty "
     "TaxRepresentativeParty Delivery DeliveryTerms PaymentMeans PaymentTerms TaxExchangeRate "
     "PricingExchangeRate PaymentExchangeRate PaymentAlternativeExchangeRate AllowanceCharge TaxTotal "
     "LegalMonetaryTotal CreditNoteLine"},
    {"InvoiceLine",
     "ID UUID Note InvoicedQuantity LineExtensionAmount TaxPointDate AccountingCostCode AccountingCost "
     "PaymentPurposeCode FreeOfChargeIndicator InvoicePeriod OrderLineReference DespatchLineReference "
     "ReceiptLineReference BillingReference DocumentReference PricingReference OriginatorParty Delivery "
     "PaymentTerms AllowanceCharge TaxTotal WithholdingTaxTotal Item Price DeliveryTerms SubInvoiceLine "
     "ItemPriceExtension"},
    {"CreditNoteLine",
     "ID UUID Note CreditedQuantity LineExtensionAmount TaxPointDate AccountingCostCode AccountingCost "
     "PaymentPurposeCode FreeOfChargeIndicator InvoicePeriod OrderLineReference DiscrepancyResponse "
     "DespatchLineReference ReceiptLineReference BillingReference DocumentReference PricingReference "
     "OriginatorParty Delivery PaymentTerms TaxTotal AllowanceCharge Item Price DeliveryTerms "
     "SubCreditNoteLine ItemPriceExtension"},
    {"AccountingCustomerParty",
     "CustomerAssignedAccountID SupplierAssignedAccountID AdditionalAccountID Party DeliveryContact "
     "AccountingContact BuyerContact"},
    {"AccountingSupplierParty",
     "CustomerAssignedAccountID AdditionalAccountID DataSendingCapability Party DespatchContact "
     "AccountingContact SellerContact"},
    {"Party PayeeParty TaxRepresentativeParty DeliveryParty",
     "MarkCareIndicator MarkAttentionIndicator WebsiteURI LogoReferenceID EndpointID "
     "IndustryClassificationCode PartyIdentification PartyName Language PostalAddress PhysicalLocation "
     "PartyTaxScheme PartyLegalEntity Contact Person AgentParty ServiceProviderParty PowerOfAttorney "
     "FinancialAccount"},
    {"PostalAddress Address",
     "ID AddressTypeCode AddressFormatCode Postbox Floor Room StreetName AdditionalStreetName BlockName "
     "BuildingName BuildingNumber InhouseMail Department MarkAttention MarkCare PlotIdentification "
     "CitySubdivisionName CityName PostalZone CountrySubentity CountrySubentityCode Region District "
     "TimezoneOffset AddressLine Country LocationCoordinate"},
    {"PartyTaxScheme",
     "RegistrationName CompanyID TaxLevelCode ExemptionReasonCode ExemptionReason RegistrationAddress "
     "TaxScheme"},
    {"PartyLegalEntity",
     "RegistrationName CompanyID RegistrationDate RegistrationExpirationDate CompanyLegalFormCode "
     "CompanyLegalForm SoleProprietorshipIndicator CompanyLiquidationStatusCode CorporateStockAmount "
     "FullyPaidSharesIndicator RegistrationAddress CorporateRegistrationScheme HeadOfficeParty "
     "ShareholderParty"},
    {"Contact", "ID Name Telephone Telefax ElectronicMail Note OtherCommunication"},
    {"InvoicePeriod", "StartDate StartTime EndDate EndTime DurationMeasure DescriptionCode Description"},
    {"OrderReference",
     "ID SalesOrderID CopyIndicator UUID IssueDate IssueTime CustomerReference OrderTypeCode "
     "DocumentReference"},
    {"BillingReference",
     "InvoiceDocumentReference SelfBilledInvoiceDocumentReference CreditNoteDocumentReference "
     "SelfBilledCreditNoteDocumentReference DebitNoteDocumentReference ReminderDocumentReference "
     "AdditionalDocumentReference BillingReferenceLine"},
    {"AdditionalDocumentReference ContractDocumentReference DespatchDocumentReference DocumentReference "
     "InvoiceDocumentReference OriginatorDocumentReference ReceiptDocumentReference",
     "ID CopyIndicator UUID IssueDate IssueTime DocumentTypeCode DocumentType XPath LanguageID LocaleCode "
     "VersionID DocumentStatusCode DocumentDescription Attachment ValidityPeriod IssuerParty "
     "ResultOfVerification"},
    {"Attachment", "EmbeddedDocumentBinaryObject ExternalReference"},
    {"ExternalReference",
     "URI DocumentHash HashAlgorithmMethod ExpiryDate ExpiryTime MimeCode FormatCode EncodingCode "
     "CharacterSetCode FileName Description"},
    {"Delivery",
     "ID Quantity MinimumQuantity MaximumQuantity ActualDeliveryDate ActualDeliveryTime LatestDeliveryDate "
     "LatestDeliveryTime ReleaseID TrackingID DeliveryAddress DeliveryLocation AlternativeDeliveryLocation "
     "RequestedDeliveryPeriod PromisedDeliveryPeriod EstimatedDeliveryPeriod CarrierParty DeliveryParty "
     "NotifyParty Despatch DeliveryTerms MinimumDeliveryUnit MaximumDeliveryUnit Shipment"},
    {"DeliveryLocation",
     "ID Description Conditions CountrySubentity CountrySubentityCode LocationTypeCode InformationURI Name "
     "ValidityPeriod Address SubsidiaryLocation LocationCoordinate"},
    {"OrderLineReference", "LineID SalesOrderLineID UUID LineStatusCode OrderReference"},
    {"Country", "IdentificationCode Name"},
    {"PaymentMeans",
     "ID PaymentMeansCode PaymentDueDate PaymentChannelCode InstructionID InstructionNote PaymentID "
     "CardAccount PayerFinancialAccount PayeeFinancialAccount CreditAccount PaymentMandate TradeFinancing"},
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
     "Description PackQuantity PackSizeNumeric CatalogueIndicator Name HazardousRiskIndicator "
     "AdditionalInformation Keyword BrandName ModelName BuyersItemIdentification SellersItemIdentification "
     "ManufacturersItemIdentification StandardItemIdentification CatalogueItemIdentification "
     "AdditionalItemIdentification CatalogueDocumentReference ItemSpecificationDocumentReference "
     "OriginCountry CommodityClassification TransactionConditions HazardousItem ClassifiedTaxCategory "
     "AdditionalItemProperty ManufacturerParty InformationContentProviderParty OriginAddress ItemInstance "
     "Certificate Dimension"},
    {"BuyersItemIdentification SellersItemIdentification StandardItemIdentification",
     "ID ExtendedID BarcodeSymbologyID PhysicalAttribute MeasurementDimension IssuerParty"},
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
