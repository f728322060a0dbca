// Who sent the document and who is to have it, as far as the document itself says.
//
// A counterpart may be a private person: then there is no organisation number and often no electronic
// address, only a customer number, a masked personal identity number or nothing but a name and a postal
// address.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/business_document.h"
#include "document/identifiers.h"

namespace postgang::document {

struct PostalAddress {
  std::vector<std::string> lines;  // address lines 1-3 that are there
  std::string postCode;
  std::string city;
  std::string subdivision;
  std::string country;  // ISO 3166-1 alpha-2 as the file has it
  bool empty() const { return lines.empty() && postCode.empty() && city.empty(); }
};

struct Party {
  std::string name;         // legal name (BT-27, BT-44); the trading name where that is all there is
  std::string tradingName;  // BT-28, BT-45; "" where it says the same as the name
  // The best identifier to know it by: the electronic address (BT-34, BT-49), then the legal registration
  // (BT-30, BT-47; a Swedish organisation number becomes 0007), then other identifiers with a scheme (BT-29,
  // BT-46: GLN …), then a Swedish VAT number, which holds the organisation number. Only what parseIdentifier
  // takes. Absent for a person.
  std::optional<Identifier> identifier;
  std::vector<Identifier> identifiers;  // all of them, the best first, no doubles
  std::string electronicAddress;        // BT-34, BT-49 as the file has it: "0007:5599900122"; "" where absent
  std::string legalNumber;              // BT-30, BT-47 as the file has it; masked for a person
  std::string vatNumber;                // BT-31, BT-48
  std::string customerNumber;           // the buyer's number with the seller: BT-46 without a scheme
  bool isPerson = false;
  std::string maskedNumber;  // 19850412-****, of a person whose number the document holds
  std::string contact;       // BT-41, BT-56
  std::string telephone;
  std::string email;  // BT-43, BT-58; else an electronic address of scheme EM
  PostalAddress address;
};

Party sellerOf(const BusinessDocument& document);
Party buyerOf(const BusinessDocument& document);

// A self-billed invoice (UNTDID 1001: 389, 261, 527) is issued by the buyer and goes to the seller.
bool isSelfBilled(std::string_view typeCode);
Party issuerOf(const BusinessDocument& document);
Party recipientOf(const BusinessDocument& document);

}  // namespace postgang::document
