#include "rules/demand.h"

#include <algorithm>
#include <iterator>

namespace postgang::rules {

using document::Group;
using document::Term;

namespace {

constexpr std::string_view test_names[] = {
    "present",      "absent",     "equals",       "oneOf",      "matches",           "digits",
    "length",       "startsWith", "endsWith",     "contains",   "atLeast",           "atMost",
    "moreThan",     "lessThan",   "equalsNumber", "maxDaysOld", "notInFuture",       "minDaysLeft",
    "minDaysAfter", "equalsTerm", "attachment",   "inRegister", "registeredAccount", "notRepeated",
    "checkDigit",   "lineHas"};
static_assert(std::size(test_names) == static_cast<std::size_t>(Test::line_has) + 1);
constexpr std::string_view which_names[] = {"every", "some", "no"};
constexpr std::string_view register_names[] = {"reference", "orderNumber", "costCentre", "supplierAccount"};
constexpr std::string_view check_digit_names[] = {"luhn",
                                                  "ocr",
                                                  "bankgiro",
                                                  "plusgiro",
                                                  "iban",
                                                  "gln",
                                                  "organisationNumber",
                                                  "personnummer",
                                                  "swedishVatNumber"};
constexpr std::string_view sender_names[] = {"all", "only", "except"};

template <typename Enum, std::size_t count>
std::optional<Enum> fromName(const std::string_view (&names)[count], std::string_view name) {
  const auto found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Enum>(found - std::begin(names));
}

Condition group(Condition::Kind kind, std::vector<Condition> parts) {
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

}  // namespace

Condition Condition::of(Leaf leaf) {
  Condition condition;
  condition.leaf = std::move(leaf);
  return condition;
}
Condition Condition::all(std::vector<Condition> parts) {
  return group(Kind::all, std::move(parts));
}
Condition Condition::any(std::vector<Condition> parts) {
  return group(Kind::any, std::move(parts));
}
Condition Condition::no(Condition part) {
  std::vector<Condition> parts;
  parts.push_back(std::move(part));
  return group(Kind::no, std::move(parts));
}
Condition Condition::ifThen(Condition when, Condition then) {
  std::vector<Condition> parts;
  parts.push_back(std::move(when));
  parts.push_back(std::move(then));
  return group(Kind::if_then, std::move(parts));
}

bool operator==(const Condition& a, const Condition& b) {
  return a.kind == b.kind && a.leaf == b.leaf && a.parts == b.parts;
}

std::string_view name(Test test) {
  return test_names[static_cast<std::size_t>(test)];
}
std::string_view name(Which which) {
  return which_names[static_cast<std::size_t>(which)];
}
std::string_view name(RegisterKind kind) {
  return register_names[static_cast<std::size_t>(kind)];
}
std::string_view name(CheckDigit kind) {
  return check_digit_names[static_cast<std::size_t>(kind)];
}
std::string_view name(Scope::Senders senders) {
  return sender_names[static_cast<std::size_t>(senders)];
}
std::optional<Test> testFromName(std::string_view name) {
  return fromName<Test>(test_names, name);
}
std::optional<Which> whichFromName(std::string_view name) {
  return fromName<Which>(which_names, name);
}
std::optional<RegisterKind> registerKindFromName(std::string_view name) {
  return fromName<RegisterKind>(register_names, name);
}
std::optional<CheckDigit> checkDigitFromName(std::string_view name) {
  return fromName<CheckDigit>(check_digit_names, name);
}

bool isLineTerm(Term term) {
  for (auto group = document::info(term).group; group != Group::BG_0; group = document::info(group).parent)
    if (group == Group::BG_25) return true;
  return false;
}

bool repeatsInDocument(Term term) {
  if (isLineTerm(term)) return false;
  if (document::repeats(document::info(term).cardinality)) return true;
  for (auto group = document::info(term).group; group != Group::BG_0; group = document::info(group).parent)
    if (document::repeats(document::info(group).cardinality)) return true;
  return false;
}

}  // namespace postgang::rules
