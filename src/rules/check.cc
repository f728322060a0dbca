#include "rules/check.h"

#include <algorithm>
#include <set>

#include "base/decimal.h"
#include "base/text.h"
#include "rules/pattern.h"
#include "rules/tests.h"

namespace postgang::rules {

namespace {

constexpr std::size_t problems_max = 50;

bool isCurrency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}
bool isCountry(std::string_view text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}
bool isPlain(std::string_view text) {
  return isUtf8(text) && withoutControls(text) == text;
}
bool isId(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == ':';
  });
}

enum class Compared { words, number, date, never };
Compared comparedAs(document::Term term) {
  if (fits(Test::more_than, term)) return Compared::number;
  if (fits(Test::not_in_future, term)) return Compared::date;
  return fits(Test::contains, term) ? Compared::words : Compared::never;
}

std::string number(std::size_t value) {
  return std::to_string(value);
}

// Checks one demand; problems are gathered with their places.
class Checker {
 public:
  explicit Checker(std::vector<Problem>& problems) : problems_(problems) {}

  void check(const Demand& demand, const std::string& place) {
    if (!isId(demand.id))
      refuse("demand-id-invalid", "The id has other characters than letters, digits and - _ . :, or over 64.",
             place + ".id", "Choose a short name such as order-number, or leave the id out.");
    checkText(demand.name, limits::name_codePoints_max, place + ".name");
    checkText(demand.messageSv, limits::message_codePoints_max, place + ".message.sv");
    checkText(demand.messageEn, limits::message_codePoints_max, place + ".message.en");
    checkText(demand.example, limits::value_codePoints_max, place + ".example");
    if (demand.from && demand.to && *demand.to < *demand.from)
      refuse("demand-value-invalid", "The last day lies before the first.", place + ".to",
             "Give a day that is not before \"from\".");
    checkScope(demand.appliesTo, place + ".appliesTo");
    nodes_ = 0;
    checkCondition(demand.condition, place, 1);
    if (nodes_ > limits::nodes_max)
      refuse("demand-too-large", "A demand has at most " + number(limits::nodes_max) + " conditions.", place,
             "Divide it into several demands.");
  }

 private:
  void refuse(std::string code, std::string detail, const std::string& where, std::string advice) {
    if (problems_.size() >= problems_max) return;
    problems_.push_back(
        {ProblemKind::invalid, std::move(code), std::move(detail), where, std::move(advice), {}});
  }

  void checkText(std::string_view text, std::size_t codePoints_max, const std::string& where) {
    const auto lines = std::count(text.begin(), text.end(), '\n');
    if (!isPlain(text))
      refuse("demand-value-invalid", "The text has control characters, or is not UTF-8.", where,
             "Write plain text.");
    else if (codePoints(text) > codePoints_max || lines > 20)
      refuse("demand-value-invalid", "The text is longer than " + number(codePoints_max) + " characters.",
             where, "Make it shorter.");
  }

  void checkScope(const Scope& scope, const std::string& place) {
    const bool named = scope.senders != Scope::Senders::all;
    if (named == scope.identifiers.empty())
      refuse("demand-value-invalid", named ? "No sender is named." : "Senders are named, and all are meant.",
             place + ".senders", "Name at least one sender, or leave it out for all.");
    if (scope.identifiers.size() > limits::senders_max)
      refuse("demand-too-large", "At most " + number(limits::senders_max) + " senders can be named.",
             place + ".senders", "Divide the demand, or let it apply to all but some.");
    if ((scope.amountFrom || scope.amountTo) && !isCurrency(scope.currency))
      refuse("demand-value-missing", "An amount has a currency.", place + ".currency",
             "Give three letters, for example SEK.");
    if (!scope.amountFrom && !scope.amountTo && !scope.currency.empty())
      refuse("demand-value-unused", "A currency is given, but no amount.", place + ".currency",
             "Give \"amountFrom\" or \"amountTo\", or leave the currency out.");
    if (scope.amountFrom && scope.amountTo && *scope.amountTo < *scope.amountFrom)
      refuse("demand-value-invalid", "The highest amount is below the lowest.", place + ".amountTo",
             "Give an amount that is not below \"amountFrom\".");
    if (scope.supplierCountries.size() > 50 ||
        !std::all_of(scope.supplierCountries.begin(), scope.supplierCountries.end(), isCountry))
      refuse("demand-value-invalid",
             "A country is two capital letters (ISO 3166-1), and at most 50 are named.",
             place + ".supplierCountries", "Write it like SE.");
  }

