// Sums, VAT per rate and payment facts: the block that is never torn apart.
#include <algorithm>

#include "render/figures.h"
#include "render/reading.h"
#include "render/type.h"

namespace postgang::render {
namespace {

using document::AccountKind;
using document::PaymentAccount;

constexpr int qr_version_max = 15;  // 77 modules: 0.4 mm each in 31 mm
constexpr std::size_t vat_rows_max = 200;

bool isExempt(std::string_view category) {
  return category != "S" && !category.empty();
}

std::string reasonOf(const Reading& r, GroupView row) {
  if (std::string text = r.text(row, Term::BT_120); !text.empty()) return text;
  const std::string_view category = row.text(Term::BT_118);
  const auto rate = row.decimal(Term::BT_119);
  if (!isExempt(category) || (rate && !rate->isZero())) return "";
  const std::string key = "vat.reason." + truncated(printable(category), 4);
  std::string words = r.texts.has("copy." + key) ? r.say(key) : "";
  const std::string code = truncated(r.text(row, Term::BT_121), 40);
  if (code.empty()) return words;
  return words.empty() ? code : words + " (" + code + ")";
}

// Highest rate first; rows without a rate last, in the file's order.
struct VatGroup {
  GroupView view;
  std::size_t ordinal;  // in the document
};
std::vector<VatGroup> vatRows(const Reading& r) {
  std::vector<VatGroup> rows;
  for (const GroupView& group : r.root.groups(Group::BG_23))
    if (rows.size() < vat_rows_max) rows.push_back({group, rows.size() + 1});
  std::stable_sort(rows.begin(), rows.end(), [](const VatGroup& a, const VatGroup& b) {
    const auto left = a.view.decimal(Term::BT_119), right = b.view.decimal(Term::BT_119);
    return left && (!right || *left > *right);
  });
  return rows;
}

// One rate on everything: it is said among the sums, and neither a table of VAT nor a column is needed.
bool singleRate(const Reading& r, const std::vector<VatGroup>& rows) {
  if (rows.size() != 1) return false;
  const auto base = r.decimal(rows[0].view, Term::BT_116);
  return base == r.decimal(r.root.group(Group::BG_22), Term::BT_109) && base.has_value();
}

// What the one line of VAT says where there is one rate.
std::vector<Term> vatTerms() {
  return {Term::BT_110, Term::BT_116, Term::BT_117, Term::BT_118, Term::BT_119, Term::BT_120, Term::BT_121};
}

void writeVat(const Reading& r, Copy& copy) {
  const GroupView totals = r.root.group(Group::BG_22);
  const auto rows = vatRows(r);
  if (const auto foreign = r.decimal(totals, Term::BT_111)) {
    const std::string currency = truncated(r.text(r.root, Term::BT_6), 3);
    copy.vatFacts.push_back({r.say("vat.inCurrency", {{"currency", currency}}),
                             shownAmount(*foreign, r.language),
                             {Term::BT_111}});
  }
  const std::string vat = r.amount(totals, Term::BT_110);
  if (singleRate(r, rows)) {
    const std::string rate = r.vatRate(rows[0].view.text(Term::BT_118), rows[0].view, Term::BT_119);
    copy.table.hasVat = false;
    const std::string_view category = rows[0].view.text(Term::BT_118);
    const bool outside = category == "O" && r.decimal(totals, Term::BT_110).value_or(Decimal(0)).isZero();
    if (outside)
      copy.sums.push_back({r.say("sum.vat"), r.say("vat.none"), vatTerms()});
    else if (!vat.empty())
      copy.sums.push_back(
          {rate.empty() || isExempt(category) ? r.say("sum.vat") : r.say("sum.vatAt", {{"rate", rate}}), vat,
           vatTerms()});
    if (auto reason = reasonOf(r, rows[0].view); !reason.empty()) copy.vatNotes.push_back(std::move(reason));
    return;
  }
  if (!vat.empty()) copy.sums.push_back({r.say("sum.vat"), vat, {Term::BT_110}});
  std::optional<Decimal> baseSum = Decimal(0), vatSum = Decimal(0);
  for (const auto& [row, ordinal] : rows) {
    const auto base = r.decimal(row, Term::BT_116), tax = r.decimal(row, Term::BT_117);
    baseSum = base && baseSum ? baseSum->plus(*base) : std::nullopt;
    vatSum = tax && vatSum ? vatSum->plus(*tax) : std::nullopt;
    copy.vat.push_back({r.vatRate(row.text(Term::BT_118), row, Term::BT_119), r.amount(row, Term::BT_116),
                        r.amount(row, Term::BT_117), reasonOf(r, row), ordinal});
  }
  if (rows.size() > 1 && baseSum && vatSum)
    copy.vatSum =
        VatRow{r.say("vat.sum"), shownAmount(*baseSum, r.language), shownAmount(*vatSum, r.language), ""};
}

std::string sellersNumber(const Reading& r) {
  const std::string plain = digitsOf(r.seller.legalNumber);
  return document::isSwedishOrganisationNumber(plain) ? document::shownOrganisationNumber(plain) : "";
}

std::vector<VatOfRate> vatOfRates(const Reading& r) {
  std::vector<VatOfRate> rates;
  for (const GroupView row : r.root.groups(Group::BG_23)) {
    const auto rate = r.decimal(row, Term::BT_119), amount = r.decimal(row, Term::BT_117);
    if (rate && amount && rates.size() < 3) rates.push_back({*rate, *amount});
  }
  return rates;
}

std::string referenceOrNumber(const Reading& r) {
  const std::string reference = r.payment.reference.empty() ? r.text(Term::BT_1) : r.payment.reference;
  return truncated(printable(reference), 35);
}

std::optional<std::string> codeText(const Reading& r, const PaymentAccount& account) {
  const std::string payee = r.payee.empty() ? printable(r.seller.name) : r.payee;
  const bool giro = account.kind == AccountKind::bankgiro || account.kind == AccountKind::plusgiro;
  if (giro && account.checkDigitHolds && r.currency == "SEK") {
    GiroPayment payment;
    payment.payee = payee;
    if (r.payee.empty()) {
      payment.payeeNumber = sellersNumber(r);
      payment.place = place(r.seller.address, " ");
      payment.country = truncated(printable(r.seller.address.country), 2);
    }
    payment.plusgiro = account.kind == AccountKind::plusgiro;
    payment.account = account.shown;
    payment.reference = referenceOrNumber(r);
    payment.issued = r.document.date(Term::BT_2);
    payment.due = r.document.date(Term::BT_9);
    payment.amount = *r.due;
    payment.vat = vatOfRates(r);
    return usingQr(payment);
  }
  if (account.kind == AccountKind::iban && account.checkDigitHolds && r.currency == "EUR")
    return epcCode(
        {payee, account.number, truncated(printable(account.bic), 11), *r.due, referenceOrNumber(r)});
  return std::nullopt;
}

const char* inSentence(const PaymentAccount& account) {
  switch (account.kind) {
    case AccountKind::bankgiro:
      return "pay.inSentence.bankgiro";
    case AccountKind::plusgiro:
      return "pay.inSentence.plusgiro";
    case AccountKind::iban:
      return "pay.inSentence.iban";
    case AccountKind::other:
      break;
  }
  return "pay.inSentence.account";
}

std::optional<Code> codeOf(const Reading& r, const PaymentAccount& account) {
  if (!r.design.paymentCode || !r.due || *r.due <= Decimal(0)) return std::nullopt;
  const auto text = codeText(r, account);
  auto qr = text ? qrCode(*text, qr_version_max) : std::nullopt;
  if (!qr) return std::nullopt;
  const bool ocr = r.payment.referenceIsOcr;
  Code code{std::move(*qr),
            r.say("pay.codeHeading"),
            r.say("pay.codeSentence",
                  {{"account", r.say(inSentence(account))},
                   {"reference", r.say(ocr ? "pay.codeReference.ocr" : "pay.codeReference.reference")}}),
            {}};
  code.facts.push_back({accountLabel(r, account), account.shown});
  if (r.payment.reference.empty())
    code.facts.push_back({r.say("pay.invoiceNumber"), referenceOrNumber(r)});
  else
    code.facts.push_back({r.say(ocr ? "pay.ocrShort" : "pay.reference"), shownReference(r)});
  return code;
}

std::string accountInWords(const Reading& r, const PaymentAccount& account) {
  std::string words = r.say(inSentence(account)) + " " + truncated(printable(account.shown), 60);
  if (account.kind == AccountKind::iban && !account.bic.empty())
    words += ", " + r.say("pay.bic") + " " + truncated(printable(account.bic), 20);
  return words;
}

void writePayParagraphs(const Reading& r, Copy& copy) {
  const PaymentAccount* first = firstAccount(r);
  const std::string by = r.date(r.root, Term::BT_9), number = truncated(r.text(Term::BT_1), 60);
  Paragraph how;
  if (!by.empty()) how.lead = r.say("pay.lead", {{"date", by}});
  if (r.payment.referenceIsOcr)
    how.text = r.say("pay.stateOcr");
  else if (!r.payment.reference.empty())
    how.text = r.say("pay.stateReference", {{"reference", shownReference(r)}});
  else if (first && !number.empty())
    how.text = r.say("pay.stateNumber", {{"number", number}});
  if (!how.lead.empty() || !how.text.empty()) copy.payment.push_back(std::move(how));
  std::size_t shown = 0;
  for (const PaymentAccount& account : r.payment.accounts) {
    if (&account == first || ++shown > 8) continue;
    const bool abroad = account.kind == AccountKind::iban && r.currency == "SEK";
    copy.payment.push_back(
        {"", r.say(abroad ? "pay.fromAbroad" : "pay.also", {{"account", accountInWords(r, account)}})});
  }
  if (r.payee.empty()) return;
  const std::string payeeNumber = digitsOf(r.document.text(Term::BT_61));
  copy.payment.push_back(
      {"", document::isSwedishOrganisationNumber(payeeNumber)
               ? r.say("pay.payeeNumbered",
                       {{"payee", r.payee}, {"number", document::shownOrganisationNumber(payeeNumber)}})
               : r.say("pay.payee", {{"payee", r.payee}})});
}

}  // namespace

void writeSums(const Reading& r, Copy& copy) {
  const GroupView totals = r.root.group(Group::BG_22);
  if (auto amount = r.amount(totals, Term::BT_109); !amount.empty())
    copy.sums.push_back({r.say("sum.withoutVat"), std::move(amount), {Term::BT_109, Term::BT_106}});
  writeVat(r, copy);
  if (const auto rounding = r.decimal(totals, Term::BT_114); !rounding || !rounding->isZero())
    if (auto amount = r.amount(totals, Term::BT_114); !amount.empty())
      copy.sums.push_back({r.say("sum.rounding"), std::move(amount), {Term::BT_114}});
  if (const auto paid = r.decimal(totals, Term::BT_113); paid && !paid->isZero())
    copy.sums.push_back({r.say("sum.prepaid"), shownAmount(paid->negated(), r.language), {Term::BT_113}});
  if (r.due) {
    copy.total = r.money(r.ask == Ask::refund ? r.due->abs() : *r.due);
    copy.totalLabel = r.ask == Ask::refund  ? r.say("due.credit")
                      : r.ask == Ask::debit ? r.say("due.debited")
                                            : r.say("sum.toPay");
  } else if (auto raw = r.amount(totals, Term::BT_115); !raw.empty()) {
    copy.total = raw;
    copy.totalLabel = r.say("sum.toPay");
  }
}

void writePayment(const Reading& r, Copy& copy) {
  const DesignTexts& own = r.design.texts(r.language);
  if (r.ask == Ask::pay) {
    if (const PaymentAccount* account = firstAccount(r)) copy.code = codeOf(r, *account);
    writePayParagraphs(r, copy);
  }
  if (r.ask != Ask::refund) {
    const std::string terms = r.text(r.root, Term::BT_20);
    const std::string label = r.say("reference.terms");
    const bool inGrid = std::any_of(copy.references.begin(), copy.references.end(), [&](const Fact& fact) {
      return fact.label == label && fact.value == terms;
    });
    if (!terms.empty() && !inGrid) copy.payment.push_back({"", terms});
  }
  if (r.kind == document::Kind::reminder) {
    const std::string telephone = truncated(printable(r.seller.telephone), 60);
    const std::string email = truncated(printable(r.seller.email), 120);
    if (!telephone.empty() || !email.empty())
      copy.payment.push_back({r.say("reminder.call"),
                              email.empty()       ? r.say("reminder.callUs", {{"telephone", telephone}})
                              : telephone.empty() ? r.say("reminder.writeUs", {{"email", email}})
                                                  : r.say("reminder.callOrWrite",
                                                          {{"telephone", telephone}, {"email", email}})});
  }
  const std::string& words = r.ask == Ask::refund                 ? own.creditNote
                             : r.kind == document::Kind::reminder ? own.reminder
                                                                  : own.payment;
  if (!words.empty()) copy.payment.push_back({"", printable(words)});
}

}  // namespace postgang::render
