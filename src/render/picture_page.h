// A picture as a PDF of one A4 page: at 150 dots an inch, smaller where it has no room, upright or lying as
// it is itself. JPEG is taken over as it is (and turned as its camera says); PNG is unpacked and laid on
// white.
#pragma once

#include <string>
#include <string_view>

namespace postgang::render {

bool isPng(std::string_view bytes);
bool isJpeg(std::string_view bytes);

// "" where the picture cannot be read or has over 60 million dots. For a contained process: it is as big as
// it claims.
std::string picturePage(std::string_view bytes);

}  // namespace postgang::render
