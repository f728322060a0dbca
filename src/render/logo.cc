#include "render/logo.h"

#include <cairo.h>
#include <librsvg/rsvg.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "base/bytes.h"
#include "base/text.h"

namespace postgang::render {
namespace {

constexpr std::string_view png_signature = "\x89PNG\r\n\x1a\n";
constexpr double aspect_max = 40;

tl::unexpected<Problem> notPlain(std::string_view found) {
  return fail(ProblemKind::invalid, "logo-not-plain-drawing",
              "The SVG holds \"" + std::string(found) + "\", which a logo may not.", {},
              "Export it as plain SVG with text as outlines and without pictures, filters and links.");
}

tl::unexpected<Problem> notReadable() {
  return fail(ProblemKind::invalid, "logo-not-readable", "The logo could not be read.", {},
              "Export it again as SVG or PNG.");
}

// Everything that refers must refer within the drawing: href="#id", url(#id).
Outcome refersOnlyWithin(std::string_view lower) {
  for (std::size_t at = lower.find("href"); at != std::string_view::npos; at = lower.find("href", at + 4)) {
    const std::size_t quote = lower.find_first_not_of(" \t\r\n=", at + 4);
    if (quote == std::string_view::npos || lower.substr(quote + 1, 1) != "#") return notPlain("href");
  }
  for (std::size_t at = lower.find("url("); at != std::string_view::npos; at = lower.find("url(", at + 4)) {
    const std::size_t target = lower.find_first_not_of(" \t\r\n'\"", at + 4);
    if (target == std::string_view::npos || lower[target] != '#') return notPlain("url(");
  }
  return {};
}

// Event handlers: an attribute whose name begins with "on".
bool hasEventHandler(std::string_view lower) {
  for (std::size_t at = lower.find("on"); at != std::string_view::npos; at = lower.find("on", at + 2)) {
    const bool begins = at > 0 && std::strchr(" \t\r\n\"'/", lower[at - 1]) != nullptr;
    const std::size_t end = lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz", at);
    if (begins && end != std::string_view::npos && end > at + 2 && lower[end] == '=') return true;
  }
  return false;
}

Outcome isPlainDrawing(std::string_view svg) {
  if (!isUtf8(svg)) return notReadable();
  const std::string lower = lowered(svg);
  static constexpr std::string_view forbidden[] = {"<!doctype", "<!entity",       "<?xml-stylesheet",
                                                   "<script",   "<foreignobject", "<image",
                                                   "<filter",   "<animate",       "<set",
                                                   "<iframe",   "<audio",         "<video",
                                                   "<pattern",  "<use",           "<a ",
                                                   "<a>",       "<switch",        "<tref",
                                                   "<feimage",  "<marker",        "javascript:",
                                                   "data:",     "@import",        "&#",
                                                   "\\"};
  for (const auto word : forbidden)
    if (lower.find(word) != std::string::npos) return notPlain(word);
  // A prefix could hide an element from the list above; a drawing tool's own prefixes are only data.
  for (const auto word : {":script", ":image", ":use", ":filter", ":foreignobject", ":set", ":animate"})
    if (lower.find(word) != std::string::npos) return notPlain(word);
  if (hasEventHandler(lower)) return notPlain("on…=");
  if (static_cast<std::size_t>(std::count(svg.begin(), svg.end(), '<')) > 2 * svg_elements_max)
    return fail(ProblemKind::too_large, "logo-too-large", "The SVG has too many elements.", {},
                "Simplify the drawing.");
  return refersOnlyWithin(lower);
}

Result<Logo> checkedSvg(std::string_view bytes) {
  if (bytes.size() > svg_bytes_max)
    return fail(ProblemKind::too_large, "logo-too-large", "An SVG logo may be at most 200 kB.", {},
                "Simplify the drawing.");
  CHECK_OK(isPlainDrawing(bytes));
  const std::unique_ptr<RsvgHandle, void (*)(gpointer)> handle(
      rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(bytes.data()), bytes.size(), nullptr),
      g_object_unref);
  if (!handle) return notReadable();
  double width = 0, height = 0;
  if (!rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &width, &height)) {
    gboolean hasWidth, hasHeight, hasBox;
    RsvgLength w, h;
    RsvgRectangle box;
    rsvg_handle_get_intrinsic_dimensions(handle.get(), &hasWidth, &w, &hasHeight, &h, &hasBox, &box);
    if (hasBox) width = box.width, height = box.height;
  }
  const double aspect = width / height;
  if (!(width > 0) || !(height > 0) || !std::isfinite(aspect) || aspect > aspect_max ||
      aspect < 1 / aspect_max)
    return notReadable();
  return Logo{Logo::Form::svg, std::string(bytes), aspect};
}

struct Source {
  std::string_view rest;
  static cairo_status_t read(void* closure, unsigned char* to, unsigned length) {
    auto& source = *static_cast<Source*>(closure);
    if (source.rest.size() < length) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(to, source.rest.data(), length);
    source.rest.remove_prefix(length);
    return CAIRO_STATUS_SUCCESS;
  }
};

Result<Logo> checkedPng(std::string_view bytes) {
  if (bytes.size() > png_bytes_max)
    return fail(ProblemKind::too_large, "logo-too-large", "A PNG logo may be at most 1 MB.", {},
                "Make it smaller.");
  if (bytes.size() < 33) return notReadable();
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
  };
  const std::uint32_t width = number(16), height = number(20);  // of IHDR, which stands first
  if (width == 0 || height == 0) return notReadable();
  if (width > png_pixels_max / height)
    return fail(ProblemKind::too_large, "logo-too-large", "A PNG logo may have at most four million pixels.",
                {}, "Make it smaller.");
  Source source{bytes};
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create_from_png_stream(&Source::read, &source), cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return notReadable();
  const double aspect = static_cast<double>(width) / height;
  if (aspect > aspect_max || aspect < 1 / aspect_max) return notReadable();
  return Logo{Logo::Form::png, std::string(bytes), aspect};
}

}  // namespace

Result<Logo> checkedLogo(std::string_view bytes) {
  if (bytes.starts_with(png_signature)) return checkedPng(bytes);
  if (lowered(bytes.substr(0, 4'096)).find("<svg") != std::string::npos) return checkedSvg(bytes);
  return fail(ProblemKind::invalid, "logo-form-unknown", "A logo is SVG or PNG.", {},
              "Export it as SVG or PNG.");
}

std::string logoDataUrl(const Logo& logo) {
  if (logo.form == Logo::Form::none) return "";
  return (logo.form == Logo::Form::svg ? "data:image/svg+xml;base64," : "data:image/png;base64,") +
         base64(logo.bytes);
}

Result<Logo> logoFromDataUrl(std::string_view url) {
  if (url.empty()) return Logo{};
  const std::size_t comma = url.find(',');
  if (!url.starts_with("data:image/") || comma == std::string_view::npos ||
      !url.substr(0, comma).ends_with(";base64"))
    return fail(ProblemKind::invalid, "logo-form-unknown",
                "A logo is a data URL: data:image/svg+xml;base64,…");
  const auto bytes = fromBase64(url.substr(comma + 1));
  if (!bytes) return notReadable();
  return checkedLogo(*bytes);
}

}  // namespace postgang::render
