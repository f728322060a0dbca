// What a letter costs: paper and print by sheet and page, postage by weight and how far. The operator's price
// table is a setting, JSON; whatever it leaves out is as in the example, which is ours and nobody's real
// tariff:
//
//   {"currency": "SEK", "sheetGrams": 5, "envelopeGrams": 7, "letter": "1.20", "sheet": "0.35",
//    "page": {"black": "0.45", "colour": "1.10"},
//    "classes": [{"name": "50 g", "grams": 50, "domestic": "11.50", "europe": "19.00", "world": "24.00"}, …]}
//
// 5 g is an A4 sheet of 80 g paper, 7 g a C5 envelope with a window: our own figures. Amounts are texts,
// exact, and without VAT.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/problem.h"
#include "channels/channel.h"
#include "channels/postal.h"

namespace postgang::channels {

struct WeightClass {
  std::string name;
  int grams = 0;  // at most
  Decimal domestic, europe, world;
  const Decimal& postage(PostageZone zone) const {
    return zone == PostageZone::domestic ? domestic : zone == PostageZone::europe ? europe : world;
  }
};

struct LetterPrices {
  std::string currency;
  int sheetGrams = 0, envelopeGrams = 0;
  Decimal letter;                    // envelope and handling, each
  Decimal sheet;                     // paper
  Decimal blackPage, colourPage;     // print, each printed side
  std::vector<WeightClass> classes;  // the lightest first
};

LetterPrices exampleLetterPrices();
// Codes: letter-prices-malformed (invalid), `where` a JSON pointer.
Result<LetterPrices> letterPricesFromJson(std::string_view json);
std::string letterPricesToJson(const LetterPrices& prices);

struct LetterSize {
  int sheets = 1;
  int printedPages = 1;
  bool colour = false;
  PostageZone zone = PostageZone::domestic;
};

struct LetterPrice {
  Price price;
  std::string weightClass;  // its name
  int grams = 0;
};

// Code letter-too-heavy (too_large): heavier than the last class.
Result<LetterPrice> letterPrice(const LetterPrices& prices, const LetterSize& size);

}  // namespace postgang::channels
