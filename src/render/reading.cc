#include "render/reading.h"

#include <array>

#include "document/countries.h"
#include "render/faults.h"
#include "render/figures.h"
#include "render/type.h"

namespace postgang::render {
namespace {

std::string bounded(std::string_view text, const Texts& texts) {
  std::string plain = printable(text.substr(0, 4 * value_points_max + 4));
  if (text.size() <= value_points_max || codePoints(plain) <= value_points_max) return plain;
  return truncated(plain, value_points_max) + " " + std::string(texts.word("copy.line.shortened"));
}

document::Kind kindOf(const document::BusinessDocument& document) {
  if (document.kind() != document::Kind::invoice) return document.kind();
  const auto code = printCodeOf(document);
  return code ? code->kind : document.kind();
}

// Somebody else than the seller is to be paid.
std::string payeeOf(const Reading& reading) {
  const std::string name = reading.text(reading.root.group(Group::BG_10), Term::BT_59);
  const bool same =
      folded(name) == folded(reading.seller.name) || folded(name) == folded(reading.seller.tradingName);
  return same ? "" : name;
}

}  // namespace

Reading::Reading(const document::BusinessDocument& d, const Design& look, Channel road, Language tongue)
    : document(d),
      design(look),
      channel(road),
      language(tongue),
      texts(Texts::of(tongue)),
      root(d.root()),
      seller(document::sellerOf(d)),
      buyer(document::buyerOf(d)),
      payment(document::paymentOf(d)),
      kind(kindOf(d)),
      currency(truncated(printable(d.currency()), 3)) {
  const auto amount = d.decimal(Term::BT_115);
  credit = kind == document::Kind::credit_note;
  negative = credit && amount && amount->isNegative();
  if (amount) due = negative ? amount->negated() : *amount;
  payee = payeeOf(*this);
  if (credit || (due && due->isNegative())) {
    ask = Ask::refund;
  } else if (due && due->isZero()) {
    ask = Ask::nothing;
  } else if (payment.directDebit) {
    ask = Ask::debit;
  }
}

std::string Reading::say(std::string_view key) const {
  return say(key, {});
}

std::string Reading::say(std::string_view key, Words words) const {
  std::string full = "copy." + std::string(key);
  if (!texts.has(full)) full += buyer.isPerson ? ".person" : ".company";
  if (words.size() == 0) return std::string(texts.word(full));
  std::string sentence = texts.sentence(full, {words.begin(), words.end()});
  if (sentence.ends_with("..") && !sentence.ends_with("..."))
    sentence.pop_back();  // «Betala bara till Ek & Co..»
  return sentence;
}

std::string Reading::text(GroupView group, Term term) const {
  if (!group || design.hides(term)) return "";
  return bounded(trimmed(group.text(term)), texts);
}

std::string Reading::text(Term term) const {
  if (design.hides(term)) return "";
  return bounded(trimmed(document.text(term)), texts);
}

std::string Reading::date(GroupView group, Term term) const {
  if (!group || design.hides(term)) return "";
  if (const auto date = group.date(term)) return date->text();
  return truncated(text(group, term), 40);
}

std::string Reading::period(GroupView group, Term from, Term to) const {
  const std::string first = date(group, from), last = date(group, to);
  if (first.empty() && last.empty()) return "";
  if (first == last) return first;
  if (first.empty()) return "– " + last;
  if (last.empty()) return first + " –";
  return first + " – " + last;
}

std::optional<Decimal> Reading::decimal(GroupView group, Term term) const {
  if (!group) return std::nullopt;
  const auto value = group.decimal(term);
  return value && negative ? value->negated() : value;
}

std::string Reading::amount(GroupView group, Term term) const {
  const auto value = decimal(group, term);
  return value ? shownAmount(*value, language) : truncated(text(group, term), 24);
}

std::string Reading::money(const Decimal& value) const {
  return shownMoney(value, currency, language);
}

std::string Reading::quantity(GroupView group, Term term) const {
  const auto value = decimal(group, term);
  return value ? shownQuantity(*value, language) : truncated(text(group, term), 24);
}

std::string Reading::price(GroupView group, Term term) const {
  if (!group) return "";
  const auto value = group.decimal(term);  // a price has no side
  return value ? shownPrice(*value, language) : truncated(text(group, term), 24);
}

std::string Reading::percent(GroupView group, Term term) const {
  if (!group) return "";
  const auto value = group.decimal(term);
  return value ? shownPercent(*value, language) : truncated(text(group, term), 24);
}

std::string Reading::unit(std::string_view code) const {
  const std::string key = "copy.unit." + truncated(printable(code), 20);
  return texts.has(key) ? std::string(texts.word(key)) : truncated(printable(code), 20);
}

std::string Reading::country(std::string_view code) const {
  return document::countryName(truncated(printable(code), 20), language);
}

std::string Reading::vatRate(std::string_view category, GroupView group, Term rate) const {
  if (category == "O") return say("vat.none");
  return percent(group, rate);
}

std::optional<PrintCode> printCodeOf(const document::BusinessDocument& document) {
  using document::Kind;
  for (const GroupView reference : document.root().groups(Group::BG_24)) {
    if (!reference.text(Term::BT_123).starts_with("AQY")) continue;
    const std::string_view code = reference.text(Term::BT_122);
    if (code.size() != 3 || code[1] != '0') return std::nullopt;
    const Kind kind = code[0] == '2'   ? Kind::interest_invoice
                      : code[0] == '3' ? Kind::reminder
                                       : Kind::invoice;
    if (code[0] < '1' || code[0] > '9') return PrintCode{kind, std::nullopt};
    return PrintCode{kind, code[2] == '2' ? Language::english : Language::swedish};
  }
  return std::nullopt;
}

bool isInternalReference(GroupView reference) {
  const std::string_view description = reference.text(Term::BT_123);
  return description.starts_with("AQY") || description == "IT" || description.starts_with("IT ");
}

Language languageFor(const document::BusinessDocument& document, const Design& design) {
  const auto code = printCodeOf(document);
  if (code && code->language == Language::english) return Language::english;
  return design.language.value_or(Language::swedish);
}

Copy copyOf(const document::BusinessDocument& document, const Design& design, Channel channel,
            Language language) {
  return markedCopyOf(document, design, channel, language, {}).copy;
}

MarkedCopy markedCopyOf(const document::BusinessDocument& document, const Design& design, Channel channel,
                        Language language, const std::vector<FaultMark>& marks) {
  const Reading reading(document, design, channel, language);
  Copy copy;
  copy.language = language;
  copy.kind = reading.kind;
  copy.ask = reading.ask;
  copy.issued = document.date(Term::BT_2);
  writeHead(reading, copy);
  writeDue(reading, copy);
  writeNotice(reading, copy);
  writeReferences(reading, copy);
  writeTable(reading, copy);
  writeSums(reading, copy);
  writePayment(reading, copy);
  writeMore(reading, copy);
  writeFoot(reading, copy);
  copy.slip = slipOf(reading);
  auto spots = markFaults(reading, marks, copy);
  return {std::move(copy), std::move(spots)};
}

}  // namespace postgang::render
