// Examples of what terms hold, and values made so that they meet a test in form.
#include <algorithm>

#include "rules/pattern.h"
#include "rules/tests.h"

namespace postgang::rules {

using document::Term;

namespace {

struct Example {
  Term term;
  std::string_view value;
};
// Organisation numbers, GLN, bankgiro and OCR have right check digits and belong to nobody.
constexpr Example example_list[] = {
    {Term::BT_1, "2026-0117"},
    {Term::BT_2, "2026-11-23"},
    {Term::BT_3, "380"},
    {Term::BT_5, "SEK"},
    {Term::BT_6, "SEK"},
    {Term::BT_7, "2026-11-23"},
    {Term::BT_9, "2026-12-23"},
    {Term::BT_10, "Anna Berg, 4711"},
    {Term::BT_11, "P-2026-14"},
    {Term::BT_12, "RA-321/26"},
    {Term::BT_13, "4500123456"},
    {Term::BT_14, "SO-88214"},
    {Term::BT_15, "GR-10422"},
    {Term::BT_16, "FS-55310"},
    {Term::BT_17, "UH-2026-31, del 2"},
    {Term::BT_18, "735999114000123456"},
    {Term::BT_19, "4010:200:310"},
    {Term::BT_20, "30 dagar netto"},
    {Term::BT_22, "Godkänd för F-skatt"},
    {Term::BT_23, "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"},
    {Term::BT_25, "2026-0098"},
    {Term::BT_26, "2026-10-19"},
    {Term::BT_27, "Nordhamn Energi AB"},
    {Term::BT_29, "7300009011117"},
    {Term::BT_30, "5599900015"},
    {Term::BT_31, "SE559990001501"},
    {Term::BT_32, "Godkänd för F-skatt"},
    {Term::BT_34, "5599900015"},
    {Term::BT_37, "Tallmo"},
    {Term::BT_38, "123 45"},
    {Term::BT_40, "SE"},
    {Term::BT_41, "Filip Ek"},
    {Term::BT_42, "+46 70 174 06 05"},
    {Term::BT_43, "fakturor@nordhamn.example"},
    {Term::BT_44, "Granberga Bygg AB"},
    {Term::BT_46, "K-20417"},
    {Term::BT_47, "5599900023"},
    {Term::BT_48, "SE559990002301"},
    {Term::BT_49, "5599900023"},
    {Term::BT_50, "Ängsvägen 4"},
    {Term::BT_52, "Granberga"},
    {Term::BT_53, "123 46"},
    {Term::BT_55, "SE"},
    {Term::BT_56, "Anna Berg"},
    {Term::BT_58, "anna.berg@granberga.example"},
    {Term::BT_70, "Granberga Bygg AB, lager 2"},
    {Term::BT_71, "7300009011117"},
    {Term::BT_72, "2026-11-20"},
    {Term::BT_73, "2026-10-01"},
    {Term::BT_74, "2026-10-31"},
    {Term::BT_75, "Hamnplan 1"},
    {Term::BT_77, "Tallmo"},
    {Term::BT_78, "123 47"},
    {Term::BT_80, "SE"},
    {Term::BT_81, "30"},
    {Term::BT_83, "4711202681"},
    {Term::BT_84, "54029681"},
    {Term::BT_86, "SE:BANKGIRO"},
    {Term::BT_106, "10000.00"},
    {Term::BT_109, "10000.00"},
    {Term::BT_110, "2500.00"},
    {Term::BT_112, "12500.00"},
    {Term::BT_114, "0.50"},
    {Term::BT_115, "12500.00"},
    {Term::BT_118, "S"},
    {Term::BT_119, "25"},
    {Term::BT_122, "TID-37"},
    {Term::BT_123, "Tidrapport vecka 37"},
    {Term::BT_126, "1"},
    {Term::BT_127, "Utfört vecka 46"},
    {Term::BT_128, "735999114000123456"},
    {Term::BT_129, "5"},
    {Term::BT_130, "H87"},
    {Term::BT_131, "500.00"},
    {Term::BT_132, "10"},
    {Term::BT_133, "4010:200:310"},
    {Term::BT_134, "2026-10-01"},
    {Term::BT_135, "2026-10-31"},
    {Term::BT_146, "100.00"},
    {Term::BT_151, "S"},
    {Term::BT_152, "25"},
    {Term::BT_153, "Skruv 4 × 40"},
    {Term::BT_154, "Förzinkad, 200 st"},
    {Term::BT_155, "ART-1042"},
    {Term::BT_156, "90417"},
    {Term::BT_157, "7300009011117"},
    {Term::BT_158, "31161500"},
    {Term::BT_159, "SE"},
};

// 1, 2, 3 … 9, 0, 1 … to the length wanted.
std::string counted(const std::string& prefix, std::size_t length) {
  std::string digits = prefix;
  while (digits.size() < length)
    digits.push_back(static_cast<char>('0' + (digits.size() - prefix.size() + 1) % 10));
  return digits;
}

std::string ofDigits(const Digits& digits) {
  const auto length = std::max(digits.least.value_or(1), static_cast<int>(digits.prefix.size()));
  if (length > 40) return {};
  return counted(digits.prefix, static_cast<std::size_t>(std::max(length, 1)));
}

}  // namespace

std::string_view exampleOf(Term term) {
  const auto found = std::find_if(std::begin(example_list), std::end(example_list),
                                  [&](const Example& example) { return example.term == term; });
  return found == std::end(example_list) ? std::string_view() : found->value;
}

std::string exampleFor(const Leaf& leaf, Date today) {
  switch (leaf.test) {
    case Test::equals:
      return leaf.value;
    case Test::one_of:
      return leaf.values.empty() ? std::string() : leaf.values.front();
    case Test::digits:
      return ofDigits({leaf.least, leaf.most, leaf.prefix});
    case Test::matches:
      if (const auto digits = digitsOfPattern(leaf.value)) return ofDigits(*digits);
      return {};
    case Test::max_days_old:
    case Test::not_in_future:
      return today.text();
    case Test::min_days_left:
      return today.plusDays(leaf.days.value_or(0)).text();
    default:
      return {};
  }
}

}  // namespace postgang::rules
