#include "base/problem.h"

namespace postgang {

std::string_view name(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::invalid:
      return "invalid";
    case ProblemKind::unauthenticated:
      return "unauthenticated";
    case ProblemKind::forbidden:
      return "forbidden";
    case ProblemKind::not_found:
      return "not-found";
    case ProblemKind::conflict:
      return "conflict";
    case ProblemKind::too_large:
      return "too-large";
    case ProblemKind::unsupported:
      return "unsupported";
    case ProblemKind::rate_limited:
      return "rate-limited";
    case ProblemKind::unavailable:
      return "unavailable";
    case ProblemKind::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace postgang
