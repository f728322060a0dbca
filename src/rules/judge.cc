#include "rules/judge.h"

#include <algorithm>

#include "base/text.h"

namespace postgang::rules {

using document::Term;

namespace {

bool allDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool areDigits(const Digits& digits, std::string_view text) {
  return allDigits(text) && text.starts_with(digits.prefix) &&
         (!digits.least || text.size() >= static_cast<std::size_t>(*digits.least)) &&
         (!digits.most || text.size() <= static_cast<std::size_t>(*digits.most));
}

bool hasLength(const Leaf& leaf, std::string_view text) {
  const auto length = codePoints(text);
  return (!leaf.least || length >= static_cast<std::size_t>(*leaf.least)) &&
         (!leaf.most || length <= static_cast<std::size_t>(*leaf.most));
}

}  // namespace

bool hasCheckDigit(CheckDigit kind, std::string_view text) {
  std::string number(text);
  std::erase_if(number, [](char c) { return c == ' ' || c == '-'; });
  switch (kind) {
    case CheckDigit::luhn:
      return document::luhnHolds(number);
    case CheckDigit::ocr:
      return document::isOcr(number);
    case CheckDigit::bankgiro:
      return document::isBankgiro(number);
    case CheckDigit::plusgiro:
      return document::isPlusgiro(number);
    case CheckDigit::iban:
      return document::isIban(number);
    case CheckDigit::gln:
      return document::isGln(number);
    case CheckDigit::organisation_number:
      return document::isSwedishOrganisationNumber(number);
    case CheckDigit::personnummer:
      return document::isPersonnummer(text);
    case CheckDigit::swedish_vat_number:
      return document::organisationNumberOfVat(number).has_value();
  }
  return false;
}

bool Judge::holds(const CompiledCondition& condition) {
  if (fault_) return false;
  const auto partHolds = [this](const CompiledCondition& part) { return holds(part); };
  switch (condition.kind) {
    case Condition::Kind::test:
      return holds(condition.leaf);
    case Condition::Kind::all:
      return std::all_of(condition.parts.begin(), condition.parts.end(), partHolds);
    case Condition::Kind::any:
      return std::any_of(condition.parts.begin(), condition.parts.end(), partHolds);
    case Condition::Kind::no:
      return !holds(condition.parts[0]);
    case Condition::Kind::if_then:
      return !holds(condition.parts[0]) || holds(condition.parts[1]);
  }
  return false;
}

bool Judge::holds(const CompiledLeaf& leaf) {
  switch (leaf.leaf.test) {
    case Test::attachment:
      return hasAttachment(leaf.leaf);
    case Test::registered_account:
      return paidToRegistered(leaf.leaf);
    case Test::not_repeated:
      return isNotRepeated(leaf.leaf);
    default:
      // A file that is enclosed is BT-125, whether its content was kept with the terms or not.
      if (leaf.leaf.term == Term::BT_125)
        return hasAttachment(leaf.leaf) == (leaf.leaf.test == Test::present);
      return leaf.ofLine ? linesHold(leaf) : valuesHold(leaf);
  }
}

bool Judge::meets(const CompiledLeaf& leaf, const Occurrence& occurrence) {
  switch (leaf.leaf.test) {
    case Test::present:
    case Test::absent:
      return leaf.leaf.test == Test::present;
    case Test::at_least:
    case Test::at_most:
    case Test::more_than:
    case Test::less_than:
    case Test::equals_number:
      return meetsNumber(leaf, occurrence.value);
    case Test::max_days_old:
    case Test::not_in_future:
    case Test::min_days_left:
    case Test::min_days_after:
      return meetsDate(leaf, occurrence);
    case Test::equals_term:
      return meetsOther(leaf, occurrence);
    case Test::in_register:
      return meetsRegister(leaf, occurrence.value.text);
    default:
      return meetsText(leaf, occurrence.value.text);
  }
}

bool Judge::meetsText(const CompiledLeaf& leaf, std::string_view text) {
  if (leaf.leaf.test == Test::check_digit) return hasCheckDigit(leaf.leaf.checkDigit, text);
  if (leaf.leaf.test == Test::length) return hasLength(leaf.leaf, text);
  std::string kept;
  const auto folded = foldedAs(leaf.leaf, text, kept);
  if (leaf.digits) return areDigits(*leaf.digits, folded);
  switch (leaf.leaf.test) {
    case Test::equals:
    case Test::one_of:
      return std::binary_search(leaf.values.begin(), leaf.values.end(), folded);
    case Test::matches:
      return matchesWhole(*leaf.pattern, folded);
    case Test::starts_with:
      return folded.starts_with(leaf.values.front());
    case Test::ends_with:
      return folded.ends_with(leaf.values.front());
    case Test::contains:
      return folded.find(leaf.values.front()) != std::string_view::npos;
    default:
      return false;
  }
}

bool Judge::meetsNumber(const CompiledLeaf& leaf, const document::Value& value) const {
  const auto number = value.decimal();
  if (!number) return false;
  if (!leaf.leaf.currency.empty()) {
    const auto currency = value.qualifier.empty() ? document_.currency() : value.qualifier;
    if (currency != leaf.leaf.currency) return false;
  }
  switch (leaf.leaf.test) {
    case Test::at_least:
      return *number >= leaf.number;
    case Test::at_most:
      return *number <= leaf.number;
    case Test::more_than:
      return *number > leaf.number;
    case Test::less_than:
      return *number < leaf.number;
    default:
      return *number == leaf.number;
  }
}

bool Judge::meetsDate(const CompiledLeaf& leaf, const Occurrence& occurrence) const {
  const auto date = occurrence.value.date();
  if (!date) return false;
  const int days = leaf.leaf.days.value_or(0);
  const auto today = context_.today.daysSinceEpoch;
  switch (leaf.leaf.test) {
    case Test::max_days_old:
      return today - date->daysSinceEpoch <= days;
    case Test::not_in_future:
      return date->daysSinceEpoch <= today;
    case Test::min_days_left:
      return date->daysSinceEpoch - today >= days;
    default: {
      const auto* other = otherOf(leaf.leaf, occurrence);
      const auto from = other ? other->value.date() : std::nullopt;
      return from && date->daysSinceEpoch - from->daysSinceEpoch >= days;
    }
  }
}

// The first value of the other term: in the same line where it is one of the line.
const Occurrence* Judge::otherOf(const Leaf& leaf, const Occurrence& occurrence) const {
  const auto values = index_.of(*leaf.other);
  const auto line = isLineTerm(*leaf.other) ? occurrence.line : 0;
  const auto found =
      std::lower_bound(values.begin(), values.end(), line,
                       [](const Occurrence& o, std::uint32_t wanted) { return o.line < wanted; });
  return found == values.end() || found->line != line ? nullptr : &*found;
}

bool Judge::meetsOther(const CompiledLeaf& leaf, const Occurrence& occurrence) const {
  const auto* other = otherOf(leaf.leaf, occurrence);
  if (!other) return false;
  const auto a = occurrence.value.decimal(), b = other->value.decimal();
  const auto type = document::info(*leaf.leaf.term).type;
  using document::TermType;
  if (type == TermType::amount || type == TermType::unit_price || type == TermType::quantity ||
      type == TermType::percentage)
    return a && b && *a == *b;
  if (type == TermType::date)
    return occurrence.value.date() && occurrence.value.date() == other->value.date();
  std::string keptA, keptB;
  return foldedAs(leaf.leaf, occurrence.value.text, keptA) == foldedAs(leaf.leaf, other->value.text, keptB);
}

bool Judge::unitMeets(const CompiledLeaf& leaf, Values values) {
  if (leaf.leaf.test == Test::absent) return values.empty();
  if (values.empty()) return leaf.leaf.test != Test::present && leaf.leaf.ifPresent;
  if (leaf.leaf.test == Test::present) return true;
  return std::all_of(values.begin(), values.end(), [&](const Occurrence& o) { return meets(leaf, o); });
}

bool Judge::lineHas(const Leaf& leaf, std::uint32_t line) const {
  return std::any_of(leaf.terms.begin(), leaf.terms.end(), [&](Term term) {
    const auto values = index_.of(term);
    return std::binary_search(values.begin(), values.end(), Occurrence{{}, line, 0},
                              [](const Occurrence& a, const Occurrence& b) { return a.line < b.line; });
  });
}

template <typename Visit>
void Judge::forEachLine(const CompiledLeaf& leaf, const Visit& visit) {
  const Values values = leaf.leaf.term ? index_.of(*leaf.leaf.term) : Values();
  std::size_t at = 0;
  for (std::uint32_t line = 1; line <= index_.lineCount() && !fault_; ++line) {
    const auto begin = at;
    while (at < values.size() && values[at].line == line) ++at;
    const auto here = values.subspan(begin, at - begin);
    const bool met = leaf.leaf.test == Test::line_has ? lineHas(leaf.leaf, line) : unitMeets(leaf, here);
    if (!visit(line, here, met)) return;
  }
}

bool Judge::linesHold(const CompiledLeaf& leaf) {
  const auto which = leaf.leaf.which;
  bool met = which == Which::every;  // what holds of no lines at all
  forEachLine(leaf, [&](std::uint32_t, Values, bool lineMet) {
    met = lineMet;
    return which == Which::every ? lineMet : !lineMet;
  });
  return which == Which::no ? !met : met;
}

bool Judge::valuesHold(const CompiledLeaf& leaf) {
  const auto values = index_.of(*leaf.leaf.term);
  if (leaf.leaf.which == Which::every) return unitMeets(leaf, values);
  const bool some =
      std::any_of(values.begin(), values.end(), [&](const Occurrence& o) { return meets(leaf, o); });
  return some == (leaf.leaf.which == Which::some);
}

bool Judge::isThere(const CompiledLeaf& leaf) const {
  return leaf.leaf.term && !index_.of(*leaf.leaf.term).empty();
}

std::vector<Fault> Judge::faults(const CompiledLeaf& leaf, bool negated) {
  std::vector<Fault> faults;
  if (!leaf.leaf.term && leaf.leaf.test != Test::line_has) {
    Fault fault;
    if (leaf.leaf.test == Test::registered_account) {
      fault.term = Term::BT_84;
      for (const auto& occurrence : index_.of(Term::BT_84))
        if (!unregistered_.empty() && digitsOf(occurrence.value.text) == digitsOf(unregistered_))
          fault.found = &occurrence;
    } else if (leaf.leaf.test == Test::not_repeated) {
      fault.term = Term::BT_1;
      if (const auto number = index_.of(Term::BT_1); !number.empty()) fault.found = &number.front();
      if (earlier_) fault.related = earlier_->document;
    } else {
      fault.term = Term::BT_125;
    }
    faults.push_back(std::move(fault));
  } else if (leaf.ofLine) {
    addLineFaults(leaf, negated, faults);
  } else {
    addValueFaults(leaf, negated, faults);
  }
  if (faults.empty()) faults.push_back({nullptr, leaf.ofLine && index_.lineCount() > 0 ? 1U : 0U, {}, {}});
  return faults;
}

void Judge::addLineFaults(const CompiledLeaf& leaf, bool negated, std::vector<Fault>& faults) {
  const auto which = leaf.leaf.which;
  if (which == Which::some && !negated) return;  // no line does it: there is no line to point at
  const bool pointsAtMet = negated ? which != Which::no : which == Which::no;
  const std::optional<Term> term = leaf.leaf.term ? std::nullopt : std::optional(leaf.leaf.terms.front());
  forEachLine(leaf, [&](std::uint32_t line, Values values, bool met) {
    if (met == pointsAtMet) {
      const Occurrence* found = values.empty() ? nullptr : &values.front();
      if (!met && leaf.leaf.test != Test::absent)
        for (const auto& value : values)
          if (!meets(leaf, value)) {
            found = &value;
            break;
          }
      faults.push_back({found, line, term, {}});
    }
    return faults.size() < (negated ? 1 : limits::findings_per_demand_max);
  });
}

void Judge::addValueFaults(const CompiledLeaf& leaf, bool negated, std::vector<Fault>& faults) {
  const auto which = leaf.leaf.which;
  for (const auto& value : index_.of(*leaf.leaf.term)) {
    const bool pointsAtMet = negated ? which != Which::no : which == Which::no;
    const bool met = leaf.leaf.test == Test::absent ? false : meets(leaf, value);
    if (met != pointsAtMet) continue;
    faults.push_back({&value, 0, {}, {}});
    if (negated || which == Which::some || faults.size() >= limits::findings_per_demand_max) return;
  }
}

}  // namespace postgang::rules
