// PDF 1.4 by hand: a page of Helvetica, which every reader has, so nothing needs to be embedded.
#include "app/demo/paper.h"
#include "base/text.h"
#include "base/utf8.h"

namespace postgang::app::demo {

namespace {

// A PDF string in WinAnsi, which has our letters where Latin-1 has them; others become question marks.
std::string winAnsi(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto point = codePointAt(text, at);
    at += point.length == 0 ? 1 : point.length;
    const char c = point.value < 256 ? static_cast<char>(point.value) : '?';
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string pageContent(const std::vector<std::string>& lines) {
  std::string content = "BT /F1 14 Tf 72 770 Td 22 TL\n";
  for (const auto& line : lines) content += "(" + winAnsi(line) + ") Tj T*\n";
  return content + "ET\n";
}

}  // namespace

std::string smallPdf(const std::vector<std::string>& lines) {
  const std::string content = pageContent(lines);
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>",
      "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "endstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  };
  std::string pdf = "%PDF-1.4\n";
  std::string table = "0000000000 65535 f \n";
  int number = 0;
  for (const auto& object : objects) {
    auto offset = std::to_string(pdf.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(++number) + " 0 obj\n" + object + "\nendobj\n";
  }
  const auto start = pdf.size();
  const auto size = std::to_string(number + 1);
  pdf += "xref\n0 " + size + "\n" + table + "trailer\n<< /Size " + size + " /Root 1 0 R >>\nstartxref\n" +
         std::to_string(start) + "\n%%EOF\n";
  return pdf;
}

}  // namespace postgang::app::demo
