// A company's logo on its copies: SVG or PNG, checked once when it is taken in. An SVG holds drawing only: no
// script, no animation, no reference out of itself, no embedded picture or filter (both can be made
// arbitrarily expensive).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/problem.h"

namespace postgang::render {

struct Logo {
  enum class Form : std::uint8_t { none, svg, png };
  Form form = Form::none;
  std::string bytes;
  double aspect = 1;  // width by height
  friend bool operator==(const Logo&, const Logo&) = default;
};

inline constexpr std::size_t svg_bytes_max = 200'000;
inline constexpr std::size_t svg_elements_max = 2'000;
inline constexpr std::size_t png_bytes_max = 1'000'000;
inline constexpr std::uint32_t png_pixels_max = 4'000'000;

// Codes: logo-too-large, logo-not-readable, logo-not-plain-drawing (an SVG with more than drawing in it),
// logo-form-unknown (neither SVG nor PNG).
Result<Logo> checkedLogo(std::string_view bytes);

std::string logoDataUrl(const Logo& logo);  // "data:image/svg+xml;base64,…"; "" for none
Result<Logo> logoFromDataUrl(std::string_view url);

}  // namespace postgang::render
