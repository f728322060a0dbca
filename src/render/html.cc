#include "render/html.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/bytes.h"
#include "render/drawing.h"
#include "render/html_fonts.h"

namespace postgang::render {
namespace {

constexpr std::string_view style_rules =
    "html{background:#f1f3f3}body{margin:0;padding:12px 0}"
    "main{display:block;margin:0 auto;width:210mm;max-width:100%}"
    "section{fill:#000;background:#fff;margin:0 0 12px;box-shadow:0 0 0 1px #e4e8e8}"
    "svg{display:block;width:100%;height:auto}"
    "text{font-family:K0,Inter,system-ui,Arial,sans-serif;font-weight:400;white-space:pre;"
    "font-feature-settings:\"calt\" 0}"
    ".w1{font-family:K1,Inter,system-ui,Arial,sans-serif;font-weight:500}"
    ".w2{font-family:K2,Inter,system-ui,Arial,sans-serif;font-weight:600}"
    ".w3{font-family:K3,Inter,system-ui,Arial,sans-serif;font-weight:700}"
    ".w4{font-family:K4,\"OCR B\",monospace}"
    ".n{font-feature-settings:\"calt\" 0,\"tnum\" 1}.g{fill:#444}.r{text-anchor:end}.m{text-anchor:middle}"
    "@page{size:A4;margin:0}"
    "@media print{html{background:none}body{padding:0}main{width:210mm;max-width:none}"
    "section{margin:0;box-shadow:none;break-after:page}section:last-child{break-after:auto}}";

// Millimetres with at most three decimals, and no trailing zeros.
void number(std::string& out, double value) {
  std::array<char, 32> buffer;
  const auto scaled = static_cast<long long>(std::llround(value * 1000));
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), std::llabs(scaled) / 1000);
  if (scaled < 0) out += '-';
  out.append(buffer.data(), end);
  long long rest = std::llabs(scaled) % 1000;
  if (rest == 0) return;
  std::string decimals = std::to_string(1000 + rest).substr(1);
  while (decimals.back() == '0') decimals.pop_back();
  out += '.';
  out += decimals;
}

void attribute(std::string& out, const char* name, double value) {
  out += ' ';
  out += name;
  out += "=\"";
  number(out, value);
  out += '"';
}

void attribute(std::string& out, const char* name, std::string_view value) {
  out += ' ';
  out += name;
  out += "=\"";
  out += value;
  out += '"';
}

class Pen {
 public:
  Pen(std::string& out, const Layout& layout) : out_(out), layout_(layout), logo_(logoDataUrl(layout.logo)) {}

  void operator()(const TextRun& run) {
    std::string classes;
    const auto add = [&](const char* name) { classes += classes.empty() ? name : std::string(" ") + name; };
    if (const std::size_t font = fontIndex(run.style); font > 0) add(("w" + std::to_string(font)).c_str());
    if (run.style.tabular) add("n");
    if (run.style.tone == Tone::grey) add("g");
    if (run.anchor != Anchor::left) add(run.anchor == Anchor::right ? "r" : "m");
    text(run.x, run.y, run.style.points * millimetres_per_point, run.width, classes,
         run.style.tone == Tone::fault ? hexText(drawing::fault) : "", run.text);
  }

  void operator()(const Rule& rule) {
    out_ += "<path";
    attribute(out_, "stroke", rule.accent ? hexText(layout_.accent) : rule.pale ? "#c4c4c4" : "#000");
    attribute(out_, "stroke-width", rule.thickness);
    if (rule.dashed) attribute(out_, "stroke-dasharray", drawing::dash);
    out_ += " d=\"M";
    number(out_, rule.x1);
    out_ += ' ';
    number(out_, rule.y);
    out_ += 'H';
    number(out_, rule.x2);
    out_ += "\"/>";
  }

  void operator()(const Frame& frame) {
    out_ += "<rect fill=\"none\" stroke=\"#000\"";
    attribute(out_, "stroke-width", frame.thickness);
    rectangle(frame.x, frame.y, frame.width, frame.height);
    out_ += "/>";
  }

  void operator()(const FaultFrame& frame) {
    out_ += "<rect";
    attribute(out_, "fill", hexText(drawing::fault_ground));
    attribute(out_, "stroke", hexText(drawing::fault));
    attribute(out_, "stroke-width", drawing::fault_thickness);
    attribute(out_, "rx", drawing::fault_radius);
    rectangle(frame.x, frame.y, frame.width, frame.height);
    out_ += "/>";
  }

  void operator()(const NoSign& sign) {
    const double bar = sign.radius * drawing::sign_bar;
    out_ += "<g fill=\"none\" stroke=\"#000\"";
    attribute(out_, "stroke-width", sign.radius * drawing::sign_thickness);
    out_ += "><circle";
    attribute(out_, "cx", sign.x);
    attribute(out_, "cy", sign.y);
    attribute(out_, "r", sign.radius);
    out_ += "/><line";
    attribute(out_, "x1", sign.x - bar);
    attribute(out_, "y1", sign.y - bar);
    attribute(out_, "x2", sign.x + bar);
    attribute(out_, "y2", sign.y + bar);
    out_ += "/></g>";
  }

