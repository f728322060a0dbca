#include "render/picture_page.h"

#include <cairo.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>

#include "render/pdf_file.h"

namespace postgang::render {
namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr double short_side = 210 * points_per_mm, long_side = 297 * points_per_mm,
                 margin = 15 * points_per_mm;
constexpr double points_per_dot = 72.0 / 150;
constexpr std::size_t dots_max = 60'000'000;

struct Picture {
  std::size_t width = 0, height = 0;
  std::string entries;  // of its stream: colours and filter
  std::string data;
  bool isDeflatedByUs = false;
  int orientation = 1;  // EXIF: 1 as it is, 3 upside down, 6 and 8 a quarter turn
};

unsigned byteAt(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
std::size_t wordAt(std::string_view bytes, std::size_t at, bool littleEnd = false) {
  const std::size_t a = byteAt(bytes, at), b = byteAt(bytes, at + 1);
  return littleEnd ? b << 8 | a : a << 8 | b;
}
std::size_t longAt(std::string_view bytes, std::size_t at, bool littleEnd = false) {
  const std::size_t a = wordAt(bytes, at, littleEnd), b = wordAt(bytes, at + 2, littleEnd);
  return littleEnd ? b << 16 | a : a << 16 | b;
}

// Tag 0x0112 of the first directory (EXIF 2.3, TIFF 6.0).
int orientationIn(std::string_view segment) {
  constexpr std::string_view mark("Exif\0\0", 6);
  if (!segment.starts_with(mark)) return 1;
  const auto tiff = segment.substr(mark.size());
  const bool littleEnd = tiff.starts_with("II");
  const std::size_t directory = longAt(tiff, 4, littleEnd);
  if (directory + 2 > tiff.size()) return 1;
  const std::size_t count = std::min<std::size_t>(wordAt(tiff, directory, littleEnd), 200);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (wordAt(tiff, entry, littleEnd) != 0x0112) continue;
    const auto value = wordAt(tiff, entry + 8, littleEnd);
    return value == 3 || value == 6 || value == 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

bool isFrame(unsigned marker) {  // SOF0 … SOF15, of which three mean something else
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

// Walks the segments to the frame head (ITU-T T.81, B.2).
std::optional<Picture> jpegPicture(std::string_view bytes) {
  Picture picture;
  bool adobe = false;
  for (std::size_t at = 2; at + 4 <= bytes.size();) {
    if (byteAt(bytes, at) != 0xFF) return std::nullopt;
    const unsigned marker = byteAt(bytes, at + 1);
    if (marker == 0xFF) {  // filling
      ++at;
      continue;
    }
    const std::size_t size = wordAt(bytes, at + 2);
    if (size < 2 || at + 2 + size > bytes.size()) return std::nullopt;
    const auto segment = bytes.substr(at + 4, size - 2);
    if (marker == 0xE1) picture.orientation = orientationIn(segment);
    if (marker == 0xEE && segment.starts_with("Adobe")) adobe = true;
    if (marker == 0xD9 || marker == 0xDA) return std::nullopt;
    if (isFrame(marker)) {
      if (marker > 0xC2 || byteAt(segment, 0) != 8) return std::nullopt;  // what /DCTDecode knows
      picture.height = wordAt(segment, 1);
      picture.width = wordAt(segment, 3);
      const unsigned colours = byteAt(segment, 5);
      if (colours != 1 && colours != 3 && colours != 4) return std::nullopt;
      picture.entries = "/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace ";
      picture.entries += colours == 1 ? "/DeviceGray" : colours == 3 ? "/DeviceRGB" : "/DeviceCMYK";
      if (colours == 4 && adobe) picture.entries += " /Decode [1 0 1 0 1 0 1 0]";
      picture.data = bytes;
      return picture;
    }
    at += 2 + size;
  }
  return std::nullopt;
}

struct Feed {
  std::string_view rest;
};
cairo_status_t onRead(void* pointer, unsigned char* into, unsigned size) {
  auto& feed = *static_cast<Feed*>(pointer);
  if (feed.rest.size() < size) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(into, feed.rest.data(), size);
  feed.rest.remove_prefix(size);
  return CAIRO_STATUS_SUCCESS;
}

std::optional<Picture> pngPicture(std::string_view bytes) {
  Picture picture;
  picture.width = longAt(bytes, 16);
  picture.height = longAt(bytes, 20);
  if (picture.width == 0 || picture.height == 0 || picture.width > dots_max / picture.height)
    return std::nullopt;
  Feed feed{bytes};
  const std::unique_ptr<cairo_surface_t, void (*)(cairo_surface_t*)> surface(
      cairo_image_surface_create_from_png_stream(onRead, &feed), cairo_surface_destroy);
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return std::nullopt;
  const auto format = cairo_image_surface_get_format(surface.get());
  if (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24) return std::nullopt;
  const unsigned char* dots = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  picture.data.reserve(picture.width * picture.height * 3);
  for (std::size_t y = 0; y < picture.height; ++y)
    for (std::size_t x = 0; x < picture.width; ++x) {
      std::uint32_t dot = 0;
      std::memcpy(&dot, dots + y * stride + 4 * x, sizeof dot);
      const std::uint32_t white =
          format == CAIRO_FORMAT_ARGB32 ? 255 - (dot >> 24) : 0;  // through what is clear
      for (const int shift : {16, 8, 0})
        picture.data += static_cast<char>(std::min<std::uint32_t>(255, (dot >> shift & 0xFF) + white));
    }
  picture.entries = "/BitsPerComponent 8 /ColorSpace /DeviceRGB";
  picture.isDeflatedByUs = true;
  return picture;
}

std::string numbers(std::initializer_list<double> values) {
  std::string out;
  for (const double value : values) {
    appendPdfNumber(out, value);
    out += ' ';
  }
  return out;
}

// Puts the unit square where the picture is to stand, turned as it should be.
std::string placed(const Picture& picture, double pageWidth, double pageHeight) {
  const bool turned = picture.orientation == 6 || picture.orientation == 8;
  const double wide = static_cast<double>(turned ? picture.height : picture.width) * points_per_dot;
  const double high = static_cast<double>(turned ? picture.width : picture.height) * points_per_dot;
  const double scale = std::min({1.0, (pageWidth - 2 * margin) / wide, (pageHeight - 2 * margin) / high});
  const double w = wide * scale, h = high * scale;
  const double x = (pageWidth - w) / 2, y = pageHeight - margin - h;
  std::string out = "q " + numbers({w, 0, 0, h, x, y}) + "cm ";
  if (picture.orientation == 3) out += "-1 0 0 -1 1 1 cm ";
  if (picture.orientation == 6) out += "0 -1 1 0 0 1 cm ";
  if (picture.orientation == 8) out += "0 1 -1 0 1 0 cm ";
  return out + "/P Do Q";
}

}  // namespace

bool isPng(std::string_view bytes) {
  return bytes.starts_with("\x89PNG\r\n\x1A\n") && bytes.substr(12, 4) == "IHDR";
}

bool isJpeg(std::string_view bytes) {
  return bytes.starts_with("\xFF\xD8\xFF");
}

std::string picturePage(std::string_view bytes) {
  auto picture = isPng(bytes) ? pngPicture(bytes) : isJpeg(bytes) ? jpegPicture(bytes) : std::nullopt;
  if (!picture || picture->width == 0 || picture->height == 0 || picture->width > dots_max / picture->height)
    return {};
  const bool turned = picture->orientation == 6 || picture->orientation == 8;
  const bool lying = turned ? picture->height > picture->width : picture->width > picture->height;
  const double width = lying ? long_side : short_side, height = lying ? short_side : long_side;
  PdfFile file;
  const int tree = file.reserve();
  const std::string entries = "/Type /XObject /Subtype /Image /Width " + std::to_string(picture->width) +
                              " /Height " + std::to_string(picture->height) + " " + picture->entries;
  const int image = picture->isDeflatedByUs ? file.addStream(entries, picture->data)
                                            : file.addPlainStream(entries, picture->data);
  const int content = file.addStream("", placed(*picture, width, height));
  const int page = file.add("<< /Type /Page /Parent " + pdfReference(tree) + " /MediaBox [0 0 " +
                            numbers({width, height}) + "] /Resources << /XObject << /P " +
                            pdfReference(image) + " >> >> /Contents " + pdfReference(content) + " >>");
  file.put(tree, "<< /Type /Pages /Count 1 /Kids [" + pdfReference(page) + "] >>");
  const int catalogue = file.add("<< /Type /Catalog /Pages " + pdfReference(tree) + " >>");
  const int information = file.add("<< >>");
  return std::move(file).finish(catalogue, information);
}

}  // namespace postgang::render
