#include "base/json_words.h"

#include <boost/json.hpp>

namespace postgang {

namespace json = boost::json;

json::object jsonOf(const Words& words) {
  json::object object;
  for (const auto& [name, text] : words) object[name] = text;
  return object;
}

std::string serializedWords(const Words& words) {
  return json::serialize(jsonOf(words));
}

Words wordsOf(const json::value* value) {
  Words words;
  if (!value || !value->is_object()) return words;
  for (const auto& [name, text] : value->get_object())
    if (text.is_string()) words.emplace(std::string(name), std::string(std::string_view(text.get_string())));
  return words;
}

Words wordsFrom(std::string_view text) {
  boost::system::error_code error;
  const auto value = json::parse(text, error);
  return error ? Words() : wordsOf(&value);
}

}  // namespace postgang
