// Copy: everything a display copy says, in the words and figures of its language, before it is known where it
// stands. layout.h puts it on pages, readable.h lets it flow. Made from the document's terms and the
// company's design alone: nothing is invented, and a value that is missing leaves no label behind. All texts
// are printable() and bounded.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"
#include "base/time.h"
#include "document/business_document.h"
#include "render/channel.h"
#include "render/design.h"
#include "render/payment_code.h"

namespace postgang::render {

inline constexpr std::size_t no_fault = static_cast<std::size_t>(-1);  // otherwise: which of Copy::faults

struct Fact {
  std::string label;
  std::string value;
  std::vector<document::Term> terms = {};  // that it shows
  std::size_t ordinal = 1;                 // which of its group, where that repeats: 2 of BG-3[2]
  std::size_t fault = no_fault;
};

struct Paragraph {
  std::string lead;  // bold, may be empty
  std::string text;
};

// What the reader is asked to do: it decides which payment facts may be shown at all.
enum class Ask : std::uint8_t {
  pay,      // account, reference, code and slip
  refund,   // a credit: none of them
  debit,    // drawn from the payer's account: none of them
  nothing,  // paid, or zero: none of them
};

// The columns of a line, for a fault in one of them.
enum class Cell : std::uint8_t { article, name, quantity, unit, price, vat, amount };

// One line of text of a group of lines, with a fault in it.
struct MarkedLine {
  std::size_t line = 0;
  std::size_t fault = no_fault;
};

struct TableRow {
  bool heading = false;  // of a group; only `name`
  std::string article, name, quantity, unit, price, vat, amount;
  std::vector<std::string> under;  // beneath the name, smaller
  std::optional<Decimal> net;      // what it adds to the carried total
  std::vector<std::pair<Cell, std::size_t>> cellFaults;
  std::vector<MarkedLine> underFaults;
};

struct Table {
  bool hasArticles = false, hasUnits = false, hasVat = false;
  std::string article, name, quantity, unit, price, vat, amount;  // heads
  std::vector<TableRow> rows;
};

struct VatRow {
  std::string rate, base, vat;
  std::string reason;       // why no VAT is charged
  std::size_t ordinal = 1;  // of BG-23
  std::size_t fault = no_fault;
};

struct Code {
  QrCode qr;
  std::string heading, sentence;
  std::vector<Fact> facts;  // what the code carries, in print
};

struct Notice {
  bool forbids = false;  // the sign that says no
  bool boxed = true;
  std::string heading;
  std::string text;
};

struct Slip {
  std::vector<std::string> payer, payee;
  std::string number, due, account, reference, kronor, ore, codeLine;
};

struct Copy {
  Language language = Language::swedish;
  document::Kind kind = document::Kind::other;
  Ask ask = Ask::pay;
  std::string documentTitle;  // "Faktura 101000330 från Björkvik AB"
  std::string author;
  std::optional<Date> issued;

  std::string title;
  std::vector<Fact> titleFacts;
  std::string underTitle;  // «Ersätter faktura N av D»
  std::string brandName, brandLine, initials;

  std::string dueLabel, dueAmount, dueSentence;
  std::vector<Fact> dueFacts;
  std::optional<Notice> notice;

  std::string senderLine;            // over the address in the window
  std::vector<std::string> address;  // of the receiver, as the channel wants it
  std::string addressLabel;          // where there is no window

  std::vector<Fact> references;
  std::vector<std::string> notes;

  Table table;
  std::vector<Fact> sums;
  std::string totalLabel, total;
  std::vector<VatRow> vat;  // empty where one rate is said among the sums
  std::optional<VatRow> vatSum;
  std::vector<Fact> vatFacts;         // VAT in another currency
  std::vector<std::string> vatNotes;  // the reason where the VAT table is left out

  std::optional<Code> code;
  std::vector<Paragraph> payment;
  std::vector<Fact> attachments;
  std::vector<Paragraph> more;

  std::string company;       // running head and foot
  std::string running;       // "Faktura 101000330"
  std::string runningFacts;  // "2026-10-31   Kundnummer 34052"
  std::vector<std::string> footCompany, footContact, footNumbers;
  bool hasTaxStatus = false;  // the last of footNumbers is «Godkänd för F-skatt»
  std::optional<Slip> slip;

  // What marks (fault_mark.h) put on it: short words per fault, and the places that are no facts.
  std::vector<std::string> faults;
  std::size_t dueFault = no_fault, dueSentenceFault = no_fault, totalFault = no_fault;
  std::vector<MarkedLine> addressFaults;
  std::vector<MarkedLine> footFaults[3];  // company, contact, numbers
};

Copy copyOf(const document::BusinessDocument& document, const Design& design, Channel channel,
            Language language);

// How the document asks to be treated by a print code (SFTI, AQY: 101 … 501): an additional document
// reference whose description begins with AQY. It is never shown.
struct PrintCode {
  document::Kind kind = document::Kind::invoice;
  std::optional<Language> language;
};
std::optional<PrintCode> printCodeOf(const document::BusinessDocument& document);

// The language of a copy: what the document's print code says, then the design, then Swedish.
Language languageFor(const document::BusinessDocument& document, const Design& design);

}  // namespace postgang::render
