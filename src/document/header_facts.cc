#include "document/header_facts.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "document/payment.h"

namespace postgang::document {
namespace {

constexpr std::size_t search_text_max = 200;  // code points; a note may be long

std::optional<Money> moneyOf(const BusinessDocument& document, Term term) {
  const auto value = document.find(term);
  if (!value) return std::nullopt;
  const auto decimal = value->decimal();
  if (!decimal) return std::nullopt;
  return Money{*decimal, std::string(value->qualifier.empty() ? document.currency() : value->qualifier)};
}

class SearchTexts {
 public:
  void add(Term term, std::string_view text) {
    const int weight = info(term).searchWeight;
    if (weight == 0 || text.empty()) return;
    auto kept = truncated(collapsed(text), search_text_max);
    if (!kept.empty() && known_.insert(kept).second) texts_.push_back({std::move(kept), term, weight});
  }

  // Plain (1234.50) and as Swedes write it (1 234,50, with and without the blank).
  void addAmount(Term term, const std::optional<Money>& money) {
    if (!money) return;
    const auto plain = money->value.text(2);
    add(term, plain);
    auto swedish = plain;
    std::replace(swedish.begin(), swedish.end(), '.', ',');
    add(term, swedish);
    auto grouped = swedish;
    const auto first = static_cast<std::size_t>(grouped.front() == '-');
    for (auto at = grouped.find(','); at != std::string::npos && at > first + 3; at -= 3)
      grouped.insert(at - 3, 1, ' ');
    add(term, grouped);
  }

  // An organisation number is looked for with and without its hyphen.
  void addParty(const Party& party, Term name, Term tradingName, Term legal) {
    add(name, party.name);
    add(tradingName, party.tradingName);
    for (const auto& identifier : party.identifiers) {
      add(legal, identifier.value);
      if (identifier.scheme == "0007") add(legal, shownOrganisationNumber(identifier.value));
    }
    if (!party.isPerson) add(legal, party.legalNumber);
  }

  std::vector<SearchText> taken() && {
    std::stable_sort(texts_.begin(), texts_.end(),
                     [](const auto& a, const auto& b) { return a.weight > b.weight; });
    return std::move(texts_);
  }

 private:
  std::vector<SearchText> texts_;
  std::unordered_set<std::string> known_;
};

// Lines, notes and attachments are indexed after the header.
bool isIndexedLater(Group group) {
  return group == Group::BG_25 || group == Group::BG_1 || group == Group::BG_24;
}

// The parties' own terms come from the Party, which masks a person's number; amounts come in two forms.
bool isAddedApart(const TermInfo& term) {
  return term.group == Group::BG_4 || term.group == Group::BG_7 || term.type == TermType::amount;
}

void addTermsOf(SearchTexts& texts, const GroupView& group) {
  for (const auto& value : group.values())
    if (!isAddedApart(info(value.term))) texts.add(value.term, value.text);
  for (const auto& inner : group.groups())
    if (!isIndexedLater(inner.id())) addTermsOf(texts, inner);
}

std::vector<SearchText> searchTextsOf(const BusinessDocument& document, const HeaderFacts& facts) {
  SearchTexts texts;
  texts.add(Term::BT_1, facts.number);
  texts.addParty(facts.seller, Term::BT_27, Term::BT_28, Term::BT_30);
  texts.addParty(facts.buyer, Term::BT_44, Term::BT_45, Term::BT_47);
  texts.add(Term::BT_46, facts.customerNumber);
  texts.add(Term::BT_46, facts.buyer.maskedNumber);
  addTermsOf(texts, document.root());
  for (const auto& account : paymentOf(document).accounts) {
    texts.add(Term::BT_84, account.number);
    texts.add(Term::BT_84, account.shown);
  }
  texts.addAmount(Term::BT_115, facts.amount);
  texts.addAmount(Term::BT_112, facts.amountWithVat);
  texts.addAmount(Term::BT_109, facts.amountWithoutVat);
  return std::move(texts).taken();
}

constexpr std::size_t payment_identifiers_max = 10;

std::vector<std::string> paymentIdentifiersOf(const BusinessDocument& document) {
  std::vector<std::string> identifiers;
  for (const auto& account : paymentOf(document).accounts) {
    if (!account.checkDigitHolds || identifiers.size() == payment_identifiers_max) continue;
    if (account.kind == AccountKind::bankgiro) identifiers.push_back("bankgiro:" + account.number);
    if (account.kind == AccountKind::plusgiro) identifiers.push_back("plusgiro:" + account.number);
    if (account.kind == AccountKind::iban) identifiers.push_back("iban:" + account.number);
  }
  return identifiers;
}

}  // namespace

HeaderFacts headerFactsOf(const BusinessDocument& document) {
  HeaderFacts facts;
  facts.kind = document.kind();
  facts.number = std::string(document.text(Term::BT_1));
  facts.typeCode = std::string(document.text(Term::BT_3));
  facts.issueDate = document.date(Term::BT_2);
  facts.dueDate = document.date(Term::BT_9);
  facts.currency = std::string(document.currency());
  facts.amount = moneyOf(document, Term::BT_115);
  facts.amountWithVat = moneyOf(document, Term::BT_112);
  facts.amountWithoutVat = moneyOf(document, Term::BT_109);
  facts.seller = sellerOf(document);
  facts.buyer = buyerOf(document);
  facts.orderReference = std::string(document.text(Term::BT_13));
  facts.buyerReference = std::string(document.text(Term::BT_10));
  facts.contractReference = std::string(document.text(Term::BT_12));
  facts.projectReference = std::string(document.text(Term::BT_11));
  facts.paymentReference = std::string(document.text(Term::BT_83));
  facts.customerNumber = facts.buyer.customerNumber;
  for (const auto& value : document.all(Term::BT_25)) facts.precedingInvoices.emplace_back(value.text);
  facts.lineCount = document.root().groups(Group::BG_25).size();
  facts.attachmentCount = document.attachments().size();
  facts.paymentIdentifiers = paymentIdentifiersOf(document);
  facts.searchTexts = searchTextsOf(document, facts);
  return facts;
}

std::vector<SearchText> lineTextsOf(const BusinessDocument& document) {
  SearchTexts texts;
  for (const auto& group : document.root().groups())
    if (isIndexedLater(group.id())) addTermsOf(texts, group);
  return std::move(texts).taken();
}

}  // namespace postgang::document
