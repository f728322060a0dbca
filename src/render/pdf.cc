#include "render/pdf.h"

#include <cmath>

#include "render/drawing.h"
#include "render/pdf_file.h"
#include "render/pdf_fonts.h"
#include "render/pdf_logo.h"

namespace postgang::render {
namespace {

constexpr double points = 72 / 25.4;  // a millimetre
constexpr std::string_view producer = "Postg\u00E5ng";

// Writes the operators of one page. PDF measures in points from the lower left corner.
class Pen {
 public:
  Pen(const Layout& layout, const PdfFonts& fonts, Typesetter& type)
      : layout_(layout), fonts_(fonts), type_(type) {}

  std::string page(const Page& page) {
    out_.clear();
    font_ = -1;
    size_ = 0;
    fill_ = stroke_ = "0 0 0";  // as a page begins
    for (const Item& item : page.items) std::visit(*this, item);
    return out_;
  }

  void operator()(const TextRun& run) {
    double x = run.x;
    if (run.anchor != Anchor::left) x -= run.width * (run.anchor == Anchor::right ? 1 : 0.5);
    text(run.text, run.style, x * points, up(run.y));
  }

  void operator()(const Rule& rule) {
    stroke(rule.accent ? layout_.accent : rule.pale ? Colour{0xc4, 0xc4, 0xc4} : Colour{});
    if (rule.dashed) numbers({}, "[2.835] 0 d");
    numbers({rule.thickness * points}, "w");
    numbers({rule.x1 * points, up(rule.y)}, "m");
    numbers({rule.x2 * points, up(rule.y)}, "l S");
    if (rule.dashed) numbers({}, "[] 0 d");
  }

  void operator()(const Frame& frame) {
    stroke(Colour{});
    numbers({frame.thickness * points}, "w");
    numbers({frame.x * points, up(frame.y + frame.height), frame.width * points, frame.height * points},
            "re S");
  }

  void operator()(const FaultFrame& frame) {
    fill(drawing::fault_ground);
    stroke(drawing::fault);
    numbers({drawing::fault_thickness * points}, "w");
    numbers({frame.x * points, up(frame.y + frame.height), frame.width * points, frame.height * points},
            "re B");
  }

  void operator()(const NoSign& sign) {
    const double x = sign.x * points, y = up(sign.y), r = sign.radius * points, bar = r * drawing::sign_bar;
    stroke(Colour{});
    numbers({r * drawing::sign_thickness}, "w");
    const double k = r * 0.5523;  // four Bézier curves to a circle
    numbers({x + r, y}, "m");
    numbers({x + r, y + k, x + k, y + r, x, y + r}, "c");
    numbers({x - k, y + r, x - r, y + k, x - r, y}, "c");
    numbers({x - r, y - k, x - k, y - r, x, y - r}, "c");
    numbers({x + k, y - r, x + r, y - k, x + r, y}, "c s");
    numbers({x - bar, y + bar}, "m");
    numbers({x + bar, y - bar}, "l S");
  }

  void operator()(const Mark& mark) {
    const double x = mark.x * points, side = mark.side * points, y = up(mark.y + mark.side),
                 r = side * drawing::mark_radius;
    const double k = r * (1 - 0.5523);
    fill(layout_.mark);
    numbers({x + r, y}, "m");
    numbers({x + side - r, y}, "l");
    numbers({x + side - k, y, x + side, y + k, x + side, y + r}, "c");
    numbers({x + side, y + side - r}, "l");
    numbers({x + side, y + side - k, x + side - k, y + side, x + side - r, y + side}, "c");
    numbers({x + r, y + side}, "l");
    numbers({x + k, y + side, x, y + side - k, x, y + side - r}, "c");
    numbers({x, y + r}, "l");
    numbers({x, y + k, x + k, y, x + r, y}, "c f");
    const Style letters = lettersOf(mark);
    const double wide = type_.width(layout_.initials, letters);
    text(layout_.initials, letters, (mark.x + (mark.side - wide) / 2) * points,
         up(mark.y + mark.side * drawing::mark_baseline));
  }

