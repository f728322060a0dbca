// What a builder of demands offers: the tests, which terms each fits and what each takes; examples of terms.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/text.h"
#include "rules/demand.h"

namespace postgang::rules {

struct Parameter {
  std::string_view name;  // in JSON: "value", "least", "fileTypes" …
  std::string_view type;  // "text", "texts", "number", "count", "flag", "term", "terms", "choice"
  bool required = false;
};

struct TestInfo {
  Test test{};
  std::string_view name;  // in JSON
  bool takesTerm = true;
  std::uint16_t types = 0;  // bits of TermType that it fits; 0 where it takes no term
  std::span<const Parameter> parameters;
  std::string_view example;  // a whole demand in JSON
};

std::span<const TestInfo> tests();
const TestInfo& info(Test test);
bool fits(Test test, document::Term term);
std::string_view title(Test test, Language language);  // "ska ha ett visst antal siffror"

// A value such as the term often has, "" for those that nobody writes by hand: BT-13 → "4500123456".
std::string_view exampleOf(document::Term term);
// A value that meets the leaf in form, made from it; "" where none can be made (a pattern, a register).
// `today` for tests of dates.
std::string exampleFor(const Leaf& leaf, Date today);

}  // namespace postgang::rules