  void checkCondition(const Condition& condition, const std::string& place, std::size_t depth) {
    ++nodes_;
    if (depth > limits::depth_max) {
      if (!deep_)
        refuse("demand-too-deep", "Conditions nest at most " + number(limits::depth_max) + " deep.", place,
               "Divide it into several demands.");
      deep_ = true;
      return;
    }
    if (nodes_ > limits::nodes_max) return;
    switch (condition.kind) {
      case Condition::Kind::test:
        return checkLeaf(condition.leaf, place);
      case Condition::Kind::all:
      case Condition::Kind::any: {
        const std::string field = condition.kind == Condition::Kind::all ? ".all" : ".any";
        if (condition.parts.empty())
          refuse("demand-value-missing", "There is no condition in it.", place + field,
                 "Give at least one condition.");
        for (std::size_t i = 0; i < condition.parts.size(); ++i)
          checkCondition(condition.parts[i], place + field + "[" + number(i) + "]", depth + 1);
        return;
      }
      case Condition::Kind::no:
        if (condition.parts.size() != 1)
          return refuse("demand-value-missing", "\"not\" has one condition.", place + ".not", "Give one.");
        return checkCondition(condition.parts[0], place + ".not", depth + 1);
      case Condition::Kind::if_then:
        if (condition.parts.size() != 2)
          return refuse("demand-value-missing", "\"if\" and \"then\" go together.", place, "Give both.");
        checkCondition(condition.parts[0], place + ".if", depth + 1);
        return checkCondition(condition.parts[1], place + ".then", depth + 1);
    }
  }

  void checkLeaf(const Leaf& leaf, const std::string& place) {
    const auto& test = info(leaf.test);
    if (test.takesTerm != leaf.term.has_value()) {
      refuse(test.takesTerm ? "demand-value-missing" : "demand-value-unused",
             "The test " + std::string(test.name) + (test.takesTerm ? " needs a term." : " takes no term."),
             place + ".term",
             test.takesTerm ? "Name a business term, for example BT-13." : "Leave the term out.");
      return;
    }
    if (leaf.term && !fits(leaf.test, *leaf.term)) {
      refuse("demand-test-unfit",
             "The test " + std::string(test.name) + " does not fit " +
                 std::string(document::name(*leaf.term)) + ", which holds a value of type " +
                 std::string(document::name(document::info(*leaf.term).type)) + ".",
             place + ".test", "Choose another test for this term.");
      return;
    }
    checkParameters(leaf, test, place);
    checkValues(leaf, place);
    checkWhich(leaf, place);
    checkOther(leaf, place);
  }