  void operator()(const LogoSpot& spot) {
    out_ += "q ";
    numbers({spot.width * points, 0, 0, spot.height * points, spot.x * points, up(spot.y + spot.height)},
            "cm /Logo Do Q");
  }

  void operator()(const CodeSpot& spot) {
    if (!layout_.code) return;
    const QrCode& code = *layout_.code;
    const double module = spot.side * points / code.modules;
    fill(Colour{});
    out_ += "q ";
    // One unit a module, rows downwards.
    numbers({module, 0, 0, -module, spot.x * points, up(spot.y)}, "cm");
    for (int row = 0; row < code.modules; ++row)
      for (int column = 0; column < code.modules;) {
        int end = column;
        while (end < code.modules && code.at(row, end)) ++end;
        if (end > column)
          numbers(
              {static_cast<double>(column), static_cast<double>(row), static_cast<double>(end - column), 1},
              "re");
        column = end + 1;
      }
    out_ += "f Q\n";
  }

  static Style lettersOf(const Mark& mark) {
    return {mark.side * drawing::mark_letters / millimetres_per_point, Weight::bold, false, Tone::on_mark};
  }

 private:
  static double up(double y) { return (sheet::height - y) * points; }

  void numbers(std::initializer_list<double> values, std::string_view operation) {
    for (const double value : values) {
      appendPdfNumber(out_, value);
      out_ += ' ';
    }
    out_ += operation;
    out_ += '\n';
  }

  static std::string parts(Colour colour) {
    std::string out;
    for (const std::uint8_t part : {colour.red, colour.green, colour.blue}) {
      if (!out.empty()) out += ' ';
      appendPdfNumber(out, part / 255.0);
    }
    return out;
  }
  void fill(Colour colour) { set(fill_, parts(colour), " rg\n"); }
  void stroke(Colour colour) { set(stroke_, parts(colour), " RG\n"); }
  void set(std::string& current, std::string wanted, std::string_view operation) {
    if (current == wanted) return;
    out_ += wanted;
    out_ += operation;
    current = std::move(wanted);
  }
  Colour colourOf(Tone tone) const {
    switch (tone) {
      case Tone::black:
        return {};
      case Tone::grey:
        return {0x44, 0x44, 0x44};
      case Tone::accent:
        return layout_.accent;
      case Tone::fault:
        return drawing::fault;
      case Tone::on_mark:
        return layout_.whiteOnMark ? Colour{255, 255, 255} : ink;
    }
    return {};
  }

  // Glyphs of one font in a row are one TJ: their codes, and between them what the font's own widths are
  // corrected by.
  void text(std::string_view words, const Style& style, double x, double y) {
    fill(colourOf(style.tone));
    out_ += "BT\n";
    bool open = false;
    int font = -1;
    double pen = 0, raised = 0;  // where the next glyph falls by itself, in ems
    type_.forEachGlyph(words, style, [&](const PlacedGlyph& glyph) {
      const PdfFonts::Code code = fonts_.code(glyph);
      if (code.font != font || glyph.y != raised) {
        if (open) out_ += ">] TJ\n";
        use(code.font, style.points);
        numbers({1, 0, 0, 1, x + glyph.x * style.points, y + glyph.y * style.points}, "Tm");
        out_ += "[<";
        open = true;
        font = code.font;
        raised = glyph.y;
      } else if (const double correction = (pen - glyph.x) * 1000; std::abs(correction) >= 0.5) {
        out_ += '>';
        out_ += std::to_string(std::lround(correction));
        out_ += '<';
        pen = glyph.x;
      }
      if (font == code.font && !open) return;
      constexpr char digits[] = "0123456789ABCDEF";
      for (int shift = 12; shift >= 0; shift -= 4) out_ += digits[code.code >> shift & 15];
      pen = glyph.x + code.advance;
    });
    if (open) out_ += ">] TJ\n";
    out_ += "ET\n";
  }

  void use(int font, double size) {
    if (font == font_ && size == size_) return;
    out_ += "/F" + std::to_string(font) + ' ';
    numbers({size}, "Tf");
    font_ = font;
    size_ = size;
  }

