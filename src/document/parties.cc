#include "document/parties.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::document {
namespace {

// Where each party's terms stand: the seller's and the buyer's are told apart by their numbers only.
struct PartyTerms {
  Group party;
  Term name, tradingName, identifier, legal, vat, electronicAddress;
  Group address;
  Term line1, line2, line3, city, postCode, subdivision, country;
  Group contact;
  Term contactName, telephone, email;
};

constexpr PartyTerms seller_terms = {Group::BG_4,  Term::BT_27, Term::BT_28, Term::BT_29, Term::BT_30,
                                     Term::BT_31,  Term::BT_34, Group::BG_5, Term::BT_35, Term::BT_36,
                                     Term::BT_162, Term::BT_37, Term::BT_38, Term::BT_39, Term::BT_40,
                                     Group::BG_6,  Term::BT_41, Term::BT_42, Term::BT_43};
constexpr PartyTerms buyer_terms = {Group::BG_7,  Term::BT_44, Term::BT_45, Term::BT_46, Term::BT_47,
                                    Term::BT_48,  Term::BT_49, Group::BG_8, Term::BT_50, Term::BT_51,
                                    Term::BT_163, Term::BT_52, Term::BT_53, Term::BT_54, Term::BT_55,
                                    Group::BG_9,  Term::BT_56, Term::BT_57, Term::BT_58};

void keep(Party& party, Result<Identifier> identifier) {
  if (!identifier) return;
  if (std::find(party.identifiers.begin(), party.identifiers.end(), *identifier) == party.identifiers.end())
    party.identifiers.push_back(std::move(*identifier));
}

Result<Identifier> identifierOf(const Value& value) {
  return parseIdentifier(std::string(value.qualifier) + ":" + std::string(value.text));
}

// A registration without a scheme is taken for a Swedish organisation number when it is one.
Result<Identifier> legalIdentifierOf(const Value& value) {
  return value.qualifier.empty() ? parseIdentifier("0007:" + std::string(value.text)) : identifierOf(value);
}

void readIdentifiers(Party& party, const GroupView& group, const PartyTerms& terms) {
  if (const auto address = group.find(terms.electronicAddress)) {
    party.electronicAddress = address->qualifier.empty()
                                  ? std::string(address->text)
                                  : std::string(address->qualifier) + ":" + std::string(address->text);
    keep(party, identifierOf(*address));
    if (address->qualifier == "EM") party.email = std::string(address->text);
  }
  if (const auto legal = group.find(terms.legal)) {
    party.legalNumber = std::string(legal->text);
    keep(party, legalIdentifierOf(*legal));
  }
  for (const auto& value : group.all(terms.identifier)) {
    if (!value.qualifier.empty())
      keep(party, identifierOf(value));
    else if (party.customerNumber.empty())
      party.customerNumber = std::string(value.text);
  }
  party.vatNumber = std::string(group.text(terms.vat));
  if (const auto number = organisationNumberOfVat(party.vatNumber))
    keep(party, parseIdentifier("0007:" + *number));
}

PostalAddress addressOf(const GroupView& group, const PartyTerms& terms) {
  PostalAddress address;
  for (const auto line : {terms.line1, terms.line2, terms.line3})
    if (const auto text = group.text(line); !text.empty()) address.lines.emplace_back(text);
  address.postCode = std::string(group.text(terms.postCode));
  address.city = std::string(group.text(terms.city));
  address.subdivision = std::string(group.text(terms.subdivision));
  address.country = std::string(group.text(terms.country));
  return address;
}

// Words and parts of words that only an organisation's name has, folded.
constexpr std::string_view organisation_words[] = {"ab",  "hb",  "kb",   "brf", "inc", "ltd", "llc", "gmbh",
                                                   "as",  "asa", "oy",   "oyj", "aps", "bv",  "nv",  "sa",
                                                   "srl", "plc", "corp", "co",  "a/s", "publ"};
constexpr std::string_view organisation_parts[] = {
    "bolag",   "forening", "stiftelse",  "kommun", "myndighet", "verket",   "foretag",    "universitet",
    "hogskol", "byra",     "forsamling", "region", "landsting", "institut", "department", "authority"};

bool isOrganisationName(std::string_view name) {
  const auto text = folded(name);
  for (const auto part : organisation_parts)
    if (text.find(part) != std::string::npos) return true;
  for (auto word : split(text, ' ')) {
    while (!word.empty() && std::string_view("().,").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    if (word.starts_with('(')) word.remove_prefix(1);
    if (std::find(std::begin(organisation_words), std::end(organisation_words), word) !=
        std::end(organisation_words))
      return true;
  }
  return false;
}

// The personal identity number in an identifier; a bank's recipient identifier has it before a dot:
// 196505030004.NB.SE.
std::string_view personnummerIn(std::string_view text) {
  const auto number = text.substr(0, text.find('.'));
  return isPersonnummer(number) ? number : std::string_view();
}

// Leaves of the number only its mask.
void mask(Party& party, std::string number) {
  party.maskedNumber = maskedPersonnummer(number);
  std::erase_if(party.identifiers,
                [](const Identifier& identifier) { return isPersonnummer(identifier.value); });
  if (!personnummerIn(party.legalNumber).empty()) party.legalNumber = party.maskedNumber;
  if (!personnummerIn(party.customerNumber).empty()) party.customerNumber.clear();
  const auto address = std::string_view(party.electronicAddress);
  if (!personnummerIn(address.substr(address.find(':') + 1)).empty()) party.electronicAddress.clear();
}

// A person is known by a personal identity number without being registered for VAT (a sole trader's
// organisation number is a personal identity number, too), or by having nothing that an organisation has: no
// identifier, no such name.
void recognisePerson(Party& party) {
  if (!party.vatNumber.empty()) return;
  std::string number(personnummerIn(party.legalNumber));
  if (number.empty()) number = personnummerIn(party.customerNumber);
  for (const auto& identifier : party.identifiers)
    if (number.empty() && identifier.scheme == "0007") number = personnummerIn(identifier.value);
  if (!number.empty()) {
    mask(party, number);
    party.isPerson = true;
  } else {
    party.isPerson = !party.name.empty() && party.identifiers.empty() && party.legalNumber.empty() &&
                     !isOrganisationName(party.name);
  }
}

Party partyOf(const BusinessDocument& document, const PartyTerms& terms) {
  const auto group = document.root().group(terms.party);
  Party party;
  party.name = std::string(group.text(terms.name));
  party.tradingName = std::string(group.text(terms.tradingName));
  if (party.name.empty()) party.name = party.tradingName;
  if (party.tradingName == party.name) party.tradingName.clear();
  readIdentifiers(party, group, terms);
  const auto contact = group.group(terms.contact);
  party.contact = std::string(contact.text(terms.contactName));
  party.telephone = std::string(contact.text(terms.telephone));
  if (const auto email = contact.text(terms.email); !email.empty()) party.email = std::string(email);
  party.address = addressOf(group.group(terms.address), terms);
  return party;
}

}  // namespace

Party sellerOf(const BusinessDocument& document) {
  auto seller = partyOf(document, seller_terms);
  seller.customerNumber.clear();  // it is the buyer that is the customer
  if (!seller.identifiers.empty()) seller.identifier = seller.identifiers.front();
  return seller;
}

Party buyerOf(const BusinessDocument& document) {
  auto buyer = partyOf(document, buyer_terms);
  recognisePerson(buyer);
  if (!buyer.identifiers.empty()) buyer.identifier = buyer.identifiers.front();
  return buyer;
}

bool isSelfBilled(std::string_view typeCode) {
  return typeCode == "389" || typeCode == "261" || typeCode == "527";
}

Party issuerOf(const BusinessDocument& document) {
  return isSelfBilled(document.text(Term::BT_3)) ? buyerOf(document) : sellerOf(document);
}

Party recipientOf(const BusinessDocument& document) {
  return isSelfBilled(document.text(Term::BT_3)) ? sellerOf(document) : buyerOf(document);
}

}  // namespace postgang::document
