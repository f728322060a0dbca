#include "app/rate_limits.h"

#include <charconv>
#include <optional>

namespace postgang::app {

namespace {

constexpr std::int64_t rate_max = 1'000'000;

std::optional<std::int64_t> numberIn(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string asText(const api::RateLimit& limit) {
  return std::to_string(limit.perSecond) + "/" + std::to_string(limit.burst);
}

Result<api::RateLimit> readOne(const Settings& settings, const std::string& name) {
  auto limit = rateLimitFrom(settings.text(name));
  if (!limit) limit.error().where = "--" + name;
  return limit;
}

}  // namespace

Result<api::RateLimit> rateLimitFrom(std::string_view text) {
  if (text == "off") return api::RateLimit{};
  const auto stroke = text.find('/');
  const auto perSecond = numberIn(text.substr(0, stroke));
  const auto burst = stroke == std::string_view::npos ? perSecond : numberIn(text.substr(stroke + 1));
  if (perSecond && burst && *perSecond >= 1 && *perSecond <= rate_max && *burst >= 1 && *burst <= rate_max)
    return api::RateLimit{*perSecond, *burst};
  return fail(ProblemKind::invalid, "setting-not-a-rate",
              "A rate is calls a second and calls at once, like 50/200, each from 1 to 1000000; or off.",
              std::string(text));
}

std::vector<Setting> rateLimitSettings() {
  const api::RateLimits usual;
  return {
      {"rate-limit-read", asText(usual.read),
       "what one key or session may read: calls a second and at once, or off", "N/BURST"},
      {"rate-limit-write", asText(usual.write), "what one key or session may change", "N/BURST"},
      {"rate-limit-upload", asText(usual.upload), "how many files one key or session may hand in", "N/BURST"},
      {"rate-limit-open", asText(usual.open), "calls from one address that show no key and no session",
       "N/BURST"}};
}

Result<api::RateLimits> readRateLimits(const Settings& settings) {
  api::RateLimits limits;
  TRY(limits.read, readOne(settings, "rate-limit-read"));
  TRY(limits.write, readOne(settings, "rate-limit-write"));
  TRY(limits.upload, readOne(settings, "rate-limit-upload"));
  TRY(limits.open, readOne(settings, "rate-limit-open"));
  return limits;
}

}  // namespace postgang::app
