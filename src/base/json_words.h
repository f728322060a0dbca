// Words by name as a JSON object of texts: what a sentence is filled with, what a question asks.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace postgang {

using Words = std::map<std::string, std::string, std::less<>>;

boost::json::object jsonOf(const Words& words);
std::string serializedWords(const Words& words);
// What is no object has none; what in it is no text is left out.
Words wordsOf(const boost::json::value* value);
Words wordsFrom(std::string_view json);

}  // namespace postgang