  const Layout& layout_;
  const PdfFonts& fonts_;
  Typesetter& type_;
  std::string out_, fill_, stroke_;
  int font_ = -1;
  double size_ = 0;
};

PdfFonts fontsOf(const Layout& layout, Typesetter& type) {
  PdfFonts fonts;
  const auto note = [&](const PlacedGlyph& glyph) { fonts.note(glyph); };
  for (const Page& page : layout.pages)
    for (const Item& item : page.items) {
      if (const auto* run = std::get_if<TextRun>(&item)) type.forEachGlyph(run->text, run->style, note);
      if (const auto* mark = std::get_if<Mark>(&item))
        type.forEachGlyph(layout.initials, Pen::lettersOf(*mark), note);
    }
  fonts.subset();
  return fonts;
}

std::string escapedXml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

// XMP (ISO 16684-1): the same facts as the information dictionary, for readers and archives that look here.
std::string xmp(const Layout& layout) {
  std::string out =
      "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
      "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
      "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
      " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">"
      "<dc:format>application/pdf</dc:format><dc:language><rdf:Bag><rdf:li>" +
      std::string(code(layout.language)) +
      "</rdf:li></rdf:Bag></dc:language><dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
      escapedXml(layout.title) + "</rdf:li></rdf:Alt></dc:title>";
  if (!layout.author.empty())
    out += "<dc:creator><rdf:Seq><rdf:li>" + escapedXml(layout.author) + "</rdf:li></rdf:Seq></dc:creator>";
  if (layout.issued) out += "<xmp:CreateDate>" + layout.issued->text() + "T00:00:00Z</xmp:CreateDate>";
  return out + "<pdf:Producer>" + std::string(producer) +
         "</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";
}

int addInformation(PdfFile& file, const Layout& layout) {
  std::string information = "<< /Title " + pdfText(layout.title) + " /Producer " + pdfText(producer);
  if (!layout.author.empty()) information += " /Author " + pdfText(layout.author);
  if (layout.issued) {
    std::string date = layout.issued->text();
    std::erase(date, '-');
    information += " /CreationDate (D:" + date + "000000Z)";
  }
  return file.add(information + " >>");
}

std::string written(const Layout& layout) {
  Typesetter& type = Typesetter::ofThisThread();
  const PdfFonts fonts = fontsOf(layout, type);
  PdfFile file;
  std::string resources = "<< /Font << " + fonts.write(file) + ">>";
  if (const int logo = addLogo(file, layout.logo); logo != 0)
    resources += " /XObject << /Logo " + pdfReference(logo) + " >>";
  const int shared = file.add(resources + " >>");
  const int tree = file.reserve();
  Pen pen(layout, fonts, type);
  std::string kids;
  for (const Page& page : layout.pages) {
    const int content = file.addStream("", pen.page(page));
    kids += pdfReference(file.add("<< /Type /Page /Parent " + pdfReference(tree) +
                                  " /MediaBox [0 0 595.276 841.89] /Resources " + pdfReference(shared) +
                                  " /Contents " + pdfReference(content) + " >>")) +
            " ";
  }
  file.put(tree,
           "<< /Type /Pages /Count " + std::to_string(layout.pages.size()) + " /Kids [" + kids + "] >>");
  const int metadata = file.addPlainStream("/Type /Metadata /Subtype /XML", xmp(layout));
  const int catalogue = file.add(
      "<< /Type /Catalog /Pages " + pdfReference(tree) + " /Lang (" + std::string(code(layout.language)) +
      ") /Metadata " + pdfReference(metadata) + " /ViewerPreferences << /DisplayDocTitle true >> >>");
  const int information = addInformation(file, layout);
  return std::move(file).finish(catalogue, information);
}

}  // namespace

Result<std::string> drawPdf(const Layout& layout) {
  try {
    return written(layout);
  } catch (const std::exception& error) {  // of qpdf and zlib: never the document's fault
    return fail(ProblemKind::internal, "copy-not-drawn",
                std::string("The copy could not be drawn: ") + error.what());
  }
}

}  // namespace postgang::render
