// Title, amount block, notice and address: what stands on page 1 above the rule.
#include <algorithm>

#include "base/utf8.h"
#include "render/figures.h"
#include "render/reading.h"
#include "render/type.h"
#include "render/window.h"

namespace postgang::render {
namespace {

using document::AccountKind;
using document::Kind;
using document::PaymentAccount;
using document::PostalAddress;

std::string titleKey(const Reading& r) {
  switch (r.kind) {
    case Kind::credit_note:
      return "title.creditNote";
    case Kind::reminder:
      return "title.reminder";
    case Kind::interest_invoice:
      return "title.interestInvoice";
    case Kind::order:
      return "title.order";
    case Kind::order_response:
      return "title.orderResponse";
    case Kind::despatch_advice:
      return "title.despatchAdvice";
    case Kind::other:
      return "title.other";
    case Kind::invoice:
      break;
  }
  const std::string_view code = r.document.text(Term::BT_3);  // UNTDID 1001
  if (code == "384") return "title.corrected";
  if (code == "386") return "title.prepayment";
  if (code == "389") return "title.selfBilled";
  return "title.invoice";
}

std::string customerNumber(const Reading& r) {
  for (const GroupView reference : r.root.groups(Group::BG_24))
    if (isInternalReference(reference) && reference.text(Term::BT_123).starts_with("IT"))
      return r.text(reference, Term::BT_122);
  // P01: the buyer's identifier is the receiver's id in the internet bank, not a customer number.
  for (const GroupView reference : r.root.groups(Group::BG_24))
    if (reference.text(Term::BT_123).starts_with("AQY") && reference.text(Term::BT_122) == "P01") return "";
  return truncated(printable(r.buyer.customerNumber), 40);
}

void add(std::vector<Fact>& facts, std::string label, std::string value, std::vector<Term> terms) {
  if (!value.empty()) facts.push_back({std::move(label), std::move(value), std::move(terms)});
}

std::string initialsOf(std::string_view name) {
  std::string out;
  for (const std::string_view word : split(name, ' ')) {
    const CodePoint first = word.empty() ? CodePoint{} : codePointAt(word, 0);
    const bool letter =
        first.length > 0 &&
        (first.value >= 0xC0 || (first.value >= 'A' && first.value <= 'Z') ||
         (first.value >= 'a' && first.value <= 'z') || (first.value >= '0' && first.value <= '9'));
    if (!letter) continue;
    appendUtf8(out, first.value >= 'a' && first.value <= 'z' ? first.value - 32 : first.value);
    if (codePoints(out) == 2) break;
  }
  return out;
}

// The window's lines for the buyer.
std::vector<std::string> buyerLines(const Reading& r) {
  return windowLines({r.buyer.name, r.buyer.contact, r.buyer.address, r.seller.address.country, r.language});
}

}  // namespace

std::vector<std::string> addressLines(const Reading& r, const PostalAddress& address) {
  std::vector<std::string> lines;
  for (const auto& line : address.lines) lines.push_back(truncated(printable(line), 200));
  if (auto town = place(address, " "); !town.empty()) lines.push_back(std::move(town));
  if (!address.country.empty() && address.country != r.seller.address.country)
    lines.push_back(r.country(address.country));
  return lines;
}

std::string accountLabel(const Reading& r, const PaymentAccount& account) {
  switch (account.kind) {
    case AccountKind::bankgiro:
      return r.say("pay.bankgiro");
    case AccountKind::plusgiro:
      return r.say("pay.plusgiro");
    case AccountKind::iban:
      return r.say("pay.iban");
    case AccountKind::other:
      break;
  }
  return r.say("pay.account");
}

const PaymentAccount* firstAccount(const Reading& r) {
  const auto rank = [&](const PaymentAccount& account) {
    const bool kronor = r.currency == "SEK" || r.currency.empty();
    switch (account.kind) {
      case AccountKind::bankgiro:
        return kronor ? 0 : 2;
      case AccountKind::plusgiro:
        return kronor ? 1 : 3;
      case AccountKind::iban:
        return kronor ? 2 : 0;
      case AccountKind::other:
        break;
    }
    return 4;
  };
  const auto& accounts = r.payment.accounts;
  const auto first = std::min_element(accounts.begin(), accounts.end(),
                                      [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return first == accounts.end() ? nullptr : &*first;
}

std::string shownReference(const Reading& r) {
  const std::string reference = truncated(printable(r.payment.reference), 140);
  return r.payment.referenceIsOcr ? document::groupedOcr(reference) : reference;
}

void writeHead(const Reading& r, Copy& copy) {
  copy.title = r.say(titleKey(r));
  const std::string number = truncated(r.text(Term::BT_1), 60);
  const bool invoice = r.kind == Kind::invoice || r.kind == Kind::interest_invoice;
  add(copy.titleFacts,
      r.say(invoice                       ? "head.number"
            : r.kind == Kind::credit_note ? "head.creditNumber"
            : r.kind == Kind::reminder    ? "head.reminderNumber"
                                          : "head.otherNumber"),
      number, {Term::BT_1});
  const std::string issued = r.date(r.root, Term::BT_2);
  add(copy.titleFacts, r.say(invoice ? "head.invoiceDate" : "head.date"), issued, {Term::BT_2});
  const std::string customer = customerNumber(r);
  add(copy.titleFacts, r.say("head.customerNumber"), customer, {Term::BT_46});
  if (r.kind == Kind::invoice && r.document.text(Term::BT_3) == "384") {
    const GroupView preceding = r.root.group(Group::BG_3);
    const std::string replaced = r.text(preceding, Term::BT_25), on = r.date(preceding, Term::BT_26);
    if (!replaced.empty())
      copy.underTitle = on.empty() ? r.say("head.replaces", {{"number", replaced}})
                                   : r.say("head.replacesOf", {{"number", replaced}, {"date", on}});
  }
  copy.company = truncated(printable(r.seller.name), 200);
  copy.author = copy.company;
  copy.brandName = !r.design.brandName.empty()     ? r.design.brandName
                   : !r.seller.tradingName.empty() ? truncated(printable(r.seller.tradingName), 120)
                                                   : copy.company;
  copy.brandLine = r.design.brandLine;
  copy.initials = initialsOf(copy.brandName);
  copy.documentTitle = copy.company.empty()
                           ? copy.title + " " + number
                           : r.say("head.documentTitle",
                                   {{"title", copy.title}, {"number", number}, {"sender", copy.company}});
  copy.running = number.empty() ? copy.title : copy.title + " " + number;
  copy.runningFacts = issued;
  if (!customer.empty())
    copy.runningFacts += (issued.empty() ? "" : "   ") + r.say("head.customerNumber") + " " + customer;

  if (r.channel == Channel::print) {
    copy.address = buyerLines(r);
    // Name, one line of the address and the town: more has no room over the window.
    std::vector<std::string> sender = {copy.company};
    if (!r.seller.address.lines.empty())
      sender.push_back(truncated(printable(r.seller.address.lines[0]), 80));
    sender.push_back(place(r.seller.address, " "));
    std::erase(sender, "");
    if (!sender.empty()) copy.senderLine = r.say("head.sender", {{"sender", joined(sender, ", ")}});
  } else {
    copy.addressLabel = r.say("head.customer");
    copy.address = {printable(r.buyer.name), printable(r.buyer.contact)};
    for (auto& line : addressLines(r, r.buyer.address)) copy.address.push_back(std::move(line));
  }
  std::erase(copy.address, "");
}

namespace {

void writePayFacts(const Reading& r, Copy& copy) {
  if (const PaymentAccount* account = firstAccount(r)) {
    std::string label = accountLabel(r, *account);
    if (!r.payee.empty()) label = r.say("pay.accountOf", {{"account", label}, {"payee", r.payee}});
    add(copy.dueFacts, label, truncated(printable(account->shown), 60), {Term::BT_84});
    if (account->kind == AccountKind::iban)
      add(copy.dueFacts, r.say("pay.bic"), truncated(printable(account->bic), 20), {Term::BT_86});
  }
  add(copy.dueFacts, r.say(r.payment.referenceIsOcr ? "pay.ocr" : "pay.reference"), shownReference(r),
      {Term::BT_83});
}

std::string lastFour(std::string_view number) {
  std::string plain;
  for (const char c : number)
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) plain.push_back(c);
  return plain.size() < 4 ? plain : plain.substr(plain.size() - 4);
}

void writePaidFacts(const Reading& r, Copy& copy) {
  const GroupView totals = r.root.group(Group::BG_22);
  const auto paid = r.decimal(totals, Term::BT_113);
  if (!paid || paid->isZero()) return;
  const std::string card = lastFour(r.document.text(Term::BT_87));
  add(copy.dueFacts, r.say("pay.paidWith"), card.empty() ? "" : r.say("pay.card", {{"digits", card}}),
      {Term::BT_87});
  add(copy.dueFacts, r.say("pay.paidAmount"), r.money(*paid), {Term::BT_113});
}

}  // namespace

void writeDue(const Reading& r, Copy& copy) {
  if (!r.due) return;
  copy.dueAmount = r.money(r.due->abs());
  const std::string by = r.date(r.root, Term::BT_9);
  switch (r.ask) {
    case Ask::pay:
      copy.dueLabel =
          r.payee.empty() ? r.say("due.toPay") : r.say("due.toPayTo", {{"payee", truncated(r.payee, 60)}});
      if (!by.empty()) copy.dueSentence = r.say("due.by", {{"date", by}});
      writePayFacts(r, copy);
      break;
    case Ask::debit:
      copy.dueLabel = r.say("due.debited");
      copy.dueSentence = by.empty() ? r.say("due.debitedSelf") : r.say("due.debitedOn", {{"date", by}});
      add(copy.dueFacts, r.say("pay.payerNumber"), truncated(r.text(Term::BT_89), 60), {Term::BT_89});
      if (const auto digits = lastFour(r.document.text(Term::BT_91)); !digits.empty())
        add(copy.dueFacts, r.say("pay.debitedAccount"), r.say("pay.endsWith", {{"digits", digits}}),
            {Term::BT_91});
      break;
    case Ask::refund: {
      copy.dueLabel = r.say("due.credit");
      const auto preceding = r.root.groups(Group::BG_3);
      if (preceding.empty()) break;
      const std::string number = truncated(r.text(preceding[0], Term::BT_25), 60);
      if (preceding.size() == 1 && !number.empty() && r.credit)
        copy.dueSentence = r.say("due.deducted", {{"number", number}});
      add(copy.dueFacts, r.say("pay.credits"), number, {Term::BT_25});
      add(copy.dueFacts, r.say("pay.creditsDate"), r.date(preceding[0], Term::BT_26), {Term::BT_26});
      break;
    }
    case Ask::nothing: {
      copy.dueLabel = r.say("due.toPay");
      const auto paid = r.decimal(r.root.group(Group::BG_22), Term::BT_113);
      copy.dueSentence = r.say(paid && !paid->isZero() ? "due.paid" : "due.nothing");
      writePaidFacts(r, copy);
      break;
    }
  }
}

void writeNotice(const Reading& r, Copy& copy) {
  if (r.ask == Ask::refund) {
    Notice notice{true, true, r.say("notice.doNotPay"), ""};
    std::vector<std::string> numbers;
    for (const GroupView preceding : r.root.groups(Group::BG_3))
      if (auto number = truncated(r.text(preceding, Term::BT_25), 60); !number.empty() && numbers.size() < 6)
        numbers.push_back(std::move(number));
    if (r.due && numbers.empty())
      notice.text = r.say("notice.inYourFavour", {{"amount", copy.dueAmount}});
    else if (r.due && numbers.size() == 1)
      notice.text = r.say("notice.lowersOne", {{"number", numbers[0]}, {"amount", copy.dueAmount}});
    else if (r.due)
      notice.text =
          r.say("notice.lowersMany", {{"numbers", joined(numbers, ", ")}, {"amount", copy.dueAmount}});
    copy.notice = std::move(notice);
  } else if (r.kind == Kind::reminder) {
    Notice notice{false, false, r.say("reminder.heading"), ""};
    std::vector<std::string> sentences;
    const GroupView preceding = r.root.group(Group::BG_3);
    const std::string number = r.text(preceding, Term::BT_25), on = r.date(preceding, Term::BT_26);
    if (!number.empty())
      sentences.push_back(on.empty() ? r.say("reminder.about", {{"number", number}})
                                     : r.say("reminder.aboutOf", {{"number", number}, {"date", on}}));
    bool saidAlready = false;
    for (const GroupView note : r.root.groups(Group::BG_1))
      saidAlready = saidAlready || folded(note.text(Term::BT_22)).find("bortse") != std::string::npos ||
                    folded(note.text(Term::BT_22)).find("disregard") != std::string::npos;
    if (!saidAlready) sentences.push_back(r.say("reminder.disregard"));
    notice.text = joined(sentences, " ");
    copy.notice = std::move(notice);
  } else if (r.ask == Ask::pay && !r.payee.empty()) {
    const bool factored = r.document.text(Term::BT_3) == "393";  // UNTDID 1001: factored invoice
    copy.notice = Notice{false, true, r.say("notice.payOnly", {{"payee", r.payee}}),
                         factored ? r.say("notice.factored")
                                  : r.say("notice.payee", {{"payee", r.payee}, {"seller", copy.company}})};
  }
}

}  // namespace postgang::render
