// The fields of a JSON object from outside, read one by one: what is wrong is gathered with its place, and
// reading goes on with the next. For demand_json_read.cc.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "base/text.h"
#include "base/time.h"
#include "rules/demand.h"

namespace postgang::rules {

namespace json = boost::json;

class JsonFields {
 public:
  static constexpr std::size_t problems_max = 50;
  explicit JsonFields(std::vector<Problem>& problems) : problems_(problems) {}

  void refuse(std::string code, std::string detail, const std::string& where, std::string advice) {
    if (problems_.size() < problems_max)
      problems_.push_back(
          {ProblemKind::invalid, std::move(code), std::move(detail), where, std::move(advice), {}});
  }

 protected:
  void wrongType(const std::string& where, std::string_view wanted) {
    refuse("demand-type-wrong", "It is not " + std::string(wanted) + ".", where,
           "Write " + std::string(wanted) + ".");
  }
  void unknown(const std::string& place, std::string_view key) {
    refuse("demand-field-unknown", "There is no such field.",
           place + "." + truncated(withoutControls(key), 60), "Take it away, or look how it is spelt.");
  }

  const json::object* object(const json::value& value, const std::string& place) {
    const auto* object = value.if_object();
    if (!object) wrongType(place, "an object");
    return object;
  }

  void take(const json::object& object, std::string_view field, const std::string& place, std::string& into) {
    const auto* value = object.if_contains(field);
    if (!value) return;
    if (const auto* text = value->if_string())
      into = std::string(*text);
    else
      wrongType(place + "." + std::string(field), "a text");
  }

  // A decimal: a text, or a whole JSON number; never a binary fraction.
  void takeNumber(const json::object& object, std::string_view field, const std::string& place,
                  std::string& into) {
    const auto* value = object.if_contains(field);
    if (value && value->is_int64())
      into = std::to_string(value->as_int64());
    else if (value && value->is_double())
      wrongType(place + "." + std::string(field), "the number as a text, for example \"10000.50\"");
    else
      take(object, field, place, into);
  }

  void take(const json::object& object, std::string_view field, const std::string& place,
            std::optional<int>& into) {
    const auto* value = object.if_contains(field);
    if (!value) return;
    if (value->is_int64() && value->as_int64() >= 0 && value->as_int64() <= limits::length_max)
      into = static_cast<int>(value->as_int64());
    else
      wrongType(place + "." + std::string(field), "a whole number from 0 to 10000");
  }

  void take(const json::object& object, std::string_view field, const std::string& place, bool& into) {
    const auto* value = object.if_contains(field);
    if (!value) return;
    if (value->is_bool())
      into = value->as_bool();
    else
      wrongType(place + "." + std::string(field), "true or false");
  }

  void take(const json::object& object, std::string_view field, const std::string& place,
            std::vector<std::string>& into, std::size_t count_max = limits::values_max) {
    const auto* value = object.if_contains(field);
    if (!value) return;
    const auto where = place + "." + std::string(field);
    const auto* array = value->if_array();
    if (!array) return wrongType(where, "a list of texts");
    if (array->size() > count_max)
      return refuse("demand-too-large", "The list has over " + std::to_string(count_max) + " values.", where,
                    "Make it a register instead.");
    for (std::size_t i = 0; i < array->size(); ++i)
      if (const auto* text = (*array)[i].if_string())
        into.emplace_back(*text);
      else
        wrongType(where + "[" + std::to_string(i) + "]", "a text");
  }

  template <typename Enum, typename FromName>
  void choice(const json::object& object, std::string_view field, const std::string& place, Enum& into,
              FromName fromName, std::string_view choices) {
    if (!object.contains(field)) return;
    std::string name;
    take(object, field, place, name);
    if (const auto found = fromName(name))
      into = *found;
    else if (object.at(field).is_string())
      refuse("demand-value-invalid", "There is no such choice.", place + "." + std::string(field),
             "Choose among " + std::string(choices) + ".");
  }

  void date(const json::object& object, std::string_view field, const std::string& place,
            std::optional<Date>& into) {
    std::string text;
    take(object, field, place, text);
    if (text.empty()) return;
    into = Date::parse(text);
    if (!into || into->text() != text)
      refuse("demand-value-invalid", "It is not a date.", place + "." + std::string(field),
             "Write it like 2026-11-23.");
  }

 private:
  std::vector<Problem>& problems_;
};

}  // namespace postgang::rules
