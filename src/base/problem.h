// Problem: an expected failure as a value. Says what is wrong, where, and what to do about it.
// Kinds are named by what the caller does next; api/ maps them once to HTTP (RFC 9457).
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace postgang {

enum class ProblemKind {
  invalid,          // the caller's input is wrong: correct it, then send again
  unauthenticated,  // say who you are
  forbidden,        // this caller may never do this
  not_found,        // absent, or not visible to this caller: both answer alike
  conflict,         // somebody else was first: read again, decide again
  too_large,        // over a limit: make it smaller, nothing was kept
  unsupported,      // a media type, format or method that is not taken here
  rate_limited,     // wait, then send again
  unavailable,      // a passing fault of ours or of a counterpart: try again later
  internal,         // our own fault: report it, trying again is unlikely to help
};

struct Problem {
  ProblemKind kind = ProblemKind::internal;
  std::string code;    // stable, kebab-case ("xml-not-well-formed"): may retire, never changes its meaning
  std::string detail;  // one English sentence: what is wrong. Screens show texts/*.json's problem.<code>
  std::string where;  // the place: "line 12, column 7", a JSON pointer, a business term, a flag; may be empty
  std::string advice;                             // one English sentence: what to do; may be empty
  std::map<std::string, std::string> parameters;  // values that the sentence in another language needs
};

template <typename T>
using Result = tl::expected<T, Problem>;
using Outcome = Result<void>;

inline tl::unexpected<Problem> fail(ProblemKind kind, std::string code, std::string detail,
                                    std::string where = {}, std::string advice = {}) {
  return tl::unexpected<Problem>(
      Problem{kind, std::move(code), std::move(detail), std::move(where), std::move(advice), {}});
}
inline tl::unexpected<Problem> fail(Problem problem) {
  return tl::unexpected<Problem>(std::move(problem));
}

std::string_view name(ProblemKind kind);  // "invalid", "not-found" …

}  // namespace postgang

// Leaves the function with the Problem, or gives the value: TRY(auto tree, parse(bytes));
#define POSTGANG_TRY_NAME2(a, b) a##b
#define POSTGANG_TRY_NAME(a, b) POSTGANG_TRY_NAME2(a, b)
#define TRY(declaration, expression) TRY_IMPL(POSTGANG_TRY_NAME(tried_, __LINE__), declaration, expression)
#define TRY_IMPL(tried, declaration, expression)                                    \
  auto tried = (expression);                                                        \
  if (!tried) return tl::unexpected<::postgang::Problem>(std::move(tried).error()); \
  declaration = std::move(*tried)
// The same for an Outcome: CHECK_OK(store.append(…));
#define CHECK_OK(expression)                                                  \
  do {                                                                        \
    if (auto checked = (expression); !checked)                                \
      return tl::unexpected<::postgang::Problem>(std::move(checked).error()); \
  } while (false)
