#include "render/channel.h"

#include <utility>

namespace postgang::render {
namespace {

constexpr std::pair<Channel, std::string_view> names[] = {
    {Channel::email, "email"},
    {Channel::print, "print"},
    {Channel::bank, "bank"},
    {Channel::readable, "readable"},
};

}  // namespace

std::string_view name(Channel channel) {
  for (const auto& [known, name] : names)
    if (known == channel) return name;
  return "";
}

std::optional<Channel> channelFromName(std::string_view text) {
  for (const auto& [channel, name] : names)
    if (name == text) return channel;
  return std::nullopt;
}

}  // namespace postgang::render
