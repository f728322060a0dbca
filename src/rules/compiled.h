// Demands in the form that is evaluated: patterns compiled, values folded, words ready. For the files of this
// folder only.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "rules/demand.h"
#include "rules/pattern.h"

namespace postgang::rules {

struct Words {
  std::string sv, en;
};

struct CompiledLeaf {
  Leaf leaf;
  bool ofLine = false;                      // its term is one of the line
  std::unique_ptr<const re2::RE2> pattern;  // matches, where it says more than digits
  std::optional<Digits> digits;             // digits, and patterns of digits alone
  Decimal number;                           // of number tests
  std::vector<std::string> values;  // equals, one_of, starts_with …: folded as the leaf asks, sorted
  Words wanted, unwanted;           // what it ought to be; when the leaf is negated
};

struct CompiledCondition {
  Condition::Kind kind = Condition::Kind::test;
  CompiledLeaf leaf;
  std::vector<CompiledCondition> parts;
};

struct CompiledDemand {
  Demand demand;
  CompiledCondition condition;
  Words message;
  std::optional<document::Term> exampleOf;  // the term that the author's example is of
};

// `leaf` has been checked. Codes: demand-pattern-invalid.
Result<CompiledLeaf> compileLeaf(const Leaf& leaf);
Result<CompiledCondition> compileCondition(const Condition& condition);
bool asks(const CompiledCondition& condition);  // needs lookups

// Case and blanks folded as the leaf asks; `kept` is where the folded text lives when it had to be made.
std::string_view foldedAs(const Leaf& leaf, std::string_view text, std::string& kept);

}  // namespace postgang::rules
