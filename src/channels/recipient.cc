#include "channels/recipient.h"

#include "store/companies.h"

namespace postgang::channels {

namespace {

Result<std::optional<store::Partner>> partnerOf(store::Reader& reader, CompanyId sender,
                                                const Recipient& recipient) {
  for (const auto& identifier : recipient.identifiers) {
    TRY(auto partner, store::partner(reader, store::Viewer::system(), sender, identifier));
    if (partner) return partner;
  }
  if (recipient.customerNumber.empty()) return std::nullopt;
  return store::partner(reader, store::Viewer::system(), sender, "customer:" + recipient.customerNumber);
}

}  // namespace

Result<Recipient> recipientOf(store::Reader& reader, CompanyId sender, const document::Party& party) {
  Recipient recipient;
  recipient.sender = sender;
  for (const auto& identifier : party.identifiers) recipient.identifiers.push_back(identifier.text());
  recipient.name = party.name;
  recipient.customerNumber = party.customerNumber;
  recipient.person = party.isPerson;
  recipient.email = party.email;
  recipient.attention = party.contact;
  recipient.address = party.address;
  TRY(recipient.partner, partnerOf(reader, sender, recipient));
  return recipient;
}

Result<Recipient> recipientOf(store::Reader& reader, CompanyId sender,
                              const document::Identifier& identifier) {
  document::Party party;
  party.identifier = identifier;
  party.identifiers = {identifier};
  return recipientOf(reader, sender, party);
}

}  // namespace postgang::channels
