// The business terms and groups of EN 16931-1:2017+A1, each with its names, type, place and use. terms.def is
// the one list of them; whoever needs to know something about a term asks here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/text.h"

namespace postgang::document {

// An enumerator's value is the number of the standard: stable in files and databases. BT_4 does not exist.
enum class Term : std::uint8_t {
#define GROUP(...)
#define CREDIT_NOTE(...)
#define TERM(number, ...) BT_##number = number,
#include "document/terms.def"
};

// BG_0 is the document itself.
enum class Group : std::uint8_t {
#define GROUP(number, ...) BG_##number = number,
#define CREDIT_NOTE(...)
#define TERM(...)
#include "document/terms.def"
};

enum class TermType : std::uint8_t {
  text,
  identifier,
  code,
  amount,
  unit_price,
  quantity,
  percentage,
  date,
  reference,
  binary
};

// Who may change it when a document is corrected and sent again. Freely: references, order number, delivery,
// the receiver's electronic address, identifiers, e-mail and postal address, attachments. Never: seller,
// legal buyer, number, amounts, VAT, payment; such a mistake takes a credit note and a new invoice.
enum class Correctable : std::uint8_t { freely, never };

enum class Cardinality : std::uint8_t { one, maybe, some, any };  // 1..1, 0..1, 1..n, 0..n
constexpr bool required(Cardinality c) {
  return c == Cardinality::one || c == Cardinality::some;
}
constexpr bool repeats(Cardinality c) {
  return c == Cardinality::some || c == Cardinality::any;
}

struct TermInfo {
  Term term{};
  std::string_view name;  // "BT-13"
  Group group{};          // where it stands
  Cardinality cardinality{};
  TermType type{};
  int searchWeight = 0;  // 0 is not searched, 10 weighs most
  Correctable correctable{};
  std::string_view swedish;        // "Ordernummer"
  std::string_view english;        // "Purchase order reference"
  std::string_view ublInvoice;     // path as terms.def says it; "" where it has none of its own
  std::string_view ublCreditNote;  // the same as ublInvoice where it does not differ
  std::uint8_t rank = 0;           // its place in the order of the standard
};

struct GroupInfo {
  Group group{};
  std::string_view name;  // "BG-25"
  Group parent{};         // BG_0 is its own parent
  Cardinality cardinality{};
  std::string_view swedish;
  std::string_view english;
  std::string_view ublInvoice;
  std::string_view ublCreditNote;
  std::uint8_t rank = 0;
};

std::span<const TermInfo> terms();    // in the order of the standard
std::span<const GroupInfo> groups();  // likewise, BG_0 first
const TermInfo& info(Term term);      // asserts that the term exists
const GroupInfo& info(Group group);

std::string_view name(Term term);    // "BT-13"
std::string_view name(Group group);  // "BG-25"
std::string_view title(Term term, Language language);
std::string_view title(Group group, Language language);
std::optional<Term> termFromName(
    std::string_view name);  // "BT-13", any case; nullopt for what does not exist
std::optional<Group> groupFromName(std::string_view name);  // "BG-25"
std::optional<Term> termFromNumber(unsigned number);
std::optional<Group> groupFromNumber(unsigned number);
std::string_view name(TermType type);  // "text", "unit-price" …

}  // namespace postgang::document
