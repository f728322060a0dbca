// The proportions of signs that both drawings share.
#pragma once

#include "render/design.h"

namespace postgang::render::drawing {

inline constexpr Colour fault{0xa3, 0x23, 0x1c}, fault_ground{0xfd, 0xf2, 0xf0};

inline constexpr double mark_radius = 0.18;     // of its side
inline constexpr double mark_letters = 0.46;    // height of the type, of its side
inline constexpr double mark_baseline = 0.665;  // of its side, from the top
inline constexpr double sign_thickness = 0.19;  // of its radius
inline constexpr double sign_bar = 0.7071;      // half the bar's extent in x and y, of its radius
inline constexpr double fault_thickness = 0.45, fault_radius = 0.7;  // mm
inline constexpr double dash = 1.0;                                  // mm, and as much between

}  // namespace postgang::render::drawing
