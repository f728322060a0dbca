#include "document/payment.h"

#include <algorithm>

#include "base/text.h"
#include "document/identifiers.h"

namespace postgang::document {
namespace {

std::string withoutBlanks(std::string_view text) {
  std::string kept(text);
  std::erase(kept, ' ');
  return kept;
}

std::string upper(std::string_view text) {
  std::string raised(text);
  for (char& c : raised)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return raised;
}

// The payment system that the branch names, by its Peppol code or by the BIC of older Swedish invoices.
AccountKind kindOf(std::string_view branch, std::string_view number, std::string_view scheme) {
  if (branch == "SE:BANKGIRO" || branch == "BGABSESS") return AccountKind::bankgiro;
  if (branch == "SE:PLUSGIRO" || branch == "PGSISESS") return AccountKind::plusgiro;
  if (upper(scheme) == "IBAN" || isIban(number)) return AccountKind::iban;
  return AccountKind::other;
}

bool isBic(std::string_view text) {
  return (text.size() == 8 || text.size() == 11) && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

PaymentAccount accountOf(const GroupView& transfer) {
  const auto written = transfer.text(Term::BT_84);
  const auto branch = upper(withoutBlanks(transfer.text(Term::BT_86)));
  PaymentAccount account;
  account.kind = kindOf(branch, written, transfer.qualifier(Term::BT_84));
  account.holder = std::string(transfer.text(Term::BT_85));
  if (account.kind != AccountKind::bankgiro && account.kind != AccountKind::plusgiro && isBic(branch))
    account.bic = branch;
  switch (account.kind) {
    case AccountKind::bankgiro:
      account.number = digitsOf(written);
      account.shown = shownBankgiro(account.number);
      account.checkDigitHolds = isBankgiro(account.number);
      break;
    case AccountKind::plusgiro:
      account.number = digitsOf(written);
      account.shown = shownPlusgiro(account.number);
      account.checkDigitHolds = isPlusgiro(account.number);
      break;
    case AccountKind::iban:
      account.number = upper(withoutBlanks(written));
      account.shown = shownIban(account.number);
      account.checkDigitHolds = isIban(account.number);
      break;
    case AccountKind::other:
      account.number = std::string(written);
      account.shown = account.number;
      break;
  }
  return account;
}

bool sameAccount(const PaymentAccount& a, const PaymentAccount& b) {
  return a.kind == b.kind && a.number == b.number;
}

}  // namespace

Payment paymentOf(const BusinessDocument& document) {
  Payment payment;
  for (const auto& means : document.root().groups(Group::BG_16)) {
    const auto code = means.text(Term::BT_81);
    if (payment.meansCode.empty()) payment.meansCode = std::string(code);
    if (code == "49" || code == "59") payment.directDebit = true;
    if (payment.reference.empty()) payment.reference = std::string(means.text(Term::BT_83));
    for (const auto& transfer : means.groups(Group::BG_17)) {
      auto account = accountOf(transfer);
      const auto same = [&](const PaymentAccount& other) { return sameAccount(account, other); };
      if (!account.number.empty() && std::none_of(payment.accounts.begin(), payment.accounts.end(), same))
        payment.accounts.push_back(std::move(account));
    }
  }
  payment.referenceIsOcr = isOcr(withoutBlanks(payment.reference));
  return payment;
}

std::string groupedOcr(std::string_view ocr) {
  std::string shown;
  std::size_t count = 0;
  for (const char c : ocr) {
    if (c == ' ') continue;
    if (count > 0 && count % 4 == 0) shown.push_back(' ');
    shown.push_back(c);
    ++count;
  }
  return shown;
}

}  // namespace postgang::document
