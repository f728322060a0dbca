#include "rules/pattern.h"

#include <charconv>

#include "rules/demand.h"

namespace postgang::rules {

namespace {

constexpr std::int64_t memory_bytes_max = 256 * 1024;  // program and automaton of one pattern

// Takes a whole number off the front.
std::optional<int> takeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0 || number > limits::length_max) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, std::string_view piece) {
  if (!text.starts_with(piece)) return false;
  text.remove_prefix(piece.size());
  return true;
}

}  // namespace

Result<std::unique_ptr<const re2::RE2>> compilePattern(std::string_view pattern, bool ignoreCase,
                                                       const std::string& where) {
  const auto refuse = [&](const std::string& fault) {
    Problem problem{
        ProblemKind::invalid,
        "demand-pattern-invalid",
        "The pattern cannot be used: " + fault + ".",
        where,
        "Write it in RE2's syntax, at most " + std::to_string(limits::pattern_bytes_max) + " bytes.",
        {{"fault", fault}}};
    return fail(std::move(problem));
  };
  if (pattern.size() > limits::pattern_bytes_max) return refuse("it is too long");
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(!ignoreCase);
  options.set_max_mem(memory_bytes_max);
  auto compiled = std::make_unique<const re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
  if (!compiled->ok()) return refuse(compiled->error());
  return compiled;
}

bool matchesWhole(const re2::RE2& pattern, std::string_view value) {
  return value.size() <= matched_bytes_max &&
         re2::RE2::FullMatch(re2::StringPiece(value.data(), value.size()), pattern);
}

std::optional<Digits> digitsOfPattern(std::string_view pattern) {
  take(pattern, "^");
  Digits digits;
  while (!pattern.empty() && pattern.front() >= '0' && pattern.front() <= '9') {
    digits.prefix.push_back(pattern.front());
    pattern.remove_prefix(1);
  }
  if (!take(pattern, "\\d") && !take(pattern, "[0-9]")) return std::nullopt;
  const int before = static_cast<int>(digits.prefix.size());
  digits.least = digits.most = before + 1;
  if (take(pattern, "+")) {
    digits.most.reset();
  } else if (take(pattern, "{")) {
    const auto least = takeNumber(pattern);
    if (!least) return std::nullopt;
    digits.least = digits.most = before + *least;
    if (take(pattern, ",")) {
      digits.most.reset();
      if (const auto most = takeNumber(pattern)) digits.most = before + *most;
    }
    if (!take(pattern, "}")) return std::nullopt;
  }
  take(pattern, "$");
  if (!pattern.empty() || *digits.least < 1) return std::nullopt;
  return digits;
}

}  // namespace postgang::rules
