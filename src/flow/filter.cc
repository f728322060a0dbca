#include "flow/filter.h"

#include "flow/findings.h"

namespace postgang::flow {

using document::BusinessDocument;
using document::Group;
using document::Term;

namespace {

struct Demand {
  Term term;
  Group group;          // where it stands; its place is the finding's when the term is absent
  std::string_view id;  // of the finding
};

constexpr Demand demanded_texts[] = {
    {Term::BT_1, Group::BG_0, "number-missing"},
    {Term::BT_5, Group::BG_0, "currency-missing"},
    {Term::BT_27, Group::BG_4, "seller-missing"},
    {Term::BT_44, Group::BG_7, "buyer-missing"},
};

constexpr Demand demanded_amounts[] = {
    {Term::BT_106, Group::BG_22, "total-missing"},
    {Term::BT_109, Group::BG_22, "total-missing"},
    {Term::BT_112, Group::BG_22, "total-missing"},
    {Term::BT_115, Group::BG_22, "total-missing"},
};

document::Place placeOf(const BusinessDocument& document, Group group) {
  if (group == Group::BG_0) return document.root().place();
  const auto found = document.root().group(group);
  return found ? found.place() : document.root().place();
}

void demandIssueDate(const BusinessDocument& document, std::vector<store::FindingFact>& findings) {
  const auto value = document.root().find(Term::BT_2);
  if (!value || value->text.empty())
    findings.push_back(finding("issue-date-missing", Term::BT_2, placeOf(document, Group::BG_0)));
  else if (!value->date())
    findings.push_back(finding("date-unreadable", Term::BT_2, value->place, value->text));
}

void demandAmount(const std::optional<document::Value>& value, const Demand& demand, document::Place place,
                  std::vector<store::FindingFact>& findings) {
  if (!value || value->text.empty())
    findings.push_back(finding(demand.id, demand.term, place));
  else if (!value->decimal())
    findings.push_back(finding("amount-unreadable", demand.term, value->place, value->text));
}

// What is to be paid is in the currency of the invoice (EN 16931-1: all amounts but BT-111 are).
void demandOneCurrency(const BusinessDocument& document, std::vector<store::FindingFact>& findings) {
  const auto payable = document.find(Term::BT_115);
  const auto currency = document.currency();
  if (!payable || payable->qualifier.empty() || currency.empty() || payable->qualifier == currency) return;
  findings.push_back(
      finding("currency-mixed", Term::BT_5, payable->place, currency,
              {{"currency", std::string(currency)}, {"payable", std::string(payable->qualifier)}}));
}

}  // namespace

void demandTerms(const BusinessDocument& document, std::vector<store::FindingFact>& findings) {
  for (const auto& demand : demanded_texts)
    if (document.text(demand.term).empty())
      findings.push_back(finding(demand.id, demand.term, placeOf(document, demand.group)));
  demandIssueDate(document, findings);
  if (document.root().groups(Group::BG_25).empty())
    findings.push_back(finding("line-missing", std::nullopt, placeOf(document, Group::BG_0)));
  for (const auto& demand : demanded_amounts)
    demandAmount(document.find(demand.term), demand, placeOf(document, demand.group), findings);
  for (const auto& line : document.root().groups(Group::BG_25))
    demandAmount(line.find(Term::BT_131), {Term::BT_131, Group::BG_25, "line-amount-missing"}, line.place(),
                 findings);
  demandOneCurrency(document, findings);
}

void demandSender(const BusinessDocument& document, const document::HeaderFacts& facts,
                  const Identity& sender, std::vector<store::FindingFact>& findings) {
  const auto& issuer = issuerOf(facts);
  if (issuer.name.empty() && issuer.identifiers.empty()) return;  // "seller-missing" has said it
  if (sender.companyThatIs(issuer)) return;
  const bool selfBilled = &issuer == &facts.buyer;
  const auto term = selfBilled ? Term::BT_47 : Term::BT_30;
  const auto value = issuer.identifier ? issuer.identifier->text() : issuer.name;
  findings.push_back(
      finding("sender-not-yours", term, placeOf(document, selfBilled ? Group::BG_7 : Group::BG_4), value,
              {{"name", issuer.name}, {"identifier", value}, {"company", sender.self().name}}));
}

std::vector<store::FindingFact> filter(const BusinessDocument& document, const document::HeaderFacts& facts,
                                       const Identity& sender) {
  std::vector<store::FindingFact> findings;
  demandTerms(document, findings);
  demandTotals(document, findings);
  demandSender(document, facts, sender, findings);
  return findings;
}

const document::Party& issuerOf(const document::HeaderFacts& facts) {
  return document::isSelfBilled(facts.typeCode) ? facts.buyer : facts.seller;
}

const document::Party& recipientOf(const document::HeaderFacts& facts) {
  return document::isSelfBilled(facts.typeCode) ? facts.seller : facts.buyer;
}

}  // namespace postgang::flow
