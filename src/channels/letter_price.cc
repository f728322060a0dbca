#include "channels/letter_price.h"

#include <algorithm>
#include <boost/json.hpp>

#include "base/text.h"

namespace postgang::channels {
namespace {

namespace json = boost::json;

constexpr std::size_t json_bytes_max = 64 * 1024, classes_max = 50;
constexpr int grams_max = 20'000;
const Decimal amount_max = 100'000;

Decimal exactly(std::string_view text) {  // of our own
  return Decimal::parse(text).value();
}

tl::unexpected<Problem> malformed(std::string detail, std::string where) {
  return fail(ProblemKind::invalid, "letter-prices-malformed", std::move(detail), std::move(where),
              "Write it as docs/print-house.md shows.");
}

// Takes what is there; what is not stays as it was.
Outcome takeAmount(const json::object& from, std::string_view key, const std::string& at, Decimal& into) {
  const auto* value = from.if_contains(key);
  if (!value) return {};
  const auto* text = value->if_string();
  const auto amount = text ? Decimal::parse(std::string_view(*text)) : std::nullopt;
  if (!amount || amount->isNegative() || *amount > amount_max || amount->scale() > 4)
    return malformed("An amount is a text like \"11.50\".", at + "/" + std::string(key));
  into = *amount;
  return {};
}

Outcome takeGrams(const json::object& from, std::string_view key, const std::string& at, int& into) {
  const auto* value = from.if_contains(key);
  if (!value) return {};
  const auto* number = value->if_int64();
  if (!number || *number < 1 || *number > grams_max)
    return malformed("Grams are a whole number from 1.", at + "/" + std::string(key));
  into = static_cast<int>(*number);
  return {};
}

Outcome onlyKnown(const json::object& object, std::initializer_list<std::string_view> known,
                  const std::string& at) {
  for (const auto& member : object)
    if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
      return malformed("There is no such member.", at + "/" + truncated(std::string(member.key()), 40));
  return {};
}

Result<WeightClass> classFrom(const json::value& value, const std::string& at) {
  const auto* object = value.if_object();
  if (!object) return malformed("A weight class is an object.", at);
  CHECK_OK(onlyKnown(*object, {"name", "grams", "domestic", "europe", "world"}, at));
  for (const char* key : {"grams", "domestic", "europe", "world"})
    if (!object->contains(key)) return malformed(std::string("It has no ") + key + ".", at);
  WeightClass weight;
  CHECK_OK(takeGrams(*object, "grams", at, weight.grams));
  CHECK_OK(takeAmount(*object, "domestic", at, weight.domestic));
  CHECK_OK(takeAmount(*object, "europe", at, weight.europe));
  CHECK_OK(takeAmount(*object, "world", at, weight.world));
  weight.name = std::to_string(weight.grams) + " g";
  if (const auto* name = object->if_contains("name")) {
    const auto* text = name->if_string();
    weight.name = text ? truncated(collapsed(withoutControls(std::string_view(*text))), 40) : "";
    if (weight.name.empty()) return malformed("A name is a text.", at + "/name");
  }
  return weight;
}

Outcome takeClasses(const json::object& from, LetterPrices& prices) {
  const auto* value = from.if_contains("classes");
  if (!value) return {};
  const auto* list = value->if_array();
  if (!list || list->empty() || list->size() > classes_max)
    return malformed("Weight classes are a list of 1 to 50.", "/classes");
  prices.classes.clear();
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto at = "/classes/" + std::to_string(i);
    TRY(auto weight, classFrom((*list)[i], at));
    if (!prices.classes.empty() && prices.classes.back().grams >= weight.grams)
      return malformed("The lightest class comes first.", at + "/grams");
    prices.classes.push_back(std::move(weight));
  }
  return {};
}

Outcome takePages(const json::object& from, LetterPrices& prices) {
  const auto* value = from.if_contains("page");
  if (!value) return {};
  const auto* page = value->if_object();
  if (!page) return malformed("A page has a price in black and one in colour.", "/page");
  CHECK_OK(onlyKnown(*page, {"black", "colour"}, "/page"));
  CHECK_OK(takeAmount(*page, "black", "/page", prices.blackPage));
  return takeAmount(*page, "colour", "/page", prices.colourPage);
}

Outcome takeCurrency(const json::object& from, LetterPrices& prices) {
  const auto* value = from.if_contains("currency");
  if (!value) return {};
  const auto* text = value->if_string();
  const bool good = text && text->size() == 3 &&
                    std::all_of(text->begin(), text->end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  if (!good) return malformed("A currency is three capitals.", "/currency");
  prices.currency = std::string(*text);
  return {};
}

}  // namespace

LetterPrices exampleLetterPrices() {
  const auto weight = [](int grams, std::string_view domestic, std::string_view europe,
                         std::string_view world) {
    return WeightClass{std::to_string(grams) + " g", grams, exactly(domestic), exactly(europe),
                       exactly(world)};
  };
  LetterPrices prices;
  prices.currency = "SEK";
  prices.sheetGrams = 5;
  prices.envelopeGrams = 7;
  prices.letter = exactly("1.20");
  prices.sheet = exactly("0.35");
  prices.blackPage = exactly("0.45");
  prices.colourPage = exactly("1.10");
  prices.classes = {weight(50, "11.50", "19.00", "24.00"), weight(100, "21.00", "36.00", "46.00"),
                    weight(250, "40.00", "72.00", "92.00"), weight(500, "58.00", "110.00", "140.00"),
                    weight(1000, "80.00", "160.00", "210.00")};
  return prices;
}

Result<LetterPrices> letterPricesFromJson(std::string_view text) {
  if (text.size() > json_bytes_max) return malformed("It is over 64 kB.", "");
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  if (error || !value.is_object()) return malformed("It is not a JSON object.", "");
  const auto& object = value.get_object();
  CHECK_OK(onlyKnown(object,
                     {"currency", "sheetGrams", "envelopeGrams", "letter", "sheet", "page", "classes"}, ""));
  auto prices = exampleLetterPrices();
  CHECK_OK(takeCurrency(object, prices));
  CHECK_OK(takeGrams(object, "sheetGrams", "", prices.sheetGrams));
  CHECK_OK(takeGrams(object, "envelopeGrams", "", prices.envelopeGrams));
  CHECK_OK(takeAmount(object, "letter", "", prices.letter));
  CHECK_OK(takeAmount(object, "sheet", "", prices.sheet));
  CHECK_OK(takePages(object, prices));
  CHECK_OK(takeClasses(object, prices));
  return prices;
}

std::string letterPricesToJson(const LetterPrices& prices) {
  json::array classes;
  for (const auto& weight : prices.classes)
    classes.push_back({{"name", weight.name},
                       {"grams", weight.grams},
                       {"domestic", weight.domestic.text()},
                       {"europe", weight.europe.text()},
                       {"world", weight.world.text()}});
  return json::serialize(
      json::object{{"currency", prices.currency},
                   {"sheetGrams", prices.sheetGrams},
                   {"envelopeGrams", prices.envelopeGrams},
                   {"letter", prices.letter.text()},
                   {"sheet", prices.sheet.text()},
                   {"page", {{"black", prices.blackPage.text()}, {"colour", prices.colourPage.text()}}},
                   {"classes", std::move(classes)}});
}

Result<LetterPrice> letterPrice(const LetterPrices& prices, const LetterSize& size) {
  const int grams = prices.envelopeGrams + prices.sheetGrams * std::clamp(size.sheets, 1, grams_max);
  const auto weight = std::find_if(prices.classes.begin(), prices.classes.end(),
                                   [&](const WeightClass& each) { return grams <= each.grams; });
  if (weight == prices.classes.end()) {
    Problem problem{ProblemKind::too_large,
                    "letter-too-heavy",
                    "The letter weighs " + std::to_string(grams) + " g, more than a letter may.",
                    {},
                    "Send the attachments another way.",
                    {}};
    problem.parameters["grams"] = std::to_string(grams);
    return fail(std::move(problem));
  }
  const auto& page = size.colour ? prices.colourPage : prices.blackPage;
  // Amounts and counts are bounded above: nothing here comes near what a Decimal holds.
  auto sum = prices.letter.plus(weight->postage(size.zone)).value();
  sum = sum.plus(prices.sheet.times(size.sheets).value()).value();
  sum = sum.plus(page.times(size.printedPages).value()).value();
  return LetterPrice{{sum.roundedHalfAway(2), prices.currency}, weight->name, grams};
}

}  // namespace postgang::channels