  // Each parameter that is set is one that the test takes, each that it needs is set.
  void checkParameters(const Leaf& leaf, const TestInfo& test, const std::string& place) {
    const bool exact = leaf.least && leaf.least == leaf.most;
    const std::pair<std::string_view, bool> set[] = {
        {"value", !leaf.value.empty()},         {"values", !leaf.values.empty()},
        {"least", leaf.least.has_value()},      {"most", leaf.most.has_value()},
        {"prefix", !leaf.prefix.empty()},       {"days", leaf.days.has_value()},
        {"months", leaf.months.has_value()},    {"currency", !leaf.currency.empty()},
        {"other", leaf.other.has_value()},      {"register", !leaf.registerName.empty()},
        {"fileTypes", !leaf.fileTypes.empty()}, {"terms", !leaf.terms.empty()},
        {"ignoreCase", leaf.ignoreCase},        {"ignoreBlanks", leaf.ignoreBlanks},
        {"ifPresent", leaf.ifPresent},          {"ifRegistered", leaf.ifRegistered},
        {"which", leaf.which != Which::every}};
    for (const auto& [field, isSet] : set) {
      const auto taken = std::find_if(test.parameters.begin(), test.parameters.end(),
                                      [&, name = field](const Parameter& p) { return p.name == name; });
      if (isSet && taken == test.parameters.end())
        refuse("demand-value-unused",
               "The test " + std::string(test.name) + " has no use for \"" + std::string(field) + "\".",
               place + "." + std::string(field), "Leave it out.");
      if (!isSet && taken != test.parameters.end() && taken->required)
        refuse("demand-value-missing",
               "The test " + std::string(test.name) + " needs \"" + std::string(field) + "\".",
               place + "." + std::string(field), "Give it.");
    }
    if ((leaf.test == Test::digits || leaf.test == Test::length) && !leaf.least && !leaf.most &&
        leaf.prefix.empty())
      refuse("demand-value-missing", "The test " + std::string(test.name) + " needs how many there shall be.",
             place + (exact ? ".count" : ".least"), "Give \"count\", or \"least\" and \"most\".");
  }

  void checkValues(const Leaf& leaf, const std::string& place) {
    if (leaf.test == Test::matches) {
      if (leaf.value.empty()) return;
      if (auto compiled = compilePattern(leaf.value, leaf.ignoreCase, place + ".value"); !compiled)
        if (problems_.size() < problems_max) problems_.push_back(std::move(compiled.error()));
    } else {
      checkText(leaf.value, limits::value_codePoints_max, place + ".value");
    }
    checkList(leaf.values, place + ".values");
    checkList(leaf.fileTypes, place + ".fileTypes");
    checkText(leaf.registerName, limits::name_codePoints_max, place + ".register");
    if (leaf.test >= Test::at_least && leaf.test <= Test::equals_number && !leaf.value.empty() &&
        !Decimal::parse(leaf.value))
      refuse("demand-value-invalid", "The value is not a number.", place + ".value",
             "Write it with digits and a point, for example 10000.50.");
    if (!leaf.currency.empty() && !isCurrency(leaf.currency))
      refuse("demand-value-invalid", "The currency is not three capital letters.", place + ".currency",
             "Write it like SEK.");
    if (!leaf.currency.empty() && leaf.term &&
        document::info(*leaf.term).type != document::TermType::amount &&
        document::info(*leaf.term).type != document::TermType::unit_price)
      refuse("demand-value-unused", "Only amounts have a currency.", place + ".currency", "Leave it out.");
    if (!std::all_of(leaf.prefix.begin(), leaf.prefix.end(), [](char c) { return c >= '0' && c <= '9'; }))
      refuse("demand-value-invalid", "The prefix is not digits.", place + ".prefix",
             "Give digits, for example 45.");
    checkCounts(leaf, place);
  }

  void checkCounts(const Leaf& leaf, const std::string& place) {
    const auto within = [&](const std::optional<int>& value, int least, int most, const std::string& field) {
      if (value && (*value < least || *value > most))
        refuse("demand-value-invalid",
               "The number lies outside " + std::to_string(least) + " to " + std::to_string(most) + ".",
               place + field, "Give a number within them.");
    };
    within(leaf.least, 1, limits::length_max, ".least");
    within(leaf.most, 1, limits::length_max, ".most");
    within(leaf.days, 0, limits::days_max, ".days");
    within(leaf.months, 1, limits::months_max, ".months");
    if (leaf.least && leaf.most && *leaf.most < *leaf.least)
      refuse("demand-value-invalid", "The most is below the least.", place + ".most", "Turn them round.");
    if (leaf.prefix.size() > static_cast<std::size_t>(std::min(40, leaf.most.value_or(40))))
      refuse("demand-value-invalid", "The prefix has more digits than the value may have.", place + ".prefix",
             "Give a shorter prefix, or allow more digits.");
  }

