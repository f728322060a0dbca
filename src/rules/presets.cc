#include "rules/presets.h"

#include <stdexcept>

#include "rules/demand_json.h"

namespace postgang::rules {

namespace {

struct Written {
  std::string_view id;
  std::string_view demand;
};
// In the order in which a builder shows them.
constexpr Written written[] = {
    {"buyer-reference", R"({"term":"BT-10","test":"present"})"},
    {"buyer-reference-register", R"({"term":"BT-10","test":"inRegister","kind":"reference"})"},
    {"order-number", R"({"term":"BT-13","test":"present"})"},
    {"order-number-form", R"({"term":"BT-13","test":"digits","count":8,"prefix":"45"})"},
    {"order-number-register", R"({"term":"BT-13","test":"inRegister","kind":"orderNumber"})"},
    {"order-or-reference",
     R"({"any":[{"term":"BT-13","test":"present"},{"term":"BT-10","test":"present"}]})"},
    {"cost-centre-register", R"({"term":"BT-19","test":"inRegister","kind":"costCentre"})"},
    {"attachment-over-amount",
     R"({"if":{"term":"BT-112","test":"moreThan","value":"10000","currency":"SEK"},"then":{"test":"attachment"}})"},
    {"invoice-date-age", R"({"term":"BT-2","test":"maxDaysOld","days":30})"},
    {"invoice-date-future", R"({"term":"BT-2","test":"notInFuture"})"},
    {"payment-terms-30",
     R"({"term":"BT-9","test":"minDaysAfter","days":30,"other":"BT-2","ifPresent":true,"appliesTo":{"kinds":["invoice"]}})"},
    {"days-until-due",
     R"({"term":"BT-9","test":"minDaysLeft","days":20,"ifPresent":true,"severity":"warn","appliesTo":{"kinds":["invoice"]}})"},
    {"registered-account", R"({"test":"registeredAccount","ifPresent":true,"severity":"hold"})"},
    {"duplicate", R"({"test":"notRepeated","months":12})"},
    {"lines-item-number", R"({"test":"lineHas","terms":["BT-155","BT-156","BT-157"]})"},
    {"ocr-check-digit",
     R"({"term":"BT-83","test":"checkDigit","kind":"ocr","ifPresent":true,"severity":"warn"})"},
    {"credit-note-preceding", R"({"term":"BT-25","test":"present","appliesTo":{"kinds":["credit-note"]}})"},
};

std::vector<Preset> made() {
  std::string list = "[";
  for (const auto& [id, demand] : written)
    list += (list.size() > 1 ? "," : "") + std::string(demand.substr(0, demand.size() - 1)) + R"(,"id":")" +
            std::string(id) + "\"}";
  auto reading = parseDemands(list + "]", "presets");
  if (!reading.problems.empty())
    throw std::logic_error(reading.problems.front().where + ": " + reading.problems.front().detail);
  std::vector<Preset> presets;
  for (std::size_t i = 0; i < reading.demands.size(); ++i)
    presets.push_back({written[i].id, std::move(reading.demands[i])});
  return presets;
}

}  // namespace

const std::vector<Preset>& presets() {
  static const auto list = made();
  return list;
}

std::string_view title(const Preset& preset, Language language) {
  return Texts::of(language).word("demand.preset." + std::string(preset.id));
}

}  // namespace postgang::rules
