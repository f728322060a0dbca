#include "channels/letter_price.h"

#include <gtest/gtest.h>

namespace postgang::channels {
namespace {

std::string priceOf(const LetterSize& size, const LetterPrices& prices = exampleLetterPrices()) {
  const auto price = letterPrice(prices, size);
  if (!price) return price.error().code;
  return price->price.amount.text() + " " + price->price.currency + ", " + price->weightClass + ", " +
         std::to_string(price->grams) + " g";
}

TEST(LetterPrice, IsPaperPrintAndPostage) {
  // 1.20 + 11.50 + 0.35 + 0.45
  EXPECT_EQ(priceOf({}), "13.50 SEK, 50 g, 12 g");
  EXPECT_EQ(priceOf({.sheets = 2, .printedPages = 3}), "14.75 SEK, 50 g, 17 g");
  EXPECT_EQ(priceOf({.sheets = 2, .printedPages = 3, .colour = true}), "16.70 SEK, 50 g, 17 g");
  EXPECT_EQ(priceOf({.zone = PostageZone::europe}), "21.00 SEK, 50 g, 12 g");
  EXPECT_EQ(priceOf({.zone = PostageZone::world}), "26.00 SEK, 50 g, 12 g");
}

TEST(LetterPrice, TheWeightDecidesTheClass) {
  EXPECT_EQ(priceOf({.sheets = 8, .printedPages = 16}), "22.70 SEK, 50 g, 47 g");
  EXPECT_EQ(priceOf({.sheets = 9, .printedPages = 16}), "32.55 SEK, 100 g, 52 g") << "one sheet over 50 g";
  EXPECT_EQ(priceOf({.sheets = 199}), "letter-too-heavy") << "1002 g";
}

TEST(LetterPrice, TheTableIsTheOperators) {
  const auto prices = letterPricesFromJson(
      R"({"currency": "EUR", "letter": "0.10", "sheet": "0", "page": {"black": "0.005"},
          "classes": [{"grams": 20, "name": "Brev", "domestic": "1", "europe": "2", "world": "3"}]})");
  ASSERT_TRUE(prices) << prices.error().detail;
  EXPECT_EQ(priceOf({}, *prices), "1.11 EUR, Brev, 12 g") << "half an öre is rounded away from nought";
  const auto again = letterPricesFromJson(letterPricesToJson(*prices));
  ASSERT_TRUE(again);
  EXPECT_EQ(letterPricesToJson(*again), letterPricesToJson(*prices));
  EXPECT_EQ(letterPricesToJson(*letterPricesFromJson("{}")), letterPricesToJson(exampleLetterPrices()));
}

TEST(LetterPrice, ATableThatIsWrongSaysWhere) {
  const auto where = [](std::string_view json) {
    const auto prices = letterPricesFromJson(json);
    return prices ? "good" : prices.error().code + " " + prices.error().where;
  };
  EXPECT_EQ(where("[]"), "letter-prices-malformed ");
  EXPECT_EQ(where(R"({"sheet": 0.35})"), "letter-prices-malformed /sheet");
  EXPECT_EQ(where(R"({"sheet": "-1"})"), "letter-prices-malformed /sheet");
  EXPECT_EQ(where(R"({"sheet": "1e9"})"), "letter-prices-malformed /sheet");
  EXPECT_EQ(where(R"({"shet": "1"})"), "letter-prices-malformed /shet");
  EXPECT_EQ(where(R"({"currency": "kr"})"), "letter-prices-malformed /currency");
  EXPECT_EQ(where(R"({"sheetGrams": 0})"), "letter-prices-malformed /sheetGrams");
  EXPECT_EQ(where(R"({"classes": []})"), "letter-prices-malformed /classes");
  EXPECT_EQ(where(R"({"classes": [{"grams": 20}]})"), "letter-prices-malformed /classes/0");
  EXPECT_EQ(where(R"({"classes": [{"grams": 50, "domestic": "1", "europe": "1", "world": "1"},
                                  {"grams": 20, "domestic": "1", "europe": "1", "world": "1"}]})"),
            "letter-prices-malformed /classes/1/grams");
}

}  // namespace
}  // namespace postgang::channels
