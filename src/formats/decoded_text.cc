#include "formats/decoded_text.h"

#include "base/text.h"
#include "base/utf8.h"
#include "xml/encoding.h"

namespace postgang::formats {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t lines_told_max = 10'000;

tl::unexpected<Problem> damaged(std::string detail) {
  return fail(ProblemKind::invalid, "text-damaged", std::move(detail), {},
              "Save the file again as CSV in UTF-8, or send the workbook itself.");
}

bool isAscii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

Result<DecodedText> fromUtf16(std::string_view bytes, bool big) {
  DecodedText decoded{{}, "utf-16", {}};
  if (bytes.size() % 2 != 0) return damaged("The file ends within a UTF-16 character.");
  decoded.text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]),
               second = static_cast<unsigned char>(bytes[at + 1]);
    return big ? static_cast<char32_t>(first << 8 | second) : static_cast<char32_t>(second << 8 | first);
  };
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    char32_t c = unit(at);
    if (c >= 0xD800 && c <= 0xDFFF) {
      const char32_t low = at + 3 < bytes.size() ? unit(at + 2) : 0;
      if (c > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return damaged("Half a UTF-16 character stands in the file.");
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    appendUtf8(decoded.text, c);
  }
  if (decoded.text.find('\0') != std::string::npos) return damaged("The file is no text.");
  return decoded;
}

// A byte that Windows-1252 does not have becomes the sign for a character that is not known.
void appendWindows1252(std::string& out, std::string_view line) {
  for (const char c : line) {
    const auto character = xml::fromWindows1252(static_cast<unsigned char>(c));
    appendUtf8(out, character == 0 ? U'\xFFFD' : character);
  }
}

bool hasC1(std::string_view bytes) {
  for (const char c : bytes)
    if (static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) <= 0x9F) return true;
  return false;
}

// Not UTF-8 as a whole: line by line.
DecodedText fromLines(std::string_view bytes) {
  DecodedText decoded;
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  std::vector<std::int64_t> utf8, single;
  std::int64_t utf8Count = 0, singleCount = 0, number = 0;
  while (!bytes.empty()) {
    const auto end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    const auto line = bytes.substr(0, end);
    ++number;
    if (isAscii(line)) {
      decoded.text += line;
    } else if (isUtf8(line)) {
      ++utf8Count;
      if (utf8.size() < lines_told_max) utf8.push_back(number);
      decoded.text += line;
    } else {
      ++singleCount;
      if (single.size() < lines_told_max) single.push_back(number);
      appendWindows1252(decoded.text, line);
    }
    bytes.remove_prefix(end);
  }
  if (utf8Count > 0) {
    decoded.encoding = "mixed";
    decoded.otherLines = utf8Count < singleCount ? std::move(utf8) : std::move(single);
  }
  return decoded;
}

}  // namespace

Result<DecodedText> decodeText(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) bytes.remove_prefix(3);
  if (bytes.starts_with("\xFF\xFE"sv)) return fromUtf16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF"sv)) return fromUtf16(bytes.substr(2), true);
  if (bytes.size() >= 2 && bytes[0] != '\0' && bytes[1] == '\0') return fromUtf16(bytes, false);
  if (bytes.size() >= 2 && bytes[0] == '\0' && bytes[1] != '\0') return fromUtf16(bytes, true);
  if (bytes.find('\0') != std::string_view::npos)
    return damaged("The file is no text: NUL bytes stand in it.");
  if (isUtf8(bytes)) return DecodedText{std::string(bytes), "utf-8", {}};
  auto decoded = fromLines(bytes);
  if (decoded.encoding.empty()) decoded.encoding = hasC1(bytes) ? "windows-1252" : "iso-8859-1";
  return decoded;
}

}  // namespace postgang::formats
