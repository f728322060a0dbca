// The roads that show a display copy. The page is the same; what differs is the envelope's window and the
// payment slip (print only), and `readable`, which lets the same words flow on a narrow screen.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace postgang::render {

enum class Channel : std::uint8_t { email, print, bank, readable };

std::string_view name(Channel channel);  // "email", "print", "bank", "readable": API and command line
std::optional<Channel> channelFromName(std::string_view name);

}  // namespace postgang::render
