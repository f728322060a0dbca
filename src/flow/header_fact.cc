#include "flow/header_fact.h"

#include "base/text.h"
#include "flow/filter.h"

namespace postgang::flow {

namespace {

store::PartyFact partyFact(const document::Party& party) {
  store::PartyFact fact;
  if (party.identifier) fact.identifier = party.identifier->text();
  fact.name = party.name;
  fact.customerNumber = party.customerNumber;
  fact.person = party.isPerson;
  fact.email = party.email;
  return fact;
}

std::string searchText(const document::HeaderFacts& facts) {
  std::string text;
  for (const auto& each : facts.searchTexts) {
    if (!text.empty()) text += ' ';
    text += each.text;
  }
  return text;
}

}  // namespace

store::RecognisedFact recognisedFact(const Recognised& recognised, const document::HeaderFacts& facts) {
  store::RecognisedFact fact;
  fact.format = formatName(recognised);
  fact.kind = facts.kind;
  fact.number = facts.number;
  fact.issueDate = facts.issueDate;
  fact.dueDate = facts.dueDate;
  if (facts.amount) fact.amount = facts.amount->value;
  fact.currency = facts.amount ? facts.amount->currency : facts.currency;
  fact.seller = partyFact(facts.seller);
  fact.buyer = partyFact(facts.buyer);
  fact.orderReference = facts.orderReference;
  fact.buyerReference = facts.buyerReference;
  fact.paymentReference = facts.paymentReference;
  fact.customerNumber = facts.customerNumber;
  fact.precedingNumbers = facts.precedingInvoices;
  fact.accounts = facts.paymentIdentifiers;
  fact.searchText = searchText(facts);
  return fact;
}

std::optional<BusinessKey> businessKeyOf(const document::HeaderFacts& facts, const Identity& sender) {
  const auto company = sender.companyThatIs(issuerOf(facts));
  if (!company || facts.number.empty() || !facts.issueDate) return std::nullopt;
  // A self-billed invoice's number is unique to its issuer and the seller it is made out for.
  const std::string series = document::isSelfBilled(facts.typeCode) && facts.seller.identifier
                                 ? facts.seller.identifier->text() + "|"
                                 : std::string();
  return BusinessKey{*company, series + std::string(document::name(facts.kind)) + "|" +
                                   collapsed(facts.number) + "|" + std::to_string(facts.issueDate->year())};
}

}  // namespace postgang::flow
