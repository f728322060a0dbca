// The request target (RFC 9112, 3.2; RFC 3986): path and query, taken apart and percent-decoded, strictly.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.h"

namespace postgang::net {

struct Target {
  std::string path;                   // as sent
  std::vector<std::string> segments;  // decoded; a trailing slash gives an empty last one; "/" gives none
  Parameters query;                   // decoded, "+" is a blank
};

// Origin form ("/a?b"), absolute form ("http://host/a?b", its origin cut away) or "*".
// Code target-invalid: not of these forms, a bad escape, not UTF-8, a control, a fragment, "." or ".." as a
// segment.
Result<Target> parseTarget(std::string_view target);

std::optional<std::string> percentDecoded(std::string_view text, bool plusIsBlank = false);
std::string percentEncoded(std::string_view text);  // all but RFC 3986's unreserved characters

}  // namespace postgang::net
