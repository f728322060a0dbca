// Names that others have chosen, in mails of ours. Mail programs make a link of whatever looks like an
// address; a word joiner, which nobody sees, keeps it from being one: "www.example.com", "https://…",
// "a@example.com".
#pragma once

#include <string>
#include <string_view>

namespace postgang::render {

std::string unlinked(std::string_view text);

}  // namespace postgang::render
