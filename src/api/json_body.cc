#include "api/json_body.h"

#include <algorithm>

#include "api/problem_reply.h"
#include "base/json_text.h"
#include "base/text.h"
#include "net/encoding.h"

namespace postgang::api {

namespace {

tl::unexpected<Problem> jsonInvalid(std::string detail) {
  return fail(ProblemKind::invalid, "json-invalid", std::move(detail), {}, "Send one JSON object.");
}

bool isJson(std::string_view mediaType) {
  const auto type = lowered(mediaType);
  return type == "application/json" || type.ends_with("+json");
}

Result<std::string> checkedText(const boost::json::value& value, std::string_view pointer,
                                std::size_t codePoints_max) {
  if (!value.is_string()) return fieldInvalid(pointer, "This must be a string.");
  std::string text(value.get_string());
  if (codePoints(text) > codePoints_max)
    return fieldInvalid(pointer, "This is longer than " + std::to_string(codePoints_max) + " characters.");
  if (withoutControls(text) != text) return fieldInvalid(pointer, "This has control characters in it.");
  return text;
}

}  // namespace

Result<JsonBody> JsonBody::of(const net::Request& request, std::initializer_list<std::string_view> fields,
                              std::size_t size_max) {
  if (!isJson(request.mediaType()))
    return fail(ProblemKind::unsupported, "media-type-unsupported", "This takes application/json.",
                "Content-Type", "Send JSON, with Content-Type: application/json.");
  TRY(const auto body, net::decodeBody(request.header("Content-Encoding"), request.body, size_max));
  if (body.size() > size_max)
    return fail(ProblemKind::too_large, "body-too-large",
                "The JSON is larger than " + std::to_string(size_max / 1024) + " kB.", {},
                "Make it smaller.");
  boost::json::parse_options options;
  options.max_depth = json_depth_max;
  boost::system::error_code error;
  const auto value = boost::json::parse(body, error, {}, options);
  if (error == boost::json::error::too_deep) {
    const auto depth = std::to_string(json_depth_max);
    return fail(Problem{ProblemKind::invalid,
                        "json-too-deep",
                        "The JSON nests deeper than " + depth + " levels.",
                        {},
                        "Nest arrays and objects at most " + depth + " deep.",
                        {{"depth", depth}}});
  }
  if (error) return jsonInvalid("The body is not JSON: " + error.message() + ".");
  return of(value, "", fields);
}

Result<JsonBody> JsonBody::of(const boost::json::value& value, std::string pointer,
                              std::initializer_list<std::string_view> fields) {
  if (!value.is_object()) {
    if (pointer.empty()) return jsonInvalid("The body is not a JSON object.");
    return fieldInvalid(pointer, "This must be an object.");
  }
  JsonBody body;
  body.object_ = value.get_object();
  body.pointer_ = std::move(pointer);
  for (const auto& [name, inner] : body.object_)
    if (std::ranges::find(fields, std::string_view(name)) == fields.end())
      return fail(ProblemKind::invalid, "field-unknown", "There is no such field here.",
                  body.pointer(truncated(withoutControls(name), 100)), "Leave it out, or correct its name.");
  return body;
}

bool JsonBody::isNull(std::string_view field) const {
  const auto* value = object_.if_contains(field);
  return value == nullptr || value->is_null();
}

Result<std::string> JsonBody::text(std::string_view field, std::size_t codePoints_max) const {
  const auto* value = object_.if_contains(field);
  if (value == nullptr) return fieldInvalid(pointer(field), "This is missing.");
  TRY(auto text, checkedText(*value, pointer(field), codePoints_max));
  if (trimmed(text).empty()) return fieldInvalid(pointer(field), "This must not be empty.");
  return text;
}

Result<std::optional<std::string>> JsonBody::maybeText(std::string_view field,
                                                       std::size_t codePoints_max) const {
  if (isNull(field)) return std::optional<std::string>{};
  TRY(auto text, checkedText(object_.at(field), pointer(field), codePoints_max));
  if (trimmed(text).empty()) return std::optional<std::string>{};
  return std::optional(std::move(text));
}

Result<std::vector<std::string>> JsonBody::texts(std::string_view field, std::size_t items_max,
                                                 std::size_t codePoints_max) const {
  std::vector<std::string> texts;
  if (isNull(field)) return texts;
  const auto* items = object_.at(field).if_array();
  if (items == nullptr) return fieldInvalid(pointer(field), "This must be an array.");
  if (items->size() > items_max)
    return fieldInvalid(pointer(field), "There are more than " + std::to_string(items_max) + " items.");
  for (std::size_t i = 0; i < items->size(); ++i) {
    TRY(auto text, checkedText((*items)[i], pointer(field) + "/" + std::to_string(i), codePoints_max));
    texts.push_back(std::move(text));
  }
  return texts;
}

Result<bool> JsonBody::yes(std::string_view field, bool otherwise) const {
  if (isNull(field)) return otherwise;
  const auto* value = object_.at(field).if_bool();
  if (value == nullptr) return fieldInvalid(pointer(field), "This must be true or false.");
  return *value;
}

Result<const boost::json::array*> JsonBody::array(std::string_view field, std::size_t items_max) const {
  if (isNull(field)) return nullptr;
  const auto* items = object_.at(field).if_array();
  if (items == nullptr) return fieldInvalid(pointer(field), "This must be an array.");
  if (items->size() > items_max)
    return fieldInvalid(pointer(field), "There are more than " + std::to_string(items_max) + " items.");
  return items;
}

}  // namespace postgang::api
