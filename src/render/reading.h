// Reading: a document and what everybody who writes a part of its copy needs to know. Internal to copy*.cc.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "document/parties.h"
#include "document/payment.h"
#include "render/copy.h"
#include "render/window.h"

namespace postgang::render {

using document::Group;
using document::GroupView;
using document::Term;

inline constexpr std::size_t value_points_max = 2'000;  // of one value on a copy; more is cut and said to be

struct Reading {
  using Words = std::initializer_list<std::pair<const std::string, std::string>>;

  const document::BusinessDocument& document;
  const Design& design;
  Channel channel;
  Language language;
  const Texts& texts;
  GroupView root;
  document::Party seller, buyer;
  document::Payment payment;
  document::Kind kind;
  Ask ask = Ask::pay;
  bool credit = false;  // amounts are shown positive: `sign` turns them where the file has them negative
  bool negative = false;
  std::string currency;        // printable BT-5
  std::optional<Decimal> due;  // BT-115, as shown
  std::string payee;           // BT-59 where it is somebody else than the seller

  Reading(const document::BusinessDocument& document, const Design& design, Channel channel,
          Language language);

  // The word of copy.KEY; its company or person form where it has two.
  std::string say(std::string_view key) const;
  std::string say(std::string_view key, Words words) const;

  std::string text(GroupView group, Term term) const;  // printable, bounded; "" where absent or hidden
  std::string text(Term term) const;                   // the first anywhere
  std::string date(GroupView group, Term term) const;  // ISO; as it stands where it is no date
  std::string period(GroupView group, Term from, Term to) const;
  std::optional<Decimal> decimal(GroupView group, Term term) const;  // turned positive on a credit note
  std::string amount(GroupView group, Term term) const;  // "1 234,50"; as it stands where it is no number
  std::string money(const Decimal& amount) const;        // with currency
  std::string quantity(GroupView group, Term term) const;
  std::string price(GroupView group, Term term) const;
  std::string percent(GroupView group, Term term) const;
  std::string unit(std::string_view code) const;     // "tim"; the code itself where it has no word
  std::string country(std::string_view code) const;  // "Storbritannien"; the code itself where it has no word
  std::string vatRate(std::string_view category, GroupView group, Term rate) const;
};

void writeHead(const Reading& reading, Copy& copy);
void writeDue(const Reading& reading, Copy& copy);
void writeNotice(const Reading& reading, Copy& copy);
void writeReferences(const Reading& reading, Copy& copy);
void writeTable(const Reading& reading, Copy& copy);
void writeSums(const Reading& reading, Copy& copy);
void writePayment(const Reading& reading, Copy& copy);
void writeMore(const Reading& reading, Copy& copy);  // attachments, tax representative, legal texts
void writeFoot(const Reading& reading, Copy& copy);
std::optional<Slip> slipOf(const Reading& reading);

// "Bankgiro 5402-9681", "IBAN SE35 …, BIC …"
std::string accountLabel(const Reading& reading, const document::PaymentAccount& account);
// The account that is named first, for this currency; nullptr without one.
const document::PaymentAccount* firstAccount(const Reading& reading);
std::string shownReference(const Reading& reading);  // OCR in fours, or as it stands
// Lines of a postal address: "851 11 Tallmo" last, the country only where it differs from the seller's.
std::vector<std::string> addressLines(const Reading& reading, const document::PostalAddress& address);
bool isInternalReference(GroupView supportingDocument);  // AQY and IT: for the operator, not attachments

}  // namespace postgang::render
