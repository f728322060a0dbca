#include "net/target.h"

#include "base/text.h"

namespace postgang::net {
namespace {

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool hasControl(std::string_view text) {
  for (char c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return true;
  return false;
}

auto invalid(std::string_view what) {
  return fail(ProblemKind::invalid, "target-invalid",
              "The address that was asked for " + std::string(what) + ".");
}

// "http://host/a?b" → "/a?b": proxies may send it so (RFC 9112, 3.2.2).
std::optional<std::string_view> withoutOrigin(std::string_view target) {
  for (std::string_view scheme : {"http://", "https://"}) {
    if (lowered(target.substr(0, scheme.size())) != scheme) continue;
    const auto rest = target.substr(scheme.size());
    const auto end = rest.find_first_of("/?");
    if (end == std::string_view::npos) return "/";
    if (rest[end] == '?') return std::nullopt;  // an empty path: nobody sends it, and it would need a copy
    return rest.substr(end);
  }
  return std::nullopt;
}

Outcome readSegments(std::string_view path, std::vector<std::string>& segments) {
  if (path == "/") return {};
  for (auto part : split(path.substr(1), '/')) {
    auto segment = percentDecoded(part);
    if (!segment) return invalid("has a broken percent escape");
    if (!isUtf8(*segment)) return invalid("is not UTF-8");
    if (hasControl(*segment)) return invalid("has a control character in it");
    if (*segment == "." || *segment == "..") return invalid("has a dot segment in it");
    segments.push_back(std::move(*segment));
  }
  return {};
}

Outcome readQuery(std::string_view text, Parameters& query) {
  if (text.empty()) return {};
  for (auto pair : split(text, '&')) {
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percentDecoded(pair.substr(0, equals), true);
    auto value = percentDecoded(equals == std::string_view::npos ? "" : pair.substr(equals + 1), true);
    if (!name || !value) return invalid("has a broken percent escape");
    if (!isUtf8(*name) || !isUtf8(*value)) return invalid("is not UTF-8");
    query.emplace_back(std::move(*name), std::move(*value));
  }
  return {};
}

}  // namespace

Result<Target> parseTarget(std::string_view target) {
  Target result;
  if (target == "*") {
    result.path = "*";
    return result;
  }
  if (!target.starts_with('/')) {
    const auto cut = withoutOrigin(target);
    if (!cut) return invalid("is not a path");
    target = *cut;
  }
  for (char c : target)
    if (c <= 0x20 || c >= 0x7f || c == '#') return invalid("has a character in it that must be escaped");
  const auto question = target.find('?');
  result.path = target.substr(0, question);
  CHECK_OK(readSegments(result.path, result.segments));
  if (question != std::string_view::npos) CHECK_OK(readQuery(target.substr(question + 1), result.query));
  return result;
}

std::optional<std::string> percentDecoded(std::string_view text, bool plusIsBlank) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plusIsBlank) {
      result += ' ';
    } else if (text[i] != '%') {
      result += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hexDigit(text[i + 1]), low = hexDigit(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      result += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return result;
}

std::string percentEncoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || c == '-' || c == '.' || c == '_' || c == '~') {
      result += c;
    } else {
      result += '%';
      result += digits[byte >> 4];
      result += digits[byte & 15];
    }
  }
  return result;
}

}  // namespace postgang::net
