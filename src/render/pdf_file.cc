#include "render/pdf_file.h"

#include <zlib.h>

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "base/bytes.h"
#include "base/utf8.h"

namespace postgang::render {
namespace {

std::string deflated(std::string_view bytes) {
  uLongf length = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(length, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &length, reinterpret_cast<const Bytef*>(bytes.data()),
                static_cast<uLong>(bytes.size()), 6) != Z_OK)
    throw std::runtime_error("zlib has no memory");
  out.resize(length);
  return out;
}

void appendHex(std::string& out, unsigned value, int digits) {
  constexpr char hexDigits[] = "0123456789ABCDEF";
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += hexDigits[value >> shift & 15];
}

}  // namespace

PdfFile::PdfFile() : out_("%PDF-1.7\n%\xE5\xE4\xF6\xC5\n") {}

int PdfFile::reserve() {
  offsets_.push_back(0);
  return static_cast<int>(offsets_.size());
}

void PdfFile::put(int number, std::string_view body) {
  offsets_.at(static_cast<std::size_t>(number - 1)) = out_.size();
  out_ += std::to_string(number) + " 0 obj\n";
  out_ += body;
  out_ += "\nendobj\n";
}

int PdfFile::add(std::string_view body) {
  const int number = reserve();
  put(number, body);
  return number;
}

void PdfFile::putRaw(int number, std::string_view entries, std::string_view bytes) {
  std::string body = "<< /Length " + std::to_string(bytes.size());
  if (!entries.empty()) body += ' ';
  body += entries;
  body += " >>\nstream\n";
  body += bytes;
  body += "\nendstream";
  put(number, body);
}

void PdfFile::putStream(int number, std::string_view entries, std::string_view bytes) {
  putRaw(number, "/Filter /FlateDecode " + std::string(entries), deflated(bytes));
}

int PdfFile::addStream(std::string_view entries, std::string_view bytes) {
  const int number = reserve();
  putStream(number, entries, bytes);
  return number;
}

int PdfFile::addPlainStream(std::string_view entries, std::string_view bytes) {
  const int number = reserve();
  putRaw(number, entries, bytes);
  return number;
}

std::string PdfFile::finish(int catalogue, int information) && {
  const Digest digest = sha256(out_);
  const std::string id = hex(view(digest).substr(0, 16));
  const std::size_t start = out_.size();
  out_ += "xref\n0 " + std::to_string(offsets_.size() + 1) + "\n0000000000 65535 f \n";
  for (const std::size_t offset : offsets_) {
    const std::string digits = std::to_string(offset);
    out_.append(10 - digits.size(), '0');
    out_ += digits + " 00000 n \n";
  }
  out_ += "trailer\n<< /Size " + std::to_string(offsets_.size() + 1) + " /Root " + pdfReference(catalogue) +
          " /Info " + pdfReference(information) + " /ID [<" + id + "> <" + id + ">] >>\nstartxref\n" +
          std::to_string(start) + "\n%%EOF\n";
  return std::move(out_);
}

std::string pdfText(std::string_view utf8) {
  std::string out = "<FEFF";
  for (std::size_t at = 0; at < utf8.size();) {
    const CodePoint point = codePointAt(utf8, at);
    at += point.length > 0 ? point.length : 1;
    if (point.value < 0x10000) {
      appendHex(out, point.value, 4);
    } else {
      appendHex(out, 0xD800 + ((point.value - 0x10000) >> 10), 4);
      appendHex(out, 0xDC00 + ((point.value - 0x10000) & 0x3FF), 4);
    }
  }
  return out + ">";
}

std::string pdfReference(int number) {
  return std::to_string(number) + " 0 R";
}

void appendPdfNumber(std::string& out, double value) {
  const long long scaled = std::llround(value * 1000);
  const long long positive = std::llabs(scaled);
  if (scaled < 0) out += '-';
  std::array<char, 24> buffer;
  out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), positive / 1000).ptr);
  long long rest = positive % 1000;
  if (rest == 0) return;
  out += '.';
  for (long long unit = 100; rest > 0; unit /= 10) {
    out += static_cast<char>('0' + rest / unit);
    rest %= unit;
  }
}

}  // namespace postgang::render
