#include "api/parameters.h"

#include <algorithm>
#include <charconv>

#include "api/problem_reply.h"
#include "base/text.h"

namespace postgang::api {

namespace {

constexpr int limit_default = 50;
constexpr int limit_max = 200;

}  // namespace

Outcome onlyParameters(const net::Request& request, std::span<const std::string_view> names) {
  for (const auto& [name, value] : request.query)
    if (std::ranges::find(names, std::string_view(name)) == names.end())
      return parameterInvalid(truncated(name, 100), "There is no parameter with this name here.");
  return {};
}

Result<std::string> textParameter(const net::Request& request, std::string_view name,
                                  std::size_t codePoints_max) {
  auto text = request.queryValue(name).value_or("");
  if (codePoints(text) > codePoints_max)
    return parameterInvalid(name, "This is longer than " + std::to_string(codePoints_max) + " characters.");
  return withoutControls(text);
}

Result<std::optional<Date>> dateParameter(const net::Request& request, std::string_view name) {
  const auto text = request.queryValue(name).value_or("");
  if (text.empty()) return std::optional<Date>{};
  const auto date = Date::parseAsked(text);
  if (!date) return parameterInvalid(name, "A date is written 2026-11-23, of a year from 1900 to 2199.");
  return date;
}

Result<std::optional<Decimal>> decimalParameter(const net::Request& request, std::string_view name) {
  const auto text = request.queryValue(name).value_or("");
  if (text.empty()) return std::optional<Decimal>{};
  const auto value = Decimal::parse(text);
  if (!value || !value->hundredths()) return parameterInvalid(name, "An amount is written 1234.50.");
  return value;
}

Result<int> limitParameter(const net::Request& request) {
  const auto text = request.queryValue("limit");
  if (!text) return limit_default;
  int limit = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), limit);
  if (error != std::errc() || end != text->data() + text->size() || limit < 1 || limit > limit_max)
    return parameterInvalid("limit", "The limit is a number from 1 to 200.");
  return limit;
}

std::vector<std::string> listParameter(const net::Request& request, std::string_view name) {
  std::vector<std::string> items;
  for (const auto& value : request.queryValues(name))
    for (const auto item : split(value, ','))
      if (!trimmed(item).empty()) items.emplace_back(trimmed(item));
  return items;
}

Result<DocumentId> documentIdIn(const net::Request& request) {
  const auto id = DocumentId::parse(request.parameter("id"));
  if (!id) return notFound();
  return *id;
}

}  // namespace postgang::api
