#include "access/device.h"

#include <utility>

#include "base/text.h"

namespace postgang::access {

namespace {

using Mark = std::pair<std::string_view, std::string_view>;  // in the text, the name

// The first that fits counts: an Edge calls itself a Chrome, and a Chrome a Safari.
constexpr Mark browsers[] = {{"Edg/", "Edge"},      {"OPR/", "Opera"},    {"Firefox/", "Firefox"},
                             {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},
                             {"Safari/", "Safari"}, {"curl/", "curl"},    {"node", "Node.js"}};
constexpr Mark systems[] = {{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"},
                            {"iPad", "iPad"},       {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"},
                            {"Linux", "Linux"}};

template <std::size_t N>
std::string_view named(const Mark (&marks)[N], std::string_view text) {
  for (const auto& [mark, name] : marks)
    if (text.find(mark) != std::string_view::npos) return name;
  return {};
}

std::string networkOf(std::string_view address) {
  const bool isSix = address.find(':') != std::string_view::npos;
  const auto parts = split(address, isSix ? ':' : '.');
  std::string network;
  for (std::size_t i = 0; i < 3 && i < parts.size() && !parts[i].empty(); ++i)
    (network += parts[i]) += isSix ? ':' : '.';
  return network;
}

}  // namespace

std::string deviceOf(std::string_view userAgent) {
  const auto browser = named(browsers, userAgent), system = named(systems, userAgent);
  if (browser.empty() || system.empty()) return std::string(browser.empty() ? system : browser);
  return std::string(browser) + ", " + std::string(system);
}

Digest deviceDigest(UserId user, const From& from) {
  return sha256({user.view(), from.device, "|", networkOf(from.address)});
}

}  // namespace postgang::access
