#include "rules/tests.h"

#include <array>
#include <cassert>

namespace postgang::rules {

using document::TermType;

namespace {

constexpr std::uint16_t bit(TermType type) {
  return static_cast<std::uint16_t>(1U << static_cast<unsigned>(type));
}
constexpr std::uint16_t words =
    bit(TermType::text) | bit(TermType::identifier) | bit(TermType::code) | bit(TermType::reference);
constexpr std::uint16_t numbers =
    bit(TermType::amount) | bit(TermType::unit_price) | bit(TermType::quantity) | bit(TermType::percentage);
constexpr std::uint16_t dates = bit(TermType::date);
constexpr std::uint16_t everything = words | numbers | dates | bit(TermType::binary);

constexpr Parameter which_parameter[] = {{"which", "choice"}};
constexpr Parameter equals_parameters[] = {{"value", "text", true},
                                           {"ignoreCase", "flag"},
                                           {"ignoreBlanks", "flag"},
                                           {"ifPresent", "flag"},
                                           {"which", "choice"}};
constexpr Parameter one_of_parameters[] = {{"values", "texts", true},
                                           {"ignoreCase", "flag"},
                                           {"ignoreBlanks", "flag"},
                                           {"ifPresent", "flag"},
                                           {"which", "choice"}};
constexpr Parameter digits_parameters[] = {
    {"count", "count"},       {"least", "count"},    {"most", "count"},  {"prefix", "text"},
    {"ignoreBlanks", "flag"}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter length_parameters[] = {
    {"count", "count"}, {"least", "count"}, {"most", "count"}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter number_parameters[] = {
    {"value", "number", true}, {"currency", "text"}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter days_parameters[] = {{"days", "count", true}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter date_parameters[] = {{"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter days_after_parameters[] = {
    {"days", "count", true}, {"other", "term", true}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter other_parameters[] = {{"other", "term", true},
                                          {"ignoreCase", "flag"},
                                          {"ignoreBlanks", "flag"},
                                          {"ifPresent", "flag"},
                                          {"which", "choice"}};
constexpr Parameter attachment_parameters[] = {{"fileTypes", "texts"}};
constexpr Parameter register_parameters[] = {
    {"kind", "choice", true}, {"register", "text"}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter account_parameters[] = {{"ifPresent", "flag"}, {"ifRegistered", "flag"}};
constexpr Parameter repeated_parameters[] = {{"months", "count", true}};
constexpr Parameter check_digit_parameters[] = {
    {"kind", "choice", true}, {"ifPresent", "flag"}, {"which", "choice"}};
constexpr Parameter line_has_parameters[] = {{"terms", "terms", true}, {"which", "choice"}};

constexpr TestInfo test_list[] = {
    {Test::present, "present", true, everything, which_parameter, R"({"term":"BT-10","test":"present"})"},
    {Test::absent, "absent", true, everything, which_parameter, R"({"term":"BT-20","test":"absent"})"},
    {Test::equals, "equals", true, words | dates, equals_parameters,
     R"({"term":"BT-5","test":"equals","value":"SEK"})"},
    {Test::one_of, "oneOf", true, words | dates, one_of_parameters,
     R"({"term":"BT-12","test":"oneOf","values":["A-100","A-200"],"ignoreCase":true})"},
    {Test::matches, "matches", true, words, equals_parameters,
     R"({"term":"BT-13","test":"matches","value":"^45\\d{6}$"})"},
    {Test::digits, "digits", true, words, digits_parameters,
     R"({"term":"BT-13","test":"digits","count":8,"prefix":"45"})"},
    {Test::length, "length", true, words, length_parameters,
     R"({"term":"BT-10","test":"length","least":3,"most":30})"},
    {Test::starts_with, "startsWith", true, words, equals_parameters,
     R"({"term":"BT-11","test":"startsWith","value":"P-"})"},
    {Test::ends_with, "endsWith", true, words, equals_parameters,
     R"({"term":"BT-11","test":"endsWith","value":"-26"})"},
    {Test::contains, "contains", true, words, equals_parameters,
     R"({"term":"BT-22","test":"contains","value":"F-skatt","ignoreCase":true,"which":"some"})"},
    {Test::at_least, "atLeast", true, numbers, number_parameters,
     R"({"term":"BT-115","test":"atLeast","value":"0"})"},
    {Test::at_most, "atMost", true, numbers, number_parameters,
     R"({"term":"BT-112","test":"atMost","value":"250000","currency":"SEK"})"},
    {Test::more_than, "moreThan", true, numbers, number_parameters,
     R"({"term":"BT-129","test":"moreThan","value":"0"})"},
    {Test::less_than, "lessThan", true, numbers, number_parameters,
     R"({"term":"BT-114","test":"lessThan","value":"1","ifPresent":true})"},
    {Test::equals_number, "equalsNumber", true, numbers, number_parameters,
     R"({"term":"BT-152","test":"equalsNumber","value":"25","which":"some"})"},
    {Test::max_days_old, "maxDaysOld", true, dates, days_parameters,
     R"({"term":"BT-2","test":"maxDaysOld","days":30})"},
    {Test::not_in_future, "notInFuture", true, dates, date_parameters,
     R"({"term":"BT-2","test":"notInFuture"})"},
    {Test::min_days_left, "minDaysLeft", true, dates, days_parameters,
     R"({"term":"BT-9","test":"minDaysLeft","days":20})"},
    {Test::min_days_after, "minDaysAfter", true, dates, days_after_parameters,
     R"({"term":"BT-9","test":"minDaysAfter","days":30,"other":"BT-2"})"},
    {Test::equals_term, "equalsTerm", true, words | numbers | dates, other_parameters,
     R"({"term":"BT-115","test":"equalsTerm","other":"BT-112"})"},
    {Test::attachment, "attachment", false, 0, attachment_parameters,
     R"({"test":"attachment","fileTypes":["pdf"]})"},
    {Test::in_register, "inRegister", true, words, register_parameters,
     R"({"term":"BT-10","test":"inRegister","kind":"reference"})"},
    {Test::registered_account, "registeredAccount", false, 0, account_parameters,
     R"({"test":"registeredAccount","ifPresent":true})"},
    {Test::not_repeated, "notRepeated", false, 0, repeated_parameters,
     R"({"test":"notRepeated","months":12})"},
    {Test::check_digit, "checkDigit", true, words, check_digit_parameters,
     R"({"term":"BT-83","test":"checkDigit","kind":"ocr"})"},
    {Test::line_has, "lineHas", false, 0, line_has_parameters,
     R"({"test":"lineHas","terms":["BT-155","BT-157"]})"},
};
static_assert(std::size(test_list) == static_cast<std::size_t>(Test::line_has) + 1);

}  // namespace

std::span<const TestInfo> tests() {
  return test_list;
}

const TestInfo& info(Test test) {
  const auto& found = test_list[static_cast<std::size_t>(test)];
  assert(found.test == test && found.name == name(test));
  return found;
}

bool fits(Test test, document::Term term) {
  return (info(test).types & bit(document::info(term).type)) != 0;
}

std::string_view title(Test test, Language language) {
  return Texts::of(language).word("demand.test." + std::string(name(test)));
}

}  // namespace postgang::rules
