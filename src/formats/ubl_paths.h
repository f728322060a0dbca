// terms.def's UBL paths made into a tree that a reader walks along with the file: for every element that the
// model knows, which group it opens, which term it holds, what it must hold to be meant. One tree for
// invoices, one for credit notes.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "document/terms.h"

namespace postgang::formats {

inline constexpr std::string_view ubl_cac =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";
inline constexpr std::string_view ubl_cbc =
    "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
inline constexpr std::string_view ubl_invoice = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
inline constexpr std::string_view ubl_credit_note =
    "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

// What stands in brackets after a step of a path; terms.def explains the three.
struct UblCondition {
  enum class Kind { none, demanded, written, qualifier };
  Kind kind = Kind::none;
  std::vector<std::string_view> path;  // local names below the element
  std::string_view attribute;          // of the element at the path; "" for its text
  std::string_view value;
  friend bool operator==(const UblCondition&, const UblCondition&) = default;
};

struct UblStep {
  std::string_view name;   // local; "" in an attribute step
  bool aggregate = false;  // of namespace cac, else cbc
  UblCondition condition;
};

// A path of terms.def in pieces: "cac:Price/cbc:BaseQuantity/@unitCode" has two steps and an attribute.
struct UblPath {
  bool fromRoot = false;
  std::vector<UblStep> steps;  // none: the group's own element
  std::string_view attribute;
};

UblPath parseUblPath(std::string_view text);  // asserts its form: the paths are ours

// An element that the model knows.
struct UblElement {
  UblStep step;
  std::size_t nameIndex = 0;             // of its local name, in UblElements::names
  std::optional<document::Group> group;  // it is an occurrence of this group
  std::optional<document::Term> term;    // its text is this term's value
  bool crossing =
      false;  // the term belongs to another group than the element stands in: only its first value counts
  bool constant = false;      // its text is `expected`, or the qualifier, and says nothing of its own
  std::string_view expected;  // "" with `constant`: any text
  struct AttributeTerm {
    std::string_view name;
    document::Term term;
  };
  std::vector<AttributeTerm> attributeTerms;
  std::vector<std::size_t> children;  // those with a demanded condition first
};

struct UblElements {
  std::vector<UblElement> elements;     // the first is the root
  std::vector<std::string_view> names;  // every local name that occurs, once
};

const UblElements& ublElements(bool creditNote);

const UblPath& ublPathOf(document::Term term, bool creditNote);
const UblPath& ublPathOf(document::Group group, bool creditNote);

// Names of the attributes that are a value's qualifier and version, by its term's type; "" where it has none.
struct QualifierAttributes {
  std::string_view qualifier;
  std::string_view version;
};
QualifierAttributes qualifierAttributes(document::TermType type);

}  // namespace postgang::formats
