// Demands (krav): what a receiver wants of documents on their way to it, as predicates over the business
// terms of EN 16931. This is the model alone; demand_json.h reads and writes it, check.h says what is wrong
// with it, sentence.h reads it back in words, filter.h judges documents by it.
//
//   «Ordernumret ska ha åtta siffror och börja med 45»
//   Demand demand;
//   demand.condition = Condition::of({.test = Test::digits, .term = Term::BT_13, .least = 8, .most = 8,
//                                     .prefix = "45"});
//
// A condition is true or false of a document; there is no third way. A value test of a term that is absent is
// false, unless `ifPresent` says that it may be absent. So `not` of it is true where the term is absent.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "document/business_document.h"
#include "document/identifiers.h"
#include "rules/finding.h"

namespace postgang::rules {

// Limits on what is taken from outside; check.h holds demands to them.
namespace limits {
constexpr std::size_t demands_max = 200;
constexpr std::size_t nodes_max = 50;  // conditions in one demand
constexpr std::size_t depth_max = 8;   // a single test has depth 1
constexpr std::size_t values_max = 200;
constexpr std::size_t senders_max = 1000;
constexpr std::size_t value_codePoints_max = 200;
constexpr std::size_t pattern_bytes_max = 500;
constexpr std::size_t message_codePoints_max = 1000;
constexpr std::size_t name_codePoints_max = 100;
constexpr std::size_t findings_per_demand_max = 20;
constexpr int days_max = 3660;
constexpr int months_max = 120;
constexpr int length_max = 10'000;
}  // namespace limits

// What a leaf says of the document. The names in JSON, what each takes and which terms it fits: tests.h.
enum class Test : std::uint8_t {
  present,
  absent,
  equals,
  one_of,
  matches,  // RE2; the whole value matches, ^ and $ may be left out
  digits,   // only digits, so many of them, maybe with a prefix (counted in)
  length,   // in code points
  starts_with,
  ends_with,
  contains,
  at_least,  // numbers, compared exactly; with `currency`: and in that currency
  at_most,
  more_than,
  less_than,
  equals_number,
  max_days_old,        // the date lies at most so many days before today (later is good)
  not_in_future,       // today or earlier
  min_days_left,       // the date lies at least so many days after today
  min_days_after,      // … after the date of another term
  equals_term,         // the same text as another term's first value
  attachment,          // BG-24 with content; of one of these types
  in_register,         // the value stands in a register of the receiver, valid today
  registered_account,  // every payment account is one registered for this supplier
  not_repeated,        // no earlier document with this supplier, number and amount
  check_digit,         // the value is a real number of a kind (CheckDigit)
  line_has             // the line has at least one of these terms
};

// Of the lines for a term of the invoice line, of the values for any other term that repeats. A line whose
// term repeats meets a value test where all of its values do.
enum class Which : std::uint8_t { every, some, no };

enum class RegisterKind : std::uint8_t { reference, order_number, cost_centre, supplier_account };

enum class CheckDigit : std::uint8_t {
  luhn,
  ocr,
  bankgiro,
  plusgiro,
  iban,
  gln,
  organisation_number,
  personnummer,
  swedish_vat_number
};

struct Leaf {
  Test test = Test::present;
  std::optional<document::Term> term{};  // absent for tests of the whole document (tests.h)
  Which which = Which::every;
  bool ifPresent = false;     // true where the term is absent, too
  bool ifRegistered = false;  // registered_account: suppliers without any registered account pass
  bool ignoreCase = false;
  bool ignoreBlanks = false;
  std::string value{};                 // a text, a pattern, a decimal number
  std::vector<std::string> values{};   // one_of
  std::optional<int> least{}, most{};  // digits, length: both the same for an exact count
  std::string prefix{};                // digits
  std::optional<int> days{};
  std::optional<int> months{};                  // not_repeated
  std::string currency{};                       // ISO 4217, for number tests; "" any
  std::optional<document::Term> other{};        // equals_term, min_days_after
  std::string registerName{};                   // "" is the receiver's only one of this kind
  RegisterKind kind = RegisterKind::reference;  // in_register
  std::vector<std::string> fileTypes{};         // attachment: "pdf" or "application/pdf"; empty: any
  CheckDigit checkDigit = CheckDigit::luhn;     // check_digit
  std::vector<document::Term> terms{};          // line_has
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct Condition {
  enum class Kind : std::uint8_t { test, all, any, no, if_then };
  Kind kind = Kind::test;
  Leaf leaf;                     // of `test`
  std::vector<Condition> parts;  // all, any: at least one; no: one; if_then: the if and the then

  static Condition of(Leaf leaf);
  static Condition all(std::vector<Condition> parts);
  static Condition any(std::vector<Condition> parts);
  static Condition no(Condition part);
  static Condition ifThen(Condition when, Condition then);
  friend bool operator==(const Condition& a, const Condition& b);
};

// Which documents a demand is for. An empty list is «all».
struct Scope {
  enum class Senders : std::uint8_t { all, only, except };
  Senders senders = Senders::all;
  std::vector<document::Identifier> identifiers;  // of `only` and `except`; any of a sender's counts
  std::vector<document::Kind> kinds;
  // BT-112 from and to, both included, in `currency`; a document in another currency is outside.
  std::optional<Decimal> amountFrom, amountTo;
  std::string currency;
  std::vector<std::string> supplierCountries;  // BT-40, ISO 3166-1 alpha-2
  friend bool operator==(const Scope&, const Scope&) = default;
};

struct Demand {
  std::string id;    // the findings' id, stable: letters, digits and - _ . : (at most 64)
  std::string name;  // for the receiver's list; may be empty
  Severity severity = Severity::stop;
  Scope appliesTo;
  std::optional<Date> from, to;      // the days on which it holds, both included
  std::string messageSv, messageEn;  // the receiver's own words; "" makes them from the demand
  std::string example;               // a value that would do; "" makes one where the test allows
  Condition condition;
  friend bool operator==(const Demand&, const Demand&) = default;
};

// The names in JSON.
std::string_view name(Test test);  // "present", "oneOf", "maxDaysOld" …
std::string_view name(Which which);
std::string_view name(RegisterKind kind);
std::string_view name(CheckDigit kind);
std::string_view name(Scope::Senders senders);
std::optional<Test> testFromName(std::string_view name);
std::optional<Which> whichFromName(std::string_view name);
std::optional<RegisterKind> registerKindFromName(std::string_view name);
std::optional<CheckDigit> checkDigitFromName(std::string_view name);

bool isLineTerm(document::Term term);  // stands in BG-25 or a group within it
// It can occur more than once in a document, apart from its lines.
bool repeatsInDocument(document::Term term);

}  // namespace postgang::rules
