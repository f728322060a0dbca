// The JSON object in a request's body, read strictly: its media type, its size and depth, fields that nobody
// knows, and the type and length of each field. What is wrong is a Problem that points at the field (RFC
// 6901).
//
//   TRY(const auto body, JsonBody::of(request, {"email", "password"}));
//   TRY(const auto email, body.text("email", 254));
#pragma once

#include <boost/json.hpp>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "net/http.h"

namespace postgang::api {

class JsonBody {
 public:
  static constexpr std::size_t bytes_max = 64 * 1024;

  // Codes: media-type-unsupported, json-invalid, json-too-deep (over json_depth_max), body-too-large,
  // field-unknown.
  static Result<JsonBody> of(const net::Request& request, std::initializer_list<std::string_view> fields,
                             std::size_t size_max = bytes_max);
  // An object within this one; `pointer` is where it stands.
  static Result<JsonBody> of(const boost::json::value& value, std::string pointer,
                             std::initializer_list<std::string_view> fields);

  bool has(std::string_view field) const { return object_.contains(field); }
  bool isNull(std::string_view field) const;
  // Code field-invalid: missing, not a string, empty, longer than `codePoints_max`, with control characters.
  Result<std::string> text(std::string_view field, std::size_t codePoints_max) const;
  // Absent and null give nullopt; an empty string too.
  Result<std::optional<std::string>> maybeText(std::string_view field, std::size_t codePoints_max) const;
  Result<std::vector<std::string>> texts(std::string_view field, std::size_t items_max,
                                         std::size_t codePoints_max) const;
  Result<bool> yes(std::string_view field, bool otherwise) const;  // absent and null give `otherwise`
  Result<const boost::json::array*> array(std::string_view field,
                                          std::size_t items_max) const;  // null when absent
  std::string pointerOf(std::string_view field) const { return pointer(field); }
  std::string pointerTo(std::string_view field, std::size_t item) const {
    return pointer(field) + "/" + std::to_string(item);
  }
  const boost::json::value& at(std::string_view field) const { return object_.at(field); }  // has(field)

 private:
  std::string pointer(std::string_view field) const { return pointer_ + "/" + std::string(field); }
  boost::json::object object_;
  std::string pointer_;
};

}  // namespace postgang::api
