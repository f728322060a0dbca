#include "render/pdf_logo.h"

#include <cairo-pdf.h>
#include <librsvg/rsvg.h>

#define POINTERHOLDER_TRANSITION 3
#include <cstring>
#include <map>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

namespace postgang::render {
namespace {

constexpr double drawing_height = 100;  // points; the size does not matter, vectors scale

struct Destroy {
  void operator()(cairo_t* c) const { cairo_destroy(c); }
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
  void operator()(RsvgHandle* h) const { g_object_unref(h); }
};
using Surface = std::unique_ptr<cairo_surface_t, Destroy>;

cairo_status_t append(void* closure, const unsigned char* bytes, unsigned length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(bytes), length);
  return CAIRO_STATUS_SUCCESS;
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

std::string drawnAlone(const Logo& logo) {
  const std::unique_ptr<RsvgHandle, Destroy> drawing(rsvg_handle_new_from_data(
      reinterpret_cast<const guint8*>(logo.bytes.data()), logo.bytes.size(), nullptr));
  if (!drawing) return "";
  std::string bytes;
  const double width = drawing_height * logo.aspect;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, width, drawing_height));
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  const std::unique_ptr<cairo_t, Destroy> context(cairo_create(surface.get()));
  const RsvgRectangle viewport{0, 0, width, drawing_height};
  const bool drawn = rsvg_handle_render_document(drawing.get(), context.get(), &viewport, nullptr) != FALSE;
  cairo_surface_finish(surface.get());
  return drawn && cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS ? bytes : "";
}

// Copies an object of another file with all that it refers to.
class Taker {
 public:
  explicit Taker(PdfFile& file) : file_(file) {}

  std::string taken(QPDFObjectHandle object) {
    if (object.isIndirect()) return pdfReference(number(object));
    return direct(object);
  }

  int number(QPDFObjectHandle object) {
    const auto [at, isNew] = numbers_.emplace(object.getObjGen(), 0);
    if (!isNew) return at->second;
    const int number = at->second = file_.reserve();
    if (object.isStream()) {
      auto dictionary = object.getDict();
      const auto bytes = object.getStreamData(qpdf_dl_generalized);
      file_.putStream(number, entries(dictionary),
                      {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()});
    } else {
      file_.put(number, direct(object));
    }
    return number;
  }

  std::string entries(QPDFObjectHandle dictionary) {
    std::string out;
    for (const auto& key : dictionary.getKeys()) {
      if (key == "/Length" || key == "/Filter" || key == "/DecodeParms" || key == "/Parent") continue;
      out += key + " " + taken(dictionary.getKey(key)) + " ";
    }
    return out;
  }

 private:
  std::string direct(QPDFObjectHandle object) {
    if (object.isDictionary()) return "<< " + entries(object) + ">>";
    if (object.isArray()) {
      std::string out = "[ ";
      for (int i = 0; i < object.getArrayNItems(); ++i) out += taken(object.getArrayItem(i)) + " ";
      return out + "]";
    }
    return object.unparseResolved();
  }

  PdfFile& file_;
  std::map<QPDFObjGen, int> numbers_;
};

int addDrawing(PdfFile& file, const Logo& logo) {
  const std::string bytes = drawnAlone(logo);
  if (bytes.empty()) return 0;
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("logo", bytes.data(), bytes.size());
  auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
  if (pages.empty()) return 0;
  auto form = pages[0].getFormXObjectForPage();
  auto dictionary = form.getDict();
  dictionary.replaceKey(
      "/Matrix", QPDFObjectHandle::parse("[" + std::to_string(1 / (drawing_height * logo.aspect)) + " 0 0 " +
                                         std::to_string(1 / drawing_height) + " 0 0]"));
  return Taker(file).number(form);
}

int addPicture(PdfFile& file, const Logo& logo) {
  Source source{logo.bytes};
  const Surface surface(cairo_image_surface_create_from_png_stream(&Source::read, &source));
  if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS) return 0;
  const int width = cairo_image_surface_get_width(surface.get()),
            height = cairo_image_surface_get_height(surface.get());
  const int stride = cairo_image_surface_get_stride(surface.get());
  const bool alpha = cairo_image_surface_get_format(surface.get()) == CAIRO_FORMAT_ARGB32;
  const unsigned char* data = cairo_image_surface_get_data(surface.get());
  std::string colours, cover;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      std::uint32_t pixel;
      std::memcpy(&pixel, data + y * stride + 4 * x, sizeof pixel);
      const std::uint32_t a = alpha ? pixel >> 24 : 255;
      for (const int shift : {16, 8, 0}) {
        const std::uint32_t part = pixel >> shift & 255;  // multiplied by its cover
        colours += static_cast<char>(a == 0 ? 255 : std::min<std::uint32_t>(255, (part * 255 + a / 2) / a));
      }
      if (alpha) cover += static_cast<char>(a);
    }
  const std::string size =
      "/Width " + std::to_string(width) + " /Height " + std::to_string(height) + " /BitsPerComponent 8";
  std::string entries = "/Type /XObject /Subtype /Image " + size + " /ColorSpace /DeviceRGB";
  if (alpha)
    entries +=
        " /SMask " + pdfReference(file.addStream(
                         "/Type /XObject /Subtype /Image " + size + " /ColorSpace /DeviceGray", cover));
  return file.addStream(entries, colours);
}

}  // namespace

int addLogo(PdfFile& file, const Logo& logo) {
  if (logo.form == Logo::Form::svg) return addDrawing(file, logo);
  if (logo.form == Logo::Form::png) return addPicture(file, logo);
  return 0;
}

}  // namespace postgang::render
