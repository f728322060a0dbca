// Query parameters, read strictly: one that is not in the contract is refused, because a filter with a
// misspelt name would silently show everything.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/id.h"
#include "base/problem.h"
#include "base/time.h"
#include "net/http.h"

namespace postgang::api {

// All codes: parameter-invalid.
Outcome onlyParameters(const net::Request& request, std::span<const std::string_view> names);
inline Outcome onlyParameters(const net::Request& request, std::initializer_list<std::string_view> names) {
  return onlyParameters(request, std::span(names.begin(), names.size()));
}
Result<std::string> textParameter(const net::Request& request, std::string_view name,
                                  std::size_t codePoints_max);  // empty when absent
Result<std::optional<Date>> dateParameter(const net::Request& request, std::string_view name);
Result<std::optional<Decimal>> decimalParameter(const net::Request& request, std::string_view name);
Result<int> limitParameter(const net::Request& request);  // 1..200, 50 when absent
// "status=a&status=b" and "status=a,b" alike; empty values are skipped.
std::vector<std::string> listParameter(const net::Request& request, std::string_view name);

// The id in the path; one that is not a UUID is not found like one that does not exist.
Result<DocumentId> documentIdIn(const net::Request& request);

}  // namespace postgang::api