  void checkList(const std::vector<std::string>& values, const std::string& where) {
    if (values.size() > limits::values_max)
      refuse("demand-too-large", "The list has over " + number(limits::values_max) + " values.", where,
             "Make it a register instead.");
    for (std::size_t i = 0; i < std::min(values.size(), limits::values_max); ++i) {
      const auto place = where + "[" + number(i) + "]";
      if (trimmed(values[i]).empty())
        refuse("demand-value-invalid", "The value is empty.", place, "Leave it out.");
      checkText(values[i], limits::value_codePoints_max, place);
    }
  }

  void checkWhich(const Leaf& leaf, const std::string& place) {
    if (leaf.which == Which::every) return;
    const bool lines = leaf.test == Test::line_has || (leaf.term && isLineTerm(*leaf.term));
    const bool presence = leaf.test == Test::present || leaf.test == Test::absent;
    if (!lines && (presence || !leaf.term || !repeatsInDocument(*leaf.term)))
      refuse("demand-value-unused", "There is only one value to choose among.", place + ".which",
             "Leave it out; it is for terms of the lines and for terms that repeat.");
    if (leaf.ifPresent)
      refuse("demand-value-unused", "\"ifPresent\" goes with every value, not with some or none.",
             place + ".ifPresent", "Leave it out.");
  }

  void checkOther(const Leaf& leaf, const std::string& place) {
    if (leaf.terms.size() > 10)
      refuse("demand-too-large", "At most 10 terms can be named.", place + ".terms", "Name fewer.");
    for (const auto term : leaf.terms)
      if (!isLineTerm(term))
        refuse("demand-test-unfit", std::string(document::name(term)) + " is no term of the line.",
               place + ".terms", "Name terms of the invoice line, BT-126 to BT-161.");
    if (!leaf.other || !leaf.term) return;
    const bool alike = comparedAs(*leaf.other) == comparedAs(*leaf.term);
    if (!alike || *leaf.other == *leaf.term || (isLineTerm(*leaf.other) && !isLineTerm(*leaf.term)))
      refuse("demand-test-unfit",
             std::string(document::name(*leaf.other)) + " cannot be compared with " +
                 std::string(document::name(*leaf.term)) + ".",
             place + ".other", "Choose another term of the same type, of the document or of the same line.");
  }

  std::vector<Problem>& problems_;
  std::size_t nodes_ = 0;
  bool deep_ = false;
};

}  // namespace

std::vector<Problem> problemsOf(const Demand& demand, const std::string& place) {
  std::vector<Problem> problems;
  Checker(problems).check(demand, place);
  return problems;
}

std::vector<Problem> problemsOf(const std::vector<Demand>& demands, std::string_view root) {
  std::vector<Problem> problems;
  if (demands.size() > limits::demands_max) {
    problems.push_back({ProblemKind::invalid,
                        "demand-too-many",
                        "A filter has at most " + number(limits::demands_max) + " demands.",
                        std::string(root),
                        "Take some away, or join them.",
                        {}});
    return problems;
  }
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < demands.size() && problems.size() < problems_max; ++i) {
    const auto place = std::string(root) + "[" + number(i) + "]";
    Checker(problems).check(demands[i], place);
    if (!ids.insert(demands[i].id).second)
      problems.push_back({ProblemKind::invalid,
                          "demand-id-repeated",
                          "Another demand has the same id.",
                          place + ".id",
                          "Give each demand an id of its own, or leave the ids out.",
                          {}});
  }
  return problems;
}

}  // namespace postgang::rules
