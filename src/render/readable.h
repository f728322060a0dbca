// A copy that flows: the same words as on the pages, as plain structured HTML for a narrow screen, a screen
// reader or large type. Lines become cards where a table has no room.
#pragma once

#include <string>

#include "render/copy.h"

namespace postgang::render {

inline constexpr std::size_t readable_lines_max =
    5'000;  // the rest is counted and said to be in the original

std::string readableHtml(const Copy& copy, const Design& design);

}  // namespace postgang::render
