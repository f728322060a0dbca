// A PDF file being written (ISO 32000-1): numbered objects, streams, cross-reference table. The file's
// identifier is the digest of what is in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postgang::render {

class PdfFile {
 public:
  PdfFile();
  int reserve();                                // a number for an object that is written later
  void put(int number, std::string_view body);  // "<< … >>"
  int add(std::string_view body);
  // `entries` of the stream's dictionary without length and filter: "/Type /XObject".
  int addStream(std::string_view entries, std::string_view bytes);       // deflated
  int addPlainStream(std::string_view entries, std::string_view bytes);  // as it is
  void putStream(int number, std::string_view entries, std::string_view bytes);
  std::string finish(int catalogue, int information) &&;

 private:
  void putRaw(int number, std::string_view entries, std::string_view bytes);
  std::string out_;
  std::vector<std::size_t> offsets_;  // by number, from 1
};

std::string pdfText(std::string_view utf8);  // a text string: <FEFF…>
std::string pdfReference(int number);        // "12 0 R"
// A number with at most three decimals.
void appendPdfNumber(std::string& out, double value);

}  // namespace postgang::render
