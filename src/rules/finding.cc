#include "rules/finding.h"

#include <algorithm>
#include <iterator>

namespace postgang::rules {

namespace {
constexpr std::string_view severity_names[] = {"stop", "warn", "hold"};
}

std::string_view name(Severity severity) {
  return severity_names[static_cast<std::size_t>(severity)];
}

std::optional<Severity> severityFromName(std::string_view name) {
  const auto found = std::find(std::begin(severity_names), std::end(severity_names), name);
  if (found == std::end(severity_names)) return std::nullopt;
  return static_cast<Severity>(found - std::begin(severity_names));
}

}  // namespace postgang::rules
