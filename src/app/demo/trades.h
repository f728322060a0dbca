// What the companies of the demo world sell: articles with unit, price and VAT as Swedish invoices have them.
#pragma once

#include <span>
#include <string_view>

#include "base/time.h"

namespace postgang::app::demo {

// VAT by what is sold (mervärdesskattelagen 2023:200, chapter 9; food is at 6 % from 2026-04-01 to
// 2027-12-31).
enum class Vat { standard, food, reduced12, reduced6, exempt, interest, reverseCharge };
int vatPercent(Vat vat, Date date);

struct Article {
  std::string_view number, name;
  std::string_view unit;        // UN/ECE Recommendation 20: HUR, H87, MON, KWH …
  int price_least, price_most;  // öre per unit
  int quantity_least, quantity_most;
  Vat vat = Vat::standard;
};

enum class Season { even, winter, summer, christmas };

struct Trade {
  std::string_view word;  // in a company's name: "Bygg"
  std::string_view line;  // under its brand: "Snickeri och ombyggnad"
  std::span<const Article> articles;
  Season season = Season::even;
};

// Those of the Nordhamn group first, in the order of its companies, then the counterparts'.
std::span<const Trade> trades();
inline constexpr int group_trades = 7;

// How much more or less is sold in this month: per mille of an ordinary one.
int seasonPerMille(Season season, int month);

// What is sold to a private person, and to whom within the construction trade the VAT is reversed.
const Trade& householdTrade(int which);  // 0: rented homes, 1: electricity
std::string_view exemptionReason(Vat vat);

}  // namespace postgang::app::demo
