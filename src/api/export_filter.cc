#include "api/export_filter.h"

#include "api/document_query.h"
#include "api/problem_reply.h"
#include "base/text.h"

namespace postgang::api {

namespace {

namespace json = boost::json;

constexpr std::size_t values_max = 100;

// A value as the query string says it; nothing for what it cannot say.
std::optional<std::string> valueOf(const json::value& value) {
  if (const auto* text = value.if_string()) return std::string(*text);
  if (const auto* yes = value.if_bool()) return *yes ? "true" : "false";
  return std::nullopt;
}

tl::unexpected<Problem> filterInvalid(std::string_view name) {
  return fieldInvalid("/filter/" + truncated(withoutControls(name), 100),
                      "This must be a text, true or false, or an array of texts.");
}

Result<net::Request> requestOf(const json::object& filter) {
  net::Request request;
  const auto add = [&](std::string_view name, const json::value& given) {
    const auto text = valueOf(given);
    if (text) request.query.emplace_back(name, *text);
    return text.has_value();
  };
  for (const auto& [name, given] : filter) {
    if (given.is_null()) continue;
    const auto* several = given.if_array();
    if (!several) {
      if (!add(name, given)) return filterInvalid(name);
      continue;
    }
    if (several->size() > values_max) return filterInvalid(name);
    for (const auto& one : *several)
      if (!one.is_string() || !add(name, one)) return filterInvalid(name);
  }
  return request;
}

}  // namespace

Result<std::string> exportFilterText(const json::value& filter) {
  if (!filter.is_object()) return fieldInvalid("/filter", "This must be an object.");
  TRY([[maybe_unused]] const auto request, requestOf(filter.get_object()));
  auto text = json::serialize(filter);
  if (text.size() > export_filter_bytes_max) return fieldInvalid("/filter", "This is too long.");
  return text;
}

Result<std::optional<store::EntryQuery>> readExportFilter(store::Reader& reader, const store::Viewer& viewer,
                                                          const store::Export& made) {
  boost::system::error_code fault;
  const auto value = json::parse(made.filter, fault);
  if (fault || !value.is_object()) return fieldInvalid("/filter", "This must be an object.");
  TRY(const auto request, requestOf(value.get_object()));
  CHECK_OK(onlyDocumentParameters(request, {"sort"}));
  TRY(auto asked, documentsAskedOf(reader, viewer, made.company, request, dateInStockholm(made.askedAt)));
  if (asked) CHECK_OK(readDocumentSort(request, *asked));
  return asked;
}

}  // namespace postgang::api