  void operator()(const Mark& mark) {
    out_ += "<rect";
    attribute(out_, "fill", hexText(layout_.mark));
    attribute(out_, "rx", mark.side * drawing::mark_radius);
    rectangle(mark.x, mark.y, mark.side, mark.side);
    out_ += "/>";
    text(mark.x + mark.side / 2, mark.y + mark.side * drawing::mark_baseline,
         mark.side * drawing::mark_letters, 0, "w3 m", layout_.whiteOnMark ? "#fff" : hexText(ink),
         layout_.initials, true);
  }

  void operator()(const LogoSpot& spot) {
    if (logo_.empty()) return;
    out_ += "<image";
    rectangle(spot.x, spot.y, spot.width, spot.height);
    attribute(out_, "href", logo_);
    out_ += "/>";
  }

  void operator()(const CodeSpot& spot) {
    if (!layout_.code) return;
    out_ += "<path shape-rendering=\"crispEdges\" transform=\"translate(";
    number(out_, spot.x);
    out_ += ' ';
    number(out_, spot.y);
    out_ += ") scale(";
    // More digits than a coordinate: it is multiplied by the number of modules.
    out_ += std::to_string(spot.side / layout_.code->modules);
    out_ += ")\"";
    attribute(out_, "d", codeAsPath(*layout_.code));
    out_ += "/>";
  }

 private:
  void rectangle(double x, double y, double width, double height) {
    attribute(out_, "x", x);
    attribute(out_, "y", y);
    attribute(out_, "width", width);
    attribute(out_, "height", height);
  }

  void text(double x, double y, double size, double width, const std::string& classes, std::string_view fill,
            std::string_view words, bool decoration = false) {
    out_ += "<text";
    attribute(out_, "x", x);
    attribute(out_, "y", y);
    attribute(out_, "font-size", size);
    if (!classes.empty()) attribute(out_, "class", classes);
    if (!fill.empty()) attribute(out_, "fill", fill);
    if (decoration) out_ += " aria-hidden=\"true\"";
    if (width > 0 && words.size() > 2) {
      attribute(out_, "textLength", width);
      out_ += " lengthAdjust=\"spacingAndGlyphs\"";
    }
    out_ += '>';
    out_ += escapedHtml(words);
    out_ += "</text>";
  }

  std::string& out_;
  const Layout& layout_;
  std::string logo_;
};

}  // namespace

std::string escapedHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string codeAsPath(const QrCode& code) {
  std::string path;
  for (int row = 0; row < code.modules; ++row)
    for (int column = 0; column < code.modules;) {
      int end = column;
      while (end < code.modules && code.at(row, end)) ++end;
      if (end > column)
        path += "M" + std::to_string(column) + " " + std::to_string(row) + "h" +
                std::to_string(end - column) + "v1h-" + std::to_string(end - column) + "z";
      column = end + 1;
    }
  return path;
}

std::string openPage(std::string_view title, std::string_view author, Language language,
                     const std::string& style) {
  std::string out =
      "<!doctype html>\n<html lang=\"" + std::string(code(language)) +
      "\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
      "<meta name=\"referrer\" content=\"no-referrer\"><meta name=\"robots\" content=\"noindex\"><title>" +
      escapedHtml(title) + "</title>";
  if (!author.empty()) out += "<meta name=\"author\" content=\"" + escapedHtml(author) + "\">";
  return out + "<style>" + style + "</style></head><body>";
}

std::string drawHtml(const Layout& layout) {
  std::string style = embeddedFonts(layout);
  style += style_rules;
  std::string out = openPage(layout.title, layout.author, layout.language, style);
  out += "<main>";
  Pen pen(out, layout);
  const auto& texts = Texts::of(layout.language);
  for (std::size_t i = 0; i < layout.pages.size(); ++i) {
    out += "<section aria-label=\"" +
           escapedHtml(texts.sentence("copy.foot.page", {{"page", std::to_string(i + 1)},
                                                         {"pages", std::to_string(layout.pages.size())}})) +
           "\"><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 210 297\">";
    for (const Item& item : layout.pages[i].items) std::visit(pen, item);
    out += "</svg></section>";
  }
  return out + "</main></body></html>\n";
}

std::string contentSecurityPolicy(std::string_view html) {
  constexpr std::string_view open = "<style>", close = "</style>";
  const std::size_t from = html.find(open);
  const std::size_t to = from == std::string_view::npos ? from : html.find(close, from);
  std::string styles = "'none'";
  if (to != std::string_view::npos) {
    const Digest digest = sha256(html.substr(from + open.size(), to - from - open.size()));
    styles = "'sha256-" + base64(view(digest)) + "'";
  }
  return "default-src 'none'; style-src " + styles +
         "; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
}

}  // namespace postgang::render
